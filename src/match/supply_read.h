/* Sites and their capabilities from JSON: the same door for files, imports and the API. */
#ifndef PPURI_MATCH_SUPPLY_READ_H
#define PPURI_MATCH_SUPPLY_READ_H

#include "base/json.h"
#include "base/problem.h"
#include "match/supply.h"

/* ST_INVALID with the problems when anything is not as it should be; then *out must not be used. */
MUST_USE enum status supply_read_site(struct arena *a, const struct vocab *v, const struct json *value, struct site *out,
                                      struct problem_list *problems);

/* Called for every line that was refused. */
struct line_report {
    void (*bad)(void *arg, size_t line, const struct problem *problem);
    void *arg;
};

/* A .jsonl text, one site a line, blank lines ignored. Blank refs get the next free S-<n> and C-<n>; a ref that stood in an
   earlier line is a problem. Bad lines are reported and left out; *bad_lines counts them. */
void supply_read_lines(struct arena *a, const struct vocab *v, struct str text, const struct line_report *report,
                       struct supply *out, size_t *bad_lines);

#endif
