/* GET /api/v1/vocab?q=&list=&limit=: suggestions while a word is being typed. */
#include "core/req.h"
#include "feature/vocabulary/vocabulary.h"

enum { API_LIMIT = 10 };

enum status vocab_api(struct req *q);

static bool is_parameter(struct str name)
{
    static const struct str known[] = {STR_INIT("q"), STR_INIT("list"), STR_INIT("limit"), STR_INIT("lang")};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_eq(name, known[i]))
            return true;
    return false;
}

static void read_question(struct req *q, struct suggest_question *out, struct problem_list *problems)
{
    const struct pair_list *query = &q->http->uri.query;
    for (size_t i = 0; i < query->n; i++)
        if (!is_parameter(query->v[i].name))
            problem_add(problems, PROBLEM_UNKNOWN_FIELD, query->v[i].name, STR(""));
    *out = (struct suggest_question){str_trim(request_query(q->http, STR("q"))), VOCAB_LISTS, API_LIMIT};
    if (!out->text.n)
        problem_add(problems, PROBLEM_MISSING, STR("q"), STR(""));
    else if (utf8_length(out->text) > SUGGEST_QUERY_CHARS_MAX)
        problem_add(problems, PROBLEM_TOO_LONG, STR("q"), STR("1..64"));
    struct str list = request_query(q->http, STR("list")), limit = request_query(q->http, STR("limit"));
    int64_t n = API_LIMIT;
    if (list.n && !vocab_list_of(list, &out->list))
        problem_add(problems, PROBLEM_CODE, STR("list"), list);
    if (limit.n && (!str_to_int(limit, &n) || n < 1 || n > SUGGEST_LIMIT_MAX))
        problem_add(problems, PROBLEM_RANGE, STR("limit"), STR("1..100"));
    out->limit = (size_t)n;
}

enum status vocab_api(struct req *q)
{
    struct problem_list problems;
    struct suggest_question question;
    problem_list_init(&problems, q->arena);
    read_question(q, &question, &problems);
    if (problems.n)
        return req_problem(q, ST_INVALID, &problems);
    struct json_out j;
    req_json_begin(q, &j);
    vocabulary_find_json(q->arena, &j, q->app->vocab, q->app->words, &question);
    return req_json_end(q);
}
