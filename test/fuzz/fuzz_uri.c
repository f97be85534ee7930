/* uri_parse: whatever it accepts is valid text in NFC without control characters, dots or separators. */
#include "fuzz/test_fuzz.h"

#include "base/utf8.h"
#include "http/uri.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n > 2 * URI_MAX_BYTES)
        return 0;
    AUTO_ARENA a;
    arena_init(&a, 32 << 20);
    struct uri uri;
    if (uri_parse(&a, str_n((const char *)data, n), &uri) != ST_OK)
        return 0;
    FUZZ_HOLDS(uri.path.n <= URI_SEGMENTS_MAX && uri.query.n <= URI_QUERY_PAIRS_MAX);
    for (size_t i = 0; i < uri.path.n; i++) {
        struct str s = uri.path.v[i];
        FUZZ_HOLDS(s.n > 0 && uri_text_ok(s, URI_IN_PATH) && str_eq(utf8_nfc(&a, s), s));
        FUZZ_HOLDS(str_find_byte(s, '/') < 0 && !str_eq(s, STR(".")) && !str_eq(s, STR("..")));
    }
    for (size_t i = 0; i < uri.query.n; i++)
        FUZZ_HOLDS(uri_text_ok(uri.query.v[i].name, URI_IN_FORM) && uri_text_ok(uri.query.v[i].value, URI_IN_FORM));
    return 0;
}
