/*
 * Files of sites into the store. Reading finds the bad lines without touching the store; then one transaction saves the good
 * ones, so that a crash leaves all or nothing of the file.
 */
#include "feature/directory/directory.h"

#include "base/csv.h"
#include "base/encoding.h"
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

/* Any line that begins an object: one bad line, also the first, does not make the file another format. */
static bool looks_like_json(struct str text)
{
    struct str line;
    if (str_starts(text, STR("\xef\xbb\xbf")))
        text = str_drop(text, 3);
    bool blank = true;
    while (str_next(&text, '\n', &line)) {
        line = str_trim(line);
        if (line.n && line.p[0] == '{')
            return true;
        blank &= line.n == 0;
    }
    return blank;
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
    if (st == ST_OK && (has_known_heading(im, decoded) || !looks_like_json(decoded)))
        return read_csv(im, decoded);
    if (st != ST_OK && !looks_like_json(text)) {
        report_line(im, 1, PROBLEM_NOT_TEXT, STR(""));
        return ST_INVALID;
    }
    supply_read_lines(db_arena(im->db), im->options->vocab, st == ST_OK ? decoded : text, im->options->report, &im->sites,
                      &im->bad_lines);
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
};

static enum status save_all(struct tx *t, void *arg)
{
    struct save_run *run = arg;
    struct arena *a = db_arena(tx_db(t));
    run->result = (struct import_report){.bad_lines = run->im->bad_lines};
    run->refused.n = 0;
    for (size_t i = 0; i < run->im->sites.n; i++) {
        struct site site = *run->im->sites.v[i];
        struct capability_list list = {ARENA_ARRAY(a, site.capabilities.n, struct capability), site.capabilities.n,
                                       site.capabilities.n};
        if (list.n)
            memcpy(list.v, site.capabilities.v, list.n * sizeof *list.v);
        site.capabilities = list;
        struct refused refused = {.site = run->im->sites.v[i]};
        problem_list_init(&refused.problems, a);
        enum save_outcome outcome;
        struct site_saving how = {run->im->options->vocab, &run->given, &refused.problems};
        enum status st = directory_save(t, &how, &site, &outcome);
        if (st == ST_INVALID) {
            VEC_PUSH(a, &run->refused, refused);
            run->result.bad_lines++;
            continue;
        }
        TRY(st);
        run->result.count[outcome]++;
        run->result.capabilities += site.capabilities.n;
    }
    return run->result.bad_lines && run->im->options->all_or_nothing ? ST_INVALID : ST_OK;
}

static void note_given_refs(struct save_run *run)
{
    struct arena *a = db_arena(run->im->db);
    map_init(&run->given.sites, a);
    map_init(&run->given.capabilities, a);
    for (size_t i = 0; i < run->im->sites.n; i++) {
        const struct site *site = run->im->sites.v[i];
        if (site->ref.n)
            map_add(&run->given.sites, site->ref, 0);
        for (size_t c = 0; c < site->capabilities.n; c++)
            if (site->capabilities.v[c].ref.n)
                map_add(&run->given.capabilities, site->capabilities.v[c].ref, 0);
    }
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
    note_given_refs(&run);
    st = db_write(db, save_all, &run);
    *out = run.result;
    report_refused(&run);
    out->stored = st == ST_OK;
    return st;
}
