/*
 * Finding a text and filling its holes. Costs one hash of the id and about one probe in English, nothing in Korean,
 * whose texts are the ids. A missing translation shows the Korean text: tools/poc --check keeps that from being
 * released.
 */
#include "i18n/i18n.h"

#include "base/hash.h"
#include "i18n/format.h"
#include "i18n/particle.h"
#include "i18n/pattern.h"

struct str catalogue_find(const struct catalogue *c, struct str id)
{
    if (c->slots_n <= 1 && !(c->slots_n && c->slots[0])) /* nothing in it, as in the source language */
        return id;
    size_t mask = c->slots_n - 1;
    for (size_t i = (size_t)hash_fnv1a(FNV1A_64_START, id) & mask; c->slots[i]; i = (i + 1) & mask) {
        const struct catalogue_row *row = &c->rows[c->slots[i] - 1];
        if (str_eq(row->id, id))
            return row->text;
    }
    return id;
}

static const struct value *find_arg(const struct msg_arg *args, size_t n, struct str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(str_c(args[i].name), name))
            return &args[i].value;
    return NULL;
}

static bool is_one(const struct value *x)
{
    if (x->kind == VALUE_INT || x->kind == VALUE_PLAIN_INT)
        return x->i == 1;
    return (x->kind == VALUE_REAL || x->kind == VALUE_QUANTITY) && x->real == 1;
}

void i18n_fill(const struct locale *l, struct buf *out, struct str text, const struct msg_arg *args, size_t n)
{
    struct piece piece;
    while (pattern_next(&text, &piece, NULL)) {
        const struct value *x = piece.kind == PIECE_TEXT ? NULL : find_arg(args, n, piece.text);
        if (piece.kind == PIECE_PARTICLE)
            particle_add(out, piece.a, piece.b);
        else if (!x)
            buf_add(out, piece.text);
        else if (piece.kind == PIECE_PLURAL)
            buf_add(out, is_one(x) ? piece.a : piece.b);
        else
            l->write_value(l, out, x);
    }
}

static void write_ko(const struct locale *l, struct buf *out, struct msg m, const struct msg_arg *args, size_t n)
{
    i18n_fill(l, out, catalogue_find(&catalogue_ko, m.id), args, n);
}

static void write_en(const struct locale *l, struct buf *out, struct msg m, const struct msg_arg *args, size_t n)
{
    i18n_fill(l, out, catalogue_find(&catalogue_en, m.id), args, n);
}

static void write_value_ko(const struct locale *l, struct buf *out, const struct value *x)
{
    if (x->kind == VALUE_MSG)
        write_ko(l, out, (struct msg){x->text}, NULL, 0);
    else
        format_value(LANGUAGE_KO, out, x);
}

static void write_value_en(const struct locale *l, struct buf *out, const struct value *x)
{
    if (x->kind == VALUE_MSG)
        write_en(l, out, (struct msg){x->text}, NULL, 0);
    else
        format_value(LANGUAGE_EN, out, x);
}

const struct locale *i18n_locale(enum language language)
{
    static const struct locale locales[LANGUAGES] = {
        [LANGUAGE_KO] = {{"ko", 2}, write_value_ko, write_ko},
        [LANGUAGE_EN] = {{"en", 2}, write_value_en, write_en},
    };
    return &locales[language];
}

bool i18n_language(struct str tag, enum language *out)
{
    for (int i = 0; i < LANGUAGES; i++) {
        if (str_eq(tag, i18n_locale((enum language)i)->lang)) {
            *out = (enum language)i;
            return true;
        }
    }
    return false;
}
