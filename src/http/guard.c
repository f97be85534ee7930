/*
 * Guards against request smuggling: whatever two readers could understand differently is refused, never repaired.
 * Pure and linear; holds nothing.
 */
#include "http/guard.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

bool guard_name_is(struct str name, struct str want)
{
    if (name.n != want.n)
        return false;
    for (size_t i = 0; i < name.n; i++)
        if (lower(name.p[i]) != lower(want.p[i]))
            return false;
    return true;
}

static bool is_letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
}

bool guard_is_token(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_letter_or_digit(s.p[i]) && (s.p[i] == '\0' || !strchr("!#$%&'*+-.^_`|~", s.p[i])))
            return false;
    return s.n > 0;
}

static bool value_ok(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t') || s.p[i] == 0x7f)
            return false;
    return true;
}

static bool length_ok(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n >= 1 && s.n <= 18;
}

static bool host_ok(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_letter_or_digit(s.p[i]) && (s.p[i] == '\0' || !strchr(".-_:[]", s.p[i])))
            return false;
    return s.n >= 1 && s.n <= 255;
}

struct guard_counts {
    int lengths;
    int encodings;
    int hosts;
};

static enum guard_fault check_one(const struct pair *h, struct guard_counts *counts)
{
    if (!guard_is_token(h->name))
        return GUARD_FIELD_NAME;
    if (!value_ok(h->value))
        return GUARD_FIELD_VALUE;
    if (guard_name_is(h->name, STR("content-length")) && (counts->lengths++ || !length_ok(h->value)))
        return GUARD_CONTENT_LENGTH;
    bool chunked = guard_name_is(h->value, STR("chunked"));
    if (guard_name_is(h->name, STR("transfer-encoding")) && (counts->encodings++ || !chunked))
        return GUARD_TRANSFER_ENCODING;
    if (guard_name_is(h->name, STR("host")) && (counts->hosts++ || !host_ok(h->value)))
        return GUARD_HOST;
    return GUARD_OK;
}

enum guard_fault guard_check(const struct pair_list *headers)
{
    struct guard_counts counts = {0, 0, 0};
    size_t bytes = 0;
    if (headers->n > GUARD_HEADERS_MAX)
        return GUARD_TOO_MANY;
    for (size_t i = 0; i < headers->n; i++) {
        bytes += headers->v[i].name.n + headers->v[i].value.n + 4;
        if (bytes > GUARD_HEADER_BYTES_MAX)
            return GUARD_TOO_LARGE;
        enum guard_fault fault = check_one(&headers->v[i], &counts);
        if (fault != GUARD_OK)
            return fault;
    }
    if (counts.lengths && counts.encodings)
        return GUARD_BOTH_LENGTHS;
    return counts.hosts == 1 ? GUARD_OK : GUARD_HOST;
}

int guard_http(enum guard_fault fault)
{
    static const int codes[] = {
#define G(name, code, word) code,
        GUARD_TABLE(G)
#undef G
    };
    return codes[fault];
}

const char *guard_word(enum guard_fault fault)
{
    static const char *const words[] = {
#define G(name, code, word) word,
        GUARD_TABLE(G)
#undef G
    };
    return words[fault];
}
