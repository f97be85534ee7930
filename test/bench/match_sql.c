/* Writes a step of a need as one SQL statement with three-valued verdicts: 1 yes, 0 no, NULL unknown. */
#include "test/bench/match_sql.h"

#include <math.h>
#include <stdlib.h>

struct writer {
    struct buf *out;
    const struct question *q;
    enum dialect dialect;
    size_t criterion;
};

static void real(struct writer *w, double v)
{
    buf_printf(w->out, w->dialect == DIALECT_SQLITE ? "%.17e" : "%.17g::float8", v);
}

/* Copies SQL; $ is the next of the given numbers, # the number of the criterion, ^ and __ the greatest and
   least of the dialect. */
static void sql(struct writer *w, const char *text, const double *numbers)
{
    for (; *text; text++) {
        if (*text == '$')
            real(w, *numbers++);
        else if (*text == '#')
            buf_printf(w->out, "%zu", w->criterion);
        else if (*text == '^')
            buf_add_c(w->out, w->dialect == DIALECT_SQLITE ? "max" : "greatest");
        else if (*text == '_' && text[1] == '_')
            text++, buf_add_c(w->out, w->dialect == DIALECT_SQLITE ? "min" : "least");
        else
            buf_add_byte(w->out, *text);
    }
}

#define SQL(w, text, ...) sql(w, text, (const double[]){__VA_ARGS__})

/* What the vocabulary says of a node of the process or the material tree. */
static struct finding of_node(const struct writer *w, const struct criterion *c, uint32_t node)
{
    struct capability cap = {.process = node, .materials = {&node, 1, 1}};
    return verdict_of(w->q, c, &cap);
}

static size_t nodes(struct writer *w, const struct criterion *c, double s)
{
    const struct tree *t = c->kind == CRITERION_PROCESS ? &w->q->vocab->processes : &w->q->vocab->materials;
    size_t n = 0;
    for (uint32_t node = 0; node < t->n; node++)
        if (s < 0 ? of_node(w, c, node).verdict != VERDICT_NO : of_node(w, c, node).s == s)
            buf_printf(w->out, "%s%u", n++ ? "," : "", node);
    return n;
}

/* The different values of s above 0, highest first; at most `most`. */
static size_t levels(const struct writer *w, const struct criterion *c, double *out, size_t most)
{
    const struct tree *t = c->kind == CRITERION_PROCESS ? &w->q->vocab->processes : &w->q->vocab->materials;
    size_t n = 0;
    for (double below = INFINITY; n < most; n++) {
        double best = 0;
        for (uint32_t node = 0; node < t->n; node++) {
            double s = of_node(w, c, node).s;
            if (s < below && s > best)
                best = s;
        }
        if (best == 0)
            break;
        out[n] = below = best;
    }
    return n;
}

enum { LEVELS_MOST = 16 };

/* CASE over the levels of s, each a test of nodes written between `before` and `after`. */
static void node_case(struct writer *w, const struct criterion *c, const char *before, const char *after)
{
    double s[LEVELS_MOST];
    size_t n = levels(w, c, s, LEVELS_MOST);
    for (size_t i = 0; i < n; i++) {
        buf_printf(w->out, " WHEN %s", before);
        nodes(w, c, s[i]);
        buf_printf(w->out, "%s THEN ", after);
        real(w, s[i]);
    }
    SQL(w, " ELSE $ END", 0);
}

static void base_material(struct writer *w, const struct criterion *c)
{
    if (w->dialect == DIALECT_SQLITE) {
        SQL(w, "coalesce((SELECT max(CASE", 0);
        node_case(w, c, "m.material IN (", ")");
        SQL(w, ") FROM cap_material m WHERE m.cap = c.id), $)", 0.4);
        return;
    }
    SQL(w, "CASE WHEN mats IS NULL THEN $", 0.4);
    if (w->dialect == DIALECT_POSTGRES)
        node_case(w, c, "mats && '{", "}'::int[]");
    else
        node_case(w, c, "list_has_any(mats, [", "])");
}

/* The share of the limit that the part uses; over 1 it does not fit. */
static void base_envelope(struct writer *w)
{
    const struct size_mm *p = &w->q->step->part_mm;
    double box[3] = {p->v[0], p->n == 2 ? p->v[0] : p->v[1], p->n == 2 ? p->v[1] : p->v[2]}, s[3];
    for (int i = 0; i < 3; i++)
        s[i] = box[i];
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2 - i; k++)
            if (s[k] > s[k + 1]) {
                double t = s[k];
                s[k] = s[k + 1], s[k + 1] = t;
            }
    SQL(w, "CASE size_n WHEN 3 THEN ^($/s1, $/s2, $/s3) WHEN 2 THEN ", s[0], s[1], s[2]);
    if (p->n == 2)
        SQL(w, "^($/s1, $/s2) END", p->v[0], p->v[1]);
    else
        SQL(w, "__(^($/s2, $/s1), ^($/s2, $/s1), ^($/s2, $/s1)) END", box[0], hypot(box[1], box[2]), box[1],
            hypot(box[2], box[0]), box[2], hypot(box[0], box[1]));
}

