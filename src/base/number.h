/* Numbers as text. None of them knows a language: figures look the same in Korean and English. */
#ifndef PPURI_BASE_NUMBER_H
#define PPURI_BASE_NUMBER_H

#include "base/buf.h"

/* 1234 as "1,234" (grouped, a true minus sign) or "1234" (plain ASCII). */
void number_int(struct buf *out, int64_t v, bool grouped);
/* Rounded to `decimals` (0..6); `trim` drops trailing zeros of the fraction. Not finite: an en dash. */
enum { NUMBER_FIXED_MAX = 340 };

/* v as "%.*f" writes it, 0 .. 6 decimals, into `out` of NUMBER_FIXED_MAX bytes, NUL-terminated; finite. Returns its
 * length. */
size_t number_fixed(char *out, double v, int decimals);
void number_real(struct buf *out, double v, int decimals, bool trim);
/* The shortest plain ASCII text that reads back as the same double; for attributes and data. */
void number_plain(struct buf *out, double v);

#endif
