/* Finds the rule for a criterion; holds the rules that compare names. No state, no allocation. */
#include "match/verdict.h"

#include "match/verdict_parts.h"

#include <math.h>

void question_init(struct question *q, const struct vocab *v, const struct need *need, size_t step, struct day today)
{
    *q = (struct question){.vocab = v, .need = need, .step = &need->steps.v[step], .today = today};
    q->has_due = need->due.has;
    q->days_left = need->due.has ? (int64_t)need->due.v.n - today.n : 0;
    q->has_point = need_deliver_point(v, need, &q->point);
    q->district = need->deliver_to.region == NODE_NONE ? NODE_NONE : vocab_district(v, need->deliver_to.region);
}

void bounds_margin(struct bounds *b, double margin)
{
    if (isfinite(margin) && (!b->margin.has || margin < b->margin.v))
        b->margin = opt_real(margin);
}

void bounds_upper(struct bounds *b, double asked, struct opt_real limit)
{
    if (!limit.has) {
        b->blank = true;
        return;
    }
    b->broken |= asked > limit.v;
    if (asked / limit.v > b->use)
        b->use = asked / limit.v;
    bounds_margin(b, (limit.v - asked) / asked);
}

void bounds_lower(struct bounds *b, double asked, struct opt_real limit)
{
    double least = limit.has ? limit.v : 0;
    b->broken |= asked < least;
    bounds_margin(b, (asked - least) / asked);
}

enum verdict bounds_verdict(const struct bounds *b)
{
    return b->broken ? VERDICT_NO : b->blank ? VERDICT_UNKNOWN : VERDICT_YES;
}

static struct finding verdict_certificate(const struct question *q, uint32_t asked, const struct capability *cap)
{
    const struct held_certificates *held = &cap->site->certificates;
    if (!held->known)
        return finding_unknown(0.3);
    int32_t day = q->has_due && q->days_left > 0 ? q->need->due.v.n : q->today.n;
    for (size_t i = 0; i < held->n; i++) {
        const struct held_certificate *h = &held->v[i];
        if (vocab_certificate_implies(q->vocab, h->certificate, asked) && (!h->until.has || h->until.v.n >= day))
            return finding_yes(1);
    }
    return finding_no();
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Equal, or equal without the revision letter that ends the offered name: AMS2801B names AMS2801. */
static bool names_standard(struct str offered, struct str asked)
{
    if (str_eq(offered, asked))
        return true;
    bool revision = offered.n >= 2 && offered.p[offered.n - 1] >= 'a' && offered.p[offered.n - 1] <= 'z' &&
                    is_digit(offered.p[offered.n - 2]);
    return revision && str_eq(str_n(offered.p, offered.n - 1), asked);
}

static struct finding verdict_standard(struct str asked, const struct capability *cap)
{
    for (size_t i = 0; i < cap->folded_standards.n; i++)
        if (names_standard(cap->folded_standards.v[i], asked))
            return finding_yes(1);
    return finding_unknown(0);
}

static struct finding verdict_tag(struct str asked, const struct capability *cap)
{
    for (size_t i = 0; i < cap->folded_tags.n; i++)
        if (str_eq(cap->folded_tags.v[i], asked))
            return finding_yes(1);
    return finding_unknown(0);
}

static struct finding verdict_industry(uint32_t asked, const struct capability *cap)
{
    for (size_t i = 0; i < cap->industries.n; i++)
        if (cap->industries.v[i] == asked)
            return finding_yes(1);
    return finding_unknown(0);
}

static struct finding verdict_words(const struct question *q, const struct capability *cap)
{
    for (size_t i = 0; i < q->step->folded_words.n; i++) {
        struct str word = q->step->folded_words.v[i];
        bool found = str_find(cap->folded_text, word) >= 0;
        for (int n = 0; n < 3 && !found; n++)
            found = str_find(cap->site->folded_names[n], word) >= 0;
        if (!found)
            return finding_unknown(0);
    }
    return finding_yes(1);
}

static struct finding verdict_track(const struct capability *cap)
{
    const struct track *t = &cap->site->track;
    return finding_yes(((double)t->good + 4) / ((double)t->all + 5));
}

static struct finding verdict_evidence(const struct capability *cap)
{
    static const double s[] = {0.4, 0.7, 0.85, 1};
    return finding_yes(s[cap->evidence]);
}

static struct finding verdict_named(const struct question *q, const struct criterion *c, const struct capability *cap)
{
    switch (c->kind) {
    case CRITERION_CERTIFICATE:
        return verdict_certificate(q, c->node, cap);
    case CRITERION_STANDARD:
        return verdict_standard(c->folded, cap);
    case CRITERION_TAG:
        return verdict_tag(c->folded, cap);
    case CRITERION_INDUSTRY:
        return verdict_industry(c->node, cap);
    case CRITERION_WORDS:
        return verdict_words(q, cap);
    case CRITERION_TRACK:
        return verdict_track(cap);
    default:
        return verdict_evidence(cap);
    }
}

struct finding verdict_of(const struct question *q, const struct criterion *c, const struct capability *cap)
{
    typedef struct finding rule(const struct question *, const struct capability *);
    static rule *const rules[CRITERION_COUNT] = {
        [CRITERION_PROCESS] = verdict_process,     [CRITERION_MATERIAL] = verdict_material,
        [CRITERION_ENVELOPE] = verdict_envelope,   [CRITERION_MASS] = verdict_mass,
        [CRITERION_THICKNESS] = verdict_thickness, [CRITERION_LAYER] = verdict_layer,
        [CRITERION_FORCE] = verdict_force,         [CRITERION_TOLERANCE] = verdict_tolerance,
        [CRITERION_ROUGHNESS] = verdict_roughness, [CRITERION_HARDNESS] = verdict_hardness,
        [CRITERION_QUANTITY] = verdict_quantity,   [CRITERION_DUE] = verdict_due,
        [CRITERION_PLACE] = verdict_place,
    };
    return rules[c->kind] ? rules[c->kind](q, cap) : verdict_named(q, c, cap);
}
