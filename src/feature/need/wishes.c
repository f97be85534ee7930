/* Wishes and weights of an address. A name that the step does not have says nothing and is left out. */
#include "feature/need/wishes.h"

#include "feature/need/ranking_page.h"
#include "match/explain.h"

enum { WISHES_OFFERED = 3, WEIGHT_MOST = 100 };

static const char *const weight_names[SCORE_ROW_COUNT] = {
#define R(name, key, weight) [name] = "weight_" key,
    SCORE_ROWS(R)
#undef R
};

static bool is_wished(const struct pair_list *pairs, struct str name)
{
    for (size_t i = 0; i < pairs->n; i++)
        if (str_eq(pairs->v[i].name, STR("wished")) && str_eq(pairs->v[i].value, name))
            return true;
    return false;
}

static void wish(const struct req *q, struct need_step *step, struct str name)
{
    enum criterion_kind kind;
    struct str code = str_drop(name, STR("certificate:").n);
    if (criterion_by_need_key(name, &kind)) {
        step->level_given[kind] = true;
        step->level[kind] = NEED_PREFER;
        return;
    }
    for (size_t i = 0; i < step->certificates.n && str_starts(name, STR("certificate:")); i++)
        if (str_eq(q->app->vocab->certificates.v[step->certificates.v[i].certificate].code, code))
            step->certificates.v[i].level = NEED_PREFER;
}

static void weigh(const struct pair_list *pairs, struct need_step *step, struct wishes *w)
{
    w->weights.n = SCORE_ROW_COUNT;
    for (int row = 0; row < SCORE_ROW_COUNT; row++) {
        int64_t value;
        const struct pair *pair = pair_find(pairs, str_c(weight_names[row]));
        bool given = pair && str_to_int(pair->value, &value) && value >= 0 && value <= WEIGHT_MOST;
        struct weight_slider *s = &w->weights.v[row];
        *s = (struct weight_slider){weight_names[row], ranking_row_label((enum score_row)row),
                                    given ? value : (int64_t)score_row_weight((enum score_row)row)};
        if (given && (double)value != score_row_weight((enum score_row)row))
            step->weight[row] = opt_real((double)value);
    }
}

const char *wishes_weight_name(enum score_row row)
{
    return weight_names[row];
}

void wishes_apply(struct req *q, const struct pair_list *pairs, struct need *need, struct wishes *w)
{
    struct need_step *step = &need->steps.v[0];
    for (size_t i = 0; i < pairs->n; i++)
        if (str_eq(pairs->v[i].name, STR("wished")))
            wish(q, step, pairs->v[i].value);
    weigh(pairs, step, w);
    need_plan(q->arena, q->app->vocab, need);
    if (step->weight_sum > 0)
        return;
    w->weights_refused = true;
    for (int row = 0; row < SCORE_ROW_COUNT; row++)
        step->weight[row] = (struct opt_real){0, false};
    need_plan(q->arena, q->app->vocab, need);
}

/* This address, with or without the wish for a criterion. */
static struct url with_wish(struct req *q, const struct pair_list *pairs, struct str name, bool wished)
{
    struct query u;
    query_init(&u, q->arena, STR("/"));
    for (size_t i = 0; i < pairs->n; i++)
        if (!str_eq(pairs->v[i].name, STR("wished")) || !str_eq(pairs->v[i].value, name))
            query_str(&u, arena_c(q->arena, pairs->v[i].name), pairs->v[i].value);
    if (wished)
        query_str(&u, "wished", name);
    return query_url(&u);
}

static void add_made(struct req *q, const struct pair_list *pairs, const struct question *question, struct wishes *w)
{
    const struct criterion_list *criteria = &question->step->criteria;
    for (size_t i = 0; i < criteria->n; i++) {
        struct str name = criterion_name(q->arena, question, &criteria->v[i]);
        if (criteria->v[i].level == NEED_PREFER && is_wished(pairs, name))
            VEC_PUSH(q->arena, &w->made,
                     ((struct wish){name, criterion_label(q->arena, question, &criteria->v[i], q->korean), 0,
                                    with_wish(q, pairs, name, false)}));
    }
}

void wishes_offer(struct req *q, const struct pair_list *pairs, const struct step_answer *step, struct wishes *w)
{
    const struct question *question = &step->question;
    add_made(q, pairs, question, w);
    for (size_t i = 0; i < step->loosen.n && i < WISHES_OFFERED; i++) {
        const struct criterion *c = &question->step->criteria.v[step->loosen.v[i].criterion];
        struct str name = criterion_name(q->arena, question, c);
        struct wish offer = {name, criterion_label(q->arena, question, c, q->korean), (int64_t)step->loosen.v[i].count,
                             with_wish(q, pairs, name, true)};
        VEC_PUSH(q->arena, &w->possible, offer);
    }
}
