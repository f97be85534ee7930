#include "feature/need/match_rows.h"

#include "match/explain.h"

#include <math.h>

static enum mark mark_of(enum verdict v)
{
    return v == VERDICT_YES ? MARK_MEETS : v == VERDICT_UNKNOWN ? MARK_ASK : MARK_NEAR;
}

/* Eight groups, so that the bar stays readable; the same order as the rows. */
static size_t score_group(enum score_row row)
{
    static const size_t groups[SCORE_ROW_COUNT] = {
        [ROW_PROCESS] = 0,  [ROW_MATERIAL] = 1, [ROW_SIZE] = 2,         [ROW_PRECISION] = 2,
        [ROW_QUANTITY] = 3, [ROW_DUE] = 4,      [ROW_CERTIFICATES] = 5, [ROW_PLACE] = 6,
        [ROW_CONTEXT] = 7,  [ROW_TRACK] = 7,    [ROW_EVIDENCE] = 7,
    };
    return groups[row];
}

static void score_init(struct score *s, double total)
{
    __extension__ static const struct msg labels[] = {T("공정"), T("재질"), T("크기·정밀도"), T("수량"),
                                                      T("납기"), T("인증"), T("위치"),        T("이력·근거")};
    *s = (struct score){.total = total, .n = 8};
    for (size_t i = 0; i < s->n; i++)
        s->v[i].label = labels[i];
}

static struct str margin_text(struct arena *a, struct opt_real margin)
{
    if (!margin.has || margin.v > 9.99)
        return STR("");
    return arena_printf(a, "%+.0f %%", margin.v * 100);
}

/* The rest stands beside the name already, or is of the firm and not of what was asked. */
static bool has_cell(const struct criterion *c)
{
    return c->kind != CRITERION_PROCESS && c->kind != CRITERION_TRACK && c->kind != CRITERION_EVIDENCE &&
           c->kind != CRITERION_INDUSTRY && c->kind != CRITERION_PLACE;
}

static bool weighs_more(const struct criterion *a, const struct criterion *b)
{
    bool a_must = a->level == NEED_MUST, b_must = b->level == NEED_MUST;
    return a_must != b_must ? a_must : a->weight > b->weight;
}

/* The MATCH_CELLS criteria that weigh most, musts before wishes, in the order of the table. */
static size_t choose_cells(const struct criterion_list *criteria, size_t chosen[MATCH_CELLS])
{
    size_t n = 0;
    for (size_t i = 0; i < criteria->n; i++) {
        size_t heavier = 0;
        for (size_t k = 0; k < criteria->n; k++)
            heavier += has_cell(&criteria->v[k]) && (weighs_more(&criteria->v[k], &criteria->v[i]) ||
                                                     (k < i && !weighs_more(&criteria->v[i], &criteria->v[k])));
        if (has_cell(&criteria->v[i]) && heavier < MATCH_CELLS && n < MATCH_CELLS)
            chosen[n++] = i;
    }
    return n;
}

struct row_maker {
    struct req *q;
    const struct step_answer *step;
    struct match_row *row;
};

static void add_reason(struct row_maker *m, const struct criterion *c, const struct finding *f,
                       const struct capability *cap)
{
    const struct question *question = &m->step->question;
    struct arena *a = m->q->arena;
    double share = 100 * c->weight / question->step->weight_sum;
    struct reason r = {.mark = mark_of(f->verdict),
                       .label = criterion_label(a, question, c, m->q->korean),
                       .asked = criterion_asked(a, question, c, m->q->korean),
                       .offered = criterion_offered(a, question, c, cap, m->q->korean),
                       .points = share * f->s,
                       .of_points = share,
                       .must = c->level == NEED_MUST,
                       .margin = margin_text(a, f->margin),
                       .ruled = f->margin.has,
                       .at = 50 + 50 * fmax(-1, fmin(1, f->margin.v))};
    VEC_PUSH(a, &m->row->reasons, r);
    if (f->verdict == VERDICT_UNKNOWN && r.must)
        VEC_PUSH(a, &m->row->questions, criterion_question(a, question, c, m->q->korean));
    m->row->score.v[score_group(criterion_row(c->kind))].points += share * f->s;
}

