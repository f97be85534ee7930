/* Labels, names and questions of criteria in both languages. */
#include "match/explain.h"

struct criterion_words {
    const char *ko;
    const char *en;
    const char *ask_ko; /* %.*s: what was asked */
    const char *ask_en;
};

static const struct criterion_words words[CRITERION_COUNT] = {
    [CRITERION_PROCESS] = {"공정", "Process", "%.*s 공정을 하실 수 있습니까?", "Can you do this process: %.*s?"},
    [CRITERION_MATERIAL] = {"재질", "Material", "재질 %.*s 작업이 가능합니까?", "Can you work this material: %.*s?"},
    [CRITERION_ENVELOPE] = {"크기", "Size", "크기 %.*s 제품을 작업할 수 있습니까?", "Can you take a part of %.*s?"},
    [CRITERION_MASS] = {"무게", "Mass", "개당 무게 %.*s 제품을 다룰 수 있습니까?", "Can you handle a part of %.*s?"},
    [CRITERION_THICKNESS] = {"두께", "Thickness", "두께 %.*s 작업이 가능합니까?", "Can you work a thickness of %.*s?"},
    [CRITERION_LAYER] = {"피막·경화층 깊이", "Layer depth", "층 두께(깊이) %.*s 조건을 맞출 수 있습니까?",
                         "Can you reach a layer depth of %.*s?"},
    [CRITERION_FORCE] = {"가압력", "Force", "설비 용량 %.*s 이상을 갖추고 있습니까?",
                         "Do you have a press of at least %.*s?"},
    [CRITERION_TOLERANCE] = {"공차", "Tolerance", "공차 %.*s 조건을 맞출 수 있습니까?",
                             "Can you hold a tolerance of %.*s?"},
    [CRITERION_ROUGHNESS] = {"표면 거칠기", "Roughness", "표면 거칠기 %.*s 조건을 맞출 수 있습니까?",
                             "Can you reach a roughness of %.*s?"},
    [CRITERION_HARDNESS] = {"경도", "Hardness", "경도 %.*s 조건을 맞출 수 있습니까?",
                            "Can you reach a hardness of %.*s?"},
    [CRITERION_QUANTITY] = {"수량", "Quantity", "수량 %.*s 주문을 받을 수 있습니까?", "Can you take an order of %.*s?"},
    [CRITERION_DUE] = {"납기", "Due date", "납기 %.*s 안에 출하할 수 있습니까?", "Can you have it ready by %.*s?"},
    [CRITERION_CERTIFICATE] = {"인증", "Certificate", "%.*s 인증을 보유하고 있습니까? 유효기간을 알려 주세요.",
                               "Do you hold %.*s, and until when is it valid?"},
    [CRITERION_STANDARD] = {"규격", "Standard", "규격 %.*s 기준으로 작업하십니까?",
                            "Do you work to the standard %.*s?"},
    [CRITERION_TAG] = {"표시어", "Tag", "%.*s 대응이 가능합니까?", "Do you support %.*s?"},
    [CRITERION_PLACE] = {"위치", "Place", "사업장의 주소를 알려 주세요(%.*s).",
                         "What is the address of your site (%.*s)?"},
    [CRITERION_INDUSTRY] = {"산업 경험", "Industry", "%.*s 분야 납품 경험이 있습니까?",
                            "Have you delivered to this industry: %.*s?"},
    [CRITERION_WORDS] = {"찾는 말", "Words", "다음 내용과 관련된 경험이 있습니까: %.*s?",
                         "Do you have experience with: %.*s?"},
    [CRITERION_TRACK] = {"거래 이력", "Track record", "거래 이력: %.*s", "Track record: %.*s"},
    [CRITERION_EVIDENCE] = {"근거 수준", "Evidence", "근거: %.*s", "Evidence: %.*s"},
};

struct str criterion_name(struct arena *a, const struct question *q, const struct criterion *c)
{
    struct str detail = c->text;
    if (c->kind == CRITERION_CERTIFICATE)
        detail = q->vocab->certificates.v[c->node].code;
    else if (c->kind == CRITERION_INDUSTRY)
        detail = q->vocab->industries.v[c->node].code;
    if (!detail.n)
        return str_c(criterion_word(c->kind));
    return arena_printf(a, "%s:" STR_FMT, criterion_word(c->kind), STR_ARG(detail));
}

struct str criterion_kind_label(enum criterion_kind kind, bool korean)
{
    return str_c(korean ? words[kind].ko : words[kind].en);
}

struct str criterion_label(struct arena *a, const struct question *q, const struct criterion *c, bool korean)
{
    struct str label = criterion_kind_label(c->kind, korean);
    struct str detail = c->text;
    if (c->kind == CRITERION_CERTIFICATE && c->node != NODE_NONE)
        detail = tree_name(&q->vocab->certificates, c->node, korean);
    else if (c->kind == CRITERION_INDUSTRY && c->node != NODE_NONE)
        detail = tree_name(&q->vocab->industries, c->node, korean);
    return detail.n ? arena_printf(a, STR_FMT " " STR_FMT, STR_ARG(label), STR_ARG(detail)) : label;
}

struct str evidence_label(const struct capability *cap, bool korean)
{
    static const char *const ko[] = {"업체가 적음", "문서로 확인", "방문해 확인", "거래로 확인"};
    static const char *const en[] = {"stated by the firm", "seen on paper", "site visited", "proven by a deal"};
    return cap->evidence_given ? str_c(korean ? ko[cap->evidence] : en[cap->evidence]) : STR("");
}

struct str criterion_question(struct arena *a, const struct question *q, const struct criterion *c, bool korean)
{
    const char *pattern = korean ? words[c->kind].ask_ko : words[c->kind].ask_en;
    struct str asked = criterion_asked(a, q, c, korean);
    const char *hole = strstr(pattern, "%.*s");
    return arena_printf(a, "%.*s" STR_FMT "%s", (int)(hole - pattern), pattern, STR_ARG(asked), hole + 4);
}

void capability_facts(struct arena *a, const struct vocab *v, const struct capability *cap, bool korean,
                      struct fact_list *out)
{
    static const enum criterion_kind stated[] = {
        CRITERION_MATERIAL, CRITERION_ENVELOPE,  CRITERION_MASS,      CRITERION_THICKNESS, CRITERION_LAYER,
        CRITERION_FORCE,    CRITERION_TOLERANCE, CRITERION_ROUGHNESS, CRITERION_HARDNESS,  CRITERION_QUANTITY,
        CRITERION_DUE,      CRITERION_STANDARD,  CRITERION_TAG,       CRITERION_INDUSTRY,
    };
    const struct need_step step = {0};
    const struct question q = {.vocab = v, .step = &step, .district = NODE_NONE};
    for (size_t i = 0; i < sizeof stated / sizeof stated[0]; i++) {
        struct criterion c = {.kind = stated[i], .node = NODE_NONE};
        struct str value = criterion_offered(a, &q, &c, cap, korean);
        if (!str_eq(value, STR("-")))
            VEC_PUSH(a, out,
                     ((struct fact){c.kind == CRITERION_DUE && !korean ? STR("Lead time")
                                                                       : criterion_label(a, &q, &c, korean),
                                    value}));
    }
}
