/* base64url of a MAC and what it is of. The MAC is over the list too, which therefore need not be sent. */
#include "core/cursor.h"

#include "views/error.h"

#include <sodium.h>

enum {
    MAC_BYTES = 16,
    TEXT_BYTES_MAX =
        sodium_base64_ENCODED_LEN(MAC_BYTES + CURSOR_AT_BYTES_MAX, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
};

/* The first word keeps cursors apart from all else that is signed with the key; the NUL byte the list from the place.
 */
static void sign(const unsigned char *key, struct str list, struct str at, unsigned char mac[MAC_BYTES])
{
    static const unsigned char word[] = "cursor", between[1] = {0};
    unsigned char whole[crypto_auth_hmacsha512256_BYTES];
    crypto_auth_hmacsha512256_state state;
    crypto_auth_hmacsha512256_init(&state, key, CURSOR_KEY_BYTES);
    crypto_auth_hmacsha512256_update(&state, word, sizeof word);
    crypto_auth_hmacsha512256_update(&state, (const unsigned char *)list.p, list.n);
    crypto_auth_hmacsha512256_update(&state, between, sizeof between);
    crypto_auth_hmacsha512256_update(&state, (const unsigned char *)at.p, at.n);
    crypto_auth_hmacsha512256_final(&state, whole);
    memcpy(mac, whole, MAC_BYTES);
}

struct str cursor_make(struct arena *a, const unsigned char key[CURSOR_KEY_BYTES], struct str list, struct str at)
{
    unsigned char bytes[MAC_BYTES + CURSOR_AT_BYTES_MAX];
    if (!at.n || at.n > CURSOR_AT_BYTES_MAX)
        return STR("");
    sign(key, list, at, bytes);
    memcpy(bytes + MAC_BYTES, at.p, at.n);
    char *text = arena_alloc(a, TEXT_BYTES_MAX);
    sodium_bin2base64(text, TEXT_BYTES_MAX, bytes, MAC_BYTES + at.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_c(text);
}

bool cursor_read(struct arena *a, const unsigned char key[CURSOR_KEY_BYTES], struct str list, struct str cursor,
                 struct str *at)
{
    unsigned char bytes[MAC_BYTES + CURSOR_AT_BYTES_MAX], mac[MAC_BYTES];
    size_t n = 0;
    if (sodium_base642bin(bytes, sizeof bytes, cursor.p, cursor.n, NULL, &n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        n <= MAC_BYTES)
        return false;
    *at = arena_str(a, str_n((const char *)bytes + MAC_BYTES, n - MAC_BYTES));
    sign(key, list, *at, mac);
    return sodium_memcmp(mac, bytes, MAC_BYTES) == 0;
}

enum status cursor_asked(struct req *q, struct str list, struct str *at)
{
    struct str sent = str_trim(request_query(q->http, STR("after")));
    *at = STR("");
    if (!sent.n)
        return ST_OK;
    return cursor_read(q->arena, q->app->csrf_key, list, sent, at) ? ST_OK : ST_INVALID;
}

static enum status refuse_json(struct req *q)
{
    struct problem_list problems;
    problem_list_init(&problems, q->arena);
    problem_add(&problems, PROBLEM_CURSOR, STR("after"), STR(""));
    return req_problem(q, ST_INVALID, &problems);
}

enum status cursor_refuse(struct req *q, struct url beginning)
{
    if (request_wants_json(q->http))
        return refuse_json(q);
    struct page frame;
    response_reset(q->answer);
    req_page(q, T("이 쪽은 더 이어 볼 수 없습니다"), &frame);
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    cursor_page(&v, &frame, beginning);
    TRY(req_view_end(q, &v));
    q->answer->status = status_http(ST_INVALID);
    return ST_OK;
}