static void base_tolerance(struct writer *w)
{
    const struct tolerance *t = &w->q->step->tolerance;
    const struct vocab *v = w->q->vocab;
    double at = t->at_mm.v;
    if (t->kind == TOLERANCE_IT) {
        struct opt_real width = vocab_it_width_um(v, (int64_t)t->value, at);
        SQL(w, "CASE tol_kind WHEN 1 THEN CASE WHEN tol <= $ THEN 1 ELSE 0 END", t->value);
        if (width.has)
            SQL(w, " WHEN 2 THEN CASE WHEN 2000 * tol <= $ THEN 1 ELSE 0 END", width.v);
        SQL(w, " END", 0);
        return;
    }
    SQL(w, "CASE tol_kind WHEN 2 THEN CASE WHEN tol <= $ THEN 1 ELSE 0 END WHEN 1 THEN CASE", t->value);
    for (int64_t grade = 1; grade <= 18; grade++) {
        struct opt_real width = vocab_it_width_um(v, grade, at);
        if (width.has)
            buf_printf(w->out, " WHEN tol = %d THEN %d", (int)grade, width.v <= 2000 * t->value);
    }
    SQL(w, " END END", 0);
}

static void base_quantity(struct writer *w)
{
    const struct question *q = w->q;
    double asked = (double)q->step->quantity.v, days = (double)q->days_left;
    bool dated = q->has_due && q->days_left >= 0, kg = dated && q->step->mass_kg.has;
    SQL(w, "CASE WHEN batch_min > $ OR batch_max < $", asked, asked);
    if (dated)
        SQL(w, " OR free_n * $ < $", days, 30 * asked);
    if (kg)
        SQL(w, " OR free_kg * $ < $", days, 30 * (asked * q->step->mass_kg.v));
    SQL(w, " THEN 0 WHEN batch_max IS NOT NULL", 0);
    buf_printf(w->out, "%s%s THEN 1 END", dated ? " OR free_n IS NOT NULL" : "", kg ? " OR free_kg IS NOT NULL" : "");
}

static void base_certificate(struct writer *w, const struct criterion *c)
{
    const struct question *q = w->q;
    int32_t day = q->has_due && q->days_left > 0 ? q->need->due.v.n : q->today.n;
    size_t n = 0;
    buf_add_c(w->out, "CASE WHEN cert_known = 0 THEN NULL WHEN EXISTS (SELECT 1 FROM site_certificate h "
                      "WHERE h.site = c.site AND h.certificate IN (");
    for (uint32_t node = 0; node < q->vocab->certificates.n; node++)
        if (vocab_certificate_implies(q->vocab, node, c->node))
            buf_printf(w->out, "%s%u", n++ ? "," : "", node);
    buf_printf(w->out, ") AND h.until >= %d) THEN 1 ELSE 0 END", day);
}

static void base_place(struct writer *w)
{
    const struct coordinates *at = &w->q->point;
    double degree = M_PI / 180;
    if (!w->q->has_point)
        SQL(w, "CASE WHEN lat IS NULL THEN NULL ELSE $ END", 0);
    else
        SQL(w,
            "CASE WHEN lat IS NOT NULL THEN 2 * $ * asin(sqrt(__($, sin((lat - $) * $) * sin((lat - $) * $) + "
            "$ * cos(lat * $) * sin((lon - $) * $) * sin((lon - $) * $)))) END",
            6371.0088, 1, at->lat, degree / 2, at->lat, degree / 2, cos(at->lat * degree), degree, at->lon, degree / 2,
            at->lon, degree / 2);
}

