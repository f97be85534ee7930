/* Writes a drawn capability as JSON, in the order and with the names of doc/matching.md. A blank is left out. */
#include "feature/demo/firm.h"

static void put_whole(struct json_out *j, const char *key, struct opt_real v)
{
    if (v.has)
        jout_key_int(j, key, (int64_t)v.v);
}

static void put_real(struct json_out *j, const char *key, struct opt_real v)
{
    if (v.has)
        jout_key_real(j, key, v.v);
}

static void put_range(struct json_out *j, const char *key, const struct limit_drawn *l)
{
    if (!l->max.has)
        return;
    jout_key_obj(j, key);
    put_real(j, "min", l->min);
    put_real(j, "max", l->max);
    jout_end(j);
}

static void put_limits(struct json_out *j, const struct offer *o)
{
    if (o->size_n) {
        jout_key_arr(j, "size_mm");
        for (uint32_t i = 0; i < o->size_n; i++)
            jout_real(j, o->size_mm[i]);
        jout_end(j);
    }
    put_range(j, "mass_kg", &o->mass_kg);
    put_range(j, "thickness_mm", &o->thickness_mm);
    put_range(j, "layer_um", &o->layer_um);
    if (o->force_t.has) {
        jout_key_obj(j, "force_t");
        put_real(j, "max", o->force_t);
        jout_end(j);
    }
    if (o->it.has || o->mm.has) {
        jout_key_obj(j, "tolerance");
        put_whole(j, "it", o->it);
        put_real(j, "mm", o->mm);
        jout_end(j);
    }
    put_real(j, "ra_um", o->ra_um);
    if (o->hardness.max.has) {
        jout_key_obj(j, "hardness");
        jout_key_str(j, "scale", o->profile->hardness_scale);
        put_real(j, "min", o->hardness.min);
        put_real(j, "max", o->hardness.max);
        jout_end(j);
    }
}

static void put_terms(struct json_out *j, const struct offer *o)
{
    if (o->batch.max.has) {
        jout_key_obj(j, "batch");
        put_whole(j, "min", o->batch.min);
        put_whole(j, "max", o->batch.max);
        jout_end(j);
    }
    put_whole(j, "free_per_month", o->free_pieces);
    put_whole(j, "free_kg_per_month", o->free_kg);
    put_whole(j, "lead_days", o->lead_days);
    if (o->setup_won.has || o->piece_won.has || o->kg_won.has) {
        jout_key_obj(j, "price");
        put_whole(j, "setup_won", o->setup_won);
        put_real(j, "per_piece_won", o->piece_won);
        put_real(j, "per_kg_won", o->kg_won);
        jout_end(j);
    }
    put_real(j, "energy_kwh_per_kg", o->energy_kwh);
}

void offer_write(struct json_out *j, struct str ref, const struct offer *o)
{
    jout_obj(j);
    jout_key_str(j, "ref", ref);
    jout_key_str(j, "process", o->profile->process);
    put_list(j, "materials", o->materials);
    put_limits(j, o);
    put_terms(j, o);
    put_list(j, "standards", o->standards);
    put_list(j, "tags", o->tags);
    put_list(j, "industries", o->industries);
    if (o->evidence.n)
        jout_key_str(j, "evidence", o->evidence);
    if (o->text.n)
        jout_key_str(j, "text", o->text);
    jout_end(j);
}
