/* Joins the rows of the directory into sites, each list read once in id order. O(rows). */
#include "feature/directory/directory.h"

#include "base/log.h"
#include "feature/directory/directory_sql.h"
#include "match/supply_write.h"

#include <stdlib.h>

struct loader {
    struct db *db;
    struct arena *arena;
    const struct vocab *vocab;
    struct site_filter filter;
    struct supply *out;
    int64_t *site_ids;           /* beside out->v */
    VEC(int64_t) capability_ids; /* in the order in which the sites list them */
};

struct identified {
    int64_t id;
    struct capability *capability;
};

static void lost_code(const char *what, struct str code)
{
    LOG(LOG_WARN, "stored_code_unknown", LOG_S("list", str_c(what)), LOG_S("code", code));
}

/* `tree` is one of the vocabulary's own; what was stored before a rename is read as the new code. */
static bool node_of(const struct loader *l, const struct tree *tree, const char *what, struct str code, uint32_t *node)
{
    bool found = vocab_find(l->vocab, tree, code, node);
    if (!found)
        lost_code(what, code);
    return found;
}

static enum status load_sites(struct loader *l)
{
    struct site_all_list rows;
    TRY(site_all(l->db, &l->filter, &rows));
    l->site_ids = ARENA_ARRAY(l->arena, rows.n, int64_t);
    for (size_t i = 0; i < rows.n; i++) {
        const struct site_all_row *r = &rows.v[i];
        struct site *s = ARENA_NEW(l->arena, struct site);
        *s = (struct site){.org = {r->reg_no, r->org_name, r->org_name_en, r->org_kind, r->homepage},
                           .ref = r->ref,
                           .name = r->name,
                           .address = r->address,
                           .place = {NODE_NONE, r->lat.has && r->lon.has, {r->lat.v, r->lon.v}},
                           .certificates.known = r->certificates_known != 0,
                           .track = {r->good_deals, r->all_deals}};
        if (r->region.n && !node_of(l, &l->vocab->regions, "regions", r->region, &s->place.region))
            s->place.region = NODE_NONE;
        l->site_ids[i] = r->id;
        VEC_PUSH(l->arena, l->out, s);
    }
    return ST_OK;
}

static enum status load_certificates(struct loader *l)
{
    struct site_certificate_all_list rows;
    TRY(site_certificate_all(l->db, &l->filter, &rows));
    size_t at = 0;
    for (size_t i = 0; i < rows.n; i++) {
        const struct site_certificate_all_row *r = &rows.v[i];
        uint32_t node;
        while (at < l->out->n && l->site_ids[at] < r->site_id)
            at++;
        if (at == l->out->n || l->site_ids[at] != r->site_id ||
            !node_of(l, &l->vocab->certificates, "certificates", r->code, &node))
            continue;
        struct held_certificate held = {node, {{(int32_t)r->until_day.v}, r->until_day.has}};
        VEC_PUSH(l->arena, &l->out->v[at]->certificates, held);
    }
    return ST_OK;
}

static void fill_size(struct capability *c, const struct capability_all_row *r)
{
    c->size_mm = (struct size_mm){r->size_z_mm.has   ? 3
                                  : r->size_x_mm.has ? 2
                                                     : 0,
                                  {r->size_x_mm.v, r->size_y_mm.v, r->size_z_mm.v}};
}

static void fill_limits(struct capability *c, const struct capability_all_row *r)
{
    fill_size(c, r);
    c->mass_kg = (struct range){r->mass_min_kg, r->mass_max_kg};
    c->thickness_mm = (struct range){r->thickness_min_mm, r->thickness_max_mm};
    c->layer_um = (struct range){r->layer_min_um, r->layer_max_um};
    c->force_t_max = r->force_max_t;
    if (r->tolerance_it.has)
        c->tolerance = (struct tolerance){TOLERANCE_IT, (double)r->tolerance_it.v, r->tolerance_at_mm};
    else if (r->tolerance_mm.has)
        c->tolerance = (struct tolerance){TOLERANCE_MM, r->tolerance_mm.v, r->tolerance_at_mm};
    c->ra_um = r->ra_um;
    c->hardness = (struct hardness){false, HARDNESS_HV, r->hardness_min, r->hardness_max};
    c->hardness.has = r->hardness_scale.n && vocab_hardness_scale(r->hardness_scale, &c->hardness.scale);
}

