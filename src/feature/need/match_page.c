/* GET /: the need as a form, and the firms with their reasons below it. A GET, so that an answer can be linked and
 * reloaded. */
#include "feature/need/match_page.h"

#include "core/session.h"
#include "feature/directory/snapshot.h"
#include "feature/need/need_sql.h"
#include "match/answer_text.h"
#include "match/explain.h"
#include "views/match.h"

#include <math.h>

enum { PAGE_TOP = 20, NEAR_TOP = 10, SUGGESTED_LEVELS = 3 };

enum status home_page(struct req *q);

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
    if (f->verdict != VERDICT_YES && r.must)
        VEC_PUSH(a, &m->row->gaps, r);
    if (f->verdict == VERDICT_UNKNOWN && r.must)
        VEC_PUSH(a, &m->row->questions, criterion_question(a, question, c, m->q->korean));
    m->row->score.v[score_group(criterion_row(c->kind))].points += share * f->s;
}

static struct str place_text(struct req *q, const struct question *question, const struct place_point *place)
{
    struct str region =
        place->region == NODE_NONE ? STR("") : tree_name(&q->app->vocab->regions, place->region, q->korean);
    if (!question->has_point || !place->has_coordinates)
        return region;
    return arena_printf(q->arena, STR_FMT " %.0f km", STR_ARG(region), coordinates_km(question->point, place->at));
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
    *row = (struct match_row){.org = arena_str(q->arena, q->korean || !org->name_en.n ? org->name : org->name_en),
                              .site = arena_str(q->arena, cap->site->name),
                              .process = tree_name(&q->app->vocab->processes, cap->process, q->korean),
                              .firm = query_url(&u),
                              .mark = (enum mark)again.class,
                              .place = place_text(q, &step->question, &cap->site->place)};
    score_init(&row->score, again.score);
    struct row_maker m = {q, step, row};
    for (size_t i = 0; i < criteria->n; i++)
        add_reason(&m, &criteria->v[i], &findings[i], cap);
    score_lay(&row->score);
}

static void fill_rows(struct req *q, const struct step_answer *step, const struct judgement_list *from,
                      struct match_row_list *to, size_t most)
{
    for (size_t i = 0; i < from->n && i < most; i++) {
        struct match_row *row = VEC_ADD(q->arena, to);
        fill_row(q, step, &from->v[i], row);
        row->rank = (int)i + 1;
    }
}

static struct str limit_text(struct req *q, const struct relax_limit *limit)
{
    switch (limit->kind) {
    case LIMIT_NUMBER:
        return number_text(q->arena, limit->number);
    case LIMIT_SIZE:
        return limit->size->n == 2
                   ? arena_printf(q->arena, "Ø %g × %g mm", limit->size->v[0], limit->size->v[1])
                   : arena_printf(q->arena, "%g × %g × %g mm", limit->size->v[0], limit->size->v[1], limit->size->v[2]);
    case LIMIT_TOLERANCE:
        return arena_printf(q->arena, limit->tolerance->kind == TOLERANCE_IT ? "IT%g" : "±%g mm",
                            limit->tolerance->value);
    default:
        return STR("");
    }
}

static void fill_relaxations(struct req *q, const struct step_answer *step, struct match_page *page)
{
    const struct question *question = &step->question;
    for (size_t i = 0; i < step->relaxations.n; i++) {
        const struct relaxation *r = &step->relaxations.v[i];
        struct relax_limit limit = relaxation_limit(step, r);
        struct relax_line line = {.count = (int64_t)r->count, .to = limit_text(q, &limit)};
        line.label = r->is_process
                         ? tree_name(&q->app->vocab->processes, r->parent, q->korean)
                         : criterion_label(q->arena, question, &question->step->criteria.v[r->criterion], q->korean);
        VEC_PUSH(q->arena, &page->relax, line);
    }
}

