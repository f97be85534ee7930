/* Turns a row of the exchange's list into one site. Knows that list's columns; what the words mean is infer.c's. */
#include "feature/directory/krx.h"

#include "base/json.h"

static const char *const columns[] = {"krx_code", "name", "industry_ko", "products_ko", "region", "homepage"};

struct krx_row {
    struct str code, name, industry, products, region, homepage;
};

bool krx_recognises(const struct csv_row *header)
{
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        if (csv_column(header, str_c(columns[i])) < 0)
            return false;
    return true;
}

void krx_open(struct arena *a, const struct infer *in, const struct csv_row *header, struct krx *out)
{
    *out = (struct krx){.infer = in, .header = header};
    lookup_build(a, &in->vocab->regions, &out->regions);
}

static struct str cell(struct arena *a, const struct krx *k, const struct csv_row *row, const char *name)
{
    return str_trim(utf8_nfc(a, csv_cell(row, csv_column(k->header, str_c(name)))));
}

static bool is_text(const struct csv_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (!utf8_valid(row->v[i]))
            return false;
    return true;
}

static enum status read_row(struct arena *a, const struct krx *k, const struct csv_row *row, struct krx_row *out,
                            struct problem_list *problems)
{
    if (!is_text(row)) {
        problem_add(problems, PROBLEM_NOT_TEXT, STR(""), STR(""));
        return ST_INVALID;
    }
    *out = (struct krx_row){cell(a, k, row, "krx_code"),    cell(a, k, row, "name"),   cell(a, k, row, "industry_ko"),
                            cell(a, k, row, "products_ko"), cell(a, k, row, "region"), cell(a, k, row, "homepage")};
    if (str_eq(out->products, STR("-")))
        out->products = STR("");
    if (!out->name.n)
        problem_add(problems, PROBLEM_MISSING, STR("name"), STR(""));
    return out->name.n ? ST_OK : ST_INVALID;
}

/* A province or a country by any of its names; a word that two places share gives none. */
static uint32_t region_of(const struct krx *k, struct arena *a, struct str name)
{
    struct lookup_hit hit;
    if (!name.n || !lookup_exact(&k->regions, a, name, &hit) || hit.shared)
        return NODE_NONE;
    return hit.node;
}

static void write_text(struct json_out *j, const char *key, struct str text)
{
    if (text.n)
        jout_key_str(j, key, text);
}

static void write_capability(struct json_out *j, const struct vocab *v, const struct inferred *found, struct str ref,
                             struct str text)
{
    jout_obj(j);
    write_text(j, "ref", ref);
    jout_key_str(j, "process", v->processes.v[found->process].code);
    if (found->n_industries) {
        jout_key_arr(j, "industries");
        for (size_t i = 0; i < found->n_industries; i++)
            jout_str(j, v->industries.v[found->industries[i]].code);
        jout_end(j);
    }
    jout_key_str(j, "evidence", STR("self"));
    write_text(j, "text", text);
    jout_end(j);
}

static void write_capabilities(struct json_out *j, struct arena *a, const struct infer *in, const struct krx_row *row)
{
    struct inferred_list found;
    infer_processes(in, a, row->products, row->industry, &found);
    jout_key_arr(j, "capabilities");
    for (size_t i = 0; i < found.n; i++) {
        struct str ref = row->code.n ? arena_printf(a, "KRX-" STR_FMT "-%zu", STR_ARG(row->code), i + 1) : STR("");
        struct str text = row->products.n ? row->products : row->industry;
        write_capability(j, in->vocab, &found.v[i], ref, text);
    }
    jout_end(j);
}

static void write_site(struct json_out *j, struct arena *a, const struct krx *k, const struct krx_row *row)
{
    uint32_t region = region_of(k, a, row->region);
    jout_obj(j);
    jout_key_obj(j, "org");
    jout_key_str(j, "name", row->name);
    jout_key_str(j, "kind", STR("listed_maker"));
    write_text(j, "homepage", row->homepage);
    jout_end(j);
    jout_key_obj(j, "site");
    if (row->code.n)
        jout_key_str(j, "ref", arena_printf(a, "KRX-" STR_FMT, STR_ARG(row->code)));
    jout_key_str(j, "name", STR("본사"));
    if (region != NODE_NONE)
        jout_key_str(j, "region", k->infer->vocab->regions.v[region].code);
    jout_end(j);
    write_capabilities(j, a, k->infer, row);
    jout_end(j);
}

enum status krx_site(struct arena *a, const struct krx *k, const struct csv_row *row, struct buf *line,
                     struct problem_list *problems)
{
    struct krx_row read;
    struct json_out j;
    TRY(read_row(a, k, row, &read, problems));
    jout_init(&j, line);
    write_site(&j, a, k, &read);
    buf_add_byte(line, '\n');
    return buf_status(line);
}
