/* POST /api/v1/match: a need in, explained firms out. ?top=N (default 20, at most 200), ?lang=ko|en. */
#include "core/req.h"
#include "feature/directory/snapshot.h"
#include "match/answer_json.h"
#include "match/need_read.h"

enum { TOP_DEFAULT = 20, TOP_MAX = 200 };

enum status match_api(struct req *q);

static enum status read_top(struct req *q, int64_t *top)
{
    struct str text = request_query(q->http, STR("top"));
    *top = TOP_DEFAULT;
    bool good = !text.n || (str_to_int(text, top) && *top >= 0 && *top <= TOP_MAX);
    return good ? ST_OK : ST_INVALID;
}

static enum status answer(struct req *q, const struct need *need, int64_t top)
{
    struct snapshot *snapshot = snapshot_take(q->app->snapshots);
    AUTO_ARENA scratch;
    arena_init(&scratch, SIZE_MAX / 2);
    struct match_answer result;
    match_index_answer(&scratch, snapshot->index, need, q->today, (size_t)top, &result, NULL);
    struct json_out j;
    req_json_begin(q, &j);
    match_answer_json(&scratch, &j, &result, q->korean);
    snapshot_give(q->app->snapshots, snapshot);
    return req_json_end(q);
}

enum status match_api(struct req *q)
{
    struct problem_list problems;
    problem_list_init(&problems, q->arena);
    int64_t top;
    if (read_top(q, &top) != ST_OK) {
        problem_add(&problems, PROBLEM_RANGE, STR("?top"), STR("0..200"));
        return req_problem(q, ST_INVALID, &problems);
    }
    struct need need;
    if (need_read_text(q->arena, q->app->vocab, q->http->body, &need, &problems) != ST_OK)
        return req_problem(q, ST_INVALID, &problems);
    return answer(q, &need, top);
}
