/*
 * Files of sites into the store. Reading finds the bad lines without touching the store; then one transaction saves the
 * good ones, so that a crash leaves all or nothing of the file.
 */
#include "feature/directory/directory.h"

#include "base/csv.h"
#include "base/encoding.h"
#include "base/json.h"
#include "base/time.h"
#include "core/audit.h"
#include "core/change.h"
#include "feature/directory/directory_sql.h"
#include "feature/directory/duplicates.h"
#include "feature/directory/format.h"

struct import {
    struct db *db;
    const struct import_options *options;
    struct supply sites;
    struct str source; /* the form it came in */
    size_t bad_lines;  /* found while reading */
};

static void report_line(struct import *im, size_t line, enum problem_code code, struct str detail)
{
    struct problem p = {STR(""), code, detail};
    im->bad_lines++;
    im->options->report->bad(im->options->report->arg, line, &p);
}

static enum status read_csv(struct import *im, struct str text)
{
    struct arena *a = db_arena(im->db);
    struct csv_table table;
    size_t bad_line;
    if (csv_read_separated(a, text, csv_separator(text), &table, &bad_line) != ST_OK) {
        report_line(im, bad_line, PROBLEM_NOT_CSV, STR(""));
        return ST_INVALID;
    }
    struct format_run run = {.arena = a, .options = im->options};
    supply_reader_init(&run.reader, a, im->options->vocab, im->options->report, &im->sites);
    if (table.n && format_read(&run, &table, &im->source)) {
        im->bad_lines += run.reader.bad_lines;
        return im->sites.n || !run.reader.bad_lines ? ST_OK : ST_INVALID;
    }
    report_line(im, 1, PROBLEM_NOT_KNOWN, STR(""));
    return ST_UNSUPPORTED;
}

static bool has_known_heading(struct import *im, struct str text)
{
    struct csv_table table;
    struct str heading;
    size_t bad_line;
    struct arena *a = db_arena(im->db);
    return str_next(&text, '\n', &heading) &&
           csv_read_separated(a, heading, csv_separator(heading), &table, &bad_line) == ST_OK && table.n &&
           format_knows(a, &table.v[0]);
}

/* Lines of .jsonl are judged one by one, also those that are no text. */
static enum status read_text(struct import *im, struct str text)
{
    struct str decoded;
    enum status st = encoding_to_utf8(db_arena(im->db), text, &decoded);
    im->source = STR("sites");
    if (st == ST_OK && (has_known_heading(im, decoded) || !json_is_lines(decoded)))
        return read_csv(im, decoded);
    if (st != ST_OK && !json_is_lines(text)) {
        report_line(im, 1, PROBLEM_NOT_TEXT, STR(""));
        return ST_INVALID;
    }
    supply_read_lines(db_arena(im->db), im->options->vocab, st == ST_OK ? decoded : text, im->options->report,
                      &im->sites, &im->bad_lines);
    return ST_OK;
}

/* A conflict that only the store knows; reported once, also when the closure runs again. */
struct refused {
    const struct site *site;
    struct problem_list problems;
};

struct save_run {
    struct import *im;
    struct given_refs given;
    struct import_report result;
    VEC(struct refused) refused;
    struct saved_sites saved;
    struct duplicate_list duplicates;
    struct site_source_all_list before; /* of the same source, also ended ones */
};

/* The closure may run again: what was read stays as it is. */
static struct site copy_of(struct arena *a, const struct site *read)
{
    struct site site = *read;
    size_t n = site.capabilities.n;
    site.capabilities.v = ARENA_ARRAY(a, n, struct capability);
    site.capabilities.cap = n;
    if (n)
        memcpy(site.capabilities.v, read->capabilities.v, n * sizeof *site.capabilities.v);
    return site;
}

static enum status save_one(struct tx *t, struct save_run *run, const struct site *read)
{
    struct arena *a = db_arena(tx_db(t));
    struct site site = copy_of(a, read);
    struct refused refused = {.site = read};
    struct save_count count;
    problem_list_init(&refused.problems, a);
    struct site_saving how = {run->im->options->vocab, &run->given, &refused.problems};
    enum status st = directory_save_counted(t, &how, &site, &count);
    if (st == ST_INVALID) {
        VEC_PUSH(a, &run->refused, refused);
        run->result.bad_lines++;
        return ST_OK;
    }
    TRY(st);
    run->result.count[count.outcome]++;
    run->result.capabilities += site.capabilities.n;
    run->result.ended_capabilities += count.ended;
    VEC_PUSH(a, &run->saved, ((struct saved_site){site.ref, read}));
    return ST_OK;
}