static void fill_capability(struct capability *c, const struct capability_all_row *r, uint32_t process)
{
    *c = (struct capability){.ref = r->ref,
                             .process = process,
                             .batch = {r->batch_min, r->batch_max},
                             .free_per_month = r->free_per_month,
                             .free_kg_per_month = r->free_kg_per_month,
                             .lead_days = r->lead_days,
                             .price = {r->price_setup_won, r->price_per_piece_won, r->price_per_kg_won},
                             .energy_kwh_per_kg = r->energy_kwh_per_kg,
                             .text = r->words};
    c->evidence_given = r->evidence.n && evidence_by_word(r->evidence, &c->evidence);
    fill_limits(c, r);
}

static enum status load_capabilities(struct loader *l)
{
    struct capability_all_list rows;
    TRY(capability_all(l->db, &l->filter, &rows));
    size_t at = 0;
    for (size_t i = 0; i < rows.n; i++) {
        const struct capability_all_row *r = &rows.v[i];
        uint32_t process;
        while (at < l->out->n && l->site_ids[at] < r->site_id)
            at++;
        if (at < l->out->n && l->site_ids[at] == r->site_id &&
            node_of(l, &l->vocab->processes, "processes", r->process, &process)) {
            fill_capability(VEC_ADD(l->arena, &l->out->v[at]->capabilities), r, process);
            VEC_PUSH(l->arena, &l->capability_ids, r->id);
        }
    }
    return ST_OK;
}

static int identified_order(const void *a, const void *b)
{
    const struct identified *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* The vectors of the sites are complete now, so that pointers into them stay. */
static struct identified *capabilities_by_id(struct loader *l)
{
    struct identified *all = ARENA_ARRAY(l->arena, l->capability_ids.n, struct identified);
    size_t n = 0;
    for (size_t s = 0; s < l->out->n; s++) {
        struct capability_list *list = &l->out->v[s]->capabilities;
        for (size_t i = 0; i < list->n; i++, n++)
            all[n] = (struct identified){l->capability_ids.v[n], &list->v[i]};
    }
    if (n)
        qsort(all, n, sizeof *all, identified_order);
    return all;
}

static void add_item(struct loader *l, struct capability *c, const struct capability_item_all_row *r)
{
    uint32_t node;
    if (str_eq(r->kind, STR("standard")))
        VEC_PUSH(l->arena, &c->standards, r->value);
    else if (str_eq(r->kind, STR("tag")))
        VEC_PUSH(l->arena, &c->tags, r->value);
    else if (str_eq(r->kind, STR("material")) && node_of(l, &l->vocab->materials, "materials", r->value, &node))
        VEC_PUSH(l->arena, &c->materials, node);
    else if (str_eq(r->kind, STR("industry")) && node_of(l, &l->vocab->industries, "industries", r->value, &node))
        VEC_PUSH(l->arena, &c->industries, node);
}

static enum status load_items(struct loader *l)
{
    struct capability_item_all_list rows;
    TRY(capability_item_all(l->db, &l->filter, &rows));
    struct identified *all = capabilities_by_id(l);
    size_t at = 0;
    for (size_t i = 0; i < rows.n; i++) {
        while (at < l->capability_ids.n && all[at].id < rows.v[i].capability_id)
            at++;
        if (at < l->capability_ids.n && all[at].id == rows.v[i].capability_id)
            add_item(l, all[at].capability, &rows.v[i]);
    }
    return ST_OK;
}

enum status directory_load(struct db *db, const struct vocab *v, struct str ref, struct supply *out)
{
    struct loader l = {.db = db, .arena = db_arena(db), .vocab = v, .filter = {.ref = ref}, .out = out};
    *out = (struct supply){NULL, 0, 0};
    TRY(load_sites(&l));
    TRY(load_certificates(&l));
    TRY(load_capabilities(&l));
    TRY(load_items(&l));
    for (size_t i = 0; i < out->n; i++)
        supply_prepare(l.arena, out->v[i]);
    return ST_OK;
}

enum status directory_about(struct db *db, struct str ref, struct directory_about *out)
{
    struct site_about_row row;
    TRY(site_about(db, ref, &row));
    *out = (struct directory_about){row.source, row.changed_ms};
    return ST_OK;
}
