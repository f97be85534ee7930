/* Writes what is in the answer and recomputes the findings of the shown rows; nothing is decided here. */
#include "match/answer_json.h"

#include "match/explain.h"

struct writer {
    struct arena *arena;
    struct json_out *j;
    const struct step_answer *step;
    bool korean;
};

static void put_criterion(struct writer *w, const struct criterion *c, const struct finding *f,
                          const struct capability *cap)
{
    const struct question *q = &w->step->question;
    struct opt_real margin = {f->margin.has ? round4(f->margin.v) : 0, f->margin.has};
    jout_obj(w->j);
    jout_key_str(w->j, "criterion", criterion_name(w->arena, q, c));
    jout_key_str(w->j, "label", criterion_label(w->arena, q, c, w->korean));
    jout_key_str(w->j, "need", str_c(need_level_word(c->level)));
    jout_key_str(w->j, "verdict", str_c(verdict_word(f->verdict)));
    jout_key_real(w->j, "s", f->s);
    jout_key_real(w->j, "weight", 100 * c->weight / q->step->weight_sum);
    jout_key_str(w->j, "asked", criterion_asked(w->arena, q, c, w->korean));
    jout_key_str(w->j, "offered", criterion_offered(w->arena, q, c, cap, w->korean));
    jout_key_opt_real(w->j, "margin", margin);
    jout_end(w->j);
}

static void put_questions(struct writer *w, const struct finding *findings)
{
    const struct question *q = &w->step->question;
    const struct criterion_list *criteria = &q->step->criteria;
    jout_key_arr(w->j, "questions");
    for (size_t i = 0; i < criteria->n; i++) {
        if (findings[i].verdict != VERDICT_UNKNOWN)
            continue;
        jout_obj(w->j);
        jout_key_str(w->j, "criterion", criterion_name(w->arena, q, &criteria->v[i]));
        jout_key_str(w->j, "ko", criterion_question(w->arena, q, &criteria->v[i], true));
        jout_key_str(w->j, "en", criterion_question(w->arena, q, &criteria->v[i], false));
        jout_end(w->j);
    }
    jout_end(w->j);
}

static void put_row(struct writer *w, const struct judgement *row)
{
    const struct question *q = &w->step->question;
    const struct criterion_list *criteria = &q->step->criteria;
    struct finding *findings = ARENA_ARRAY(w->arena, criteria->n, struct finding);
    struct judgement j = judge(q, row->capability, findings);
    jout_obj(w->j);
    jout_key_str(w->j, "capability", row->capability->ref);
    jout_key_str(w->j, "site", row->capability->site->ref);
    jout_key_str(w->j, "org", row->capability->site->org.name);
    jout_key_str(w->j, "class", str_c(match_class_word(j.class)));
    jout_key_real(w->j, "score", j.score);
    jout_key_arr(w->j, "criteria");
    for (size_t i = 0; i < criteria->n; i++)
        put_criterion(w, &criteria->v[i], &findings[i], row->capability);
    jout_end(w->j);
    put_questions(w, findings);
    jout_end(w->j);
}

static void put_rows(struct writer *w, const char *key, const struct judgement_list *rows)
{
    jout_key_arr(w->j, key);
    for (size_t i = 0; i < rows->n; i++)
        put_row(w, &rows->v[i]);
    jout_end(w->j);
}

static void put_counts(struct writer *w)
{
    jout_key_obj(w->j, "counts");
    for (int c = CLASS_MEETS; c <= CLASS_OUT; c++)
        jout_key_int(w->j, match_class_word((enum match_class)c), (int64_t)w->step->count[c]);
    jout_end(w->j);
    jout_key_obj(w->j, "out_by");
    for (int kind = 0; kind < CRITERION_COUNT; kind++)
        if (w->step->out_by[kind])
            jout_key_int(w->j, criterion_word((enum criterion_kind)kind), (int64_t)w->step->out_by[kind]);
    jout_end(w->j);
}

static void put_limit(struct writer *w, const struct relax_limit *limit)
{
    jout_key(w->j, "to");
    switch (limit->kind) {
    case LIMIT_NUMBER:
        jout_real(w->j, limit->number);
        break;
    case LIMIT_SIZE:
        jout_arr(w->j);
        for (uint32_t i = 0; i < limit->size->n; i++)
            jout_real(w->j, limit->size->v[i]);
        jout_end(w->j);
        break;
    case LIMIT_TOLERANCE:
        jout_obj(w->j);
        jout_key_real(w->j, limit->tolerance->kind == TOLERANCE_IT ? "it" : "mm", limit->tolerance->value);
        jout_end(w->j);
        break;
    case LIMIT_PROCESS:
        jout_str(w->j, limit->process);
        break;
    default:
        jout_null(w->j);
    }
}

static void put_relaxations(struct writer *w)
{
    const struct question *q = &w->step->question;
    jout_key_arr(w->j, "relax");
    for (size_t i = 0; i < w->step->relaxations.n; i++) {
        const struct relaxation *r = &w->step->relaxations.v[i];
        struct relax_limit limit = relaxation_limit(w->step, r);
        jout_obj(w->j);
        jout_key_str(w->j, "criterion",
                     r->is_process ? STR("process") : criterion_name(w->arena, q, &q->step->criteria.v[r->criterion]));
        jout_key_int(w->j, "count", (int64_t)r->count);
        put_limit(w, &limit);
        jout_end(w->j);
    }
    jout_end(w->j);
}

/* What one must that became a wish would bring, when few meet. */
static void put_loosenings(struct writer *w)
{
    const struct question *q = &w->step->question;
    jout_key_arr(w->j, "loosen");
    for (size_t i = 0; i < w->step->loosen.n; i++) {
        const struct loosening *l = &w->step->loosen.v[i];
        jout_obj(w->j);
        jout_key_str(w->j, "criterion", criterion_name(w->arena, q, &q->step->criteria.v[l->criterion]));
        jout_key_int(w->j, "count", (int64_t)l->count);
        jout_end(w->j);
    }
    jout_end(w->j);
}

void match_answer_json(struct arena *a, struct json_out *j, const struct match_answer *answer, bool korean)
{
    jout_obj(j);
    jout_key_str(j, "need", answer->need->ref);
    jout_key_str(j, "today", day_iso(a, answer->today));
    jout_key_str(j, "vocab_version", answer->vocab->version);
    jout_key_arr(j, "steps");
    for (size_t i = 0; i < answer->n; i++) {
        struct writer w = {a, j, &answer->v[i], korean};
        jout_obj(j);
        jout_key_int(j, "step", (int64_t)i + 1);
        put_counts(&w);
        put_rows(&w, "results", &w.step->results);
        put_rows(&w, "near", &w.step->near);
        put_relaxations(&w);
        put_loosenings(&w);
        jout_end(j);
    }
    jout_end(j);
    jout_end(j);
}