static enum status note_sources(struct tx *t, struct save_run *run)
{
    struct map known;
    map_init(&known, db_arena(tx_db(t)));
    for (size_t i = 0; i < run->before.n; i++)
        map_add(&known, run->before.v[i].site_ref, 0);
    for (size_t i = 0; i < run->saved.n; i++) {
        int64_t changed;
        if (map_add(&known, run->saved.v[i].ref, 0))
            TRY(site_source_put(t, run->saved.v[i].ref, run->im->source, &changed));
    }
    return ST_OK;
}

/* Sites of the same source that the file no longer has. */
static enum status count_gone(struct tx *t, struct save_run *run)
{
    struct map saved;
    map_init(&saved, db_arena(tx_db(t)));
    bool end = run->im->options->complete && !run->result.bad_lines;
    for (size_t i = 0; i < run->saved.n; i++)
        map_add(&saved, run->saved.v[i].ref, 0);
    for (size_t i = 0; i < run->before.n; i++) {
        int64_t any, changed;
        struct str ref = run->before.v[i].site_ref;
        if (run->before.v[i].ended_ms.has || map_get(&saved, ref, &any))
            continue;
        run->result.gone++;
        if (!end)
            continue;
        TRY(site_end(t, ref, time_now_ms(), &changed));
        TRY(change_record(t, STR("site"), ref));
        run->result.ended++;
    }
    return ST_OK;
}

enum status import_trace(struct tx *t, struct str kind, struct str source, const struct import_report *report)
{
    struct arena *a = db_arena(tx_db(t));
    const size_t *count = report->count;
    if (!(count[SAVE_ADDED] + count[SAVE_CHANGED] + report->ended + report->ended_capabilities))
        return ST_OK;
    struct audit_entry e = {.kind = AUDIT_CHANGE,
                            .actor = STR("cli"),
                            .action = arena_printf(a, STR_FMT ".import", STR_ARG(kind)),
                            .object_kind = kind,
                            .object_ref = source,
                            .detail =
                                arena_printf(a, "{\"added\":%zu,\"changed\":%zu,\"same\":%zu,\"ended\":%zu}",
                                             count[SAVE_ADDED], count[SAVE_CHANGED], count[SAVE_SAME], report->ended)};
    return audit_record(t, &e);
}

static enum status save_all(struct tx *t, void *arg)
{
    struct save_run *run = arg;
    run->result = (struct import_report){.bad_lines = run->im->bad_lines};
    run->refused.n = 0;
    run->saved.n = 0;
    TRY(site_source_all(tx_db(t), run->im->source, &run->before));
    for (size_t i = 0; i < run->im->sites.n; i++)
        TRY(save_one(t, run, run->im->sites.v[i]));
    if (run->result.bad_lines && run->im->options->all_or_nothing)
        return ST_INVALID;
    TRY(note_sources(t, run));
    TRY(count_gone(t, run));
    TRY(import_trace(t, STR("site"), run->im->source, &run->result));
    return duplicates_find(tx_db(t), &run->saved, &run->duplicates);
}

static void report_refused(const struct save_run *run)
{
    const struct line_report *report = run->im->options->report;
    for (size_t i = 0; i < run->refused.n; i++) {
        const struct refused *r = &run->refused.v[i];
        for (size_t p = 0; p < r->problems.n; p++)
            report->bad(report->arg, r->site->line, &r->problems.v[p]);
    }
}

static void report_duplicates(const struct save_run *run)
{
    const struct import_options *o = run->im->options;
    for (size_t i = 0; o->duplicate && i < run->duplicates.n; i++)
        o->duplicate(o->duplicate_arg, &run->duplicates.v[i]);
}

enum status directory_import(struct db *db, struct str text, const struct import_options *options,
                             struct import_report *out)
{
    struct import im = {.db = db, .options = options};
    enum status st = read_text(&im, text);
    *out = (struct import_report){.bad_lines = im.bad_lines};
    TRY(st);
    if (im.bad_lines && options->all_or_nothing)
        return ST_INVALID;
    struct save_run run = {.im = &im};
    given_refs_init(&run.given, db_arena(db));
    for (size_t i = 0; i < im.sites.n; i++)
        given_refs_note(&run.given, im.sites.v[i]);
    st = db_write(db, save_all, &run);
    *out = run.result;
    report_refused(&run);
    out->stored = st == ST_OK;
    if (out->stored)
        report_duplicates(&run);
    return st;
}
