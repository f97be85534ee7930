/* guard_check on lines "name:value": an accepted list has one Host and one way to tell the length, counted apart here.
 */
#include "fuzz/test_fuzz.h"

#include <strings.h>

#include "base/arena.h"
#include "base/vec.h"
#include "http/guard.h"

static size_t count(const struct pair_list *list, const char *name)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++)
        n += list->v[i].name.n == strlen(name) && strncasecmp(list->v[i].name.p, name, strlen(name)) == 0;
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n > 32 << 10)
        return 0;
    AUTO_ARENA a;
    arena_init(&a, 8 << 20);
    struct pair_list list = {NULL, 0, 0};
    struct str rest = str_n((const char *)data, n), line;
    while (str_next(&rest, '\n', &line)) {
        ptrdiff_t colon = str_find_byte(line, ':');
        if (colon >= 0)
            VEC_PUSH(&a, &list, ((struct pair){str_n(line.p, (size_t)colon), str_drop(line, (size_t)colon + 1)}));
    }
    enum guard_fault fault = guard_check(&list);
    FUZZ_HOLDS(guard_word(fault) != NULL && guard_http(fault) >= 200);
    if (fault != GUARD_OK)
        return 0;
    FUZZ_HOLDS(count(&list, "Host") == 1);
    FUZZ_HOLDS(count(&list, "Content-Length") + count(&list, "Transfer-Encoding") <= 1);
    for (size_t i = 0; i < list.n; i++)
        FUZZ_HOLDS(guard_is_token(list.v[i].name) && str_find_byte(list.v[i].value, '\r') < 0);
    return 0;
}
