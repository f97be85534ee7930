/* Writes one site with all its lists. Same as stored: nothing is written, so a repeated import changes nothing. */
#include "feature/directory/directory.h"

#include "base/time.h"
#include "core/change.h"
#include "feature/directory/directory_sql.h"
#include "match/supply_write.h"

#include <inttypes.h>

enum { SITE_JSON_MAX = 64 << 20 };

struct saver {
    struct tx *tx;
    struct db *db;
    struct arena *arena;
    const struct vocab *vocab;
    struct site *site;
    const struct given_refs *given;
    struct problem_list *problems;
    int64_t org_id; /* 0: new */
    bool org_same;
    int64_t site_id; /* 0: new */
    int64_t now_ms;
    struct capability_of_site_list old;
    bool *old_used;
    size_t ended; /* capabilities */
};

/* Blank is NULL in the store. */
static struct str or_null(struct str s)
{
    return s.n ? s : (struct str){NULL, 0};
}

/* By number. Without one: the owner of this site when the name is the same, else one of that name whose homepage does
   not say that it is another. */
static enum status known_org(struct saver *s, struct org_row *old)
{
    const struct organisation *o = &s->site->org;
    if (o->reg_no.n)
        return org_by_reg_no(s->db, o->reg_no, old);
    enum status st = s->site->ref.n ? org_of_site(s->db, s->site->ref, o->name, old)
                                    : org_of_site_named(s->db, s->site->name, o->name, old);
    return st == ST_NOT_FOUND ? org_by_name(s->db, o->name, o->homepage.n ? o->homepage : STR(""), old) : st;
}

static enum status find_org(struct saver *s)
{
    const struct organisation *o = &s->site->org;
    struct org_row old;
    enum status st = known_org(s, &old);
    if (st == ST_NOT_FOUND)
        return ST_OK;
    TRY(st);
    s->org_id = old.id;
    s->org_same = str_eq(old.name, o->name) && str_eq(old.name_en, o->name_en) && str_eq(old.kind, o->kind) &&
                  str_eq(old.homepage, o->homepage);
    return ST_OK;
}

/* What is known of an organisation is shown with each of its sites. */
static enum status note_sites(struct saver *s)
{
    struct site_of_org_list sites;
    TRY(site_of_org(s->db, s->org_id, &sites));
    for (size_t i = 0; i < sites.n; i++)
        TRY(change_record(s->tx, STR("site"), sites.v[i].ref));
    return ST_OK;
}

static enum status save_org(struct saver *s)
{
    const struct organisation *o = &s->site->org;
    int64_t changed;
    if (s->org_same)
        return ST_OK;
    if (s->org_id) {
        struct org_update_in in = {.org_id = s->org_id,
                                   .reg_no = or_null(o->reg_no),
                                   .name = o->name,
                                   .name_en = or_null(o->name_en),
                                   .kind = or_null(o->kind),
                                   .homepage = or_null(o->homepage),
                                   .changed_ms = s->now_ms};
        TRY(org_update(s->tx, &in, &changed));
        return note_sites(s);
    }
    s->org_id = tx_new_id(s->tx);
    struct org_insert_in in = {.org_id = s->org_id,
                               .reg_no = or_null(o->reg_no),
                               .name = o->name,
                               .name_en = or_null(o->name_en),
                               .kind = or_null(o->kind),
                               .homepage = or_null(o->homepage),
                               .changed_ms = s->now_ms};
    return org_insert(s->tx, &in, &changed);
}

static enum status find_site(struct saver *s)
{
    struct site_key key = {0};
    if (!s->site->ref.n && !s->org_id)
        return ST_OK;
    enum status st =
        s->site->ref.n ? site_find(s->db, s->site->ref, &key) : site_find_named(s->db, s->org_id, s->site->name, &key);
    if (st == ST_NOT_FOUND)
        return ST_OK;
    TRY(st);
    s->site_id = key.id;
    s->site->ref = key.ref;
    TRY(capability_of_site(s->db, key.id, &s->old));
    s->old_used = ARENA_ARRAY(s->arena, s->old.n, bool);
    return ST_OK;
}

