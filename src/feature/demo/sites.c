/* Writes the site lines: a firm's place, its certificates and the capabilities that belong together in one shop. */
#include "feature/demo/firm.h"

/* Certificates run out around this day, so that the region looks the same whenever it is printed: 2026-11-22. */
static const struct civil CERTIFICATE_BASE = {2026, 11, 22};

enum { CAPABILITIES_MOST = 4 };

struct writing {
    struct arena *arena;
    const struct demo_tables *tables;
    struct random *random;
    struct json_out *json;
    struct buf *out;
    int sites;
    int capabilities;
};

struct wanted_ground {
    const struct demo_tables *tables;
    struct str ground;
};

/* Foundries and platers stand in the old industrial areas, software houses seldom do. */
static double place_share(const void *arg, size_t i)
{
    const struct wanted_ground *wanted = arg;
    const struct place *p = &wanted->tables->places.v[i];
    bool any = str_eq(p->suits, STR("any")) || str_eq(wanted->ground, STR("any"));
    if (any || str_eq(p->suits, wanted->ground))
        return p->share;
    return p->share * (str_eq(wanted->ground, STR("heavy")) ? 0.02 : 0.3);
}

static const struct place *draw_place(struct writing *w, const struct firm *f)
{
    struct wanted_ground wanted = {w->tables, f->shop->ground};
    return &w->tables->places.v[draw_weighted(w->random, w->tables->places.n, place_share, &wanted)];
}

static void put_org(struct writing *w, const struct firm *f)
{
    jout_key_obj(w->json, "org");
    jout_key_str(w->json, "reg_no", f->reg_no);
    jout_key_str(w->json, "name", f->name);
    jout_key_str(w->json, "name_en", f->name_en);
    jout_key_str(w->json, "kind", f->shop->kind);
    if (f->homepage.n)
        jout_key_str(w->json, "homepage", f->homepage);
    jout_end(w->json);
}

static bool is_desk_work(const struct shop *s)
{
    struct str process = s->v[0]->process;
    return str_starts(process, STR("SOFTWARE")) || str_starts(process, STR("ENGINEERING"));
}

static struct str site_name(struct writing *w, const struct firm *f, bool second)
{
    if (str_eq(f->shop->kind, STR("institute")))
        return STR("시험동");
    if (is_desk_work(f->shop))
        return second ? STR("기업부설연구소") : STR("본사");
    if (second)
        return STR("제2공장");
    return f->second_site ? STR("본사 공장") : draw_item(w->random, STR("본사|본사 공장|공장"));
}

static void put_site(struct writing *w, const struct firm *f, bool second)
{
    const struct place *p = draw_place(w, f);
    struct str name = site_name(w, f, second), ref = arena_printf(w->arena, "DEMO-S%03d", ++w->sites);
    int road = (int)draw_whole(w->random, 2, 88), house = (int)draw_whole(w->random, 3, 120);
    struct coordinates at = draw_point(w->random, p);
    jout_key_obj(w->json, "site");
    jout_key_str(w->json, "ref", ref);
    jout_key_str(w->json, "name", name);
    jout_key_str(w->json, "address",
                 arena_printf(w->arena, STR_FMT " " STR_FMT " %d번길 %d(가상)", STR_ARG(p->region_ko), STR_ARG(p->area),
                              road, house));
    jout_key_str(w->json, "region", p->region);
    if (!draw_chance(w->random, f->plain ? 0.12 : 0.03))
        put_point(w->json, at);
    jout_end(w->json);
}

static void put_certificate(struct writing *w, struct random *r, struct str code)
{
    struct day base = day_from_civil(CERTIFICATE_BASE);
    int64_t days = draw_chance(r, 0.07) ? -draw_whole(r, 5, 240) : draw_whole(r, 20, 1080);
    jout_obj(w->json);
    jout_key_str(w->json, "code", code);
    if (!draw_chance(r, 0.12))
        jout_key_str(w->json, "until", day_iso(w->arena, (struct day){base.n + (int32_t)days}));
    jout_end(w->json);
}

/* No list at all: nobody asked this firm yet. An empty list: it said that it holds none. */
static void put_certificates(struct writing *w, const struct firm *f)
{
    struct str rest = f->shop->certificates, item, code;
    struct random r;
    random_seed(&r, f->certificates_seed);
    if (draw_chance(&r, 0.42 - 0.34 * f->scale))
        return;
    jout_key_arr(w->json, "certificates");
    while (rest.n && str_next(&rest, '|', &item)) {
        int64_t percent = 0;
        if (!str_next(&item, ':', &code) || !str_to_int(item, &percent))
            continue;
        if (draw_chance(&r, (double)percent / 100 * (0.6 + f->scale)))
            put_certificate(w, &r, code);
    }
    jout_end(w->json);
}

/* 1..4 by the firm's size: two or three are usual. */
static size_t draw_count(struct writing *w, const struct firm *f)
{
    double u = random_unit(w->random) + 0.55 * f->scale;
    size_t n = u < 0.2 ? 1 : u < 0.56 ? 2 : u < 1.0 ? 3 : CAPABILITIES_MOST;
    return n < f->shop->n ? n : f->shop->n;
}

static void put_capabilities(struct writing *w, const struct firm *f)
{
    size_t wanted = draw_count(w, f), left = f->shop->n;
    jout_key_arr(w->json, "capabilities");
    for (size_t i = 0; i < f->shop->n; i++, left--) {
        bool take = i == 0 || random_below(w->random, left) < wanted;
        if (!take || !wanted)
            continue;
        struct offer o;
        offer_draw(w->arena, w->tables, w->random, f, f->shop->v[i], &o);
        offer_write(w->json, arena_printf(w->arena, "DEMO-C%04d", ++w->capabilities), &o);
        wanted--;
    }
    jout_end(w->json);
}

static void put_line(struct writing *w, const struct firm *f, bool second)
{
    jout_obj(w->json);
    put_org(w, f);
    put_site(w, f, second);
    put_certificates(w, f);
    put_capabilities(w, f);
    jout_end(w->json);
    buf_add_byte(w->out, '\n');
}

enum status demo_sites(struct arena *a, const struct demo_tables *t, const struct demo_plan *plan, struct buf *out)
{
    struct random r;
    random_seed(&r, plan->seed);
    const struct firm *firms = firms_draw(a, t, &r, plan->count);
    struct json_out j;
    struct writing w = {a, t, &r, &j, out, 0, 0};
    for (int64_t i = 0; i < plan->count; i++) {
        for (int second = 0; second <= (firms[i].second_site ? 1 : 0); second++) {
            jout_init(&j, out);
            put_line(&w, &firms[i], second != 0);
        }
    }
    return buf_status(out);
}
