#include "core/token.h"

#include "base/random.h"
#include "base/time.h"
#include "core/audit.h"
#include "core/token_sql.h"

#include <inttypes.h>
#include <sodium.h>

#define PREFIX "ppuri_"

enum { SECRET_BYTES = 32, HASH_BYTES = 32, DAY_MS = 86400000 };

struct scope {
    struct str word;
    enum role role;
};

static const struct scope scopes[] = {
#define S(word, role) {STR_INIT(word), ROLE_##role},
    TOKEN_SCOPES(S)
#undef S
};

static const struct scope *scope_of(struct str word)
{
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++)
        if (str_eq(scopes[i].word, word))
            return &scopes[i];
    return NULL;
}

bool token_scope_known(struct str scope)
{
    return scope_of(scope) != NULL;
}

static struct str hash_of(struct arena *a, struct str secret)
{
    unsigned char *hash = arena_alloc(a, HASH_BYTES);
    crypto_generichash(hash, HASH_BYTES, (const unsigned char *)secret.p, secret.n, NULL, 0);
    return str_n((const char *)hash, HASH_BYTES);
}

static enum status new_secret(struct arena *a, struct str *out)
{
    unsigned char bytes[SECRET_BYTES];
    char text[sodium_base64_ENCODED_LEN(SECRET_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
    TRY(random_secret(bytes, sizeof bytes));
    sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    *out = arena_printf(a, PREFIX "%s", text);
    return ST_OK;
}

static struct str ref_of(struct arena *a, int64_t id)
{
    return arena_printf(a, "%" PRId64, id);
}

static enum status trace(struct tx *t, struct str action, int64_t id, struct str detail)
{
    struct str ref = ref_of(db_arena(tx_db(t)), id);
    struct audit_entry e = {.kind = AUDIT_RIGHT,
                            .actor = STR("cli"),
                            .action = action,
                            .object_kind = STR("token"),
                            .object_ref = ref,
                            .subject = ref,
                            .detail = detail};
    return audit_record(t, &e);
}

struct creation {
    const struct token_request *request;
    struct str hash;
};

static enum status create(struct tx *t, void *arg)
{
    const struct creation *c = arg;
    int64_t now = time_now_ms();
    struct api_token_add_in in = {.id = tx_new_id(t),
                                  .name = c->request->name,
                                  .scope = c->request->scope,
                                  .hash = c->hash,
                                  .created_ms = now,
                                  .until_ms = now + c->request->days * DAY_MS};
    TRY(api_token_add(t, &in, NULL));
    return trace(t, STR("token.create"), in.id,
                 arena_printf(db_arena(tx_db(t)), "{\"scope\":\"" STR_FMT "\"}", STR_ARG(in.scope)));
}

enum status token_create(struct db *db, const struct token_request *request, struct str *secret)
{
    if (!request->name.n || request->name.n > TOKEN_NAME_BYTES_MAX || !token_scope_known(request->scope) ||
        request->days < 1 || request->days > TOKEN_DAYS_MAX)
        return ST_INVALID;
    TRY(new_secret(db_arena(db), secret));
    struct creation c = {request, hash_of(db_arena(db), *secret)};
    return db_write(db, create, &c);
}

static enum status revoke(struct tx *t, void *arg)
{
    int64_t id = *(const int64_t *)arg, changed;
    TRY(api_token_revoke(t, id, time_now_ms(), &changed));
    return changed ? trace(t, STR("token.revoke"), id, STR("")) : ST_NOT_FOUND;
}

enum status token_revoke(struct db *db, int64_t id)
{
    return db_write(db, revoke, &id);
}

enum status token_list(struct db *db, struct token_infos *out)
{
    struct api_token_row_list rows;
    *out = (struct token_infos){NULL, 0, 0};
    TRY(api_token_all(db, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct api_token_row *r = &rows.v[i];
        struct token_info info = {r->id, r->name, r->scope, r->created_ms, r->until_ms, r->revoked_ms.has};
        VEC_PUSH(db_arena(db), out, info);
    }
    return ST_OK;
}

enum status token_check(struct db *db, struct str secret, enum role *role, struct str *actor)
{
    struct api_token_by_hash_row row;
    if (!str_starts(secret, STR(PREFIX)))
        return ST_UNAUTHENTICATED;
    enum status st = api_token_by_hash(db, hash_of(db_arena(db), secret), time_now_ms(), &row);
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_UNAUTHENTICATED : st;
    const struct scope *scope = scope_of(row.scope);
    if (!scope)
        return ST_UNAUTHENTICATED;
    *role = scope->role;
    *actor = arena_printf(db_arena(db), "token:%" PRId64, row.id);
    return ST_OK;
}
