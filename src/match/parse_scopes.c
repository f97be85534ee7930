/* Which step a fact is of: doc/parse.md, "Scope". */
#include "match/parse_steps.h"

enum { ROOTS_MOST = 3 };

static bool is_under(const struct parser *p, uint32_t node, const char *const *roots)
{
    struct str code = p->words->vocab->processes.v[node].code, first;
    str_next(&code, '.', &first);
    for (int i = 0; i < ROOTS_MOST && roots[i]; i++)
        if (str_eq(first, str_c(roots[i])))
            return true;
    return false;
}

static const char *const treating[ROOTS_MOST] = {"HEAT", "SURFACE", NULL};
static const char *const coating[ROOTS_MOST] = {"SURFACE", NULL, NULL};
static const char *const cutting[ROOTS_MOST] = {"MACHINING", NULL, NULL};
static const char *const rough[ROOTS_MOST] = {"HEAT", "SURFACE", "CASTING"};

/* The last step of those roots that is named before the fact, else the first behind it. */
static int nearest(const struct parser *p, const struct fact *of, const char *const *roots)
{
    int found = STEP_NONE;
    for (size_t k = 0; k < p->facts.n; k++) {
        const struct fact *f = &p->facts.v[k];
        bool fits = f->kind == FACT_PROCESS && f->step >= 0 && is_under(p, f->node, roots);
        if (fits && (f->from < of->from || found == STEP_NONE))
            found = f->step;
    }
    return found;
}

static int last_of(const struct parser *p, const struct parsed_steps *s, const char *const *roots, bool under)
{
    for (size_t i = s->n; i-- > 0;)
        if (is_under(p, s->v[i].node, roots) == under)
            return (int)i;
    return STEP_NONE;
}

/* The process named last before the fact in its clause; when none is, the first behind it. */
static int of_clause(const struct parser *p, const struct fact *of)
{
    size_t at = sign_of_byte(p, of->from), begin = clause_begin(p, at), end = clause_end(p, at);
    uint32_t from = p->v[begin].from, to = end < p->n ? p->v[end].from : (uint32_t)p->text.n;
    int found = STEP_NONE;
    for (size_t k = 0; k < p->facts.n; k++) {
        const struct fact *f = &p->facts.v[k];
        bool here = f->kind == FACT_PROCESS && f->step >= 0 && f->from >= from && f->to <= to;
        if (here && (f->from < of->from || found == STEP_NONE))
            found = f->step;
    }
    return found;
}

static int precision_step(const struct parser *p, const struct parsed_steps *s, const struct fact *f)
{
    int here = of_clause(p, f);
    if (here >= 0 && is_under(p, s->v[here].node, cutting))
        return here;
    int cut = last_of(p, s, cutting, true);
    if (cut >= 0)
        return cut;
    int other = last_of(p, s, rough, false);
    return here >= 0 ? here : other;
}

static bool same_value(const struct fact *a, const struct fact *b)
{
    return a->n == b->n && memcmp(a->number, b->number, sizeof a->number) == 0 && a->per_month == b->per_month;
}

/* One value is of every step. Of several, those in a clause with a process are of that one, the first else of the rest. */
static void share(struct parser *p, enum fact_kind kind)
{
    const struct fact *first = NULL;
    bool several = false;
    for (size_t k = 0; k < p->facts.n; k++) {
        struct fact *f = &p->facts.v[k];
        if (f->kind != kind)
            continue;
        several |= first && !same_value(first, f);
        first = first ? first : f;
    }
    for (size_t k = 0; several && k < p->facts.n; k++) {
        struct fact *f = &p->facts.v[k];
        if (f->kind != kind)
            continue;
        f->step = f == first ? STEP_ALL : of_clause(p, f);
    }
}

/* Micrometres are a layer put on, or else one made by heat (a case). */
static void layer_step(struct parser *p, struct fact *f)
{
    f->step = nearest(p, f, coating);
    if (f->step == STEP_NONE)
        f->step = nearest(p, f, treating);
}

void parse_scopes(struct parser *p, const struct parsed_steps *steps)
{
    static const enum fact_kind shared[] = {FACT_SIZE, FACT_MASS, FACT_THICKNESS, FACT_QUANTITY};
    for (size_t k = 0; k < p->facts.n; k++) {
        struct fact *f = &p->facts.v[k];
        if (f->kind == FACT_HARDNESS) {
            f->step = nearest(p, f, treating);
            f->step = f->step == STEP_NONE && steps->n ? (int)steps->n - 1 : f->step;
        } else if (f->kind == FACT_LAYER) {
            layer_step(p, f);
        } else if (f->kind == FACT_TOLERANCE || f->kind == FACT_ROUGHNESS) {
            f->step = precision_step(p, steps, f);
        }
    }
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
        share(p, shared[i]);
}
