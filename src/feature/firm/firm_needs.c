#include "feature/firm/firm_needs.h"

#include "feature/need/need.h"
#include "match/explain.h"
#include "match/score.h"

#include <stdlib.h>

/* The best that a site does for one need. */
struct fit {
    struct question question;
    struct judgement judgement;
    bool found;
};

static void judge_step(struct req *q, const struct site *site, const struct need *need, size_t step, struct fit *best)
{
    struct question question;
    question_init(&question, q->app->vocab, need, step, q->today);
    for (size_t i = 0; i < site->capabilities.n; i++) {
        struct judgement j = judge(&question, &site->capabilities.v[i], NULL);
        if (j.class == CLASS_OUT || (best->found && judgement_order(&j, &best->judgement) >= 0))
            continue;
        *best = (struct fit){question, j, true};
    }
}

static void count_gap(struct req *q, struct firm_needs *out, struct str label)
{
    for (size_t i = 0; i < out->gaps.n; i++)
        if (str_eq(out->gaps.v[i].label, label)) {
            out->gaps.v[i].needs++;
            return;
        }
    VEC_PUSH(q->arena, &out->gaps, ((struct firm_gap){label, 1}));
}

/* What stands between the site and the need: musts that are unknown, of a near miss the one that refuses. */
static struct str open_points(struct req *q, const struct fit *fit, struct firm_needs *out)
{
    const struct criterion_list *criteria = &fit->question.step->criteria;
    enum verdict wanted = fit->judgement.class == CLASS_NEAR ? VERDICT_NO : VERDICT_UNKNOWN;
    struct finding *findings = ARENA_ARRAY(q->arena, criteria->n, struct finding);
    struct str text = STR("");
    judge(&fit->question, fit->judgement.capability, findings);
    for (size_t i = 0; i < criteria->n; i++) {
        const struct criterion *c = &criteria->v[i];
        if (c->level != NEED_MUST || findings[i].verdict != wanted)
            continue;
        struct str label = criterion_label(q->arena, &fit->question, c, q->korean);
        struct str asked = criterion_asked(q->arena, &fit->question, c, q->korean);
        bool named = !str_eq(label, criterion_kind_label(c->kind, q->korean)); /* "규격 AMS 2801" */
        text = arena_printf(q->arena, STR_FMT "%s" STR_FMT "%s" STR_FMT, STR_ARG(text), text.n ? ", " : "",
                            STR_ARG(label), named ? "" : " ", STR_ARG(named ? STR("") : asked));
        if (wanted == VERDICT_UNKNOWN)
            count_gap(q, out, label);
    }
    return text;
}

static void add_fit(struct req *q, const struct open_need *open, const struct fit *fit, struct firm_needs *out)
{
    struct str title = open_need_title(q, open);
    struct firm_need n = {.title = title,
                          .title_lang = req_lang_of(q, title),
                          .url = req_url(q, "/needs", open->ref),
                          .has_due = open->need->due.has,
                          .due = open->need->due.v,
                          .days_left = open->need->due.v.n - q->today.n,
                          .mark = (enum mark)fit->judgement.class,
                          .process = tree_name(&q->app->vocab->processes, fit->question.step->process, q->korean),
                          .open = STR("")};
    if (n.mark != MARK_MEETS)
        n.open = open_points(q, fit, out);
    out->count[n.mark]++;
    VEC_PUSH(q->arena, &out->fits, n);
}

/* The first to be shown; of each mark they come soonest due first already. */
static void take_first(struct req *q, struct firm_needs *out)
{
    __typeof__(out->fits) all = out->fits;
    out->fits.v = NULL;
    out->fits.n = out->fits.cap = 0;
    for (int mark = MARK_MEETS; mark < MARK_OUT; mark++)
        for (size_t i = 0; i < all.n && out->fits.n < FIRM_NEEDS_SHOWN; i++)
            if ((int)all.v[i].mark == mark)
                VEC_PUSH(q->arena, &out->fits, all.v[i]);
}

static int most_first(const void *a, const void *b)
{
    const struct firm_gap *x = a, *y = b;
    return x->needs != y->needs ? (x->needs > y->needs ? -1 : 1) : str_cmp(x->label, y->label);
}

enum status firm_needs_find(struct req *q, const struct site *site, struct firm_needs *out)
{
    struct open_needs open;
    *out = (struct firm_needs){.all = 0};
    TRY(open_needs_take(q, &open));
    out->all = (int64_t)open.n;
    for (size_t i = 0; i < open.n; i++) {
        struct fit best = {.found = false};
        for (size_t step = 0; step < open.v[i].need->steps.n; step++)
            judge_step(q, site, open.v[i].need, step, &best);
        if (best.found)
            add_fit(q, &open.v[i], &best, out);
    }
    open_needs_give(q, &open);
    take_first(q, out);
    if (out->gaps.n)
        qsort(out->gaps.v, out->gaps.n, sizeof *out->gaps.v, most_first);
    out->gaps.n = out->gaps.n < FIRM_GAPS_SHOWN ? out->gaps.n : FIRM_GAPS_SHOWN;
    return ST_OK;
}
