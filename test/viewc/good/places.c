#include "views/places.h"

#include "html/emit.h"

void
#line 1 "good/places.html"
       places(
struct view *v,
#line 1 "good/places.html"
              struct str s, struct url u, struct html h, struct day d, int n, double x
)
{
    (void)v;
    (void)s;
    (void)u;
    (void)h;
    (void)d;
    (void)n;
    (void)x;
    emit_raw(v, "<p class=\"a\nb\">", 15);
    { const __auto_type x_ =
#line 3 "good/places.html"
      s
;
#line 3 "good/places.html"
      EMIT_TEXT(v, x_); }
    emit_raw(v, "   ", 3);
    { const __auto_type x_ =
#line 3 "good/places.html"
                h
;
#line 3 "good/places.html"
                EMIT_TEXT(v, x_); }
    emit_raw(v, " ", 1);
    { const __auto_type x_ =
#line 3 "good/places.html"
                        n
;
#line 3 "good/places.html"
                        EMIT_TEXT(v, x_); }
    emit_raw(v, " ", 1);
    { const __auto_type x_ =
#line 3 "good/places.html"
                                x
;
#line 3 "good/places.html"
                                EMIT_TEXT(v, x_); }
    emit_raw(v, " ", 1);
    { const __auto_type x_ =
#line 3 "good/places.html"
                                        d
;
#line 3 "good/places.html"
                                        EMIT_TEXT(v, x_); }
    emit_raw(v, " 50 % \"quoted\" back\\slash 뿌리</p>\n<p title=\"", 47);
    { const __auto_type x_ =
#line 4 "good/places.html"
             s
;
#line 4 "good/places.html"
             EMIT_ATTR(v, x_); }
    emit_raw(v, "\" data-x='", 10);
    { const __auto_type x_ =
#line 4 "good/places.html"
                              n
;
#line 4 "good/places.html"
                              EMIT_ATTR(v, x_); }
    emit_raw(v, "' aria-label=\"", 14);
    {
    emit_msg(v, T("업체"), 0, 0);
    }
    emit_raw(v, "\" id=\"x\" hidden>a</p>\n<a href=\"", 31);
    { const __auto_type x_ =
#line 5 "good/places.html"
            s
;
#line 5 "good/places.html"
            EMIT_URL(v, x_); }
    emit_raw(v, "\">1</a> <a href=\"", 17);
    { const __auto_type x_ =
#line 5 "good/places.html"
                                    u
;
#line 5 "good/places.html"
                                    EMIT_URL(v, x_); }
    emit_raw(v, "#x\">2</a> <a href=\"/p/", 22);
    { const __auto_type x_ =
#line 5 "good/places.html"
                                                                 s
;
#line 5 "good/places.html"
                                                                 EMIT_PART(v, x_); }
    emit_raw(v, "\?q=", 3);
    { const __auto_type x_ =
#line 5 "good/places.html"
                                                                           s
;
#line 5 "good/places.html"
                                                                           EMIT_PART(v, x_); }
    emit_raw(v, "&amp;n=", 7);
    { const __auto_type x_ =
#line 5 "good/places.html"
                                                                                         n
;
#line 5 "good/places.html"
                                                                                         EMIT_PART(v, x_); }
    emit_raw(v, "&amp;d=", 7);
    { const __auto_type x_ =
#line 5 "good/places.html"
                                                                                                       d
;
#line 5 "good/places.html"
                                                                                                       EMIT_PART(v, x_); }
    emit_raw(v, "\">3</a>\n<a href=\"", 17);
    if (
#line 6 "good/places.html"
              n
    ) {
    emit_raw(v, "/a", 2);
    } else {
    emit_raw(v, "/b", 2);
    }
    emit_raw(v, "/", 1);
    { const __auto_type x_ =
#line 6 "good/places.html"
                                        s
;
#line 6 "good/places.html"
                                        EMIT_PART(v, x_); }
    emit_raw(v, "\">4</a> <a href=\"", 17);
    if (
#line 6 "good/places.html"
                                                                  n
    ) {
    { const __auto_type x_ =
#line 6 "good/places.html"
                                                                        u
;
#line 6 "good/places.html"
                                                                        EMIT_URL(v, x_); }
    } else {
    { const __auto_type x_ =
#line 6 "good/places.html"
                                                                                       s
;
#line 6 "good/places.html"
                                                                                       EMIT_URL(v, x_); }
    }
    emit_raw(v, "\">5</a> <a href=\"", 17);
    if (
#line 6 "good/places.html"
                                                                                                                        n
    ) {
    emit_raw(v, "/x", 2);
    }
    { const __auto_type x_ =
#line 6 "good/places.html"
                                                                                                                                       s
;
#line 6 "good/places.html"
                                                                                                                                       EMIT_PART(v, x_); }
    emit_raw(v, "\">6</a>\n<a href=\"mailto:", 24);
    { const __auto_type x_ =
#line 7 "good/places.html"
                   s
;
#line 7 "good/places.html"
                   EMIT_PART(v, x_); }
    emit_raw(v, "\">7</a> <a href=\"https://example.com/", 37);
    { const __auto_type x_ =
#line 7 "good/places.html"
                                                               s
;
#line 7 "good/places.html"
                                                               EMIT_PART(v, x_); }
    emit_raw(v, "\">8</a> <a", 10);
    { const __auto_type x_ =
#line 7 "good/places.html"
                                                                                        u
;
#line 7 "good/places.html"
                                                                                        EMIT_OPT_URL(v, STR(" href"), x_); }
    emit_raw(v, ">9</a> <a href=\"other.html\">10</a>\n<script src=\"", 48);
    { const __auto_type x_ =
#line 8 "good/places.html"
                u
;
#line 8 "good/places.html"
                EMIT_URL_OWN(v, x_); }
    emit_raw(v, "\" nonce=\"", 9);
    { const __auto_type x_ =
#line 8 "good/places.html"
                                s
;
#line 8 "good/places.html"
                                EMIT_ATTR(v, x_); }
    emit_raw(v, "\" async></script><script>if (a < b) { c(\"</p>\"); }</script>\n<pre>\n  kept   ", 75);
    { const __auto_type x_ =
#line 10 "good/places.html"
            s
;
#line 10 "good/places.html"
            EMIT_TEXT(v, x_); }
    emit_raw(v, "\n</pre>\n<textarea name=\"a\">\n", 28);
    { const __auto_type x_ =
#line 12 "good/places.html"
                      s
;
#line 12 "good/places.html"
                      EMIT_ATTR(v, x_); }
    emit_raw(v, "</textarea><textarea name=\"b\">\n", 31);
    { const __auto_type x_ =
#line 13 "good/places.html"
   s
;
#line 13 "good/places.html"
   EMIT_ATTR(v, x_); }
    emit_raw(v, "</textarea>\n<title>", 19);
    { const __auto_type x_ =
#line 14 "good/places.html"
          s
;
#line 14 "good/places.html"
          EMIT_ATTR(v, x_); }
    emit_raw(v, " ", 1);
    {
    emit_msg(v, T("업체"), 0, 0);
    }
    emit_raw(v, " a < b</title>\n<input", 21);
    { const __auto_type x_ =
#line 15 "good/places.html"
                    n > 1
;
#line 15 "good/places.html"
                    EMIT_OPT_ATTR(v, STR(" checked"), x_); }
    { const __auto_type x_ =
#line 15 "good/places.html"
                                         s
;
#line 15 "good/places.html"
                                         EMIT_OPT_ATTR(v, STR(" value"), x_); }
    { const __auto_type x_ =
#line 15 "good/places.html"
                                                          T("업체")
;
#line 15 "good/places.html"
                                                          EMIT_OPT_ATTR(v, STR(" title"), x_); }
    emit_raw(v, ">\n<svg viewBox=\"0 0 ", 20);
    { const __auto_type x_ =
#line 16 "good/places.html"
                     n
;
#line 16 "good/places.html"
                     EMIT_ATTR(v, x_); }
    emit_raw(v, " 10\"><title>", 12);
    { const __auto_type x_ =
#line 16 "good/places.html"
                                        s
;
#line 16 "good/places.html"
                                        EMIT_TEXT(v, x_); }
    emit_raw(v, "</title><path d=\"", 17);
    { const __auto_type x_ =
#line 16 "good/places.html"
                                                                s
;
#line 16 "good/places.html"
                                                                EMIT_ATTR(v, x_); }
    emit_raw(v, "\"/><use href=\"#i-", 17);
    { const __auto_type x_ =
#line 16 "good/places.html"
                                                                                        s
;
#line 16 "good/places.html"
                                                                                        EMIT_PART(v, x_); }
    emit_raw(v, "\"/><g><circle r=\"", 17);
    { const __auto_type x_ =
#line 16 "good/places.html"
                                                                                                                x
;
#line 16 "good/places.html"
                                                                                                                EMIT_ATTR(v, x_); }
    emit_raw(v, "\"/></g></svg>\n<br><img src=\"", 28);
    { const __auto_type x_ =
#line 17 "good/places.html"
                  s
;
#line 17 "good/places.html"
                  EMIT_URL(v, x_); }
    emit_raw(v, "\" alt=\"\"><hr>", 13);
}

