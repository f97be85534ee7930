/* Rows of a foreign list to sites. Guesses nothing: what a list does not say stays unknown. Linear in the rows. */
#include "feature/directory/place_list.h"

#include "base/json.h"
#include "base/utf8.h"
#include "feature/directory/cpv.h"
#include "feature/directory/region_words.h"

struct place {
    struct str field[PLACE_ROLES];
    size_t line;
};

struct place_reader {
    struct format_run *run;
    struct arena *arena;
    const struct place_list *list;
    const struct csv_row *header;
    struct region_words regions;
    struct cpv_table cpv;
    struct map by_key;
    VEC(struct place) places;
};

bool place_list_recognises(const struct place_list *list, const struct csv_row *header)
{
    for (size_t i = 0; i < list->marks; i++)
        if (csv_column(header, str_c(list->columns[i].heading)) < 0)
            return false;
    return true;
}

static struct str joined(struct arena *a, struct str x, struct str y, const char *between)
{
    if (!x.n || !y.n || str_eq(x, y))
        return x.n ? x : y;
    return arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(x), between, STR_ARG(y));
}

static struct str clean(struct arena *a, struct str cell)
{
    struct str s = str_trim(utf8_nfc(a, cell));
    return str_eq(s, STR("-")) || str_eq(s, STR("N/A")) ? STR("") : s;
}

static void read_fields(struct place_reader *r, const struct csv_row *row, struct place *out)
{
    *out = (struct place){.line = row->line};
    for (size_t i = 0; i < r->list->n; i++) {
        const struct place_column *c = &r->list->columns[i];
        struct str cell = clean(r->arena, csv_cell(row, csv_column(r->header, str_c(c->heading))));
        if (c->role < PLACE_ROLES)
            out->field[c->role] = joined(r->arena, out->field[c->role], cell, ", ");
    }
}

/* Rows of one reference, or of one name and place, are one site; they may name further products. */
static void take_row(struct place_reader *r, const struct csv_row *row)
{
    struct place p;
    int64_t at;
    read_fields(r, row, &p);
    struct str *f = p.field;
    struct str key = f[PLACE_REF].n
                         ? f[PLACE_REF]
                         : arena_printf(r->arena, STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(f[PLACE_ORG_NAME]),
                                        STR_ARG(f[PLACE_DISTRICT]), STR_ARG(f[PLACE_ADDRESS]));
    if (map_add(&r->by_key, key, (int64_t)r->places.n)) {
        VEC_PUSH(r->arena, &r->places, p);
        return;
    }
    map_get(&r->by_key, key, &at);
    struct place *first = &r->places.v[at];
    first->field[PLACE_PRODUCTS] = joined(r->arena, first->field[PLACE_PRODUCTS], f[PLACE_PRODUCTS], ", ");
    first->field[PLACE_CPV] = joined(r->arena, first->field[PLACE_CPV], f[PLACE_CPV], "|");
    first->field[PLACE_TEXT] = joined(r->arena, first->field[PLACE_TEXT], f[PLACE_TEXT], ", ");
}

static void put_text(struct json_out *j, const char *key, struct str text)
{
    if (text.n)
        jout_key_str(j, key, text);
}

/* Words at the beginning of a name that say that several firms bid together; which ones is not taken apart. */
static bool is_joint_venture(struct arena *a, struct str name)
{
    static const char *const words[] = {"arge",
                                        "rti",
                                        "ati",
                                        "ute",
                                        "groupement",
                                        "konsorcjum",
                                        "konsortium",
                                        "consortium",
                                        "bietergemeinschaft",
                                        "arbeitsgemeinschaft",
                                        "konzorcium",
                                        "κοινοπραξία"};
    struct str rest = utf8_fold(a, name), first;
    bool slash = str_find(rest, STR(" / ")) >= 0 || str_find(rest, STR("joint venture")) >= 0;
    if (!str_next_word(&rest, &first))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        slash |= str_eq(first, utf8_fold(a, str_c(words[i])));
    return slash;
}

static void put_org(struct place_reader *r, struct json_out *j, const struct place *p)
{
    const char *kind = r->list->kind;
    jout_key_obj(j, "org");
    put_text(j, "reg_no", p->field[PLACE_REG_NO]);
    put_text(j, "name", p->field[PLACE_ORG_NAME]);
    if (kind && strcmp(kind, "contractor") == 0 && is_joint_venture(r->arena, p->field[PLACE_ORG_NAME]))
        kind = "joint_venture";
    put_text(j, "kind", str_c(kind));
    put_text(j, "homepage", p->field[PLACE_HOMEPAGE]);
    jout_end(j);
}

