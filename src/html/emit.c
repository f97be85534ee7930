/*
 * The writers of compiled views. Guarantee that every byte which did not stand in a .html file is escaped for its
 * place. Whole numbers and texts without language go straight out; all else is written by the locale into v->scratch
 * first.
 */
#include "html/emit.h"

#include <math.h>

#include "base/number.h"
#include "html/escape.h"

void emit_text_str(struct view *v, struct str s)
{
    escape_html(&v->out, s);
}

void emit_text_c(struct view *v, const char *s)
{
    escape_html(&v->out, str_c(s));
}

void emit_text_int(struct view *v, int64_t i)
{
    number_int(&v->out, i, true);
}

void emit_text_size(struct view *v, size_t n)
{
    number_int(&v->out, (int64_t)n, true);
}

void emit_text_value(struct view *v, struct value x)
{
    buf_clear(&v->scratch);
    v->locale->write_value(v->locale, &v->scratch, &x);
    escape_html(&v->out, buf_str(&v->scratch));
}

void emit_text_phrase(struct view *v, struct phrase p)
{
    if (p.msg.id.n)
        emit_msg(v, p.msg, p.args, p.n);
}

void emit_html(struct view *v, struct html h)
{
    buf_add(&v->out, h.s);
}

void emit_attr_int(struct view *v, int64_t i)
{
    number_int(&v->out, i, false);
}

void emit_attr_size(struct view *v, size_t n)
{
    number_int(&v->out, (int64_t)n, false);
}

void emit_attr_real(struct view *v, double x)
{
    number_plain(&v->out, x);
}

void emit_attr_fixed(struct view *v, struct fixed x)
{
    char text[NUMBER_FIXED_MAX];
    buf_add(&v->out, str_n(text, number_fixed(text, isfinite(x.v) ? x.v : 0, x.decimals)));
}

void emit_attr_plain_int(struct view *v, struct plain_int x)
{
    number_int(&v->out, x.v, false);
}

void emit_attr_day(struct view *v, struct day d)
{
    struct civil c = day_civil(d);
    buf_printf(&v->out, "%04d-%02d-%02d", c.year, c.month, c.day);
}

void emit_url_str(struct view *v, struct str s)
{
    escape_url(&v->out, s);
}

void emit_url_c(struct view *v, const char *s)
{
    escape_url(&v->out, str_c(s));
}

void emit_url_own(struct view *v, struct url u)
{
    escape_html(&v->out, u.s);
}

void emit_part_str(struct view *v, struct str s)
{
    escape_url_part(&v->out, s);
}

void emit_part_c(struct view *v, const char *s)
{
    escape_url_part(&v->out, str_c(s));
}

void emit_msg(struct view *v, struct msg m, const struct msg_arg *args, size_t n)
{
    buf_clear(&v->scratch);
    v->locale->write_msg(v->locale, &v->scratch, m, args, n);
    escape_html(&v->out, buf_str(&v->scratch));
}

void emit_flag(struct view *v, struct str name, long x)
{
    if (x)
        buf_add(&v->out, name);
}

static void open_value(struct view *v, struct str name)
{
    buf_add(&v->out, name);
    buf_add(&v->out, STR("=\""));
}

void emit_opt_str(struct view *v, struct str name, struct str s)
{
    if (!s.n)
        return;
    open_value(v, name);
    escape_html(&v->out, s);
    buf_add_byte(&v->out, '"');
}

void emit_opt_c(struct view *v, struct str name, const char *s)
{
    emit_opt_str(v, name, str_c(s));
}

void emit_opt_msg(struct view *v, struct str name, struct msg m)
{
    if (!m.id.n)
        return;
    open_value(v, name);
    emit_msg(v, m, NULL, 0);
    buf_add_byte(&v->out, '"');
}

void emit_opt_url_str(struct view *v, struct str name, struct str s)
{
    if (!s.n)
        return;
    open_value(v, name);
    escape_url(&v->out, s);
    buf_add_byte(&v->out, '"');
}

void emit_opt_url_own(struct view *v, struct str name, struct url u)
{
    emit_opt_str(v, name, u.s);
}
