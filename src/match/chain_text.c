/* A line a chain and a line a station; warnings and reasons first, because they change what is done next. */
#include "match/chain_write.h"

#include "match/answer_text.h"

#include <inttypes.h>

struct str_list chain_reasons(struct arena *a, const struct chain_answer *answer, bool korean)
{
    struct str_list reasons = {NULL, 0, 0};
    const struct vocab *v = answer->vocab;
    for (size_t i = 0; i < answer->need->steps.n; i++) {
        if (!answer->missing[i])
            continue;
        struct str process = tree_name(&v->processes, answer->need->steps.v[i].process, korean);
        VEC_PUSH(a, &reasons,
                 arena_printf(a,
                              korean ? "%zu단계 " STR_FMT ": 충족하거나 확인하면 될 업체가 없습니다."
                                     : "Step %zu " STR_FMT ": no firm meets it or may meet it.",
                              i + 1, STR_ARG(process)));
    }
    if (answer->too_late)
        VEC_PUSH(a, &reasons,
                 korean ? STR("단계마다 업체는 있지만, 이어서 하면 납기를 넘깁니다.")
                        : STR("There are firms for every step, but no chain of them is in time."));
    return reasons;
}

static void put_warnings(struct buf *out, const struct chain_answer *answer, bool korean)
{
    for (size_t i = 0; i < answer->warnings.n; i++) {
        const struct chain_warning *w = &answer->warnings.v[i];
        buf_printf(out, korean ? "! %zu단계: " STR_FMT "\n" : "! Step %zu: " STR_FMT "\n", w->step + 1,
                   STR_ARG(korean ? w->rule->ko : w->rule->en));
    }
}

static void put_chain(struct buf *out, const struct chain *c, bool korean)
{
    buf_printf(out, korean ? "%" PRId64 "원, %" PRId64 "일, %.0f km" : "KRW %" PRId64 ", %" PRId64 " days, %.0f km",
               c->cost_won, c->days, c->km);
    if (c->kg_co2.has)
        buf_printf(out, ", %.1f kg CO2", c->kg_co2.v);
    buf_printf(out, korean ? ", 업체 %" PRId64 "곳%s\n" : ", %" PRId64 " firms%s\n", c->firms + 1,
               !c->estimated ? ""
               : korean      ? " (추정 포함)"
                             : " (partly estimated)");
    for (size_t i = 0; i < c->n; i++) {
        const struct chain_step *s = &c->steps[i];
        if (s->km_from_previous.has && s->km_from_previous.v > 0)
            buf_printf(out, "       | %.1f km\n", s->km_from_previous.v);
        buf_printf(out,
                   korean ? "     %zu %s %7.4f  " STR_FMT "  [" STR_FMT "]  %" PRId64 "원%s, %" PRId64 "일%s\n"
                          : "     %zu %s %7.4f  " STR_FMT "  [" STR_FMT "]  KRW %" PRId64 "%s, %" PRId64 " days%s\n",
                   i + 1, match_class_label(s->class, korean), s->score, STR_ARG(s->capability->site->org.name),
                   STR_ARG(s->capability->ref), s->price_won, s->estimated & CHAIN_PRICE_ESTIMATED ? "~" : "",
                   s->lead_days, s->estimated & CHAIN_LEAD_ESTIMATED ? "~" : "");
    }
    if (c->km_to_delivery.has)
        buf_printf(out, "       | %.1f km\n", c->km_to_delivery.v);
}

static void put_losses(struct buf *out, const struct chain_answer *answer, bool korean)
{
    for (size_t i = 0; i < answer->n_lost; i++) {
        const struct chain_loss *l = &answer->if_lost[i];
        buf_printf(out, korean ? STR_FMT " 없이: " : "Without " STR_FMT ": ", STR_ARG(l->org));
        if (l->chain)
            put_chain(out, l->chain, korean);
        else
            buf_add_c(out, korean ? "이을 업체가 없습니다.\n" : "no chain.\n");
    }
}

void chain_answer_text(struct arena *a, struct buf *out, const struct chain_answer *answer, bool korean)
{
    struct str_list reasons = chain_reasons(a, answer, korean);
    put_warnings(out, answer, korean);
    for (size_t i = 0; i < reasons.n; i++)
        buf_printf(out, STR_FMT "\n", STR_ARG(reasons.v[i]));
    for (size_t i = 0; i < answer->chains.n; i++) {
        buf_printf(out, "%3zu. ", i + 1);
        put_chain(out, &answer->chains.v[i], korean);
    }
    put_losses(out, answer, korean);
    if (answer->complete)
        return;
    buf_add_c(out,
              korean ? "시간이 다 되어 여기까지 찾았습니다.\n" : "The time ended here; there may be better ones.\n");
    if (answer->gap.has)
        buf_printf(out,
                   korean ? "더 나은 사슬이 있더라도 차이는 %.6g 이내입니다.\n" : "None is better by more than %.6g.\n",
                   answer->gap.v);
}
