/* Asked and offered values as text. Allocates in the arena; only for rows that are shown. */
#include "match/explain.h"

#include "base/buf.h"
#include "base/number.h"

#include <math.h>
#include <stdio.h>

enum { TEXT_MAX = 4000, LISTED_MAX = 6 };

struct text {
    struct arena *arena;
    const struct vocab *vocab;
    bool korean;
    struct buf out;
};

static void put(struct text *t, const char *s)
{
    buf_add_c(&t->out, s);
}

static void put_number(struct text *t, double v)
{
    buf_add(&t->out, number_text(t->arena, v));
}

struct str number_text(struct arena *a, double v)
{
    char plain[NUMBER_FIXED_MAX];
    if (fabs(v) < 1e15)
        number_fixed(plain, v, 4);
    else
        snprintf(plain, sizeof plain, "%.6g", v);
    struct str s = str_c(plain);
    ptrdiff_t point = str_find_byte(s, '.');
    if (point >= 0) {
        while (s.p[s.n - 1] == '0')
            s.n--;
        s.n -= s.p[s.n - 1] == '.';
    }
    size_t whole = point >= 0 ? (size_t)point : s.n, sign = s.p[0] == '-';
    char *out = arena_alloc(a, s.n * 2 + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (i > sign && i < whole && (whole - i) % 3 == 0)
            out[n++] = ',';
        out[n++] = s.p[i];
    }
    return str_n(out, n);
}

static void put_size(struct text *t, const struct size_mm *size)
{
    if (size->n == 2)
        put(t, "Ø ");
    for (uint32_t i = 0; i < size->n; i++) {
        if (i)
            put(t, " × ");
        put_number(t, size->v[i]);
    }
    put(t, " mm");
}

static void put_range(struct text *t, struct opt_real min, struct opt_real max, const char *unit)
{
    if (min.has && max.has && min.v == max.v) {
        put_number(t, min.v);
    } else if (min.has && max.has) {
        put_number(t, min.v);
        put(t, "–");
        put_number(t, max.v);
    } else if (min.has) {
        put(t, t->korean ? "최소 " : "at least ");
        put_number(t, min.v);
    } else {
        put(t, t->korean ? "최대 " : "at most ");
        put_number(t, max.v);
    }
    put(t, unit);
}

static void put_known_range(struct text *t, struct opt_real min, struct opt_real max, const char *unit)
{
    if (min.has || max.has)
        put_range(t, min, max, unit);
}

static void put_tolerance(struct text *t, const struct tolerance *tolerance)
{
    if (tolerance->kind == TOLERANCE_NONE)
        return;
    put(t, tolerance->kind == TOLERANCE_IT ? "IT" : "±");
    put_number(t, tolerance->value);
    put(t, tolerance->kind == TOLERANCE_IT ? "" : " mm");
    if (tolerance->at_mm.has) {
        put(t, " (");
        put_number(t, tolerance->at_mm.v);
        put(t, " mm)");
    }
}

static void put_hardness(struct text *t, const struct hardness *h)
{
    if (!h->has)
        return;
    put(t, vocab_hardness_name(h->scale));
    put(t, " ");
    put_known_range(t, h->min, h->max, "");
}

static void put_names(struct text *t, const struct tree *tree, const uint32_t *nodes, size_t n)
{
    for (size_t i = 0; i < n && i < LISTED_MAX; i++) {
        put(t, i ? ", " : "");
        buf_add(&t->out, tree_name(tree, nodes[i], t->korean));
    }
    if (n > LISTED_MAX)
        buf_printf(&t->out, t->korean ? " 외 %zu" : " and %zu more", n - LISTED_MAX);
}

static void put_texts(struct text *t, const struct str_list *list)
{
    for (size_t i = 0; i < list->n && i < LISTED_MAX; i++) {
        put(t, i ? ", " : "");
        buf_add(&t->out, list->v[i]);
    }
}

static void put_day(struct text *t, struct day day)
{
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    struct civil c = day_civil(day);
    if (t->korean)
        buf_printf(&t->out, "%d. %d. %d.", c.year, c.month, c.day);
    else
        buf_printf(&t->out, "%d %s %d", c.day, months[c.month - 1], c.year);
}

static void put_region(struct text *t, const struct place_point *place)
{
    if (place->region != NODE_NONE)
        buf_add(&t->out, tree_name(&t->vocab->regions, place->region, t->korean));
}

