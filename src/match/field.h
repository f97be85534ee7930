/*
 * Typed fields out of a JSON object, with a problem for everything that is not as doc/matching.md says.
 * null, an absent member, an empty list and an all-blank string are blank: the output stays at "unknown".
 */
#ifndef PPURI_MATCH_FIELD_H
#define PPURI_MATCH_FIELD_H

#include "base/json.h"
#include "base/problem.h"
#include "match/supply.h"

struct fields {
    struct arena *arena;
    const struct vocab *vocab;
    struct problem_list *problems;
    const struct json *object;
    struct str path; /* "" or "steps[0]." and so on: put before a member's name */
};

enum bound { BOUND_NONE, BOUND_POSITIVE, BOUND_NOT_NEGATIVE };

/* Checks that `value` is an object whose members are all in the NULL-terminated `known`. */
bool fields_open(struct fields *f, const struct fields *parent, const struct json *value, struct str path,
                 const char *const *known);
void field_problem(const struct fields *f, const char *name, enum problem_code code, struct str detail);
/* The member, or NULL when it is blank. */
const struct json *field_get(const struct fields *f, const char *name);
struct str field_path(const struct fields *f, const char *name);

void field_text(const struct fields *f, const char *name, struct str *out);
/* A text that must be there. */
void field_text_required(const struct fields *f, const char *name, struct str *out);
/* A reference: 1..64 bytes. */
void field_ref(const struct fields *f, const char *name, struct str *out);
void field_texts(const struct fields *f, const char *name, struct str_list *out);
void field_real(const struct fields *f, const char *name, enum bound bound, struct opt_real *out);
/* A whole number of at least `least`. */
void field_int(const struct fields *f, const char *name, int64_t least, struct opt_int *out);
void field_day(const struct fields *f, const char *name, struct opt_day *out);
/* An object with min and/or max; min >= 0, max > 0, min <= max. */
void field_range(const struct fields *f, const char *name, struct range *out);
bool field_code(const struct fields *f, const char *name, const struct tree *tree, uint32_t *out);
void field_codes(const struct fields *f, const char *name, const struct tree *tree, struct node_list *out);

void field_size(const struct fields *f, const char *name, struct size_mm *out);
void field_tolerance(const struct fields *f, const char *name, struct tolerance *out);
/* `asked` demands at least one bound. */
void field_hardness(const struct fields *f, const char *name, bool asked, struct hardness *out);
/* region, lat and lon of the object itself; neither of lat and lon without the other. */
void field_place(const struct fields *f, struct place_point *out);

#endif
