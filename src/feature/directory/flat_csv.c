/* Groups the rows of a flat CSV into sites. Linear in the rows: every key is found through a map. */
#include "feature/directory/flat_csv.h"

#include "match/supply_write.h"

static const struct flat_column columns[] = {
#define SITE(path, en, ko, kind, mark, example)       {FLAT_HEAD, path, en, ko, kind, mark, example},
#define CAPABILITY(path, en, ko, kind, mark, example) {FLAT_ITEM, path, en, ko, kind, mark, example},
#include "feature/directory/site_columns.def"
#undef SITE
#undef CAPABILITY
};

const struct flat_table site_columns = {columns, sizeof columns / sizeof columns[0], "capabilities", "capability_"};

bool flat_sites_recognises(struct arena *a, const struct csv_row *header)
{
    struct flat_header h;
    flat_match(a, &site_columns, header, &h);
    return flat_has(&h, "org.name") &&
           (flat_has(&h, "site.name") || flat_has(&h, "site.ref") || flat_has(&h, "process"));
}

struct grouping {
    struct format_run *run;
    struct flat_header header;
    VEC(struct flat_group) groups;
    struct map by_ref;
    struct map by_number;    /* registration number and site name */
    struct map by_name;      /* organisation's name and site name; the first such group */
    struct flat_group *open; /* whose problems come in */
};

static struct str pair_key(struct arena *a, struct str x, struct str y)
{
    return arena_printf(a, STR_FMT "\n" STR_FMT, STR_ARG(x), STR_ARG(y));
}

struct row_keys {
    struct str ref;
    struct str number; /* empty without a registration number */
    struct str name;
};

static struct row_keys keys_of(const struct grouping *g, const struct csv_row *row)
{
    struct arena *a = g->run->arena;
    struct str site = flat_cell(&g->header, row, "site.name"), reg_no = flat_cell(&g->header, row, "org.reg_no");
    return (struct row_keys){flat_cell(&g->header, row, "site.ref"), reg_no.n ? pair_key(a, reg_no, site) : STR(""),
                             pair_key(a, flat_cell(&g->header, row, "org.name"), site)};
}

static struct str head_of(const struct flat_group *group, const char *path)
{
    for (size_t i = 0; i < FLAT_HEADS_MAX; i++)
        if (strcmp(columns[i].path, path) == 0)
            return group->head[i];
    return STR("");
}

/* A group found by names takes the row unless reference or number say that it is another site. */
static bool may_join(const struct grouping *g, size_t at, const struct row_keys *keys)
{
    const struct flat_group *group = &g->groups.v[at];
    struct str ref = head_of(group, "site.ref");
    bool other_number = keys->number.n && head_of(group, "org.reg_no").n;
    return !(keys->ref.n && ref.n) && !other_number;
}

static bool find_group(const struct grouping *g, const struct row_keys *keys, size_t *at)
{
    int64_t found;
    bool hit = keys->ref.n && map_get(&g->by_ref, keys->ref, &found);
    if (!hit && keys->number.n && map_get(&g->by_number, keys->number, &found))
        hit = !(keys->ref.n && head_of(&g->groups.v[found], "site.ref").n);
    if (!hit && map_get(&g->by_name, keys->name, &found))
        hit = may_join(g, (size_t)found, keys);
    if (hit)
        *at = (size_t)found;
    return hit;
}

static void take_row(struct grouping *g, const struct csv_row *row)
{
    struct arena *a = g->run->arena;
    struct row_keys keys = keys_of(g, row);
    size_t at;
    if (!find_group(g, &keys, &at)) {
        at = g->groups.n;
        VEC_ADD(a, &g->groups);
    }
    flat_add(a, &g->header, row, &g->groups.v[at]);
    if (keys.ref.n)
        map_add(&g->by_ref, keys.ref, (int64_t)at);
    if (keys.number.n)
        map_add(&g->by_number, keys.number, (int64_t)at);
    map_add(&g->by_name, keys.name, (int64_t)at);
}

static void report_located(void *arg, size_t line, const struct problem *problem)
{
    struct grouping *g = arg;
    struct problem p = *problem;
    flat_locate(g->run->arena, &g->header, g->open, &p, &line);
    g->run->options->report->bad(g->run->options->report->arg, line, &p);
}

static void read_group(struct grouping *g, struct supply_reader *reader, struct buf *json)
{
    buf_clear(json);
    flat_json(g->run->arena, &g->header, g->open, json);
    for (size_t i = 0; i < g->open->problems.n; i++) {
        const struct flat_problem *p = &g->open->problems.v[i];
        g->run->options->report->bad(g->run->options->report->arg, p->line, &p->problem);
    }
    if (g->open->problems.n)
        reader->bad_lines++;
    else
        supply_reader_add(reader, g->open->line, buf_str(json));
}

static bool header_is_good(struct grouping *g)
{
    struct problem_list problems;
    problem_list_init(&problems, g->run->arena);
    flat_check_header(&g->header, &problems);
    for (size_t i = 0; i < problems.n; i++)
        format_refuse(g->run, g->header.row->line, &problems.v[i]);
    return problems.n == 0;
}

void flat_sites_read(struct format_run *run, const struct csv_table *table)
{
    struct grouping g = {.run = run};
    map_init(&g.by_ref, run->arena);
    map_init(&g.by_number, run->arena);
    map_init(&g.by_name, run->arena);
    flat_match(run->arena, &site_columns, &table->v[0], &g.header);
    if (!header_is_good(&g))
        return;
    for (size_t i = 1; i < table->n; i++)
        take_row(&g, &table->v[i]);
    const struct line_report report = {report_located, &g};
    const struct line_report *outer = run->reader.report;
    run->reader.report = &report;
    AUTO_BUF json;
    buf_init(&json, SITE_JSON_BYTES_MAX);
    for (size_t i = 0; i < g.groups.n; i++) {
        g.open = &g.groups.v[i];
        read_group(&g, &run->reader, &json);
    }
    run->reader.report = outer;
}

void flat_site_write(struct arena *a, const struct vocab *v, const struct site *site, struct buf *out)
{
    AUTO_BUF json;
    buf_init(&json, SITE_JSON_BYTES_MAX);
    struct json_out j;
    jout_init(&j, &json);
    supply_write_site(a, v, &j, site);
    struct json object;
    struct json_error error;
    if (json_parse(a, buf_str(&json), &object, &error) == ST_OK)
        flat_put(&site_columns, &object, out);
}
