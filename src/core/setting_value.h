/* Inside core/setting*.c: one value as text, checked and put into its field. */
#ifndef PPURI_CORE_SETTING_VALUE_H
#define PPURI_CORE_SETTING_VALUE_H

#include "core/setting.h"

struct setting_value {
    int64_t number;  /* INT, BOOL, CHOICE, DURATION, SIZE */
    struct str text; /* TEXT; of a SECRET what its file holds */
    struct opt_day day;
};

/* ST_INVALID with one problem when it is not allowed. A SECRET's file is read. */
MUST_USE enum status setting_parse(struct arena *a, const struct setting_def *d, struct str text,
                                   struct setting_value *out, struct problem_list *problems);
void setting_assign(struct settings *s, const struct setting_def *d, const struct setting_value *v);

#endif
