/* static_*: the first line is a Range, a date, an Accept-Encoding and an If-None-Match at once; a range lies in the
 * file. */
#include "fuzz/test_fuzz.h"

#include "http/static.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n < 1 || n > 4096)
        return 0;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    int64_t size = data[0] * 3;
    struct str text = str_n((const char *)data + 1, n - 1);
    struct static_range range;
    if (static_range(text, size, &range) == ST_OK) {
        FUZZ_HOLDS(range.from >= 0 && range.n >= 0 && range.from + range.n <= size);
        FUZZ_HOLDS(!range.partial || range.n > 0);
    }
    int64_t ms;
    if (static_date_parse(text, &ms) && ms >= 0)
        FUZZ_HOLDS(str_eq(str_drop(static_date(&a, ms), 16), str_drop(text, 16)) || str_ends(text, STR(":60 GMT")));
    static_etag_matches(text, STR("\"x\""));
    struct http_asset asset = {.identity = STR("i"), .gzip = STR("g"), .brotli = STR("b")};
    FUZZ_HOLDS(static_encoding(&asset, text) <= STATIC_BROTLI);
    return 0;
}
