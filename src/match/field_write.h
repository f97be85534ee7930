/* Members of sites and needs on their way out, the mirror of field.h: what is blank is left out. */
#ifndef PPURI_MATCH_FIELD_WRITE_H
#define PPURI_MATCH_FIELD_WRITE_H

#include "base/json.h"
#include "match/supply.h"

void write_text(struct json_out *j, const char *key, struct str s);
void write_real(struct json_out *j, const char *key, struct opt_real v);
void write_int(struct json_out *j, const char *key, struct opt_int v);
void write_range(struct json_out *j, const char *key, const struct range *r);
void write_codes(struct json_out *j, const char *key, const struct tree *tree, const struct node_list *list);
void write_texts(struct json_out *j, const char *key, const struct str_list *list);
void write_tolerance(struct json_out *j, const struct tolerance *t);
void write_size(struct json_out *j, const char *key, const struct size_mm *size);
void write_hardness(struct json_out *j, const struct hardness *h);
/* region, lat and lon into the open object. */
void write_place(struct json_out *j, const struct vocab *v, const struct place_point *place);

#endif
