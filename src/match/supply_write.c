/* The mirror of supply_read.c, in the order of doc/matching.md. */
#include "match/supply_write.h"

#include "match/field_write.h"

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

static void put_limits(const struct vocab *v, struct json_out *j, const struct capability *c)
{
    write_codes(j, "materials", &v->materials, &c->materials);
    write_size(j, "size_mm", &c->size_mm);
    write_range(j, "mass_kg", &c->mass_kg);
    write_range(j, "thickness_mm", &c->thickness_mm);
    write_range(j, "layer_um", &c->layer_um);
    write_range(j, "force_t", &(struct range){.max = c->force_t_max});
    write_tolerance(j, &c->tolerance);
    write_real(j, "ra_um", c->ra_um);
    write_hardness(j, &c->hardness);
}

static void put_terms(struct json_out *j, const struct capability *c)
{
    if (c->batch.min.has || c->batch.max.has) {
        jout_key_obj(j, "batch");
        write_int(j, "min", c->batch.min);
        write_int(j, "max", c->batch.max);
        jout_end(j);
    }
    write_real(j, "free_per_month", c->free_per_month);
    write_real(j, "free_kg_per_month", c->free_kg_per_month);
    write_int(j, "lead_days", c->lead_days);
    if (c->price.setup_won.has || c->price.per_piece_won.has || c->price.per_kg_won.has) {
        jout_key_obj(j, "price");
        write_real(j, "setup_won", c->price.setup_won);
        write_real(j, "per_piece_won", c->price.per_piece_won);
        write_real(j, "per_kg_won", c->price.per_kg_won);
        jout_end(j);
    }
    write_real(j, "energy_kwh_per_kg", c->energy_kwh_per_kg);
}

static void put_capability(const struct vocab *v, struct json_out *j, const struct capability *c)
{
    jout_obj(j);
    write_text(j, "ref", c->ref);
    jout_key_str(j, "process", v->processes.v[c->process].code);
    put_limits(v, j, c);
    put_terms(j, c);
    write_texts(j, "standards", &c->standards);
    write_texts(j, "tags", &c->tags);
    write_codes(j, "industries", &v->industries, &c->industries);
    if (c->evidence_given)
        jout_key_str(j, "evidence", str_c(evidence_word(c->evidence)));
    write_text(j, "text", c->text);
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
    write_text(j, "reg_no", site->org.reg_no);
    write_text(j, "name", site->org.name);
    write_text(j, "name_en", site->org.name_en);
    write_text(j, "kind", site->org.kind);
    write_text(j, "homepage", site->org.homepage);
    jout_end(j);
    jout_key_obj(j, "site");
    write_text(j, "ref", site->ref);
    write_text(j, "name", site->name);
    write_text(j, "address", site->address);
    write_place(j, v, &site->place);
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
