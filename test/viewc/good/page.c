#include "views/page.h"

#include "html/emit.h"

void
#line 3 "good/page.html"
       firm_row(
struct view *v,
#line 3 "good/page.html"
                const struct firm_card *f
)
{
    (void)v;
    (void)f;
    emit_raw(v, "<tr class=\"row", 14);
    if (
#line 5 "good/page.html"
                   f->mine
    ) {
    emit_raw(v, " own", 4);
    }
    emit_raw(v, "\">\n<td><a href=\"/firms/", 23);
    { const __auto_type x_ =
#line 6 "good/page.html"
                         f->slug
;
#line 6 "good/page.html"
                         EMIT_PART(v, x_); }
    emit_raw(v, "\?x=", 3);
    { const __auto_type x_ =
#line 6 "good/page.html"
                                         f->id
;
#line 6 "good/page.html"
                                         EMIT_PART(v, x_); }
    emit_raw(v, "\" title='", 9);
    { const __auto_type x_ =
#line 6 "good/page.html"
                                                             f->name
;
#line 6 "good/page.html"
                                                             EMIT_ATTR(v, x_); }
    emit_raw(v, "'>", 2);
    { const __auto_type x_ =
#line 6 "good/page.html"
                                                                            f->name
;
#line 6 "good/page.html"
                                                                            EMIT_TEXT(v, x_); }
    emit_raw(v, "</a></td>\n", 10);
    if (
#line 7 "good/page.html"
       f->staff > 10
    ) {
    emit_raw(v, "<td>", 4);
    { const __auto_type x_ =
#line 8 "good/page.html"
         f->staff
;
#line 8 "good/page.html"
         EMIT_TEXT(v, x_); }
    emit_raw(v, "</td>\n", 6);
    } else if (
#line 9 "good/page.html"
            f->mine
    ) {
    emit_raw(v, "<td>mine</td>\n", 14);
    } else {
    emit_raw(v, "<td>-</td>\n", 11);
    }
    emit_raw(v, "<td>", 4);
    {
    const __auto_type x_0_ =
#line 14 "good/page.html"
                                                           f->name
;
    const __auto_type x_1_ =
#line 14 "good/page.html"
                                                                     f->id
;
    const struct msg_arg args_[] = {
    {"name",
#line 14 "good/page.html"
                                                           EMIT_VALUE(x_0_)},
    {"n",
#line 14 "good/page.html"
                                                                     EMIT_VALUE(x_1_)},
    };
    emit_msg(v, T("{name}{을/를} {n|company|companies} {n}"), args_, 2);
    }
    emit_raw(v, "</td>\n</tr>", 11);
}

void
#line 17 "good/page.html"
       firm_page(
struct view *v,
#line 17 "good/page.html"
                 const struct firms *d, struct url next
)
{
    (void)v;
    (void)d;
    (void)next;

#line 18 "good/page.html"
       page_open(
v,
#line 18 "good/page.html"
            T("업체"))
;
    emit_raw(v, "<table>\n", 8);
    { const __auto_type f_in_ =
#line 20 "good/page.html"
               d->rows
    ; for (size_t f_i = 0; f_i <
#line 20 "good/page.html"
               f_in_.n; f_i++) {
    const __auto_type f =
#line 20 "good/page.html"
               &f_in_.v[f_i]; (void)f;

#line 21 "good/page.html"
          firm_row(
v,
#line 21 "good/page.html"
                   f)
;
    emit_raw(v, "\n", 1);
    } }
    emit_raw(v, "</table>\n<a href=\"", 18);
    { const __auto_type x_ =
#line 24 "good/page.html"
              next
;
#line 24 "good/page.html"
              EMIT_URL(v, x_); }
    emit_raw(v, "\" aria-label=\"", 14);
    {
    emit_msg(v, T("다음"), 0, 0);
    }
    emit_raw(v, "\">", 2);
    {
    emit_msg(v, T("다음"), 0, 0);
    }
    emit_raw(v, "</a>\n<input type=\"checkbox\"", 27);
    { const __auto_type x_ =
#line 25 "good/page.html"
                                    d->rows.n > 3
;
#line 25 "good/page.html"
                                    EMIT_OPT_ATTR(v, STR(" checked"), x_); }
    emit_raw(v, " value=\"", 8);
    { const __auto_type x_ =
#line 25 "good/page.html"
                                                                d->rows.n
;
#line 25 "good/page.html"
                                                                EMIT_ATTR(v, x_); }
    emit_raw(v, "\">\n<textarea name=\"x\">\n", 23);
    { const __auto_type x_ =
#line 26 "good/page.html"
                        d->note
;
#line 26 "good/page.html"
                        EMIT_ATTR(v, x_); }
    emit_raw(v, "</textarea>\n<svg viewBox=\"0 0 10 10\"><path d=\"", 46);
    { const __auto_type x_ =
#line 27 "good/page.html"
                                       d->note
;
#line 27 "good/page.html"
                                       EMIT_ATTR(v, x_); }
    emit_raw(v, "\"/></svg>\n", 10);

#line 18 "good/page.html"
       page_close(
v,
#line 18 "good/page.html"
            T("업체"))
;
}

void
#line 30 "good/page.html"
       page_open(
struct view *v,
#line 30 "good/page.html"
            struct msg title
)
{
    (void)v;
    (void)title;
    emit_raw(v, "<!doctype html>\n<html lang=\"", 28);
    { const __auto_type x_ =
#line 32 "good/page.html"
               v->locale->lang
;
#line 32 "good/page.html"
               EMIT_ATTR(v, x_); }
    emit_raw(v, "\">\n<head><title>", 16);
    { const __auto_type x_ =
#line 33 "good/page.html"
                title
;
#line 33 "good/page.html"
                EMIT_ATTR(v, x_); }
    emit_raw(v, "</title></head>\n<body>\n<main>\n", 30);
}

void
#line 30 "good/page.html"
       page_close(
struct view *v,
#line 30 "good/page.html"
            struct msg title
)
{
    (void)v;
    (void)title;
    emit_raw(v, "\n</main>\n</body>\n</html>", 24);
}
