/* The body is kept in one order (need_body.h); whoever reads it uses the one reader of needs again. */
#include "feature/need/need_store.h"

#include "base/encoding.h"
#include "base/time.h"
#include "base/utf8.h"
#include "core/change.h"
#include "feature/need/need_body.h"
#include "feature/need/need_csv.h"
#include "feature/need/need_sql.h"

#include <inttypes.h>

struct read_need {
    size_t line;
    struct json body; /* as checked */
    struct need need;
};

struct need_import_run {
    struct arena *arena;
    const struct import_options *options;
    struct map refs; /* that the file states: none of them is given to a blank one */
    VEC(struct read_need) needs;
    size_t bad_lines;
    struct import_report result;
};

static void report(struct need_import_run *run, size_t line, const struct problem *p)
{
    run->options->report->bad(run->options->report->arg, line, p);
}

static enum status parse(struct need_import_run *run, struct str text, struct json *out, struct problem_list *problems)
{
    struct json_error error;
    if (!utf8_valid(text)) {
        problem_add(problems, PROBLEM_NOT_TEXT, STR(""), STR(""));
        return ST_INVALID;
    }
    if (json_parse(run->arena, text, out, &error) == ST_OK)
        return ST_OK;
    problem_add(problems, PROBLEM_NOT_JSON, STR(""),
                arena_printf(run->arena, STR_FMT " (%d:%d)", STR_ARG(error.text), error.line, error.column));
    return ST_INVALID;
}

/* One need; the problems are the caller's to report. */
static void take(struct need_import_run *run, size_t line, struct str text, struct problem_list *problems)
{
    struct read_need n = {.line = line};
    if (parse(run, text, &n.body, problems) != ST_OK ||
        need_read(run->arena, run->options->vocab, &n.body, &n.need, problems) != ST_OK)
        return;
    if (n.need.ref.n && !map_add(&run->refs, n.need.ref, 0))
        problem_add(problems, PROBLEM_DUPLICATE, STR("ref"), n.need.ref);
    else
        VEC_PUSH(run->arena, &run->needs, n);
}

static void read_lines(struct need_import_run *run, struct str text)
{
    if (str_starts(text, STR("\xef\xbb\xbf")))
        text = str_drop(text, 3);
    struct str line;
    for (size_t number = 1; str_next(&text, '\n', &line); number++) {
        if (str_blank(line))
            continue;
        struct problem_list problems;
        problem_list_init(&problems, run->arena);
        take(run, number, str_trim(line), &problems);
        for (size_t i = 0; i < problems.n; i++)
            report(run, number, &problems.v[i]);
        run->bad_lines += problems.n != 0;
    }
}

static void read_item(struct need_import_run *run, const struct need_csv *csv, const struct need_csv_item *item)
{
    const struct flat_group *g = &item->group;
    struct problem_list problems;
    problem_list_init(&problems, run->arena);
    for (size_t i = 0; i < g->problems.n; i++)
        report(run, g->problems.v[i].line, &g->problems.v[i].problem);
    if (!g->problems.n)
        take(run, g->line, item->json, &problems);
    for (size_t i = 0; i < problems.n; i++) {
        struct problem p = problems.v[i];
        size_t line = g->line;
        flat_locate(run->arena, &csv->header, g, &p, &line);
        report(run, line, &p);
    }
    run->bad_lines += problems.n || g->problems.n;
}

static enum status read_csv(struct need_import_run *run, struct str text)
{
    struct csv_table table;
    struct need_csv csv;
    size_t bad_line;
    if (csv_read_separated(run->arena, text, csv_separator(text), &table, &bad_line) != ST_OK) {
        run->bad_lines++;
        report(run, bad_line, &(struct problem){STR(""), PROBLEM_NOT_CSV, STR("")});
        return ST_INVALID;
    }
    if (!need_csv_read(run->arena, &table, &csv)) {
        run->bad_lines++;
        report(run, 1, &(struct problem){STR(""), PROBLEM_NOT_KNOWN, STR("")});
        return ST_UNSUPPORTED;
    }
    for (size_t i = 0; i < csv.header_problems.n; i++)
        report(run, csv.header.row->line, &csv.header_problems.v[i]);
    run->bad_lines += csv.header_problems.n;
    for (size_t i = 0; i < csv.n; i++)
        read_item(run, &csv, &csv.v[i]);
    return csv.header_problems.n ? ST_INVALID : ST_OK;
}

static bool has_known_heading(struct need_import_run *run, struct str text)
{
    struct csv_table table;
    struct need_csv csv;
    struct str heading;
    size_t bad_line;
    return str_next(&text, '\n', &heading) &&
           csv_read_separated(run->arena, heading, csv_separator(heading), &table, &bad_line) == ST_OK && table.n &&
           need_csv_read(run->arena, &table, &csv);
}

