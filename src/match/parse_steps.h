/* Inside the parse files only: the steps of a need while they are made of facts. */
#ifndef PPURI_MATCH_PARSE_STEPS_H
#define PPURI_MATCH_PARSE_STEPS_H

#include "match/need.h"
#include "match/parse_parts.h"

struct parsed_step {
    uint32_t node;
    size_t fact; /* index of the fact that named it */
};

struct parsed_steps {
    struct parsed_step v[NEED_STEPS_MAX];
    size_t n;
};

/* The processes that are wanted, in the order in which they are done; sets the step of every process fact. */
void parse_steps(struct parser *p, struct parsed_steps *out);
/* Sets the step of every other fact. */
void parse_scopes(struct parser *p, const struct parsed_steps *steps);

#endif
