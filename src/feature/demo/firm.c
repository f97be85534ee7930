/*
 * Draws the firms: how many of each kind, their size and their invented names. Names are two made-up syllables and the
 * suffix of the trade; that none equals a real firm's is checked by the tests, and the mark says so to every reader.
 */
#include "feature/demo/firm.h"

#include <math.h>

#define NAME_MARK    "(가상)"
#define NAME_MARK_EN " (demo)"

enum { EMPLOYEES_LEAST = 4, EMPLOYEES_MOST = 160, EMPLOYEES_SMALL = 8, TRIES_SHORT_NAME = 20 };

struct quota {
    double rest;
    size_t n;
};

/* Firms of each kind by largest remainder. */
static struct quota *share_out(struct arena *a, const struct demo_tables *t, int64_t count)
{
    struct quota *q = ARENA_ARRAY(a, t->shops.n, struct quota);
    double sum = 0;
    int64_t left = count;
    for (size_t i = 0; i < t->shops.n; i++)
        sum += t->shops.v[i].share;
    for (size_t i = 0; i < t->shops.n; i++) {
        double exact = (double)count * t->shops.v[i].share / sum;
        q[i].n = (size_t)exact;
        if (!q[i].n && (size_t)count >= t->shops.n)
            q[i].n = 1;
        q[i].rest = exact - (double)q[i].n;
        left -= (int64_t)q[i].n;
    }
    while (left) {
        size_t best = 0;
        for (size_t i = 1; i < t->shops.n; i++)
            if (left > 0 ? q[i].rest > q[best].rest : q[i].n > q[best].n)
                best = i;
        q[best].n += left > 0 ? 1 : (size_t)-1;
        q[best].rest += left > 0 ? -1 : 1;
        left += left > 0 ? -1 : 1;
    }
    return q;
}

static void shuffle(struct random *r, struct firm *v, int64_t n)
{
    for (int64_t i = n - 1; i > 0; i--) {
        int64_t k = draw_whole(r, 0, i);
        struct firm f = v[i];
        v[i] = v[k];
        v[k] = f;
    }
}

static const struct syllable *draw_syllable(struct random *r, const struct syllables *s)
{
    return &s->v[random_below(r, s->n)];
}

static struct str capital(struct arena *a, struct str lower)
{
    struct str s = arena_str(a, lower);
    char *p = (char *)s.p;
    if (s.n && p[0] >= 'a' && p[0] <= 'z')
        p[0] = (char)(p[0] - 'a' + 'A');
    return s;
}

struct coined {
    struct str ko;
    struct str en;
};

static struct coined coin(struct arena *a, const struct demo_tables *t, struct random *r, bool longer)
{
    const struct syllable *x = draw_syllable(r, &t->first), *y = draw_syllable(r, &t->last);
    struct coined c = {arena_printf(a, STR_FMT STR_FMT, STR_ARG(x->ko), STR_ARG(y->ko)),
                       arena_printf(a, STR_FMT STR_FMT, STR_ARG(x->en), STR_ARG(y->en))};
    if (!longer)
        return c;
    const struct syllable *z = draw_syllable(r, &t->last);
    c.ko = arena_printf(a, STR_FMT STR_FMT, STR_ARG(c.ko), STR_ARG(z->ko));
    c.en = arena_printf(a, STR_FMT STR_FMT, STR_ARG(c.en), STR_ARG(z->en));
    return c;
}

static struct str low_letters(struct arena *a, struct str s)
{
    s = arena_str(a, s);
    char *p = (char *)s.p;
    for (size_t i = 0; i < s.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z')
            p[i] = (char)(p[i] - 'A' + 'a');
    return s;
}

/* The coined part is used once in the whole region, so that two firms are never mistaken for each other. */
static void name_firm(struct arena *a, const struct demo_tables *t, struct random *r, struct map *taken, struct firm *f)
{
    struct coined c;
    int tries = 0;
    do
        c = coin(a, t, r, tries++ > TRIES_SHORT_NAME);
    while (!map_add(taken, c.ko, 1));
    struct str suffix_en = draw_item(r, f->shop->suffixes), suffix_ko = STR("");
    str_next(&suffix_en, '=', &suffix_ko);
    bool company = f->employees > EMPLOYEES_SMALL && draw_chance(r, 0.55);
    f->name = arena_printf(a, "%s" STR_FMT STR_FMT NAME_MARK, company ? "㈜" : "", STR_ARG(c.ko), STR_ARG(suffix_ko));
    struct str en = capital(a, c.en);
    f->name_en = arena_printf(a, STR_FMT " " STR_FMT "%s" NAME_MARK_EN, STR_ARG(en), STR_ARG(suffix_en),
                              company ? " Co., Ltd." : "");
    if (draw_chance(r, 0.15 + 0.6 * f->scale))
        f->homepage = arena_printf(a, "https://" STR_FMT ".example", STR_ARG(low_letters(a, c.en)));
}

void firm_size(struct random *r, struct firm *f)
{
    double u = random_unit(r);
    f->employees = (int64_t)(EMPLOYEES_LEAST * pow((double)EMPLOYEES_MOST / EMPLOYEES_LEAST, u));
    f->scale = u;
    f->blank = 0.46 - 0.30 * u + 0.08 * random_unit(r);
    f->plain = f->employees <= EMPLOYEES_SMALL;
    f->second_site = f->employees > 45 && draw_chance(r, 0.22);
    f->certificates_seed = random_next(r);
}

const struct firm *firms_draw(struct arena *a, const struct demo_tables *t, struct random *r, int64_t count)
{
    struct firm *v = ARENA_ARRAY(a, (size_t)count, struct firm);
    const struct quota *q = share_out(a, t, count);
    struct map taken;
    map_init(&taken, a);
    size_t k = 0;
    for (size_t i = 0; i < t->shops.n; i++)
        for (size_t n = 0; n < q[i].n; n++)
            v[k++].shop = &t->shops.v[i];
    shuffle(r, v, count);
    for (int64_t i = 0; i < count; i++) {
        firm_size(r, &v[i]);
        name_firm(a, t, r, &taken, &v[i]);
        v[i].reg_no = arena_printf(a, "000-00-%05d", (int)i + 1);
    }
    return v;
}