/* The first pass: a<i>, what the verdict and s of criterion i are made of. */
static void base_value(struct writer *w, const struct criterion *c)
{
    const struct need_step *step = w->q->step;
    switch (c->kind) {
    case CRITERION_PROCESS:
        buf_add_c(w->out, "CASE");
        node_case(w, c, "process IN (", ")");
        break;
    case CRITERION_MATERIAL:
        base_material(w, c);
        break;
    case CRITERION_ENVELOPE:
        base_envelope(w);
        break;
    case CRITERION_MASS:
        SQL(w, "CASE WHEN mass_min > $ THEN 2 ELSE $ / mass_max END", step->mass_kg.v, step->mass_kg.v);
        break;
    case CRITERION_TOLERANCE:
        base_tolerance(w);
        break;
    case CRITERION_ROUGHNESS:
        SQL(w, "CASE WHEN ra <= $ THEN 1 WHEN ra > $ THEN 0 END", step->ra_um.v, step->ra_um.v);
        break;
    case CRITERION_QUANTITY:
        base_quantity(w);
        break;
    case CRITERION_DUE:
        buf_add_c(w->out, "lead");
        break;
    case CRITERION_CERTIFICATE:
        base_certificate(w, c);
        break;
    case CRITERION_PLACE:
        base_place(w);
        break;
    case CRITERION_TRACK:
        buf_add_c(w->out, "track");
        break;
    case CRITERION_EVIDENCE:
        buf_add_c(w->out, "evidence");
        break;
    default:
        abort();
    }
}

static void in_regions(struct writer *w)
{
    const struct node_list *asked = &w->q->step->place.regions;
    for (size_t i = 0; i < asked->n; i++)
        buf_printf(w->out, "%sregion BETWEEN %u AND %u", i ? " OR " : "", asked->v[i],
                   w->q->vocab->regions.v[asked->v[i]].end - 1);
}

static void place_verdict(struct writer *w)
{
    const struct asked_place *asked = &w->q->step->place;
    if (!asked->regions.n && !asked->max_km.has) {
        SQL(w, "CASE WHEN a# IS NULL THEN NULL ELSE 1 END", 0);
        return;
    }
    buf_add_c(w->out, "CASE WHEN ");
    in_regions(w);
    if (asked->max_km.has)
        SQL(w, asked->regions.n ? " OR a# <= $" : "a# <= $", asked->max_km.v);
    buf_printf(w->out, " THEN 1 WHEN %s", asked->regions.n ? "region IS NULL" : "");
    if (asked->max_km.has)
        SQL(w, asked->regions.n ? " OR a# IS NULL" : "a# IS NULL", 0);
    buf_add_c(w->out, " THEN NULL ELSE 0 END");
}

static void place_s(struct writer *w)
{
    if (!w->q->has_point) {
        SQL(w, "CASE WHEN v# = 1 THEN $ WHEN v# = 0 THEN $ ELSE $ END", 1, 0, 0.3);
        return;
    }
    SQL(w, "CASE WHEN v# IS NULL THEN $ WHEN v# = 0 THEN $", 0.3, 0);
    if (w->q->district != NODE_NONE) {
        buf_printf(w->out, " WHEN region = %u THEN CASE", w->q->district);
        SQL(w, " WHEN a# IS NULL THEN $ ELSE ^($, $ + $ * exp(-a# / 100)) END", 0.95, 0.95, 0.3, 0.7);
    }
    SQL(w, " WHEN a# IS NULL THEN $ ELSE $ + $ * exp(-a# / 100) END", 0.3, 0.3, 0.7);
}

static void verdict_value(struct writer *w, const struct criterion *c)
{
    switch (c->kind) {
    case CRITERION_PROCESS:
        SQL(w, "CASE WHEN a# IN ($, $) THEN 1 END", 1, 0.9);
        break;
    case CRITERION_MATERIAL:
        SQL(w, "CASE WHEN a# >= $ THEN 1 WHEN a# = $ THEN 0 END", 0.8, 0);
        break;
    case CRITERION_ENVELOPE:
    case CRITERION_MASS:
        SQL(w, "CASE WHEN a# <= $ THEN 1 WHEN a# > $ THEN 0 END", 1, 1);
        break;
    case CRITERION_DUE:
        if (w->q->days_left < 0)
            buf_add_c(w->out, "0");
        else
            SQL(w, "CASE WHEN a# <= $ THEN 1 WHEN a# > $ THEN 0 END", (double)w->q->days_left, (double)w->q->days_left);
        break;
    case CRITERION_PLACE:
        place_verdict(w);
        break;
    case CRITERION_TRACK:
    case CRITERION_EVIDENCE:
        buf_add_c(w->out, "1");
        break;
    default:
        SQL(w, "a#", 0);
    }
}

