/* A table of codes, read once a file that needs it. */
#include "feature/directory/cpv.h"

#include "base/csv.h"
#include "base/log.h"

static const struct embedded *find(const struct embedded *files)
{
    while (files->name && strcmp(files->name, "cpv_process.csv") != 0)
        files++;
    return files->name ? files : NULL;
}

void cpv_load(struct arena *a, const struct vocab *v, const struct embedded *files, struct cpv_table *out)
{
    const struct embedded *file = find(files);
    struct csv_table table;
    size_t bad_line;
    map_init(&out->by_code, a);
    if (!file || csv_read(a, str_n((const char *)file->bytes, file->n), &table, &bad_line) != ST_OK)
        return;
    for (size_t i = 1; i < table.n; i++) {
        uint32_t node;
        struct str process = csv_cell(&table.v[i], csv_column(&table.v[0], STR("process")));
        if (tree_find(&v->processes, process, &node))
            map_add(&out->by_code, csv_cell(&table.v[i], csv_column(&table.v[0], STR("cpv"))), node);
        else
            LOG(LOG_WARN, "cpv_process_unknown", LOG_S("process", process));
    }
}

void cpv_processes(const struct cpv_table *t, struct arena *a, struct str codes, struct cpv_found *out)
{
    struct str code;
    *out = (struct cpv_found){NULL, 0, 0};
    while (codes.n && str_next(&codes, '|', &code)) {
        int64_t node;
        bool there = false;
        if (!map_get(&t->by_code, str_n(code.p, code.n < 8 ? code.n : 8), &node))
            continue;
        for (size_t i = 0; i < out->n; i++)
            there |= out->v[i] == (uint32_t)node;
        if (!there)
            VEC_PUSH(a, out, (uint32_t)node);
    }
}
