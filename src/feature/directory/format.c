/* The registry of forms: one line each, here or in place_lists.c; the first that recognises the header reads the file.
 */
#include "feature/directory/format.h"

#include "feature/directory/flat_csv.h"
#include "feature/directory/krx.h"
#include "feature/directory/place_list.h"

static bool krx_is(struct arena *a, const struct csv_row *header)
{
    (void)a;
    return krx_recognises(header);
}

static void krx_read(struct format_run *run, const struct csv_table *table)
{
    struct krx krx;
    krx_open(run->arena, run->options->infer, &table->v[0], &krx);
    AUTO_BUF json;
    buf_init(&json, 1 << 20);
    for (size_t i = 1; i < table->n; i++) {
        buf_clear(&json);
        struct problem_list problems;
        problem_list_init(&problems, run->arena);
        if (krx_site(run->arena, &krx, &table->v[i], &json, &problems) == ST_OK) {
            supply_reader_add(&run->reader, table->v[i].line, buf_str(&json));
            continue;
        }
        run->reader.bad_lines++;
        for (size_t p = 0; p < problems.n; p++)
            run->options->report->bad(run->options->report->arg, table->v[i].line, &problems.v[p]);
    }
}

static const struct supply_format formats[] = {
    {"sites", flat_sites_recognises, flat_sites_read},
    {"krx", krx_is, krx_read},
};

bool format_knows(struct arena *a, const struct csv_row *header)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (formats[i].recognises(a, header))
            return true;
    for (size_t i = 0; i < PLACE_LISTS; i++)
        if (place_list_recognises(&place_lists[i], header))
            return true;
    return false;
}

bool format_read(struct format_run *run, const struct csv_table *table, struct str *source)
{
    const struct csv_row *header = &table->v[0];
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (formats[i].recognises(run->arena, header)) {
            *source = str_c(formats[i].name);
            formats[i].read(run, table);
            return true;
        }
    }
    for (size_t i = 0; i < PLACE_LISTS; i++) {
        if (place_list_recognises(&place_lists[i], header)) {
            *source = str_c(place_lists[i].name);
            place_list_read(&place_lists[i], run, table);
            return true;
        }
    }
    return false;
}

void format_refuse(struct format_run *run, size_t line, const struct problem *problem)
{
    run->reader.bad_lines++;
    run->options->report->bad(run->options->report->arg, line, problem);
}
