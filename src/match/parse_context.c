/* What the words around a fact make of it: not wanted, only wished, of the firm and not of the delivery. */
#include "match/parse_parts.h"

#define NOT_BEHIND                                                                                                     \
    "필요 없|필요없|불필요|제외|말고|빼고|없이|안 함|안함|하지 "                                \
    "않|하지않|아닌|아니|대신|불요|생략|미포함|별도|대체|not required|"                           \
    "not needed|not necessary|not part|is not|are not|not applicable|excluded|not included|free"
#define NOT_BEFORE  "without|no|not|except|excluding|instead of|제외:|무"
#define WISH_BEHIND "우대|있으면|선호|가점|희망|우선|preferred|prefer|a plus|would be nice|desirable|nice to have"
#define MUST_BEHIND "필수|required|must|mandatory"
#define FIRMS_BEHIND                                                                                                   \
    "업체|업체들|내|이내|관내|소재|지역 "                                                                \
    "업체|지역|기업|기업들|권|권역|인근|근처|쪽|suppliers|firms|companies|supplier|제한|대상"
#define FIRMS_BEFORE                                                                                                   \
    "suppliers in|supplier in|firms in|firm in|company in|companies in|shop in|shops in|near|based in|in"
#define DELIVER_BEHIND "납품|으로|로|까지|배송|도착|납기|착|으로 납품|에 납품|현장 납품"

/* Behind a word come particles before what counts. */
static size_t over_particles(const struct parser *p, size_t i)
{
    size_t n = any_word_at(p, i, "처리는|처리|작업은|작업|공정은|공정|은|는|이|가|을|를|도|이나|의");
    return skip_blanks(p, i + n);
}

static bool is_negated(const struct parser *p, size_t begin, size_t end)
{
    size_t at;
    size_t next = over_particles(p, end);
    return any_word_at(p, next, NOT_BEHIND) || any_word_at(p, skip_blanks(p, end), NOT_BEHIND) ||
           any_word_before(p, begin, NOT_BEFORE, &at);
}

/* The first word of wish or must at or behind a sign, kept for the next certificate: facts come in order. */
struct next_wish {
    size_t at; /* the word, or the end of its clause */
    bool wish;
};

/* What the first of these words in the rest of the clause says. */
static bool is_wish(const struct parser *p, const struct fact *f, struct next_wish *next)
{
    size_t i = sign_of_byte(p, f->to);
    if (next->at > i)
        return next->wish;
    size_t end = clause_end(p, i);
    bool must = false, wish = false;
    for (; i < end && !must && !wish; i += !must && !wish) {
        must = any_word_at(p, i, MUST_BEHIND) != 0;
        wish = !must && any_word_at(p, i, WISH_BEHIND);
    }
    *next = (struct next_wish){i, wish};
    return wish;
}

static bool is_of_firms(const struct parser *p, size_t begin, size_t end)
{
    size_t at, next = skip_blanks(p, end);
    if (any_word_at(p, next, DELIVER_BEHIND) && !any_word_at(p, next, "로 업체"))
        return false;
    return any_word_at(p, next, FIRMS_BEHIND) || any_word_before(p, begin, FIRMS_BEFORE, &at);
}

void read_contexts(struct parser *p)
{
    struct next_wish next = {0, false};
    for (size_t k = 0; k < p->facts.n; k++) {
        struct fact *f = &p->facts.v[k];
        size_t begin = sign_of_byte(p, f->from), end = sign_of_byte(p, f->to);
        if (f->kind == FACT_PROCESS || f->kind == FACT_CERTIFICATE || f->kind == FACT_MATERIAL)
            f->negated = is_negated(p, begin, end);
        if (f->kind == FACT_CERTIFICATE)
            f->prefer = is_wish(p, f, &next);
        if (f->kind == FACT_REGION && is_of_firms(p, begin, end))
            f->kind = FACT_FIRMS_REGION;
    }
}
