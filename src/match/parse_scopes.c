/* Which step a fact is of: doc/parse.md, "Scope". */
#include "match/parse_steps.h"

enum { ROOTS_MOST = 3 };

/* By step: whether its process is under one of the roots. */
struct step_flags {
    bool v[NEED_STEPS_MAX];
};

static struct step_flags under(const struct parser *p, const struct parsed_steps *s, const char *const *roots)
{
    struct step_flags flags = {{false}};
    for (size_t k = 0; k < s->n; k++) {
        struct str code = p->words->vocab->processes.v[s->v[k].node].code, first;
        str_next(&code, '.', &first);
        for (int i = 0; i < ROOTS_MOST && roots[i]; i++)
            flags.v[k] |= str_eq(first, str_c(roots[i]));
    }
    return flags;
}

static const char *const treating[ROOTS_MOST] = {"HEAT", "SURFACE", NULL};
static const char *const coating[ROOTS_MOST] = {"SURFACE", NULL, NULL};
static const char *const cutting[ROOTS_MOST] = {"MACHINING", NULL, NULL};
static const char *const rough[ROOTS_MOST] = {"HEAT", "SURFACE", "CASTING"};

static bool names_step(const struct fact *f)
{
    return f->kind == FACT_PROCESS && f->step >= 0;
}

/* For each fact the last of those steps that is named before it, else the first behind it. */
static int *nearest_steps(const struct parser *p, struct step_flags of)
{
    int *step = ARENA_RAW(p->arena, p->facts.n + 1, int), last = STEP_NONE;
    size_t none = 0;
    for (size_t k = 0; k < p->facts.n; k++) {
        const struct fact *f = &p->facts.v[k];
        last = names_step(f) && of.v[f->step] ? f->step : last;
        step[k] = last;
        none += last == STEP_NONE;
    }
    for (size_t k = 0; k < none && none < p->facts.n; k++)
        step[k] = step[none];
    return step;
}

static int last_of(const struct parsed_steps *s, struct step_flags of, bool wanted)
{
    for (size_t i = s->n; i-- > 0;)
        if (of.v[i] == wanted)
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
        last = names_step(f) ? f : last;
    }
    for (size_t k = p->facts.n; k-- > 0;) {
        const struct fact *f = &p->facts.v[k];
        if (step[k] == STEP_NONE && next && is_figure(f) && next->to <= clause_end_byte(p, f))
            step[k] = next->step;
        next = names_step(f) ? f : next;
    }
    return step;
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

/* The step of each tolerance and roughness; `here`: the step of its clause. */
static void place_precision(struct parser *p, const struct parsed_steps *s, const int *here)
{
    struct step_flags cut = under(p, s, cutting);
    int last_cut = last_of(s, cut, true), other = last_of(s, under(p, s, rough), false);
    for (size_t k = 0; k < p->facts.n; k++) {
        struct fact *f = &p->facts.v[k];
        if (f->kind != FACT_TOLERANCE && f->kind != FACT_ROUGHNESS)
            continue;
        if (here[k] >= 0 && (cut.v[here[k]] || last_cut < 0))
            f->step = here[k];
        else
            f->step = last_cut >= 0 ? last_cut : other;
    }
}

void parse_scopes(struct parser *p, const struct parsed_steps *steps)
{
    static const enum fact_kind shared[] = {FACT_SIZE, FACT_MASS, FACT_THICKNESS, FACT_QUANTITY};
    const int *treated = nearest_steps(p, under(p, steps, treating));
    const int *coated = nearest_steps(p, under(p, steps, coating));
    const int *here = clause_steps(p);
    for (size_t k = 0; k < p->facts.n; k++) {
        struct fact *f = &p->facts.v[k];
        if (f->kind == FACT_HARDNESS)
            f->step = treated[k] == STEP_NONE && steps->n ? (int)steps->n - 1 : treated[k];
        else if (f->kind == FACT_LAYER) /* put on, or else made by heat (a case) */
            f->step = coated[k] == STEP_NONE ? treated[k] : coated[k];
    }
    place_precision(p, steps, here);
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
        share(p, shared[i], here);
}
