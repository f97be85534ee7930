#include "feature/need/need_show.h"

#include "feature/directory/snapshot.h"
#include "feature/need/step_link.h"
#include "match/explain.h"
#include "match/need_write.h"

enum { FIRMS_SHOWN = 3, NEED_BYTES_MAX = 64 << 10 };

struct url draft_url(struct req *q, struct str ref)
{
    return req_url(q, "/drafts", ref);
}

struct url draft_step_url(struct req *q, struct str ref, int64_t step)
{
    struct query u;
    query_init(&u, q->arena, STR("/drafts"));
    query_segment(&u, ref);
    query_int(&u, "step", step);
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    return query_url(&u);
}

struct str need_text(struct req *q, const struct need *need)
{
    AUTO_BUF text;
    struct json_out j;
    buf_init(&text, NEED_BYTES_MAX);
    jout_init(&j, &text);
    need_write(q->arena, q->app->vocab, &j, need);
    return arena_str(q->arena, buf_str(&text));
}

static struct url firm_url(struct req *q, const struct site *site)
{
    struct query u;
    query_init(&u, q->arena, STR("/firms"));
    query_segment(&u, arena_str(q->arena, site->ref));
    return query_url(&u);
}

static void fill_step(struct req *q, const struct step_answer *answer, struct shown_step *step)
{
    const struct question *question = &answer->question;
    const struct criterion_list *criteria = &question->step->criteria;
    step->process = tree_name(&q->app->vocab->processes, question->step->process, q->korean);
    for (size_t i = 0; i < criteria->n; i++) {
        const struct criterion *c = &criteria->v[i];
        if (c->kind == CRITERION_PROCESS || c->kind == CRITERION_TRACK || c->kind == CRITERION_EVIDENCE)
            continue;
        struct shown_line line = {criterion_kind_label(c->kind, q->korean),
                                  criterion_asked(q->arena, question, c, q->korean), c->level == NEED_MUST};
        VEC_PUSH(q->arena, &step->lines, line);
    }
    step->meets = (int64_t)answer->count[CLASS_MEETS];
    step->ask = (int64_t)answer->count[CLASS_ASK];
    step->near = (int64_t)answer->count[CLASS_NEAR];
    step->in_the_way = STR("");
    if (answer->loosen.n) {
        const struct criterion *c = &criteria->v[answer->loosen.v[0].criterion];
        step->in_the_way = criterion_label(q->arena, question, c, q->korean);
        step->kept_out = (int64_t)answer->loosen.v[0].count;
    }
    for (size_t i = 0; i < answer->results.n; i++) {
        const struct judgement *j = &answer->results.v[i];
        const struct site *site = j->capability->site;
        struct shown_firm firm = {arena_str(q->arena, organisation_name(&site->org, q->korean)),
                                  arena_str(q->arena, site->name), firm_url(q, site), (enum mark)j->class, j->score};
        VEC_PUSH(q->arena, &step->firms, firm);
    }
}

/* Ways by another objective are another address of the saved need: ?by=cost. */
static void fill_orders(struct req *q, struct str draft, enum chain_objective chosen, struct chain_show *out)
{
    for (int o = 0; o < CHAIN_OBJECTIVE_COUNT; o++) {
        struct query u;
        query_init(&u, q->arena, STR("/drafts"));
        query_segment(&u, draft);
        query_str(&u, "by", str_c(chain_objective_word((enum chain_objective)o)));
        query_str(&u, "lang", q->korean ? STR("") : STR("en"));
        VEC_PUSH(q->arena, &out->orders,
                 ((struct link){.text = str_c(chain_objective_label((enum chain_objective)o, q->korean)),
                                .url = query_url(&u),
                                .current = o == (int)chosen}));
    }
}

void need_show_find(struct req *q, const struct need *need, struct str draft, struct need_show *out)
{
    struct snapshot *snapshot = snapshot_take(q->app->snapshots);
    AUTO_ARENA scratch;
    arena_init(&scratch, SIZE_MAX / 2);
    struct match_answer answer;
    match_index_answer(&scratch, snapshot->index, need, q->today, FIRMS_SHOWN, &answer, NULL);
    for (size_t i = 0; i < answer.n; i++) {
        struct shown_step *step = VEC_ADD(q->arena, &out->steps);
        step->number = (int)i + 1;
        fill_step(q, &answer.v[i], step);
        step->last = i + 1 == answer.n;
        step->form = draft.n ? draft_step_url(q, draft, (int64_t)i + 1) : step_link(q, need, i);
    }
    if (need->steps.n > 1) {
        struct chain_request request = {.vocab = q->app->vocab, .need = need, .today = q->today, .k = CHAIN_K_DEFAULT};
        if (draft.n && !chain_objective_by_word(request_query(q->http, STR("by")), &request.objective))
            request.objective = CHAIN_BLEND;
        chain_candidates_indexed(&scratch, &request, snapshot->index);
        chain_show_find(q, &request, &out->chains);
        if (draft.n)
            fill_orders(q, draft, request.objective, &out->chains);
    }
    snapshot_give(q->app->snapshots, snapshot);
}
