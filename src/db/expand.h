/* Migrations are PostgreSQL text with the types bigint, text, double precision and bytea. This is what SQLite gets of
 * them. */
#ifndef PPURI_DB_EXPAND_H
#define PPURI_DB_EXPAND_H

#include "base/buf.h"

/* bigint -> INTEGER, double precision -> REAL, bytea -> BLOB, and STRICT behind each CREATE TABLE. Texts and comments
 * stay. */
void migration_expand(struct buf *out, struct str text);

/* A migration's checksum: 16 hexadecimal digits (FNV-1a) and a NUL. */
void migration_checksum(struct str text, char out[17]);

#endif
