#include "match/field_write.h"

void write_text(struct json_out *j, const char *key, struct str s)
{
    if (s.n)
        jout_key_str(j, key, s);
}

void write_real(struct json_out *j, const char *key, struct opt_real v)
{
    if (v.has)
        jout_key_real(j, key, v.v);
}

void write_int(struct json_out *j, const char *key, struct opt_int v)
{
    if (v.has)
        jout_key_int(j, key, v.v);
}

void write_range(struct json_out *j, const char *key, const struct range *r)
{
    if (!r->min.has && !r->max.has)
        return;
    jout_key_obj(j, key);
    write_real(j, "min", r->min);
    write_real(j, "max", r->max);
    jout_end(j);
}

void write_codes(struct json_out *j, const char *key, const struct tree *tree, const struct node_list *list)
{
    if (!list->n)
        return;
    jout_key_arr(j, key);
    for (size_t i = 0; i < list->n; i++)
        jout_str(j, tree->v[list->v[i]].code);
    jout_end(j);
}

void write_texts(struct json_out *j, const char *key, const struct str_list *list)
{
    if (!list->n)
        return;
    jout_key_arr(j, key);
    for (size_t i = 0; i < list->n; i++)
        jout_str(j, list->v[i]);
    jout_end(j);
}

void write_tolerance(struct json_out *j, const struct tolerance *t)
{
    if (t->kind == TOLERANCE_NONE)
        return;
    jout_key_obj(j, "tolerance");
    jout_key_real(j, t->kind == TOLERANCE_IT ? "it" : "mm", t->value);
    write_real(j, "at_mm", t->at_mm);
    jout_end(j);
}

void write_size(struct json_out *j, const char *key, const struct size_mm *size)
{
    if (!size->n)
        return;
    jout_key_arr(j, key);
    for (uint32_t i = 0; i < size->n; i++)
        jout_real(j, size->v[i]);
    jout_end(j);
}

void write_hardness(struct json_out *j, const struct hardness *h)
{
    if (!h->has)
        return;
    jout_key_obj(j, "hardness");
    jout_key_str(j, "scale", str_c(vocab_hardness_name(h->scale)));
    write_real(j, "min", h->min);
    write_real(j, "max", h->max);
    jout_end(j);
}

void write_place(struct json_out *j, const struct vocab *v, const struct place_point *place)
{
    if (place->region != NODE_NONE)
        jout_key_str(j, "region", v->regions.v[place->region].code);
    if (!place->has_coordinates)
        return;
    jout_key_real(j, "lat", place->at.lat);
    jout_key_real(j, "lon", place->at.lon);
}