static void put_place(struct req *q, const struct question *question, const struct place_point *place,
                      struct match_row *row)
{
    if (place->region != NODE_NONE)
        row->place = tree_name(&q->app->vocab->regions, place->region, q->korean);
    if (question->has_point && place->has_coordinates)
        row->km = arena_printf(q->arena, "%.0f km", coordinates_km(question->point, place->at));
}

static void fill_row(struct req *q, const struct step_answer *step, const struct judgement *j, struct match_row *row)
{
    const struct criterion_list *criteria = &step->question.step->criteria;
    const struct capability *cap = j->capability;
    struct finding *findings = ARENA_ARRAY(q->arena, criteria->n, struct finding);
    struct judgement again = judge(&step->question, cap, findings);
    struct query u;
    query_init(&u, q->arena, STR("/firms"));
    query_segment(&u, cap->site->ref);
    const struct organisation *org = &cap->site->org;
    *row = (struct match_row){.site_of = cap->site,
                              .org = arena_str(q->arena, organisation_name(org, q->korean)),
                              .site = arena_str(q->arena, cap->site->name),
                              .process = tree_name(&q->app->vocab->processes, cap->process, q->korean),
                              .firm = query_url(&u),
                              .mark = (enum mark)again.class};
    put_place(q, &step->question, &cap->site->place, row);
    score_init(&row->score, again.score);
    struct row_maker m = {q, step, row};
    for (size_t i = 0; i < criteria->n; i++)
        add_reason(&m, &criteria->v[i], &findings[i], cap);
    size_t chosen[MATCH_CELLS], n = choose_cells(criteria, chosen);
    for (size_t i = 0; i < n; i++) {
        const struct criterion *c = &criteria->v[chosen[i]];
        struct reason cell = row->reasons.v[chosen[i]];
        if (c->kind == CRITERION_CERTIFICATE) /* its code: narrow and known to all */
            cell.label = q->app->vocab->certificates.v[c->node].code;
        VEC_PUSH(q->arena, &row->cells, cell);
    }
    score_lay(&row->score);
}

static struct match_row *row_of_site(const struct match_row_list *rows, const struct site *site)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->v[i].site_of == site)
            return &rows->v[i];
    return NULL;
}

size_t match_rows_fill(struct req *q, const struct step_answer *step, const struct judgement_list *from,
                       struct match_rows_wish wish, struct match_row_list *to)
{
    size_t left = 0;
    for (size_t i = 0; i < from->n; i++) {
        const struct judgement *j = &from->v[i];
        if (!(wish.classes & 1u << j->class))
            continue;
        struct match_row *row = row_of_site(to, j->capability->site);
        if (row) {
            struct match_other other = {tree_name(&q->app->vocab->processes, j->capability->process, q->korean),
                                        (enum mark)j->class, j->score};
            VEC_PUSH(q->arena, &row->others, other);
        } else if (to->n < wish.most) {
            row = VEC_ADD(q->arena, to);
            fill_row(q, step, j, row);
            row->rank = (int)to->n;
        } else {
            left++;
        }
    }
    return left;
}

struct str match_sentence(struct arena *a, const struct question *question, bool korean)
{
    const struct criterion_list *criteria = &question->step->criteria;
    struct str text = tree_name(&question->vocab->processes, question->step->process, korean);
    for (size_t i = 0; i < criteria->n; i++) {
        const struct criterion *c = &criteria->v[i];
        if (!has_cell(c) && c->kind != CRITERION_PLACE)
            continue;
        struct str asked = criterion_asked(a, question, c, korean);
        if (asked.n && !str_eq(asked, STR("-")))
            text = arena_printf(a, STR_FMT " · " STR_FMT, STR_ARG(text), STR_ARG(asked));
    }
    return text;
}
