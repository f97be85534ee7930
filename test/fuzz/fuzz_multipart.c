/* multipart: parsed as a whole and in pieces (their size is the first byte), the same comes out. Also the boundary
 * reader. */
#include "fuzz/test_fuzz.h"

#include "base/buf.h"
#include "http/multipart.h"
#include "http/uri.h"

static enum status show_begin(void *arg, const struct multipart_head *h)
{
    FUZZ_HOLDS(h->name.n > 0 && uri_text_ok(h->name, URI_IN_PATH) && uri_text_ok(h->file_name, URI_IN_PATH));
    FUZZ_HOLDS(str_find_byte(h->file_name, '/') < 0 && str_find_byte(h->file_name, '\\') < 0);
    buf_add_byte(arg, h->is_file ? '<' : '(');
    buf_add(arg, h->name);
    buf_add(arg, h->file_name);
    return ST_OK;
}

static enum status show_data(void *arg, struct str bytes)
{
    buf_add(arg, bytes);
    return ST_OK;
}

static enum status show_end(void *arg)
{
    buf_add_byte(arg, ')');
    return ST_OK;
}

static enum status parse(struct arena *a, struct str body, size_t step, struct buf *out)
{
    struct multipart *m = ARENA_NEW(a, struct multipart);
    multipart_init(m, a, STR("B"), (struct multipart_sink){show_begin, show_data, show_end, out});
    for (size_t i = 0; i < body.n; i += step)
        TRY(multipart_feed(m, str_n(body.p + i, body.n - i < step ? body.n - i : step)));
    return multipart_finish(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n < 2 || n > 64 << 10)
        return 0;
    AUTO_ARENA a;
    arena_init(&a, 64 << 20);
    AUTO_BUF whole, pieces;
    buf_init(&whole, 1 << 20);
    buf_init(&pieces, 1 << 20);
    struct str body = str_n((const char *)data + 1, n - 1), boundary;
    enum status one = parse(&a, body, n, &whole);
    enum status two = parse(&a, body, data[0] ? data[0] : 1, &pieces);
    FUZZ_HOLDS(one == two);
    FUZZ_HOLDS(one != ST_OK || str_eq(buf_str(&whole), buf_str(&pieces)));
    if (multipart_boundary(body, &boundary))
        FUZZ_HOLDS(boundary.n >= 1 && boundary.n <= MULTIPART_BOUNDARY_MAX);
    return 0;
}
