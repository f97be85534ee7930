/* The answer as text for a terminal. */
#ifndef PPURI_MATCH_ANSWER_TEXT_H
#define PPURI_MATCH_ANSWER_TEXT_H

#include "base/buf.h"
#include "match/scan.h"

void match_answer_text(struct arena *a, struct buf *out, const struct match_answer *answer, bool korean);

/* "충족", "Meets" and so on. */
const char *match_class_label(enum match_class c, bool korean);
/* ✔, ?, ✘ */
const char *verdict_mark(enum verdict v);

#endif