void given_refs_init(struct given_refs *given, struct arena *a)
{
    map_init(&given->sites, a);
    map_init(&given->capabilities, a);
}

void given_refs_note(struct given_refs *given, const struct site *site)
{
    if (site->ref.n)
        map_add(&given->sites, site->ref, 0);
    for (size_t c = 0; c < site->capabilities.n; c++)
        if (site->capabilities.v[c].ref.n)
            map_add(&given->capabilities, site->capabilities.v[c].ref, 0);
}

static bool is_given(const struct map *given, struct str ref)
{
    int64_t at;
    return given && map_get(given, ref, &at);
}

static enum status next_site_ref(struct saver *s)
{
    struct site_key key;
    enum status st = ST_OK;
    while (st == ST_OK) {
        int64_t n;
        TRY(ref_next(s->tx, STR("S"), &n));
        s->site->ref = arena_printf(s->arena, "S-%" PRId64, n);
        if (!is_given(s->given ? &s->given->sites : NULL, s->site->ref))
            st = site_find(s->db, s->site->ref, &key);
    }
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static enum status next_capability_ref(struct saver *s, struct capability *c)
{
    struct capability_find_row found;
    enum status st = ST_OK;
    while (st == ST_OK) {
        int64_t n;
        TRY(ref_next(s->tx, STR("C"), &n));
        c->ref = arena_printf(s->arena, "C-%" PRId64, n);
        if (!is_given(s->given ? &s->given->capabilities : NULL, c->ref))
            st = capability_find(s->db, c->ref, &found);
    }
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static bool take_old_ref(struct saver *s, struct capability *c, bool ended)
{
    struct str process = s->vocab->processes.v[c->process].code;
    for (size_t i = 0; i < s->old.n; i++) {
        const struct capability_of_site_row *old = &s->old.v[i];
        if (s->old_used[i] || old->ended_ms.has != ended || !str_eq(old->process, process))
            continue;
        s->old_used[i] = true;
        c->ref = old->ref;
        return true;
    }
    return false;
}

/* What the site offers today before what it has ended. */
static enum status fill_capability_ref(struct saver *s, struct capability *c)
{
    if (take_old_ref(s, c, false) || take_old_ref(s, c, true))
        return ST_OK;
    return next_capability_ref(s, c);
}

/* Given refs first, so that a blank one cannot take them. */
static enum status settle_refs(struct saver *s)
{
    struct capability_list *list = &s->site->capabilities;
    size_t before = s->problems->n;
    for (size_t i = 0; i < list->n; i++) {
        struct capability_find_row found;
        if (!list->v[i].ref.n)
            continue;
        enum status st = capability_find(s->db, list->v[i].ref, &found);
        if (st == ST_OK && found.site_id != s->site_id)
            problem_add(s->problems, PROBLEM_DUPLICATE, arena_printf(s->arena, "capabilities[%zu].ref", i),
                        list->v[i].ref);
        else if (st != ST_OK && st != ST_NOT_FOUND)
            return st;
        for (size_t o = 0; o < s->old.n; o++)
            if (str_eq(s->old.v[o].ref, list->v[i].ref))
                s->old_used[o] = true;
    }
    if (s->problems->n > before)
        return ST_INVALID;
    if (!s->site->ref.n)
        TRY(next_site_ref(s));
    for (size_t i = 0; i < list->n; i++)
        if (!list->v[i].ref.n)
            TRY(fill_capability_ref(s, &list->v[i]));
    return ST_OK;
}

static bool is_same(struct saver *s)
{
    struct supply stored = {NULL, 0, 0};
    if (!s->site_id || !s->org_same || directory_load(s->db, s->vocab, s->site->ref, &stored) != ST_OK || stored.n != 1)
        return false;
    AUTO_BUF before;
    AUTO_BUF after;
    buf_init(&before, SITE_JSON_MAX);
    buf_init(&after, SITE_JSON_MAX);
    struct json_out j;
    jout_init(&j, &before);
    supply_write_site(s->arena, s->vocab, &j, stored.v[0]);
    jout_init(&j, &after);
    supply_write_site(s->arena, s->vocab, &j, s->site);
    return str_eq(buf_str(&before), buf_str(&after));
}

static enum status save_certificates(struct saver *s)
{
    int64_t changed;
    TRY(site_certificate_clear(s->tx, s->site_id, &changed));
    for (size_t i = 0; i < s->site->certificates.n; i++) {
        const struct held_certificate *held = &s->site->certificates.v[i];
        struct site_certificate_insert_in in = {.site_id = s->site_id,
                                                .pos = (int64_t)i,
                                                .code = s->vocab->certificates.v[held->certificate].code,
                                                .until_day = {held->until.v.n, held->until.has}};
        TRY(site_certificate_insert(s->tx, &in, &changed));
    }
    return ST_OK;
}

static enum status save_site_row(struct saver *s)
{
    const struct site *site = s->site;
    const struct place_point *p = &site->place;
    struct str region = p->region == NODE_NONE ? (struct str){NULL, 0} : s->vocab->regions.v[p->region].code;
    struct opt_real lat = {p->at.lat, p->has_coordinates}, lon = {p->at.lon, p->has_coordinates};
    int64_t changed;
    if (s->site_id) {
        struct site_update_in in = {.site_id = s->site_id,
                                    .org_id = s->org_id,
                                    .name = site->name,
                                    .address = or_null(site->address),
                                    .region = region,
                                    .lat = lat,
                                    .lon = lon,
                                    .certificates_known = site->certificates.known,
                                    .changed_ms = s->now_ms};
        return site_update(s->tx, &in, &changed);
    }
    s->site_id = tx_new_id(s->tx);
    struct site_insert_in in = {.site_id = s->site_id,
                                .org_id = s->org_id,
                                .ref = site->ref,
                                .name = site->name,
                                .address = or_null(site->address),
                                .region = region,
                                .lat = lat,
                                .lon = lon,
                                .certificates_known = site->certificates.known,
                                .changed_ms = s->now_ms};
    return site_insert(s->tx, &in, &changed);
}

static enum status save_items(struct saver *s, int64_t id, struct str kind, const struct str_list *values)
{
    int64_t changed;
    for (size_t i = 0; i < values->n; i++) {
        struct capability_item_insert_in in = {
            .capability_id = id, .kind = kind, .pos = (int64_t)i, .value = values->v[i]};
        TRY(capability_item_insert(s->tx, &in, &changed));
    }
    return ST_OK;
}

static struct str_list codes_of(struct arena *a, const struct tree *tree, const struct node_list *nodes)
{
    struct str_list codes = {NULL, 0, 0};
    for (size_t i = 0; i < nodes->n; i++)
        VEC_PUSH(a, &codes, tree->v[nodes->v[i]].code);
    return codes;
}

static enum status save_lists(struct saver *s, int64_t id, const struct capability *c)
{
    int64_t changed;
    TRY(capability_item_clear(s->tx, id, &changed));
    struct str_list materials = codes_of(s->arena, &s->vocab->materials, &c->materials);
    struct str_list industries = codes_of(s->arena, &s->vocab->industries, &c->industries);
    TRY(save_items(s, id, STR("material"), &materials));
    TRY(save_items(s, id, STR("standard"), &c->standards));
    TRY(save_items(s, id, STR("tag"), &c->tags));
    return save_items(s, id, STR("industry"), &industries);
}

static struct opt_real size_part(const struct size_mm *size, uint32_t i)
{
    return (struct opt_real){size->v[i], i < size->n};
}

static enum status save_capability(struct saver *s, const struct capability *c, int64_t id, size_t pos)
{
    const struct tolerance *t = &c->tolerance;
    const struct hardness *h = &c->hardness;
    struct str scale = h->has ? str_c(vocab_hardness_name(h->scale)) : (struct str){NULL, 0};
    struct str evidence = c->evidence_given ? str_c(evidence_word(c->evidence)) : (struct str){NULL, 0};
    struct capability_put_in in = {
        .capability_id = id,
        .site_id = s->site_id,
        .pos = (int64_t)pos,
        .ref = c->ref,
        .process = s->vocab->processes.v[c->process].code,
        .size_x_mm = size_part(&c->size_mm, 0),
        .size_y_mm = size_part(&c->size_mm, 1),
        .size_z_mm = size_part(&c->size_mm, 2),
        .mass_min_kg = c->mass_kg.min,
        .mass_max_kg = c->mass_kg.max,
        .thickness_min_mm = c->thickness_mm.min,
        .thickness_max_mm = c->thickness_mm.max,
        .layer_min_um = c->layer_um.min,
        .layer_max_um = c->layer_um.max,
        .force_max_t = c->force_t_max,
        .tolerance_it = {(int64_t)t->value, t->kind == TOLERANCE_IT},
        .tolerance_mm = {t->value, t->kind == TOLERANCE_MM},
        .tolerance_at_mm = t->at_mm,
        .ra_um = c->ra_um,
        .hardness_scale = scale,
        .hardness_min = h->min,
        .hardness_max = h->max,
        .batch_min = c->batch.min,
        .batch_max = c->batch.max,
        .free_per_month = c->free_per_month,
        .free_kg_per_month = c->free_kg_per_month,
        .lead_days = c->lead_days,
        .price_setup_won = c->price.setup_won,
        .price_per_piece_won = c->price.per_piece_won,
        .price_per_kg_won = c->price.per_kg_won,
        .energy_kwh_per_kg = c->energy_kwh_per_kg,
        .evidence = evidence,
        .words = or_null(c->text),
        .changed_ms = s->now_ms,
    };
    int64_t changed;
    TRY(capability_put(s->tx, &in, &changed));
    return save_lists(s, id, c);
}

static enum status save_capabilities(struct saver *s)
{
    const struct capability_list *list = &s->site->capabilities;
    bool *kept = ARENA_ARRAY(s->arena, s->old.n, bool);
    for (size_t i = 0; i < list->n; i++) {
        int64_t id = 0;
        for (size_t o = 0; o < s->old.n; o++) {
            if (str_eq(s->old.v[o].ref, list->v[i].ref)) {
                id = s->old.v[o].id;
                kept[o] = true;
            }
        }
        TRY(save_capability(s, &list->v[i], id ? id : tx_new_id(s->tx), i));
    }
    for (size_t o = 0; o < s->old.n; o++) {
        int64_t changed;
        if (kept[o])
            continue;
        TRY(capability_end(s->tx, s->old.v[o].id, s->now_ms, &changed));
        s->ended += (size_t)changed;
    }
    return ST_OK;
}

enum status directory_save_counted(struct tx *t, const struct site_saving *how, struct site *site,
                                   struct save_count *count)
{
    struct db *db = tx_db(t);
    struct saver s = {.tx = t,
                      .db = db,
                      .arena = db_arena(db),
                      .vocab = how->vocab,
                      .site = site,
                      .given = how->given,
                      .problems = how->problems,
                      .now_ms = time_now_ms()};
    TRY(find_org(&s));
    TRY(find_site(&s));
    TRY(settle_refs(&s));
    *count = (struct save_count){s.site_id ? SAVE_CHANGED : SAVE_ADDED, 0};
    if (is_same(&s)) {
        count->outcome = SAVE_SAME;
        return ST_OK;
    }
    TRY(save_org(&s));
    TRY(save_site_row(&s));
    TRY(save_certificates(&s));
    TRY(save_capabilities(&s));
    count->ended = s.ended;
    return change_record(t, STR("site"), site->ref);
}

enum status directory_save(struct tx *t, const struct site_saving *how, struct site *site, enum save_outcome *outcome)
{
    struct save_count count;
    TRY(directory_save_counted(t, how, site, &count));
    *outcome = count.outcome;
    return ST_OK;
}
