/*
 * Rewrites header and rows; lines stay those of the file. Titles are not read for processes: "설계 용역" in a notice is
 * a building's or a consultant's design. A notice without a process of its own is refused by the reader of needs.
 */
#include "feature/need/notice.h"

#include "base/time.h"
#include "base/utf8.h"
#include "feature/need/need_csv.h"

enum notice_part { NOTICE_NUMBER, NOTICE_ROUND, NOTICE_TITLE, NOTICE_DAY, NOTICE_PARTS };

struct notice_list {
    const char *mark;                   /* one more heading that tells it from others */
    const char *headings[NOTICE_PARTS]; /* NULL: the list has none */
    const char *ref_prefix;
};

static const struct notice_list lists[] = {
    {"dminsttNm", {"bidNtceNo", "bidNtceOrd", "bidNtceNm", "bidNtceDt"}, "G2B-"},
    {"pblancNm", {"pblancId", NULL, "pblancNm", "creatPnttm"}, ""},
    {"source_name", {"id", NULL, "title", "first_seen"}, ""},
};

struct rewriting {
    struct arena *arena;
    const struct notice_list *list;
    const struct csv_row *header;
    struct flat_header own; /* columns that are ours already */
    struct csv_table *out;
};

static bool recognises(const struct notice_list *list, const struct csv_row *header)
{
    for (int i = 0; i < NOTICE_PARTS; i++)
        if (list->headings[i] && i != NOTICE_DAY && csv_column(header, str_c(list->headings[i])) < 0)
            return false;
    return csv_column(header, str_c(list->mark)) >= 0;
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
    if (!round.n)
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

static void add_row(struct rewriting *w, const struct csv_row *row, const struct str first[3])
{
    struct csv_row made = {row->line, ARENA_ARRAY(w->arena, w->header->n + 3, struct str), 3};
    for (size_t i = 0; i < 3; i++)
        made.v[i] = first[i];
    for (size_t i = 0; i < w->header->n; i++)
        if (is_own(w, i))
            made.v[made.n++] = csv_cell(row, (ptrdiff_t)i);
    VEC_PUSH(w->arena, w->out, made);
}

bool notice_rows(struct arena *a, const struct csv_table *table, struct csv_table *out)
{
    struct rewriting w = {.arena = a, .header = &table->v[0]};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0] && !w.list; i++)
        if (recognises(&lists[i], w.header))
            w.list = &lists[i];
    if (!w.list)
        return false;
    *out = (struct csv_table){NULL, 0, 0};
    w.out = out;
    flat_match(a, &need_columns, w.header, &w.own);
    const struct str headings[] = {STR("ref"), STR("title"), STR("created")};
    add_row(&w, w.header, headings);
    for (size_t i = 1; i < table->n; i++) {
        const struct csv_row *row = &table->v[i];
        struct str day = day_of(a, part(&w, row, NOTICE_DAY));
        const struct str cells[] = {ref_of(&w, row), part(&w, row, NOTICE_TITLE), day};
        add_row(&w, row, cells);
    }
    return true;
}
