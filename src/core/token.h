/*
 * Keys of programs that call the API: "ppuri_" and 43 characters that hold 256 random bits. The store has only a
 * BLAKE2b-256 of each, so a stolen copy of the store opens nothing; the secret is shown once, when it is made.
 */
#ifndef PPURI_CORE_TOKEN_H
#define PPURI_CORE_TOKEN_H

#include "base/pair.h"
#include "core/access.h"
#include "db/db.h"

/* scope in the store and on the command line, role of who shows the token */
#define TOKEN_SCOPES(S) S("sites", SITE_WRITER)

enum { TOKEN_NAME_BYTES_MAX = 100, TOKEN_DAYS_DEFAULT = 365, TOKEN_DAYS_MAX = 3650 };

struct token_request {
    struct str name; /* what it is for: 1 .. TOKEN_NAME_BYTES_MAX bytes */
    struct str scope;
    int64_t days; /* 1 .. TOKEN_DAYS_MAX until it expires */
};

bool token_scope_known(struct str scope);
/* Makes a token with its audit row; *secret is in the db's arena. */
MUST_USE enum status token_create(struct db *db, const struct token_request *request, struct str *secret);
/* ST_NOT_FOUND: no such token, or revoked already. */
MUST_USE enum status token_revoke(struct db *db, int64_t id);

struct token_info {
    int64_t id;
    struct str name;
    struct str scope;
    int64_t created_ms;
    int64_t until_ms;
    bool revoked;
};

struct token_infos {
    struct token_info *v;
    size_t n;
    size_t cap;
};

/* In the order in which they were made, into the db's arena. */
MUST_USE enum status token_list(struct db *db, struct token_infos *out);

/* Who shows this secret now. *actor is "token:ID", in the db's arena. ST_UNAUTHENTICATED: nobody known. */
MUST_USE enum status token_check(struct db *db, struct str secret, enum role *role, struct str *actor);

#endif
