/* form_parse: bounded, and only valid text comes out. */
#include "fuzz/test_fuzz.h"

#include "http/form.h"
#include "http/uri.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n > 64 << 10)
        return 0;
    AUTO_ARENA a;
    arena_init(&a, 32 << 20);
    struct pair_list list = {NULL, 0, 0};
    if (form_parse(&a, str_n((const char *)data, n), 100, &list) != ST_OK)
        return 0;
    FUZZ_HOLDS(list.n <= 100);
    for (size_t i = 0; i < list.n; i++)
        FUZZ_HOLDS(uri_text_ok(list.v[i].name, URI_IN_FORM) && uri_text_ok(list.v[i].value, URI_IN_FORM));
    return 0;
}