/* Lines of .jsonl are judged one by one, also those that are no text. */
static enum status read_text(struct need_import_run *run, struct str text)
{
    struct str decoded;
    enum status st = encoding_to_utf8(run->arena, text, &decoded);
    if (st == ST_OK && (has_known_heading(run, decoded) || !json_is_lines(decoded)))
        return read_csv(run, decoded);
    if (st == ST_OK || json_is_lines(text)) {
        read_lines(run, st == ST_OK ? decoded : text);
        return ST_OK;
    }
    run->bad_lines++;
    report(run, 1, &(struct problem){STR(""), PROBLEM_NOT_TEXT, STR("")});
    return ST_INVALID;
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

static enum status save(struct tx *t, const struct need_import_run *run, const struct read_need *n, struct str *ref,
                        enum save_outcome *outcome)
{
    struct need_row old;
    int64_t changed, now = time_now_ms();
    *ref = n->need.ref;
    if (!ref->n)
        TRY(next_need_ref(t, &run->refs, ref));
    enum status st = need_by_ref(tx_db(t), *ref, &old);
    struct day created = n->need.created.has ? n->need.created.v
                         : st == ST_OK       ? (struct day){(int32_t)old.created_day}
                                             : day_of_ms(now, TIME_KOREA_OFFSET_MIN);
    struct str body = need_body(db_arena(tx_db(t)), &n->body, *ref, created);
    struct opt_int due = {n->need.due.v.n, n->need.due.has};
    struct str title = n->need.title.n ? n->need.title : (struct str){NULL, 0};
    if (st == ST_OK && str_eq(old.body, body) && !old.ended_ms.has) {
        *outcome = SAVE_SAME;
        return ST_OK;
    }
    if (st == ST_OK) {
        struct need_update_in in = {.need_id = old.id,
                                    .title = title,
                                    .due_day = due,
                                    .created_day = created.n,
                                    .body = body,
                                    .changed_ms = now};
        TRY(need_update(t, &in, &changed));
    } else if (st == ST_NOT_FOUND) {
        struct need_insert_in in = {.need_id = tx_new_id(t),
                                    .ref = *ref,
                                    .title = title,
                                    .due_day = due,
                                    .created_day = created.n,
                                    .body = body,
                                    .changed_ms = now};
        TRY(need_insert(t, &in, &changed));
    } else {
        return st;
    }
    *outcome = st == ST_OK ? SAVE_CHANGED : SAVE_ADDED;
    return change_record(t, STR("need"), *ref);
}

/* Needs that the file does not have; ended only when it is the whole list. */
static enum status count_gone(struct tx *t, struct need_import_run *run, const struct map *saved)
{
    struct need_ref_all_list live;
    bool end = run->options->complete && !run->bad_lines;
    TRY(need_ref_all(tx_db(t), &live));
    for (size_t i = 0; i < live.n; i++) {
        int64_t any, changed;
        if (map_get(saved, live.v[i].ref, &any))
            continue;
        run->result.gone++;
        if (!end)
            continue;
        TRY(need_end(t, live.v[i].ref, time_now_ms(), &changed));
        TRY(change_record(t, STR("need"), live.v[i].ref));
        run->result.ended++;
    }
    return ST_OK;
}

static enum status save_all(struct tx *t, void *arg)
{
    struct need_import_run *run = arg;
    struct map saved;
    map_init(&saved, run->arena);
    run->result = (struct import_report){.bad_lines = run->bad_lines};
    for (size_t i = 0; i < run->needs.n; i++) {
        enum save_outcome outcome;
        struct str ref;
        TRY(save(t, run, &run->needs.v[i], &ref, &outcome));
        map_put(&saved, ref, 0);
        run->result.count[outcome]++;
    }
    TRY(count_gone(t, run, &saved));
    return import_trace(t, STR("need"), STR("needs"), &run->result);
}

enum status need_import(struct db *db, struct str text, const struct import_options *options, struct import_report *out)
{
    struct need_import_run run = {.arena = db_arena(db), .options = options};
    map_init(&run.refs, run.arena);
    enum status st = read_text(&run, text);
    *out = (struct import_report){.bad_lines = run.bad_lines};
    TRY(st);
    if (run.bad_lines && options->all_or_nothing)
        return ST_INVALID;
    TRY(db_write(db, save_all, &run));
    *out = run.result;
    out->stored = true;
    return ST_OK;
}

static void add_stored(struct arena *a, const struct need_row_list *rows, struct stored_needs *out)
{
    *out = (struct stored_needs){NULL, 0, 0};
    for (size_t i = 0; i < rows->n; i++)
        VEC_PUSH(a, out, ((struct stored_need){rows->v[i].ref, rows->v[i].body}));
}

enum status need_load(struct db *db, int64_t limit, struct stored_needs *out)
{
    struct need_row_list rows;
    TRY(need_list(db, limit, &rows));
    add_stored(db_arena(db), &rows, out);
    return ST_OK;
}

enum status need_load_all(struct db *db, struct stored_needs *out)
{
    struct need_row_list rows;
    TRY(need_all(db, &rows));
    add_stored(db_arena(db), &rows, out);
    return ST_OK;
}

enum status need_load_one(struct db *db, struct str ref, struct stored_need *out)
{
    struct need_row row;
    TRY(need_by_ref(db, ref, &row));
    *out = (struct stored_need){row.ref, row.body};
    return row.ended_ms.has ? ST_NOT_FOUND : ST_OK;
}
