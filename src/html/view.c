/* The life of a view: two bounded buffers. Guarantees that an overlong page is noticed; costs two allocations a page.
 */
#include "html/view.h"

#include "html/trusted.h"

enum { VIEW_FIRST_BYTES = 64 << 10 };

void view_init(struct view *v, const struct locale *locale, size_t max_bytes)
{
    v->locale = locale;
    buf_init(&v->out, max_bytes);
    buf_init(&v->scratch, max_bytes);
    buf_reserve(&v->out, max_bytes < VIEW_FIRST_BYTES ? max_bytes : VIEW_FIRST_BYTES);
}

void view_release(struct view *v)
{
    buf_release(&v->out);
    buf_release(&v->scratch);
}

enum status view_status(const struct view *v)
{
    TRY(buf_status(&v->scratch));
    return buf_status(&v->out);
}

struct html view_html(const struct view *v)
{
    return html_trusted(buf_str(&v->out));
}