static void put_asked_place(struct text *t, const struct question *q)
{
    const struct asked_place *place = &q->step->place;
    put_names(t, &t->vocab->regions, place->regions.v, place->regions.n);
    if (place->max_km.has) {
        put(t, place->regions.n ? (t->korean ? " 또는 " : " or ") : "");
        put_number(t, place->max_km.v);
        put(t, t->korean ? " km 이내" : " km at most");
    }
    if (!place->regions.n && !place->max_km.has) {
        put(t, t->korean ? "납품 " : "deliver to ");
        put_region(t, &q->need->deliver_to);
        if (q->need->deliver_to.region == NODE_NONE)
            buf_printf(&t->out, "%.4f, %.4f", q->point.lat, q->point.lon);
    }
}

static void put_asked_size(struct text *t, const struct need_step *s, enum criterion_kind kind)
{
    switch (kind) {
    case CRITERION_ENVELOPE:
        put_size(t, &s->part_mm);
        break;
    case CRITERION_MASS:
        put_range(t, s->mass_kg, s->mass_kg, " kg");
        break;
    case CRITERION_THICKNESS:
        put_range(t, s->thickness_mm, s->thickness_mm, " mm");
        break;
    case CRITERION_LAYER:
        put_range(t, s->layer_um.min, s->layer_um.max, " µm");
        break;
    case CRITERION_FORCE:
        put_range(t, s->force_t, s->force_t, " t");
        break;
    case CRITERION_TOLERANCE:
        put_tolerance(t, &s->tolerance);
        break;
    case CRITERION_ROUGHNESS:
        put(t, "Ra ");
        put_range(t, s->ra_um, s->ra_um, " µm");
        break;
    default:
        put_hardness(t, &s->hardness);
    }
}

static void put_quantity(struct text *t, const struct need_step *s)
{
    put_number(t, (double)s->quantity.v);
    put(t, t->korean ? "개" : " pcs");
    if (s->per_month)
        put(t, t->korean ? "/월" : " a month");
}

static void put_asked(struct text *t, const struct question *q, const struct criterion *c)
{
    const struct need_step *s = q->step;
    switch (c->kind) {
    case CRITERION_PROCESS:
        buf_add(&t->out, tree_name(&t->vocab->processes, s->process, t->korean));
        break;
    case CRITERION_MATERIAL:
        put_names(t, &t->vocab->materials, s->materials.v, s->materials.n);
        break;
    case CRITERION_QUANTITY:
        put_quantity(t, s);
        break;
    case CRITERION_DUE:
        put_day(t, q->need->due.v);
        break;
    case CRITERION_CERTIFICATE:
        buf_add(&t->out, tree_name(&t->vocab->certificates, c->node, t->korean));
        break;
    case CRITERION_STANDARD:
    case CRITERION_TAG:
        buf_add(&t->out, c->text);
        break;
    case CRITERION_PLACE:
        put_asked_place(t, q);
        break;
    case CRITERION_INDUSTRY:
        buf_add(&t->out, tree_name(&t->vocab->industries, c->node, t->korean));
        break;
    case CRITERION_WORDS:
        buf_add(&t->out, s->words);
        break;
    case CRITERION_TRACK:
    case CRITERION_EVIDENCE:
        break;
    default:
        put_asked_size(t, s, c->kind);
    }
}

static void put_offered_size(struct text *t, const struct capability *cap, enum criterion_kind kind)
{
    switch (kind) {
    case CRITERION_ENVELOPE:
        if (cap->size_mm.n) {
            put(t, t->korean ? "최대 " : "at most ");
            put_size(t, &cap->size_mm);
        }
        break;
    case CRITERION_MASS:
        put_known_range(t, cap->mass_kg.min, cap->mass_kg.max, " kg");
        break;
    case CRITERION_THICKNESS:
        put_known_range(t, cap->thickness_mm.min, cap->thickness_mm.max, " mm");
        break;
    case CRITERION_LAYER:
        put_known_range(t, cap->layer_um.min, cap->layer_um.max, " µm");
        break;
    case CRITERION_FORCE:
        put_known_range(t, (struct opt_real){0, false}, cap->force_t_max, " t");
        break;
    case CRITERION_TOLERANCE:
        put_tolerance(t, &cap->tolerance);
        break;
    case CRITERION_ROUGHNESS:
        if (cap->ra_um.has) {
            put(t, "Ra ");
            put_range(t, cap->ra_um, cap->ra_um, " µm");
        }
        break;
    default:
        put_hardness(t, &cap->hardness);
    }
}

