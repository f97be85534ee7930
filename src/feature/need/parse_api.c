/* POST /api/v1/parse: {"text":"..."} in, the need that was read and the place of each piece out. */
#include "core/req.h"
#include "match/parse.h"

enum status parse_api(struct req *q);

/* The text, or a problem. */
static bool read_body(struct req *q, struct str *text, struct problem_list *problems)
{
    struct json body;
    struct json_error error;
    if (json_parse(q->arena, q->http->body, &body, &error) != ST_OK || body.kind != JSON_IS_OBJ) {
        problem_add(problems, PROBLEM_NOT_JSON, STR(""), error.text.p ? error.text : STR("{\"text\":\"...\"}"));
        return false;
    }
    for (size_t i = 0; i < body.n; i++)
        if (!str_eq(body.keys[i], STR("text")))
            problem_add(problems, PROBLEM_UNKNOWN_FIELD, body.keys[i], STR(""));
    const struct json *value = json_get(&body, STR("text"));
    if (!value)
        problem_add(problems, PROBLEM_MISSING, STR("text"), STR(""));
    else if (value->kind != JSON_IS_STR)
        problem_add(problems, PROBLEM_TEXT, STR("text"), STR(""));
    else
        *text = value->text;
    return !problems->n;
}

enum status parse_api(struct req *q)
{
    struct problem_list problems;
    struct str text;
    struct parse_answer answer;
    struct json_out j;
    problem_list_init(&problems, q->arena);
    if (!read_body(q, &text, &problems))
        return req_problem(q, ST_INVALID, &problems);
    AUTO_ARENA scratch;
    arena_init(&scratch, SIZE_MAX / 2);
    parse_need(&scratch, q->app->parse, text, q->today, &answer);
    req_json_begin(q, &j);
    parse_answer_json(&scratch, &j, &answer);
    return req_json_end(q);
}
