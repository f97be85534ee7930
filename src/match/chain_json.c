/* Writes what is in the answer; nothing is decided here. */
#include "match/chain_write.h"

static void put_estimates(struct json_out *j, const struct chain_step *s)
{
    static const char *const words[] = {"price", "lead", "energy", "km"};
    jout_key_arr(j, "estimated");
    for (unsigned bit = 0; bit < sizeof words / sizeof words[0]; bit++)
        if (s->estimated & 1U << bit)
            jout_str(j, str_c(words[bit]));
    jout_end(j);
}

static void put_step(struct json_out *j, const struct chain_step *s, size_t number)
{
    struct opt_real km = {round4(s->km_from_previous.v), s->km_from_previous.has};
    jout_obj(j);
    jout_key_int(j, "step", (int64_t)number);
    jout_key_str(j, "capability", s->capability->ref);
    jout_key_str(j, "site", s->capability->site->ref);
    jout_key_str(j, "org", s->capability->site->org.name);
    jout_key_str(j, "class", str_c(match_class_word(s->class)));
    jout_key_real(j, "score", s->score);
    jout_key_int(j, "price_won", s->price_won);
    jout_key_int(j, "lead_days", s->lead_days);
    jout_key_opt_real(j, "km_from_previous", km);
    jout_key_int(j, "leg_won", s->leg_won);
    jout_key_int(j, "leg_days", s->leg_days);
    put_estimates(j, s);
    jout_end(j);
}

static void put_chain(struct json_out *j, const struct chain *c, size_t rank)
{
    struct opt_real kg = {round4(c->kg_co2.v), c->kg_co2.has},
                    km = {round4(c->km_to_delivery.v), c->km_to_delivery.has};
    if (!c->n) {
        jout_null(j);
        return;
    }
    jout_obj(j);
    if (rank)
        jout_key_int(j, "rank", (int64_t)rank);
    jout_key_int(j, "cost_won", c->cost_won);
    jout_key_int(j, "days", c->days);
    jout_key_opt_real(j, "kg_co2", kg);
    jout_key_real(j, "km", round4(c->km));
    jout_key_int(j, "firms", c->firms);
    jout_key_real(j, "score", c->score);
    jout_key_real(j, "value", c->value);
    jout_key_bool(j, "estimated", c->estimated);
    jout_key_arr(j, "steps");
    for (size_t i = 0; i < c->n; i++)
        put_step(j, &c->steps[i], i + 1);
    jout_end(j);
    jout_key_opt_real(j, "km_to_delivery", km);
    jout_key_int(j, "delivery_won", c->delivery_won);
    jout_key_int(j, "delivery_days", c->delivery_days);
    jout_end(j);
}

static void put_key_chain(struct json_out *j, const char *key, const struct chain *c)
{
    jout_key(j, key);
    if (c)
        put_chain(j, c, 0);
    else
        jout_null(j);
}

static void put_losses(struct json_out *j, const struct chain_answer *answer)
{
    jout_key_arr(j, "if_lost");
    for (size_t i = 0; i < answer->n_lost; i++) {
        const struct chain_loss *l = &answer->if_lost[i];
        jout_obj(j);
        jout_key_int(j, "step", (int64_t)l->step + 1);
        jout_key_str(j, "org", l->org);
        put_key_chain(j, "chain", l->chain);
        jout_end(j);
    }
    jout_end(j);
}

static void put_warnings(struct json_out *j, const struct chain_answer *answer)
{
    const struct tree *processes = &answer->vocab->processes;
    jout_key_arr(j, "warnings");
    for (size_t i = 0; i < answer->warnings.n; i++) {
        const struct chain_warning *w = &answer->warnings.v[i];
        jout_obj(j);
        jout_key_int(j, "step", (int64_t)w->step + 1);
        jout_key_str(j, "kind", w->rule->kind == ORDER_NOT_AFTER ? STR("not_after") : STR("needs_after"));
        jout_key_str(j, "first", processes->v[w->rule->first].code);
        jout_key_str(j, "then", processes->v[w->rule->then].code);
        if (w->other != SIZE_MAX)
            jout_key_int(j, "other", (int64_t)w->other + 1);
        jout_key_str(j, "ko", w->rule->ko);
        jout_key_str(j, "en", w->rule->en);
        jout_end(j);
    }
    jout_end(j);
}

/* The steps that nobody can take, or "due". */
static void put_why(struct json_out *j, const struct chain_answer *answer)
{
    jout_key_arr(j, "why");
    for (size_t i = 0; i < answer->need->steps.n; i++)
        if (answer->missing[i])
            jout_int(j, (int64_t)i + 1);
    if (answer->too_late)
        jout_str(j, STR("due"));
    jout_end(j);
}

void chain_answer_json(struct arena *a, struct json_out *j, const struct chain_answer *answer)
{
    jout_obj(j);
    jout_key_str(j, "need", answer->need->ref);
    jout_key_str(j, "today", day_iso(a, answer->today));
    jout_key_str(j, "vocab_version", answer->vocab->version);
    jout_key_str(j, "objective", str_c(chain_objective_word(answer->objective)));
    jout_key_arr(j, "chains");
    for (size_t i = 0; i < answer->chains.n; i++)
        put_chain(j, &answer->chains.v[i], i + 1);
    jout_end(j);
    jout_key_obj(j, "best");
    for (int o = 0; o < CHAIN_OBJECTIVE_COUNT; o++)
        put_key_chain(j, chain_objective_word((enum chain_objective)o), answer->best[o]);
    jout_end(j);
    put_key_chain(j, "single_firm", answer->single_firm);
    put_losses(j, answer);
    put_warnings(j, answer);
    put_why(j, answer);
    jout_key_bool(j, "complete", answer->complete);
    jout_key_opt_real(j, "gap", answer->gap);
    jout_end(j);
}
