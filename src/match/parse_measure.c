/* Numbers with a unit: masses, thicknesses, layers, distances, and what is none of the part's measures. */
#include "match/parse_parts.h"

#define THICK_BEFORE "두께|thickness|thick|t|wall|wall thickness"
#define LAYER_BEFORE "피막|막두께|도막|도금 두께|도금두께|코팅 두께|층|layer|coating"
#define OTHER_BEFORE                                                                                                   \
    "깊이|depth|높이|height|폭|너비|width|내경|inner diameter|id|선경|피치|pitch|길이|length|지름|직경|외경|diameter"

enum unit {
    UNIT_NONE,
    UNIT_KG,
    UNIT_G,
    UNIT_TON,
    UNIT_MM,
    UNIT_UM,
    UNIT_T, /* attached t: thickness in mm */
    UNIT_KM,
    UNIT_WON,
    UNIT_OTHER
};

static const struct {
    const char *words;
    enum unit unit;
} units[] = {
    {"kg|킬로그램|킬로|kilogram|kilograms|kgs", UNIT_KG},
    {"g|그램|gram|grams", UNIT_G},
    {"톤|ton|tons|tonne|tonnes", UNIT_TON},
    {"um|미크론|마이크론|micron|microns", UNIT_UM},
    {"mm|밀리미터|밀리", UNIT_MM},
    {"km|킬로미터", UNIT_KM},
    {"원|만원|krw|won", UNIT_WON},
    {"bar|mpa|kpa|pa|psi|기압|℃|도|rpm|kw|v|볼트|a|hz|khz|mhz|l|리터|m|미터|cm|%|퍼센트|회|번|차|호|년|개월|axis|축",
     UNIT_OTHER},
};

static enum unit unit_at(const struct parser *p, size_t end, size_t *behind)
{
    size_t at = skip_blanks(p, end);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        size_t n = any_word_at(p, at, units[u].words);
        if (n) {
            *behind = at + n;
            return units[u].unit;
        }
    }
    size_t t = word_at(p, at, "t");
    *behind = at + t;
    return !t ? UNIT_NONE : at == end ? UNIT_T : UNIT_TON;
}

static size_t fact_of(struct parser *p, enum fact_kind kind, size_t from, size_t to, double value)
{
    struct fact *f = add_fact(p, value > 0 ? kind : FACT_OTHER, from, to);
    f->number[0] = value;
    f->n = 1;
    return to;
}

static size_t millimetre_fact(struct parser *p, size_t i, size_t behind, double value)
{
    enum { ALONE_MOST = 25 };
    size_t begin;
    if (any_word_before(p, i, THICK_BEFORE, &begin))
        return fact_of(p, FACT_THICKNESS, i, behind, value);
    if (any_word_at(p, skip_blanks(p, behind), "두께|thick|thickness|wall"))
        return fact_of(p, FACT_THICKNESS, i, behind, value);
    if (any_word_before(p, i, OTHER_BEFORE, &begin) || value > ALONE_MOST)
        return fact_of(p, FACT_OTHER, i, behind, value);
    struct fact *f = add_fact(p, value > 0 ? FACT_THICKNESS : FACT_OTHER, i, behind);
    f->number[0] = value;
    f->n = 1;
    f->certainty = 0.5;
    return behind;
}

static size_t kilometre_fact(struct parser *p, size_t i, size_t behind, double value)
{
    size_t begin, next = skip_blanks(p, behind), n = any_word_at(p, next, "이내|내|안|이하");
    bool within = n || any_word_before(p, i, "반경|within|거리|radius", &begin);
    return fact_of(p, within ? FACT_MAX_KM : FACT_OTHER, i, n ? next + n : behind, value);
}

/* A thickness that only a word names: 두께 12, t=3. */
static size_t named_thickness(struct parser *p, size_t i, size_t end, double value)
{
    size_t begin;
    if (!any_word_before(p, i, "두께|thickness|t", &begin) || sign_is_letter(p->v[end].c))
        return 0;
    return fact_of(p, FACT_THICKNESS, i, end, value);
}

/* 예산 5천만 원: how much was written, in won. */
static size_t money_at(struct parser *p, size_t i, size_t behind, double value)
{
    double factor = p->v[behind - 1].c == 0xc6d0 && p->v[behind - 2].c == 0xb9cc ? 1e4 : 1;
    return fact_of(p, FACT_MONEY, i, behind, value * factor);
}

size_t find_measure(struct parser *p, size_t i)
{
    double value;
    size_t end, behind;
    if (!number_at(p, i, &value, &end))
        return 0;
    switch (unit_at(p, end, &behind)) {
    case UNIT_KG:
        return fact_of(p, FACT_MASS, i, behind, value);
    case UNIT_G:
        return fact_of(p, FACT_MASS, i, behind, value / 1000);
    case UNIT_TON:
        return fact_of(p, FACT_MASS, i, behind, value * 1000);
    case UNIT_UM:
        return fact_of(p, FACT_LAYER, i, behind, value);
    case UNIT_MM:
        return millimetre_fact(p, i, behind, value);
    case UNIT_T:
        return fact_of(p, FACT_THICKNESS, i, behind, value);
    case UNIT_KM:
        return kilometre_fact(p, i, behind, value);
    case UNIT_WON:
        return money_at(p, i, behind, value);
    case UNIT_OTHER:
        return fact_of(p, FACT_OTHER, i, behind, value);
    default:
        return named_thickness(p, i, end, value);
    }
}