static uint32_t region_of(struct place_reader *r, const struct place *p)
{
    struct str country = p->field[PLACE_COUNTRY];
    bool foreign_list = place_list_recognises(&place_lists[PLACE_LISTS - 1], r->header) && !country.n;
    uint32_t node = country.n ? region_of_country(&r->regions, r->arena, country) : NODE_NONE;
    bool korea = country.n ? node != NODE_NONE && str_eq(r->regions.regions->v[node].code, STR("KR")) : !foreign_list;
    if (!korea)
        return node;
    struct str texts[] = {p->field[PLACE_PROVINCE], p->field[PLACE_DISTRICT], p->field[PLACE_ADDRESS]};
    return region_in_korea(&r->regions, r->arena, texts, 3);
}

static void put_coordinates(struct json_out *j, const struct place *p)
{
    double lat, lon;
    bool known = str_to_real(p->field[PLACE_LAT], &lat) && str_to_real(p->field[PLACE_LON], &lon);
    if (!known || (lat == 0 && lon == 0))
        return;
    jout_key_real(j, "lat", lat);
    jout_key_real(j, "lon", lon);
}

static void put_site(struct place_reader *r, struct json_out *j, const struct place *p)
{
    struct arena *a = r->arena;
    const struct str *f = p->field;
    struct str town = joined(a, f[PLACE_POSTCODE], f[PLACE_DISTRICT], " ");
    struct str address = joined(a, joined(a, f[PLACE_ADDRESS], town, ", "), f[PLACE_PROVINCE], ", ");
    struct str name = f[PLACE_SITE_NAME].n ? f[PLACE_SITE_NAME] : f[PLACE_DISTRICT];
    uint32_t region = region_of(r, p);
    bool factory = r->list->kind && strcmp(r->list->kind, "factory") == 0;
    jout_key_obj(j, "site");
    if (f[PLACE_REF].n)
        jout_key_str(j, "ref", arena_printf(a, "%s" STR_FMT, r->list->ref_prefix, STR_ARG(f[PLACE_REF])));
    jout_key_str(j, "name", factory ? STR("공장") : name.n ? name : STR("본사"));
    put_text(j, "address", address);
    if (region != NODE_NONE)
        jout_key_str(j, "region", r->regions.regions->v[region].code);
    put_coordinates(j, p);
    jout_end(j);
}

static void put_capability(struct json_out *j, const struct vocab *v, uint32_t process, const char *evidence,
                           struct str text)
{
    jout_obj(j);
    jout_key_str(j, "process", v->processes.v[process].code);
    jout_key_str(j, "evidence", str_c(evidence));
    put_text(j, "text", text);
    jout_end(j);
}

static void put_capabilities(struct place_reader *r, struct json_out *j, const struct place *p)
{
    const struct vocab *v = r->run->options->vocab;
    struct inferred_list found = {NULL, 0, 0};
    struct cpv_found bought;
    if (p->field[PLACE_PRODUCTS].n)
        infer_processes(r->run->options->infer, r->arena, p->field[PLACE_PRODUCTS], p->field[PLACE_INDUSTRY], &found);
    cpv_processes(&r->cpv, r->arena, p->field[PLACE_CPV], &bought);
    jout_key_arr(j, "capabilities");
    struct str text = joined(r->arena, p->field[PLACE_PRODUCTS], p->field[PLACE_TEXT], "; ");
    for (size_t i = 0; i < found.n; i++)
        put_capability(j, v, found.v[i].process, "self", text);
    for (size_t i = 0; i < bought.n; i++)
        put_capability(j, v, bought.v[i], "document", text);
    jout_end(j);
}

static void read_place(struct place_reader *r, const struct place *p, struct buf *json)
{
    struct json_out j;
    if (!p->field[PLACE_ORG_NAME].n) {
        struct problem missing = {str_c(r->list->columns[0].heading), PROBLEM_MISSING, STR("")};
        for (size_t i = 0; i < r->list->n; i++)
            if (r->list->columns[i].role == PLACE_ORG_NAME)
                missing.field = str_c(r->list->columns[i].heading);
        format_refuse(r->run, p->line, &missing);
        return;
    }
    buf_clear(json);
    jout_init(&j, json);
    jout_obj(&j);
    put_org(r, &j, p);
    put_site(r, &j, p);
    put_capabilities(r, &j, p);
    jout_end(&j);
    supply_reader_add(&r->run->reader, p->line, buf_str(json));
}

void place_list_read(const struct place_list *list, struct format_run *run, const struct csv_table *table)
{
    struct place_reader r = {.run = run, .arena = run->arena, .list = list, .header = &table->v[0]};
    map_init(&r.by_key, r.arena);
    region_words_open(r.arena, &run->options->vocab->regions, &r.regions);
    cpv_load(r.arena, run->options->vocab, embedded_vocab, &r.cpv);
    for (size_t i = 1; i < table->n; i++)
        take_row(&r, &table->v[i]);
    AUTO_BUF json;
    buf_init(&json, SITE_JSON_BYTES_MAX);
    for (size_t i = 0; i < r.places.n; i++)
        read_place(&r, &r.places.v[i], &json);
}