static void put_offered_quantity(struct text *t, const struct capability *cap, bool per_month)
{
    struct opt_real min = {(double)cap->batch.min.v, cap->batch.min.has};
    struct opt_real max = {(double)cap->batch.max.v, cap->batch.max.has};
    if (!per_month)
        put_known_range(t, min, max, t->korean ? "개" : " pcs");
    if (cap->free_per_month.has) {
        put(t, t->out.n ? ", " : "");
        put(t, t->korean ? "월 여유 " : "free a month ");
        put_number(t, cap->free_per_month.v);
        put(t, t->korean ? "개" : " pcs");
    }
    if (cap->free_kg_per_month.has) {
        put(t, t->out.n ? ", " : "");
        put(t, t->korean ? "월 여유 " : "free a month ");
        put_number(t, cap->free_kg_per_month.v);
        put(t, " kg");
    }
}

static void put_held(struct text *t, const struct site *site, const struct question *q, uint32_t asked)
{
    if (site->certificates.known && !site->certificates.n)
        put(t, t->korean ? "보유 인증 없음" : "none held");
    for (size_t i = 0; i < site->certificates.n; i++) {
        const struct held_certificate *h = &site->certificates.v[i];
        if (!vocab_certificate_implies(q->vocab, h->certificate, asked))
            continue;
        put(t, t->out.n ? ", " : "");
        buf_add(&t->out, tree_name(&t->vocab->certificates, h->certificate, t->korean));
        if (h->until.has) {
            put(t, " ~");
            put_day(t, h->until.v);
        }
    }
    if (site->certificates.n && !t->out.n)
        put(t, t->korean ? "목록에 없음" : "not in their list");
}

static void put_site_place(struct text *t, const struct question *q, const struct place_point *place)
{
    put_region(t, place);
    if (q->has_point && place->has_coordinates) {
        put(t, t->out.n ? ", " : "");
        buf_printf(&t->out, "%.0f km", coordinates_km(q->point, place->at));
    }
}

static void put_track(struct text *t, const struct track *track)
{
    if (!track->all)
        put(t, t->korean ? "아직 거래 없음" : "no deals yet");
    else
        buf_printf(&t->out, t->korean ? "거래 %lld건 중 양호 %lld건" : "%lld deals, %lld of them good",
                   (long long)track->all, (long long)track->good);
}

static void put_offered(struct text *t, const struct question *q, const struct criterion *c,
                        const struct capability *cap)
{
    switch (c->kind) {
    case CRITERION_PROCESS:
        buf_add(&t->out, tree_name(&t->vocab->processes, cap->process, t->korean));
        break;
    case CRITERION_MATERIAL:
        put_names(t, &t->vocab->materials, cap->materials.v, cap->materials.n);
        break;
    case CRITERION_QUANTITY:
        put_offered_quantity(t, cap, q->step->per_month);
        break;
    case CRITERION_DUE:
        if (cap->lead_days.has)
            buf_printf(&t->out, t->korean ? "%lld일 소요" : "%lld days", (long long)cap->lead_days.v);
        break;
    case CRITERION_CERTIFICATE:
        put_held(t, cap->site, q, c->node);
        break;
    case CRITERION_STANDARD:
        put_texts(t, &cap->standards);
        break;
    case CRITERION_TAG:
        put_texts(t, &cap->tags);
        break;
    case CRITERION_PLACE:
        put_site_place(t, q, &cap->site->place);
        break;
    case CRITERION_INDUSTRY:
        put_names(t, &t->vocab->industries, cap->industries.v, cap->industries.n);
        break;
    case CRITERION_WORDS:
        buf_add(&t->out, cap->text);
        break;
    case CRITERION_TRACK:
        put_track(t, &cap->site->track);
        break;
    case CRITERION_EVIDENCE:
        buf_add(&t->out, evidence_label(cap, t->korean));
        break;
    default:
        put_offered_size(t, cap, c->kind);
    }
}

static void text_open(struct text *t, struct arena *a, const struct question *q, bool korean)
{
    *t = (struct text){.arena = a, .vocab = q->vocab, .korean = korean};
    buf_init(&t->out, TEXT_MAX);
}

static struct str text_close(struct text *t)
{
    struct str s = t->out.n ? arena_str(t->arena, buf_str(&t->out)) : STR("-");
    buf_release(&t->out);
    return s;
}

struct str criterion_asked(struct arena *a, const struct question *q, const struct criterion *c, bool korean)
{
    struct text t;
    text_open(&t, a, q, korean);
    put_asked(&t, q, c);
    return text_close(&t);
}

struct str criterion_offered(struct arena *a, const struct question *q, const struct criterion *c,
                             const struct capability *cap, bool korean)
{
    struct text t;
    text_open(&t, a, q, korean);
    put_offered(&t, q, c, cap);
    return text_close(&t);
}
