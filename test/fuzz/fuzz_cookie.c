/* cookie_parse: what comes in as a cookie can go out as one. */
#include "fuzz/test_fuzz.h"

#include "http/cookie.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n > 16 << 10)
        return 0;
    AUTO_ARENA a;
    arena_init(&a, 8 << 20);
    struct pair_list list = {NULL, 0, 0};
    if (cookie_parse(&a, str_n((const char *)data, n), &list) != ST_OK)
        return 0;
    FUZZ_HOLDS(list.n <= COOKIES_MAX);
    for (size_t i = 0; i < list.n; i++) {
        struct str out;
        struct cookie c = {.name = list.v[i].name, .value = list.v[i].value, .max_age_s = 1, .secure = true};
        FUZZ_HOLDS(cookie_format(&a, &c, &out) == ST_OK);
        FUZZ_HOLDS(str_find_byte(out, '\n') < 0 && str_find_byte(out, '\0') < 0);
    }
    return 0;
}
