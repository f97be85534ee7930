/* In the order of doc/matching.md. */
#include "match/need_write.h"

#include "match/field_write.h"

static void put_layer(struct json_out *j, const struct range *layer)
{
    bool one = layer->min.has && layer->max.has && layer->min.v == layer->max.v;
    if (one && layer->min.v > 0)
        write_real(j, "layer_um", layer->min);
    else
        write_range(j, "layer_um", layer);
}

static void put_certificates(struct json_out *j, const struct vocab *v, const struct asked_certificates *asked)
{
    if (!asked->n)
        return;
    jout_key_arr(j, "certificates");
    for (size_t i = 0; i < asked->n; i++) {
        jout_obj(j);
        jout_key_str(j, "code", v->certificates.v[asked->v[i].certificate].code);
        if (asked->v[i].level != criterion_default(CRITERION_CERTIFICATE))
            jout_key_str(j, "need", str_c(need_level_word(asked->v[i].level)));
        jout_end(j);
    }
    jout_end(j);
}

static void put_asked_place(struct json_out *j, const struct vocab *v, const struct asked_place *place)
{
    if (!place->regions.n && !place->max_km.has)
        return;
    jout_key_obj(j, "place");
    write_codes(j, "regions", &v->regions, &place->regions);
    write_real(j, "max_km", place->max_km);
    jout_end(j);
}

static void put_levels(struct json_out *j, const struct need_step *s)
{
    bool open = false;
    for (int kind = 0; kind < CRITERION_COUNT; kind++) {
        if (!s->level_given[kind])
            continue;
        if (!open)
            jout_key_obj(j, "need");
        open = true;
        jout_key_str(j, criterion_word((enum criterion_kind)kind), str_c(need_level_word(s->level[kind])));
    }
    if (open)
        jout_end(j);
}

static void put_weights(struct json_out *j, const struct need_step *s)
{
    bool open = false;
    for (int row = 0; row < SCORE_ROW_COUNT; row++) {
        if (!s->weight[row].has)
            continue;
        if (!open)
            jout_key_obj(j, "weights");
        open = true;
        jout_key_real(j, score_row_key((enum score_row)row), s->weight[row].v);
    }
    if (open)
        jout_end(j);
}

static void put_step(struct json_out *j, const struct vocab *v, const struct need_step *s)
{
    jout_obj(j);
    jout_key_str(j, "process", v->processes.v[s->process].code);
    write_codes(j, "materials", &v->materials, &s->materials);
    write_size(j, "part_mm", &s->part_mm);
    write_real(j, "mass_kg", s->mass_kg);
    write_real(j, "thickness_mm", s->thickness_mm);
    put_layer(j, &s->layer_um);
    write_real(j, "force_t", s->force_t);
    write_tolerance(j, &s->tolerance);
    write_real(j, "ra_um", s->ra_um);
    write_hardness(j, &s->hardness);
    write_int(j, "quantity", s->quantity);
    if (s->per_month)
        jout_key_str(j, "quantity_per", STR("month"));
    put_certificates(j, v, &s->certificates);
    write_texts(j, "standards", &s->standards);
    write_texts(j, "tags", &s->tags);
    put_asked_place(j, v, &s->place);
    write_text(j, "words", s->words);
    put_levels(j, s);
    put_weights(j, s);
    jout_end(j);
}

static void put_point(struct json_out *j, const struct vocab *v, const char *key, const struct place_point *place)
{
    if (place->region == NODE_NONE && !place->has_coordinates)
        return;
    jout_key_obj(j, key);
    write_place(j, v, place);
    jout_end(j);
}

void need_write(struct arena *a, const struct vocab *v, struct json_out *j, const struct need *need)
{
    jout_obj(j);
    write_text(j, "ref", need->ref);
    write_text(j, "title", need->title);
    if (need->created.has)
        jout_key_str(j, "created", day_iso(a, need->created.v));
    write_codes(j, "industry", &v->industries, &need->industries);
    if (need->due.has)
        jout_key_str(j, "due", day_iso(a, need->due.v));
    put_point(j, v, "deliver_to", &need->deliver_to);
    put_point(j, v, "origin", &need->origin);
    jout_key_arr(j, "steps");
    for (size_t i = 0; i < need->steps.n; i++)
        put_step(j, v, &need->steps.v[i]);
    jout_end(j);
    jout_end(j);
}
