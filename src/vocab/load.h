/* Inside vocab/ only: the parts of vocab_load, one a group of files. */
#ifndef PPURI_VOCAB_LOAD_H
#define PPURI_VOCAB_LOAD_H

#include "vocab/overlay.h"

struct loader {
    struct arena *arena;
    const struct embedded *files;
    struct vocab *out;
    struct str *why;
    const struct vocab_overlay *overlay; /* may be NULL, as may refusals */
    struct overlay_refusals *refusals;
};

MUST_USE enum status load_processes(struct loader *l);
MUST_USE enum status load_materials(struct loader *l);
MUST_USE enum status load_certificates(struct loader *l);
MUST_USE enum status load_regions(struct loader *l);
MUST_USE enum status load_tables(struct loader *l);
MUST_USE enum status load_renames(struct loader *l);
/* After the renames: a rule may name a code by its old name. */
MUST_USE enum status load_order_rules(struct loader *l);

/* The parsed file; ST_INVALID with the reason when it is not there or has no rows. */
MUST_USE enum status load_csv(struct loader *l, const char *name, struct csv_table *table);
/* With the council's entries laid over it. */
MUST_USE enum status load_tree(struct loader *l, enum vocab_list list, struct csv_table *table, struct tree *out);
void overlay_lay(struct loader *l, enum vocab_list list, struct csv_table *table);
/* Sets the reason to "name line N: what: cell". */
MUST_USE enum status load_fail(struct loader *l, const char *name, const struct csv_row *row, const char *what);

#endif