void
#line 19 "good/places.html"
       strings(
struct view *v,
#line 19 "good/places.html"
               const char *a, char c
)
{
    (void)v;
    (void)a;
    (void)c;
    if (
#line 20 "good/places.html"
     c == '}' || a[0] == '"'
    ) {
    emit_raw(v, "}-brace", 7);
    }
    emit_raw(v, "\n", 1);
    { const __auto_type x_ =
#line 21 "good/places.html"
   (const char *[]){"}}", "{{"}[0]
;
#line 21 "good/places.html"
   EMIT_TEXT(v, x_); }
}

void
#line 23 "good/places.html"
       empty(
struct view *v
#line 23 "good/places.html"
             
)
{
    (void)v;
}

void
#line 25 "good/places.html"
       nested(
struct view *v,
#line 25 "good/places.html"
              const struct str *list
)
{
    (void)v;
    (void)list;

#line 26 "good/places.html"
       outer_open(
v,
#line 26 "good/places.html"
             T("가"))
;

#line 27 "good/places.html"
         outer_open(
v,
#line 27 "good/places.html"
               T("나"))
;
    emit_raw(v, "<b>", 3);
    { const __auto_type x_ =
#line 28 "good/places.html"
          *list
;
#line 28 "good/places.html"
          EMIT_TEXT(v, x_); }
    emit_raw(v, "</b>\n", 5);

#line 27 "good/places.html"
         outer_close(
v,
#line 27 "good/places.html"
               T("나"))
;

#line 26 "good/places.html"
       outer_close(
v,
#line 26 "good/places.html"
             T("가"))
;
}

