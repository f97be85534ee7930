/*
 * PUT /api/v1/sites/:ref: a program adds or replaces one site with its capabilities, in the form of a line of the
 * import file and by its rules. Idempotency-Key is needed: a repeated request has one effect and one answer. If-Match
 * with the ETag of GET /api/v1/firms/:ref refuses with 409 when somebody else changed the site meanwhile.
 */
#include "base/hash.h"
#include "core/audit.h"
#include "core/idempotency.h"
#include "core/req.h"
#include "feature/directory/directory.h"
#include "match/supply_write.h"

#include <inttypes.h>

enum status site_put(struct req *q);

enum { SITE_TEXT_MAX = 64 << 20, SUMMARY_MAX = 4096 };

static const char *const outcomes[SAVE_OUTCOMES] = {
    [SAVE_ADDED] = "added", [SAVE_CHANGED] = "changed", [SAVE_SAME] = "same"};

struct str directory_site_tag(struct arena *a, const struct vocab *v, const struct site *site)
{
    AUTO_BUF text;
    struct json_out j;
    buf_init(&text, SITE_TEXT_MAX);
    jout_init(&j, &text);
    supply_write_site(a, v, &j, site);
    return arena_printf(a, "%016" PRIx64, hash_fnv1a(FNV1A_64_START, buf_str(&text)));
}

struct put {
    struct req *q;
    struct site site; /* as read; each try of the write works on a copy */
    struct given_refs given;
    struct str if_match; /* without its quotes; empty: not asked */
    struct problem_list problems;
};

static enum status check_match(struct tx *t, const struct put *p)
{
    struct supply found;
    if (!p->if_match.n)
        return ST_OK;
    TRY(directory_load(tx_db(t), p->q->app->vocab, p->site.ref, &found));
    bool same =
        found.n == 1 && str_eq(p->if_match, directory_site_tag(db_arena(tx_db(t)), p->q->app->vocab, found.v[0]));
    return same ? ST_OK : ST_CONFLICT;
}

static struct str summary_of(struct arena *a, const struct site *site, const struct save_count *count)
{
    AUTO_BUF text;
    struct json_out j;
    buf_init(&text, SUMMARY_MAX);
    jout_init(&j, &text);
    jout_obj(&j);
    jout_key_str(&j, "ref", site->ref);
    jout_key_str(&j, "outcome", str_c(outcomes[count->outcome]));
    jout_key_int(&j, "capabilities", (int64_t)site->capabilities.n);
    jout_key_int(&j, "ended", (int64_t)count->ended);
    jout_end(&j);
    buf_add_byte(&text, '\n');
    return arena_str(a, buf_str(&text));
}

static enum status save(struct tx *t, void *arg, struct idempotency_answer *answer)
{
    struct put *p = arg;
    struct arena *a = db_arena(tx_db(t));
    struct site copy = p->site;
    struct save_count count;
    p->problems.n = 0;
    copy.capabilities.v = ARENA_ARRAY(a, copy.capabilities.n, struct capability);
    copy.capabilities.cap = copy.capabilities.n;
    if (copy.capabilities.n)
        memcpy(copy.capabilities.v, p->site.capabilities.v, copy.capabilities.n * sizeof *copy.capabilities.v);
    TRY(check_match(t, p));
    struct site_saving how = {p->q->app->vocab, &p->given, &p->problems};
    TRY(directory_save_counted(t, &how, &copy, &count));
    answer->status = count.outcome == SAVE_ADDED ? 201 : 200;
    answer->summary = summary_of(a, &copy, &count);
    struct audit_entry e = {.kind = AUDIT_CHANGE,
                            .actor = p->q->actor,
                            .action = STR("site.put"),
                            .object_kind = STR("site"),
                            .object_ref = copy.ref,
                            .address = p->q->http->remote,
                            .request = p->q->http->id};
    return audit_record(t, &e);
}

static enum status read_site(struct req *q, struct site *out, struct problem_list *problems)
{
    struct json body;
    struct json_error error;
    if (json_parse(q->arena, q->http->body, &body, &error) != ST_OK) {
        problem_add(problems, PROBLEM_NOT_JSON, STR(""), error.text);
        return ST_INVALID;
    }
    TRY(supply_read_site(q->arena, q->app->vocab, &body, out, problems));
    if (str_eq(out->ref, q->param))
        return ST_OK;
    problem_add(problems, PROBLEM_CONFLICT, STR("site.ref"), q->param);
    return ST_INVALID;
}

static struct str without_quotes(struct str s)
{
    s = str_trim(s);
    return s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"' ? str_n(s.p + 1, s.n - 2) : s;
}

static enum status put(struct req *q, struct put *p, struct idempotency_answer *answer)
{
    struct idempotency_key key = {.key = request_header(q->http, STR("idempotency-key")),
                                  .actor = q->actor,
                                  .route = arena_printf(q->arena, "PUT /api/v1/sites/" STR_FMT, STR_ARG(q->param)),
                                  .fingerprint =
                                      arena_printf(q->arena, "%016" PRIx64, hash_fnv1a(FNV1A_64_START, q->http->body))};
    if (!key.key.n)
        problem_add(&p->problems, PROBLEM_MISSING, STR("Idempotency-Key"), STR(""));
    if (key.key.n > IDEMPOTENCY_KEY_BYTES_MAX)
        problem_add(&p->problems, PROBLEM_TOO_LONG, STR("Idempotency-Key"), STR("200"));
    if (p->problems.n)
        return ST_INVALID;
    TRY(read_site(q, &p->site, &p->problems));
    given_refs_note(&p->given, &p->site);
    return idempotent_write(q->db, &key, save, p, answer);
}

enum status site_put(struct req *q)
{
    struct put p = {.q = q, .if_match = without_quotes(request_header(q->http, STR("if-match")))};
    struct idempotency_answer answer;
    problem_list_init(&p.problems, q->arena);
    given_refs_init(&p.given, q->arena);
    enum status st = put(q, &p, &answer);
    if (st != ST_OK)
        return p.problems.n ? req_problem(q, st, &p.problems) : st;
    q->answer->status = (int)answer.status;
    response_type(q->answer, "application/json");
    buf_add(&q->answer->body, answer.summary);
    return ST_OK;
}
