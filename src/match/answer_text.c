/* One block a result: firm, score, and a line a criterion. */
#include "match/answer_text.h"

#include "match/answer_json.h"
#include "match/explain.h"

struct printer {
    struct arena *arena;
    struct buf *out;
    const struct step_answer *step;
    bool korean;
};

const char *match_class_label(enum match_class c, bool korean)
{
    static const char *const ko[] = {"충족", "확인 필요", "아깝게 탈락", "해당 없음"};
    static const char *const en[] = {"Meets", "To confirm", "Near miss", "Out"};
    return korean ? ko[c] : en[c];
}

const char *verdict_mark(enum verdict v)
{
    static const char *const marks[] = {"✘", "?", "✔"};
    return marks[v];
}

static void put_row(struct printer *p, const struct judgement *row, size_t rank)
{
    const struct question *q = &p->step->question;
    const struct criterion_list *criteria = &q->step->criteria;
    struct finding *findings = ARENA_ARRAY(p->arena, criteria->n, struct finding);
    struct judgement j = judge(q, row->capability, findings);
    const struct site *site = row->capability->site;
    buf_printf(p->out, "%3zu. %7.4f  %s  " STR_FMT " / " STR_FMT "  [" STR_FMT "]\n", rank, j.score,
               match_class_label(j.class, p->korean), STR_ARG(site->org.name), STR_ARG(site->name),
               STR_ARG(row->capability->ref));
    for (size_t i = 0; i < criteria->n; i++) {
        const struct criterion *c = &criteria->v[i];
        struct str label = criterion_label(p->arena, q, c, p->korean);
        struct str asked = criterion_asked(p->arena, q, c, p->korean);
        struct str offered = criterion_offered(p->arena, q, c, row->capability, p->korean);
        buf_printf(p->out, "       %s %5.2f  " STR_FMT ": " STR_FMT " ← " STR_FMT "\n",
                   verdict_mark(findings[i].verdict), 100 * c->weight * findings[i].s / q->step->weight_sum,
                   STR_ARG(label), STR_ARG(offered), STR_ARG(asked));
    }
}

static void put_relaxations(struct printer *p)
{
    const struct question *q = &p->step->question;
    for (size_t i = 0; i < p->step->relaxations.n; i++) {
        const struct relaxation *r = &p->step->relaxations.v[i];
        struct str label = r->is_process ? tree_name(&q->vocab->processes, r->parent, p->korean)
                                         : criterion_label(p->arena, q, &q->step->criteria.v[r->criterion], p->korean);
        buf_printf(p->out,
                   p->korean ? "  조건을 완화하면: " STR_FMT " → %llu건\n"
                             : "  relaxing " STR_FMT " would bring %llu\n",
                   STR_ARG(label), (unsigned long long)r->count);
    }
}

static void put_step(struct printer *p, size_t number)
{
    const struct step_answer *s = p->step;
    struct str process = tree_name(&s->question.vocab->processes, s->question.step->process, p->korean);
    buf_printf(p->out, p->korean ? "%zu단계 " STR_FMT ":" : "Step %zu " STR_FMT ":", number, STR_ARG(process));
    for (int c = CLASS_MEETS; c <= CLASS_OUT; c++)
        buf_printf(p->out, " %s %llu%s", match_class_label((enum match_class)c, p->korean),
                   (unsigned long long)s->count[c], c < CLASS_OUT ? "," : "\n");
    for (size_t i = 0; i < s->results.n; i++)
        put_row(p, &s->results.v[i], i + 1);
    if (s->near.n)
        buf_printf(p->out, "  -- %s\n", match_class_label(CLASS_NEAR, p->korean));
    for (size_t i = 0; i < s->near.n; i++)
        put_row(p, &s->near.v[i], i + 1);
    put_relaxations(p);
}

void match_answer_text(struct arena *a, struct buf *out, const struct match_answer *answer, bool korean)
{
    for (size_t i = 0; i < answer->n; i++) {
        struct printer p = {a, out, &answer->v[i], korean};
        put_step(&p, i + 1);
    }
}
