/* Words that were not understood: letters outside of what was found, but for those that carry no meaning of their own.
 */
#include "match/parse_parts.h"

static const char *const stop_words =
    "안녕하세요|안녕하십니까|수고|많으십니다|감사합니다|감사드립니다|담당자님|사장님|견적|문의|문의드립니다|부탁|"
    "부탁드립니다|부탁드리며|부탁드려요|부탁합니다|바랍니다|요청|"
    "요청드립니다|요청합니다|합니다|해|주세요|해주세요|주실|곳을|찾습니다|찾고|있습니다|하려고|하려|원합니다|후|다음|"
    "하고|한|및|과|와|은|는|이|가|을|를|의|에|에서|로|으로|도|만|"
    "없음|있음|납품입니다|납품이며|건으로|체|품|용|장|저희는|저희|안녕|까지|부터|그리고|또는|혹은|이나|약|정도|총|각|"
    "개당|건|건입니다|입니다|이고|이며|이면|필수|우대|있으면|좋음|납기|"
    "납품|수량|크기|치수|사이즈|소재|재질|재료|중량|무게|두께|공차|조도|경도|"
    "업체|업체를|회사|제작|가공|포함|필요|필요합니다|필요하고|가능|가능한|급함|급합니다|a|an|the|and|or|of|to|for|in|"
    "on|at|by|with|from|we|i|you|our|is|are|be|need|please|quote|looking|hello|"
    "hi|dear|then|after|before|each|per|about|must|required|preferred|delivery|deliver|qty|quantity|size|material|"
    "tolerance|hardness|rfq|thank|thanks|within|parts|part";

static bool is_stop_word(const struct parser *p, size_t from, size_t end)
{
    return any_word_at(p, from, stop_words) == end - from;
}

void list_unread(struct parser *p)
{
    size_t end;
    for (size_t i = 0; i < p->n; i = end) {
        end = i + 1;
        if (!sign_is_letter(p->v[i].c) || p->taken[p->v[i].from])
            continue;
        while (end < p->n && sign_is_letter(p->v[end].c) && !p->taken[p->v[end].from])
            end++;
        if (!is_stop_word(p, i, end))
            VEC_PUSH(p->arena, &p->out->unread, str_n(p->text.p + p->v[i].from, p->v[end - 1].to - p->v[i].from));
    }
}
