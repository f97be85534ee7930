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

/* For each fact the last step of those roots that is named before it, else the first behind it. */
static int *nearest_steps(const struct parser *p, const char *const *roots)
{
    int *step = ARENA_ARRAY(p->arena, p->facts.n + 1, int), last = STEP_NONE, next = STEP_NONE;
    for (size_t k = 0; k < p->facts.n; k++) {
        const struct fact *f = &p->facts.v[k];
        if (f->kind == FACT_PROCESS && f->step >= 0 && is_under(p, f->node, roots))
            last = f->step;
        step[k] = last;
    }
    for (size_t k = p->facts.n; k-- > 0;) {
        const struct fact *f = &p->facts.v[k];
        if (f->kind == FACT_PROCESS && f->step >= 0 && is_under(p, f->node, roots))
            next = f->step;
        step[k] = step[k] == STEP_NONE ? next : step[k];
    }
    return step;
}

static int last_of(const struct parser *p, const struct parsed_steps *s, const char *const *roots, bool under)
{
    for (size_t i = s->n; i-- > 0;)
        if (is_under(p, s->v[i].node, roots) == under)
            return (int)i;
    return STEP_NONE;
}

static bool is_figure(const struct fact *f)
{
    return f->kind >= FACT_SIZE;
}

static size_t clause_end_byte(const struct parser *p, const struct fact *f)
{
    size_t end = clause_end(p, sign_of_byte(p, f->from));
    return end < p->n ? p->v[end].from : p->text.n;
}

/* For each figure the process named last before it in its clause; when none is, the first behind it. */
static int *clause_steps(const struct parser *p)
{
    int *step = ARENA_ARRAY(p->arena, p->facts.n + 1, int);
    const struct fact *last = NULL, *next = NULL;
    for (size_t k = 0; k < p->facts.n; k++) {
        const struct fact *f = &p->facts.v[k];
        bool here = last && is_figure(f) && last->from >= p->v[clause_begin(p, sign_of_byte(p, f->from))].from;
        step[k] = here ? last->step : STEP_NONE;
        last = f->kind == FACT_PROCESS && f->step >= 0 ? f : last;
    }
    for (size_t k = p->facts.n; k-- > 0;) {
        const struct fact *f = &p->facts.v[k];
        if (step[k] == STEP_NONE && next && is_figure(f) && next->to <= clause_end_byte(p, f))
            step[k] = next->step;
        next = f->kind == FACT_PROCESS && f->step >= 0 ? f : next;
    }
    return step;
}

static int precision_step(const struct parser *p, const struct parsed_steps *s, int here)
{
    if (here >= 0 && is_under(p, s->v[here].node, cutting))
        return here;
    int cut = last_of(p, s, cutting, true);
    if (cut >= 0)
        return cut;
    return here >= 0 ? here : last_of(p, s, rough, false);
}

static bool same_value(const struct fact *a, const struct fact *b)
{
    return a->n == b->n && memcmp(a->number, b->number, sizeof a->number) == 0 && a->per_month == b->per_month;
}

/* One value is of every step. Of several, those in a clause with a process are of that one, the first else of the rest.
 */
static void share(struct parser *p, enum fact_kind kind, const int *here)
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
        f->step = f == first ? STEP_ALL : here[k];
    }
}

void parse_scopes(struct parser *p, const struct parsed_steps *steps)
{
    static const enum fact_kind shared[] = {FACT_SIZE, FACT_MASS, FACT_THICKNESS, FACT_QUANTITY};
    const int *treated = nearest_steps(p, treating), *coated = nearest_steps(p, coating), *here = clause_steps(p);
    for (size_t k = 0; k < p->facts.n; k++) {
        struct fact *f = &p->facts.v[k];
        if (f->kind == FACT_HARDNESS) {
            f->step = treated[k] == STEP_NONE && steps->n ? (int)steps->n - 1 : treated[k];
        } else if (f->kind == FACT_LAYER) {
            /* put on, or else made by heat (a case) */
            f->step = coated[k] == STEP_NONE ? treated[k] : coated[k];
        } else if (f->kind == FACT_TOLERANCE || f->kind == FACT_ROUGHNESS) {
            f->step = precision_step(p, steps, here[k]);
        }
    }
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
        share(p, shared[i], here);
}