void match_page_answer(struct req *q, const struct need *need, struct match_page *page)
{
    struct snapshot *snapshot = snapshot_take(q->app->snapshots);
    AUTO_ARENA scratch;
    arena_init(&scratch, SIZE_MAX / 2);
    struct match_answer answer;
    match_index_answer(&scratch, snapshot->index, need, q->today, PAGE_TOP, &answer, NULL);
    const struct step_answer *step = &answer.v[0];
    page->answered = true;
    for (int c = CLASS_MEETS; c <= CLASS_OUT; c++)
        page->count[c] = (int64_t)step->count[c];
    fill_rows(q, step, &step->results, &page->rows, PAGE_TOP);
    fill_rows(q, step, &step->near, &page->near, NEAR_TOP);
    fill_relaxations(q, step, page);
    wishes_offer(q, step, &page->wishes);
    snapshot_give(q->app->snapshots, snapshot);
}

static void suggest_processes(struct req *q, struct match_page *page)
{
    const struct tree *t = &q->app->vocab->processes;
    for (uint32_t i = 0; i < t->n; i++)
        if (t->v[i].level <= SUGGESTED_LEVELS)
            VEC_PUSH(q->arena, &page->processes, tree_name(t, i, q->korean));
}

static void count_supply(struct req *q, struct match_page *page)
{
    struct snapshot *snapshot = snapshot_take(q->app->snapshots);
    page->sites = (int64_t)snapshot->supply.n;
    page->capabilities = (int64_t)snapshot->capabilities;
    snapshot_give(q->app->snapshots, snapshot);
}

/* Texts as people send them, one a way of asking; the link reads it. */
static struct link_list examples(struct req *q)
{
    __extension__ static const struct {
        struct msg label;
        const char *ko;
        const char *en;
    } known[] = {
        {T("티타늄 단조품, 진공 열처리 후 5축 가공"),
         "티타늄 Ti-6Al-4V 단조품 Ø300×120 진공열처리 후 5축 가공, AS9100 필수, 50개, 3월 말 납기, 대전",
         "Titanium Ti-6Al-4V forging Ø300×120, vacuum heat treatment, then 5-axis machining, AS9100 required, 50 pcs, "
         "Daejeon"},
        {T("SCM440 축, 고주파 열처리"), "SCM440 축 120개, 길이 800, 고주파 열처리 HRC 55~60, 대전 납품",
         "120 SCM440 shafts, length 800 mm, induction hardening HRC 55-60, deliver to Daejeon"},
        {T("알루미늄 브라켓, 가공 후 아노다이징"), "알루미늄 6061 브라켓 200개, 5축 가공 후 아노다이징, 공차 ±0.02",
         "200 aluminium 6061 brackets, 5-axis machining, then anodizing, tolerance ±0.02"},
    };
    enum { N = sizeof known / sizeof *known };
    struct link *v = ARENA_ARRAY(q->arena, N, struct link);
    for (size_t i = 0; i < N; i++) {
        struct query u;
        query_init(&u, q->arena, STR("/read"));
        query_str(&u, "text", str_c(q->korean ? known[i].ko : known[i].en));
        v[i] = (struct link){.label = known[i].label, .url = query_url(&u)};
    }
    return (struct link_list){v, N};
}

static enum status count_needs(struct req *q, struct match_page *page)
{
    struct need_open_count_row row;
    TRY(need_open_count(q->db, &row));
    page->open_needs = row.open_needs;
    return ST_OK;
}

enum status home_page(struct req *q)
{
    struct match_page *page = ARENA_NEW(q->arena, struct match_page);
    struct form_input in = {.pairs = &q->http->uri.query, .arena = q->arena};
    match_form_init(&page->form);
    suggest_processes(q, page);
    count_supply(q, page);
    if (pair_find(&q->http->uri.query, STR("process"))) {
        struct need need;
        if (match_form_read(&page->form, &in) && match_form_need(q, &page->form, &need, &page->missing)) {
            wishes_apply(q, &need, &page->wishes);
            match_page_answer(q, &need, page);
        }
        page->errors = form_errors(match_form_spec(), &page->form, q->arena);
        if (page->missing.list.n) {
            TRY(session_csrf(q, &page->missing.csrf));
            TRY(session_form_key(q, &page->missing.key));
        }
    } else {
        TRY(count_needs(q, page));
        TRY(session_csrf(q, &page->csrf));
        page->examples = examples(q);
    }
    struct page frame;
    req_page(q, T("누가 만들 수 있나요"), &frame);
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    match_view(&v, &frame, page);
    return req_view_end(q, &v);
}
