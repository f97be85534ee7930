/* The body is kept as it came, but for a reference that was blank; whoever reads it uses the one reader of needs again. */
#include "feature/need/need_store.h"

#include "base/time.h"
#include "core/change.h"
#include "feature/need/need_sql.h"

#include <inttypes.h>

struct read_need {
    size_t line;
    struct str body;
    struct need need;
};

struct need_import_run {
    const struct import_options *options;
    struct map refs; /* that the file states: none of them is given to a blank one */
    VEC(struct read_need) needs;
    size_t bad_lines;
    struct import_report result;
};

static void read_lines(struct arena *a, struct str text, struct need_import_run *run)
{
    map_init(&run->refs, a);
    struct str line;
    if (str_starts(text, STR("\xef\xbb\xbf")))
        text = str_drop(text, 3);
    for (size_t number = 1; str_next(&text, '\n', &line); number++) {
        if (str_blank(line))
            continue;
        struct problem_list problems;
        problem_list_init(&problems, a);
        struct read_need n = {.line = number, .body = str_trim(line)};
        enum status st = need_read_text(a, run->options->vocab, line, &n.need, &problems);
        if (st == ST_OK && n.need.ref.n && !map_add(&run->refs, n.need.ref, 0))
            problem_add(&problems, PROBLEM_DUPLICATE, STR("ref"), n.need.ref);
        for (size_t i = 0; i < problems.n; i++)
            run->options->report->bad(run->options->report->arg, number, &problems.v[i]);
        if (problems.n)
            run->bad_lines++;
        else
            VEC_PUSH(a, &run->needs, n);
    }
}

static enum status next_need_ref(struct tx *t, const struct map *given, struct str *ref)
{
    struct need_find_row found;
    int64_t at;
    enum status st = ST_OK;
    while (st == ST_OK) {
        int64_t n;
        TRY(ref_next(t, STR("N"), &n));
        *ref = arena_printf(db_arena(tx_db(t)), "N-%" PRId64, n);
        if (!map_get(given, *ref, &at))
            st = need_find(tx_db(t), *ref, &found);
    }
    return st == ST_NOT_FOUND ? ST_OK : st;
}

/* The checked text with its new reference first. */
static enum status body_with_ref(struct arena *a, struct str body, struct str ref, struct str *out)
{
    struct json value;
    struct json_error error;
    TRY(json_parse(a, body, &value, &error));
    AUTO_BUF b;
    buf_init(&b, 2 * body.n + 1000);
    struct json_out j;
    jout_init(&j, &b);
    jout_obj(&j);
    jout_key_str(&j, "ref", ref);
    jout_members(&j, &value, STR("ref"));
    jout_end(&j);
    *out = arena_str(a, buf_str(&b));
    return buf_status(&b);
}

static enum status save(struct tx *t, const struct need_import_run *run, const struct read_need *n,
                        enum save_outcome *outcome)
{
    struct need_row old;
    int64_t changed, now = time_now_ms();
    struct str ref = n->need.ref, body = n->body;
    if (!ref.n) {
        TRY(next_need_ref(t, &run->refs, &ref));
        TRY(body_with_ref(db_arena(tx_db(t)), n->body, ref, &body));
    }
    struct day created = n->need.created.has ? n->need.created.v : day_of_ms(now, TIME_KOREA_OFFSET_MIN);
    struct opt_int due = {n->need.due.v.n, n->need.due.has};
    struct str title = n->need.title.n ? n->need.title : (struct str){NULL, 0};
    enum status st = need_by_ref(tx_db(t), ref, &old);
    if (st == ST_OK && str_eq(old.body, body)) {
        *outcome = SAVE_SAME;
        return ST_OK;
    }
    if (st == ST_OK) {
        struct need_update_in in = {.need_id = old.id, .title = title, .due_day = due, .created_day = created.n,
                                    .body = body, .changed_ms = now};
        TRY(need_update(t, &in, &changed));
    } else if (st == ST_NOT_FOUND) {
        struct need_insert_in in = {.need_id = tx_new_id(t), .ref = ref, .title = title, .due_day = due,
                                    .created_day = created.n, .body = body, .changed_ms = now};
        TRY(need_insert(t, &in, &changed));
    } else {
        return st;
    }
    *outcome = st == ST_OK ? SAVE_CHANGED : SAVE_ADDED;
    return change_record(t, STR("need"), ref);
}

static enum status save_all(struct tx *t, void *arg)
{
    struct need_import_run *run = arg;
    run->result = (struct import_report){.bad_lines = run->bad_lines};
    for (size_t i = 0; i < run->needs.n; i++) {
        enum save_outcome outcome;
        TRY(save(t, run, &run->needs.v[i], &outcome));
        run->result.count[outcome]++;
    }
    return ST_OK;
}

enum status need_import(struct db *db, struct str text, const struct import_options *options,
                        struct import_report *out)
{
    struct need_import_run run = {.options = options};
    read_lines(db_arena(db), text, &run);
    *out = (struct import_report){.bad_lines = run.bad_lines};
    if (run.bad_lines && options->all_or_nothing)
        return ST_INVALID;
    TRY(db_write(db, save_all, &run));
    *out = run.result;
    out->stored = true;
    return ST_OK;
}

enum status need_load(struct db *db, int64_t limit, struct stored_needs *out)
{
    struct need_row_list rows;
    TRY(need_list(db, limit, &rows));
    *out = (struct stored_needs){NULL, 0, 0};
    for (size_t i = 0; i < rows.n; i++)
        VEC_PUSH(db_arena(db), out, ((struct stored_need){rows.v[i].ref, rows.v[i].body}));
    return ST_OK;
}
