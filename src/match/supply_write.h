/* A site as the JSON that supply_read_site reads: blank fields are left out, so reading it again gives the same site.
 */
#ifndef PPURI_MATCH_SUPPLY_WRITE_H
#define PPURI_MATCH_SUPPLY_WRITE_H

#include "base/json.h"
#include "match/supply.h"

void supply_write_site(struct arena *a, const struct vocab *v, struct json_out *j, const struct site *site);
const char *evidence_word(enum evidence e);
/* False for a word that is none of them. */
bool evidence_by_word(struct str word, enum evidence *out);

#endif
