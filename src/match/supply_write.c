/* The mirror of supply_read.c, in the order of doc/matching.md. */
#include "match/supply_write.h"

static const char *const evidence_words[] = {"self", "document", "visited", "deal"};

const char *evidence_word(enum evidence e)
{
    return evidence_words[e];
}

bool evidence_by_word(struct str word, enum evidence *out)
{
    for (int i = EVIDENCE_SELF; i <= EVIDENCE_DEAL; i++) {
        if (str_eq(word, str_c(evidence_words[i]))) {
            *out = (enum evidence)i;
            return true;
        }
    }
    return false;
}

static void put_text(struct json_out *j, const char *key, struct str s)
{
    if (s.n)
        jout_key_str(j, key, s);
}

static void put_real(struct json_out *j, const char *key, struct opt_real v)
{
    if (v.has)
        jout_key_real(j, key, v.v);
}

static void put_int(struct json_out *j, const char *key, struct opt_int v)
{
    if (v.has)
        jout_key_int(j, key, v.v);
}

static void put_range(struct json_out *j, const char *key, const struct range *r)
{
    if (!r->min.has && !r->max.has)
        return;
    jout_key_obj(j, key);
    put_real(j, "min", r->min);
    put_real(j, "max", r->max);
    jout_end(j);
}

static void put_codes(struct json_out *j, const char *key, const struct tree *tree, const struct node_list *list)
{
    if (!list->n)
        return;
    jout_key_arr(j, key);
    for (size_t i = 0; i < list->n; i++)
        jout_str(j, tree->v[list->v[i]].code);
    jout_end(j);
}

static void put_texts(struct json_out *j, const char *key, const struct str_list *list)
{
    if (!list->n)
        return;
    jout_key_arr(j, key);
    for (size_t i = 0; i < list->n; i++)
        jout_str(j, list->v[i]);
    jout_end(j);
}

static void put_tolerance(struct json_out *j, const struct tolerance *t)
{
    if (t->kind == TOLERANCE_NONE)
        return;
    jout_key_obj(j, "tolerance");
    jout_key_real(j, t->kind == TOLERANCE_IT ? "it" : "mm", t->value);
    put_real(j, "at_mm", t->at_mm);
    jout_end(j);
}

static void put_limits(const struct vocab *v, struct json_out *j, const struct capability *c)
{
    put_codes(j, "materials", &v->materials, &c->materials);
    if (c->size_mm.n) {
        jout_key_arr(j, "size_mm");
        for (uint32_t i = 0; i < c->size_mm.n; i++)
            jout_real(j, c->size_mm.v[i]);
        jout_end(j);
    }
    put_range(j, "mass_kg", &c->mass_kg);
    put_range(j, "thickness_mm", &c->thickness_mm);
    put_range(j, "layer_um", &c->layer_um);
    put_range(j, "force_t", &(struct range){.max = c->force_t_max});
    put_tolerance(j, &c->tolerance);
    put_real(j, "ra_um", c->ra_um);
    if (c->hardness.has) {
        jout_key_obj(j, "hardness");
        jout_key_str(j, "scale", str_c(vocab_hardness_name(c->hardness.scale)));
        put_real(j, "min", c->hardness.min);
        put_real(j, "max", c->hardness.max);
        jout_end(j);
    }
}

static void put_terms(struct json_out *j, const struct capability *c)
{
    if (c->batch.min.has || c->batch.max.has) {
        jout_key_obj(j, "batch");
        put_int(j, "min", c->batch.min);
        put_int(j, "max", c->batch.max);
        jout_end(j);
    }
    put_real(j, "free_per_month", c->free_per_month);
    put_real(j, "free_kg_per_month", c->free_kg_per_month);
    put_int(j, "lead_days", c->lead_days);
    if (c->price.setup_won.has || c->price.per_piece_won.has || c->price.per_kg_won.has) {
        jout_key_obj(j, "price");
        put_real(j, "setup_won", c->price.setup_won);
        put_real(j, "per_piece_won", c->price.per_piece_won);
        put_real(j, "per_kg_won", c->price.per_kg_won);
        jout_end(j);
    }
    put_real(j, "energy_kwh_per_kg", c->energy_kwh_per_kg);
}

static void put_capability(const struct vocab *v, struct json_out *j, const struct capability *c)
{
    jout_obj(j);
    put_text(j, "ref", c->ref);
    jout_key_str(j, "process", v->processes.v[c->process].code);
    put_limits(v, j, c);
    put_terms(j, c);
    put_texts(j, "standards", &c->standards);
    put_texts(j, "tags", &c->tags);
    put_codes(j, "industries", &v->industries, &c->industries);
    if (c->evidence_given)
        jout_key_str(j, "evidence", str_c(evidence_word(c->evidence)));
    put_text(j, "text", c->text);
    jout_end(j);
}

static void put_certificates(struct arena *a, const struct vocab *v, struct json_out *j, const struct site *site)
{
    if (!site->certificates.known)
        return;
    jout_key_arr(j, "certificates");
    for (size_t i = 0; i < site->certificates.n; i++) {
        const struct held_certificate *held = &site->certificates.v[i];
        jout_obj(j);
        jout_key_str(j, "code", v->certificates.v[held->certificate].code);
        if (held->until.has)
            jout_key_str(j, "until", day_iso(a, held->until.v));
        jout_end(j);
    }
    jout_end(j);
}

void supply_write_site(struct arena *a, const struct vocab *v, struct json_out *j, const struct site *site)
{
    jout_obj(j);
    jout_key_obj(j, "org");
    put_text(j, "reg_no", site->org.reg_no);
    put_text(j, "name", site->org.name);
    put_text(j, "name_en", site->org.name_en);
    put_text(j, "kind", site->org.kind);
    put_text(j, "homepage", site->org.homepage);
    jout_end(j);
    jout_key_obj(j, "site");
    put_text(j, "ref", site->ref);
    put_text(j, "name", site->name);
    put_text(j, "address", site->address);
    if (site->place.region != NODE_NONE)
        jout_key_str(j, "region", v->regions.v[site->place.region].code);
    if (site->place.has_coordinates) {
        jout_key_real(j, "lat", site->place.at.lat);
        jout_key_real(j, "lon", site->place.at.lon);
    }
    jout_end(j);
    put_certificates(a, v, j, site);
    if (site->capabilities.n) {
        jout_key_arr(j, "capabilities");
        for (size_t i = 0; i < site->capabilities.n; i++)
            put_capability(v, j, &site->capabilities.v[i]);
        jout_end(j);
    }
    jout_end(j);
}
