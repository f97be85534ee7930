/* Any bytes into the view compiler: it must end, refuse or accept, and stay within its bounds. */
#include "fuzz/test_fuzz.h"

#include "../../tools/viewc/viewc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    AUTO_ARENA a;
    arena_init(&a, 256 << 20);
    struct view_output out;
    view_output_init(&out);
    char *exact = malloc(n ? n : 1); /* so that a read behind the end is seen */
    if (n)
        memcpy(exact, data, n);
    if (!viewc_compile(&a, str_n(exact, n), "fuzz.html", STR("fuzz"), &out) && out.error.n == 0)
        abort();
    free(exact);
    view_output_release(&out);
    return 0;
}
