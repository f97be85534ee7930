/* Figures, dates and money as people read them. */
#ifndef PPURI_I18N_FORMAT_H
#define PPURI_I18N_FORMAT_H

#include "i18n/i18n.h"

/* Every kind but VALUE_MSG, which needs a catalogue and writes nothing here. */
void format_value(enum language language, struct buf *out, const struct value *x);
/* "2027. 3. 31.(수)", "31 March 2027 (Wed)" */
void format_day(enum language language, struct buf *out, struct day d);
/* "1,250만 원", "3억 2,000만 원", "5,678원"; English "KRW 12,500,000" */
void format_won(enum language language, struct buf *out, int64_t won);

#endif
