/* Rewrites header and rows; lines stay those of the file. A notice that names no process stays without one and is refused later. */
#include "feature/need/notice.h"

#include "base/time.h"
#include "base/utf8.h"
#include "feature/need/need_csv.h"

enum notice_part { NOTICE_NUMBER, NOTICE_ROUND, NOTICE_TITLE, NOTICE_DAY, NOTICE_PARTS };

struct notice_list {
    const char *headings[NOTICE_PARTS]; /* NULL: the list has none */
    const char *ref_prefix;
    bool orders; /* something is bought, so a process in the title is asked for */
};

static const struct notice_list lists[] = {
    {{"bidNtceNo", "bidNtceOrd", "bidNtceNm", "bidNtceDt"}, "G2B-", true},
    {{"pblancId", NULL, "pblancNm", "creatPnttm"}, "", false},
    {{"id", "source_name", "title", "first_seen"}, "", false},
};

struct rewriting {
    struct arena *arena;
    const struct infer *infer;
    const struct notice_list *list;
    const struct csv_row *header;
    struct flat_header own; /* columns that are ours already */
    bool has_process;
    struct csv_table *out;
};

static bool recognises(const struct notice_list *list, const struct csv_row *header)
{
    for (int i = 0; i < NOTICE_PARTS; i++)
        if (list->headings[i] && i != NOTICE_DAY && csv_column(header, str_c(list->headings[i])) < 0)
            return false;
    return true;
}

static struct str part(const struct rewriting *w, const struct csv_row *row, enum notice_part p)
{
    const char *heading = w->list->headings[p];
    return heading ? str_trim(csv_cell(row, csv_column(w->header, str_c(heading)))) : STR("");
}

/* "2026-05-18T10:49:00+00:00", "2026-05-18 10:49" and "20260518" to a day; anything else is left out. */
static struct str day_of(struct arena *a, struct str s)
{
    struct day day;
    if (s.n > 10)
        s = str_n(s.p, 10);
    if (s.n == 8)
        s = arena_printf(a, "%.4s-%.2s-%.2s", s.p, s.p + 4, s.p + 6);
    return day_parse(s, &day) ? s : STR("");
}

static struct str ref_of(const struct rewriting *w, const struct csv_row *row)
{
    struct str number = part(w, row, NOTICE_NUMBER), round = part(w, row, NOTICE_ROUND);
    if (!number.n)
        return number;
    if (!w->list->orders || !round.n)
        return arena_printf(w->arena, "%s" STR_FMT, w->list->ref_prefix, STR_ARG(number));
    return arena_printf(w->arena, "%s" STR_FMT "-" STR_FMT, w->list->ref_prefix, STR_ARG(number), STR_ARG(round));
}

static bool is_own(const struct rewriting *w, size_t column)
{
    ptrdiff_t at = w->own.column[column];
    if (at < 0)
        return false;
    const char *path = need_columns.v[at].path;
    return strcmp(path, "ref") != 0 && strcmp(path, "title") != 0 && strcmp(path, "created") != 0;
}

static void add_row(struct rewriting *w, const struct csv_row *row, const struct str *first, size_t n)
{
    struct csv_row made = {row->line, ARENA_ARRAY(w->arena, n + w->header->n, struct str), n};
    for (size_t i = 0; i < n; i++)
        made.v[i] = first[i];
    for (size_t i = 0; i < w->header->n; i++)
        if (is_own(w, i))
            made.v[made.n++] = csv_cell(row, (ptrdiff_t)i);
    VEC_PUSH(w->arena, w->out, made);
}

static void rewrite_row(struct rewriting *w, const struct csv_row *row)
{
    struct str title = part(w, row, NOTICE_TITLE);
    struct str first[] = {ref_of(w, row), title, day_of(w->arena, part(w, row, NOTICE_DAY)), STR("")};
    struct inferred_list found = {NULL, 0, 0};
    if (w->has_process) {
        add_row(w, row, first, 3);
        return;
    }
    if (w->list->orders && w->infer)
        infer_processes(w->infer, w->arena, utf8_nfc(w->arena, title), STR(""), &found);
    for (size_t i = 0; i < found.n; i++) {
        first[3] = w->infer->vocab->processes.v[found.v[i].process].code;
        add_row(w, row, first, 4);
    }
    if (!found.n)
        add_row(w, row, first, 4);
}

bool notice_rows(struct arena *a, const struct infer *infer, const struct csv_table *table, struct csv_table *out)
{
    struct rewriting w = {.arena = a, .infer = infer, .header = &table->v[0]};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0] && !w.list; i++)
        if (recognises(&lists[i], w.header))
            w.list = &lists[i];
    if (!w.list)
        return false;
    *out = (struct csv_table){NULL, 0, 0};
    w.out = out;
    flat_match(a, &need_columns, w.header, &w.own);
    w.has_process = flat_has(&w.own, "process");
    const struct str first[] = {STR("ref"), STR("title"), STR("created"), STR("process")};
    add_row(&w, w.header, first, w.has_process ? 3 : 4);
    for (size_t i = 1; i < table->n; i++)
        rewrite_row(&w, &table->v[i]);
    return true;
}
