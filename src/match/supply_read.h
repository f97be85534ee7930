/* Sites and their capabilities from JSON: the same door for files, imports and the API. */
#ifndef PPURI_MATCH_SUPPLY_READ_H
#define PPURI_MATCH_SUPPLY_READ_H

#include "base/json.h"
#include "base/problem.h"
#include "match/supply.h"

/* ST_INVALID with the problems when anything is not as it should be; then *out must not be used. */
MUST_USE enum status supply_read_site(struct arena *a, const struct vocab *v, const struct json *value,
                                      struct site *out, struct problem_list *problems);

/* Called for every line that was refused. */
struct line_report {
    void (*bad)(void *arg, size_t line, const struct problem *problem);
    void *arg;
};

/* A .jsonl text, one site a line, blank lines ignored. A ref that stood in an earlier line is a problem. Bad lines are
   reported and left out; *bad_lines counts them. Blank refs stay blank. */
void supply_read_lines(struct arena *a, const struct vocab *v, struct str text, const struct line_report *report,
                       struct supply *out, size_t *bad_lines);
/* Gives blank refs the next free S-<n> and C-<n>, for sites that are matched straight from a file. */
void supply_fill_refs(struct arena *a, struct supply *supply);

/* Reads sites that come one by one (lines, CSV rows) with one set of refs. */
struct supply_reader {
    struct arena *arena;
    const struct vocab *vocab;
    const struct line_report *report;
    struct supply *out;
    struct map site_refs;
    struct map capability_refs;
    size_t bad_lines;
};

void supply_reader_init(struct supply_reader *r, struct arena *a, const struct vocab *v,
                        const struct line_report *report, struct supply *out);
/* One site; `text` is its JSON. */
void supply_reader_add(struct supply_reader *r, size_t line, struct str text);

#endif