static void s_value(struct writer *w, const struct criterion *c)
{
    switch (c->kind) {
    case CRITERION_PROCESS:
    case CRITERION_MATERIAL:
    case CRITERION_TRACK:
    case CRITERION_EVIDENCE:
        SQL(w, "a#", 0);
        break;
    case CRITERION_ENVELOPE:
    case CRITERION_MASS:
        SQL(w, "CASE WHEN a# IS NULL THEN $ WHEN a# > $ THEN $ WHEN a# < $ THEN $ ELSE $ - $ * ^($, (a# - $) / $) END",
            0.4, 1, 0, 0.02, 0.8, 1, 0.3, 0, 0.9, 0.1);
        break;
    case CRITERION_DUE: {
        double left = (double)w->q->days_left;
        if (left > 0)
            SQL(w, "CASE v# WHEN 1 THEN __($, $ + ($ - a#) / $) WHEN 0 THEN $ ELSE $ END", 1, 0.6, left, left, 0, 0.4);
        else
            SQL(w, "CASE v# WHEN 1 THEN $ WHEN 0 THEN $ ELSE $ END", 0.6, 0, 0.4);
        break;
    }
    case CRITERION_PLACE:
        place_s(w);
        break;
    default:
        SQL(w, "CASE v# WHEN 1 THEN $ WHEN 0 THEN $ ELSE $ END", 1, 0, c->kind == CRITERION_CERTIFICATE ? 0.3 : 0.4);
    }
}

/* Calls `value` for each criterion: ", <value> AS <name><i>". */
static void columns(struct writer *w, char name, void (*value)(struct writer *, const struct criterion *))
{
    const struct criterion_list *criteria = &w->q->step->criteria;
    for (w->criterion = 0; w->criterion < criteria->n; w->criterion++) {
        buf_add_c(w->out, ", ");
        value(w, &criteria->v[w->criterion]);
        buf_printf(w->out, " AS %c%zu", name, w->criterion);
    }
}

/* How many verdicts of the criteria (only musts, or all) are as `test` says. */
static void count_of(struct writer *w, bool musts, const char *test)
{
    const struct criterion_list *criteria = &w->q->step->criteria;
    buf_add_byte(w->out, '0');
    for (size_t i = 0; i < criteria->n; i++)
        if (!musts || criteria->v[i].level == NEED_MUST)
            buf_printf(w->out, " + CASE WHEN v%zu %s THEN 1 ELSE 0 END", i, test);
}

/* In ten-thousandths, not yet rounded. */
static void score_value(struct writer *w)
{
    const struct need_step *step = w->q->step;
    SQL(w, "10000 * (100 * (", 0);
    for (size_t i = 0; i < step->criteria.n; i++) {
        buf_add_c(w->out, i ? " + " : "");
        real(w, step->criteria.v[i].weight);
        buf_printf(w->out, " * s%zu", i);
    }
    SQL(w, ") / $)", step->weight_sum);
}

/* Half to even, as the answer is. */
static const char *const rounded[DIALECTS] = {
    "CASE WHEN score - CAST(score AS INTEGER) = 0.5 THEN 2 * round(score / 2) ELSE round(score) END", "round(score)",
    "round_even(score, 0)"};

void match_sql(struct buf *out, const struct question *q, enum dialect dialect)
{
    struct writer w = {out, q, dialect, 0};
    buf_add_c(out, "WITH a AS MATERIALIZED (SELECT c.id, c.region");
    columns(&w, 'a', base_value);
    buf_add_c(out, " FROM cap c WHERE c.process IN (");
    nodes(&w, &q->step->criteria.v[0], -1);
    buf_add_c(out, ")), b AS (SELECT *");
    columns(&w, 'v', verdict_value);
    buf_add_c(out, " FROM a), s AS (SELECT *");
    columns(&w, 's', s_value);
    buf_add_c(out, " FROM b), n AS (SELECT id, ");
    count_of(&w, true, "= 0");
    buf_add_c(out, " AS musts_no, ");
    count_of(&w, true, "IS NULL");
    buf_add_c(out, " AS musts_unknown, ");
    count_of(&w, false, "IS NULL");
    buf_add_c(out, " AS unknowns, ");
    score_value(&w);
    buf_printf(out, " AS score FROM s), j AS MATERIALIZED (SELECT id, unknowns, %s AS score, ", rounded[dialect]);
    buf_add_c(out, "CASE WHEN musts_no = 0 THEN "
                   "CASE WHEN musts_unknown = 0 THEN 0 ELSE 1 END WHEN musts_no = 1 THEN 2 ELSE 3 END AS class FROM n) "
                   "SELECT 0 AS kind, class, count(*) AS x, 0 AS unknowns, 0 AS id FROM j GROUP BY class UNION ALL "
                   "SELECT * FROM (SELECT 1, class, score, unknowns, id FROM j WHERE class < 2 "
                   "ORDER BY class, score DESC, unknowns LIMIT 20) t");
}
