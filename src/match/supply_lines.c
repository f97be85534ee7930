/* A .jsonl text to sites; each line stands or falls alone. */
#include "match/supply_read.h"

#include "base/utf8.h"

enum { LINE_MAX_BYTES = 4 << 20 };

static void refuse(struct supply_reader *l, size_t line, const struct problem_list *problems)
{
    l->bad_lines++;
    for (size_t i = 0; i < problems->n; i++)
        l->report->bad(l->report->arg, line, &problems->v[i]);
}

static enum status check_refs(struct supply_reader *l, const struct site *site, struct problem_list *problems)
{
    int64_t at;
    size_t before = problems->n;
    if (site->ref.n && map_get(&l->site_refs, site->ref, &at))
        problem_add(problems, PROBLEM_DUPLICATE, STR("site.ref"), site->ref);
    for (size_t i = 0; i < site->capabilities.n; i++) {
        struct str ref = site->capabilities.v[i].ref;
        bool used = ref.n && map_get(&l->capability_refs, ref, &at);
        for (size_t j = 0; j < i && ref.n; j++)
            used |= str_eq(site->capabilities.v[j].ref, ref);
        if (used)
            problem_add(problems, PROBLEM_DUPLICATE, arena_printf(l->arena, "capabilities[%zu].ref", i), ref);
    }
    return problems->n > before ? ST_INVALID : ST_OK;
}

static enum status read_line(struct supply_reader *l, size_t number, struct str line, struct problem_list *problems)
{
    struct json value;
    struct json_error error;
    if (line.n > LINE_MAX_BYTES) {
        problem_add(problems, PROBLEM_TOO_LONG, STR(""), STR("4 MB"));
        return ST_INVALID;
    }
    if (!utf8_valid(line)) {
        problem_add(problems, PROBLEM_NOT_TEXT, STR(""), STR(""));
        return ST_INVALID;
    }
    if (json_parse(l->arena, line, &value, &error) != ST_OK) {
        problem_add(problems, PROBLEM_NOT_JSON, STR(""), error.text);
        return ST_INVALID;
    }
    struct site *site = ARENA_NEW(l->arena, struct site);
    TRY(supply_read_site(l->arena, l->vocab, &value, site, problems));
    site->line = number;
    TRY(check_refs(l, site, problems));
    if (site->ref.n)
        map_add(&l->site_refs, site->ref, 0);
    for (size_t i = 0; i < site->capabilities.n; i++)
        if (site->capabilities.v[i].ref.n)
            map_add(&l->capability_refs, site->capabilities.v[i].ref, 0);
    VEC_PUSH(l->arena, l->out, site);
    return ST_OK;
}

static struct str next_ref(struct arena *a, struct map *used, const char *prefix, uint64_t *counter)
{
    struct str ref;
    do
        ref = arena_printf(a, "%s-%llu", prefix, (unsigned long long)++*counter);
    while (!map_add(used, ref, 0));
    return ref;
}

void supply_fill_refs(struct arena *a, struct supply *supply)
{
    struct map site_refs, capability_refs;
    map_init(&site_refs, a);
    map_init(&capability_refs, a);
    for (size_t s = 0; s < supply->n; s++) {
        map_add(&site_refs, supply->v[s]->ref, 0);
        for (size_t i = 0; i < supply->v[s]->capabilities.n; i++)
            map_add(&capability_refs, supply->v[s]->capabilities.v[i].ref, 0);
    }
    uint64_t sites = 0, capabilities = 0;
    for (size_t s = 0; s < supply->n; s++) {
        struct site *site = supply->v[s];
        if (!site->ref.n)
            site->ref = next_ref(a, &site_refs, "S", &sites);
        for (size_t i = 0; i < site->capabilities.n; i++)
            if (!site->capabilities.v[i].ref.n)
                site->capabilities.v[i].ref = next_ref(a, &capability_refs, "C", &capabilities);
    }
}

void supply_reader_init(struct supply_reader *r, struct arena *a, const struct vocab *v,
                        const struct line_report *report, struct supply *out)
{
    *r = (struct supply_reader){.arena = a, .vocab = v, .report = report, .out = out};
    map_init(&r->site_refs, a);
    map_init(&r->capability_refs, a);
}

void supply_reader_add(struct supply_reader *r, size_t line, struct str text)
{
    struct problem_list problems;
    problem_list_init(&problems, r->arena);
    if (read_line(r, line, text, &problems) != ST_OK)
        refuse(r, line, &problems);
}

void supply_read_lines(struct arena *a, const struct vocab *v, struct str text, const struct line_report *report,
                       struct supply *out, size_t *bad_lines)
{
    struct supply_reader r;
    supply_reader_init(&r, a, v, report, out);
    if (str_starts(text, STR("\xef\xbb\xbf")))
        text = str_drop(text, 3);
    struct str line;
    for (size_t number = 1; str_next(&text, '\n', &line); number++)
        if (!str_blank(line))
            supply_reader_add(&r, number, line);
    *bad_lines = r.bad_lines;
}