void
#line 32 "good/places.html"
       outer_open(
struct view *v,
#line 32 "good/places.html"
             struct msg m
)
{
    (void)v;
    (void)m;
    emit_raw(v, "<div>\n", 6);

#line 36 "good/places.html"
         inner_open(
v,
#line 36 "good/places.html"
               m)
;
}

void
#line 32 "good/places.html"
       outer_close(
struct view *v,
#line 32 "good/places.html"
             struct msg m
)
{
    (void)v;
    (void)m;
    emit_raw(v, "\n", 1);

#line 36 "good/places.html"
         inner_close(
v,
#line 36 "good/places.html"
               m)
;
    emit_raw(v, "</div>", 6);
}

void
#line 41 "good/places.html"
       inner_open(
struct view *v,
#line 41 "good/places.html"
             struct msg m
)
{
    (void)v;
    (void)m;
    emit_raw(v, "<section><h2>", 13);
    { const __auto_type x_ =
#line 42 "good/places.html"
                m
;
#line 42 "good/places.html"
                EMIT_TEXT(v, x_); }
    emit_raw(v, "</h2>", 5);
}

void
#line 41 "good/places.html"
       inner_close(
struct view *v,
#line 41 "good/places.html"
             struct msg m
)
{
    (void)v;
    (void)m;
    emit_raw(v, "</section>", 10);
}
