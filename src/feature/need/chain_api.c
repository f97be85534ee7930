/* POST /api/v1/chain: a need in, the best chains of firms out. ?k=N (default 10, at most 100), ?objective=WORD. */
#include "core/req.h"
#include "feature/directory/snapshot.h"
#include "match/chain_write.h"
#include "match/need_read.h"

enum status chain_api(struct req *q);

static void read_options(struct req *q, struct chain_request *request, struct problem_list *problems)
{
    struct str k = request_query(q->http, STR("k")), objective = request_query(q->http, STR("objective"));
    int64_t n = CHAIN_K_DEFAULT;
    if (k.n && (!str_to_int(k, &n) || n < 0 || n > CHAIN_K_MAX))
        problem_add(problems, PROBLEM_RANGE, STR("?k"), STR("0..100"));
    if (objective.n && !chain_objective_by_word(objective, &request->objective))
        problem_add(problems, PROBLEM_CODE, STR("?objective"), objective);
    request->k = (size_t)n;
}

static enum status answer(struct req *q, struct chain_request *request)
{
    struct snapshot *snapshot = snapshot_take(q->app->snapshots);
    AUTO_ARENA scratch;
    arena_init(&scratch, SIZE_MAX / 2);
    struct chain_answer found;
    chain_candidates_indexed(&scratch, request, snapshot->index);
    enum status st = chain_find(&scratch, request, &found);
    if (st == ST_OK) {
        struct json_out j;
        req_json_begin(q, &j);
        chain_answer_json(&scratch, &j, &found);
        st = req_json_end(q);
    }
    snapshot_give(q->app->snapshots, snapshot);
    return st;
}

enum status chain_api(struct req *q)
{
    struct problem_list problems;
    struct need need;
    struct chain_request request = {.vocab = q->app->vocab, .need = &need, .today = q->today};
    problem_list_init(&problems, q->arena);
    read_options(q, &request, &problems);
    if (problems.n || need_read_text(q->arena, q->app->vocab, q->http->body, &need, &problems) != ST_OK)
        return req_problem(q, ST_INVALID, &problems);
    return answer(q, &request);
}
