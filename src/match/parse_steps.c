#include "match/parse_steps.h"

static bool is_wanted(const struct fact *f)
{
    return f->kind == FACT_PROCESS && !f->negated;
}

/* The step that is this process, or says more or less of it. */
static size_t step_like(const struct parser *p, const struct parsed_steps *s, uint32_t node)
{
    const struct tree *t = &p->words->vocab->processes;
    for (size_t i = 0; i < s->n; i++)
        if (tree_below(t, s->v[i].node, node) || tree_below(t, node, s->v[i].node))
            return i;
    return SIZE_MAX;
}

static void remove_step(struct parsed_steps *s, size_t at)
{
    memmove(&s->v[at], &s->v[at + 1], (s->n - at - 1) * sizeof *s->v);
    s->n--;
}

/* 방전 가공과 와이어 컷팅: both are meant. */
static bool is_joined(const struct parser *p, const struct fact *a, const struct fact *b)
{
    size_t i = skip_blanks(p, sign_of_byte(p, a->to)), n = any_word_at(p, i, "과|와|및|and|·|+|,|/");
    return n && skip_blanks(p, i + n) == sign_of_byte(p, b->from);
}

/* A general word before (열처리 …, 침탄) is the step that is named later; one behind (니켈 도금 …, 도금) says nothing
 * new. */
static void add_step(struct parser *p, struct parsed_steps *s, size_t fact)
{
    const struct tree *t = &p->words->vocab->processes;
    uint32_t node = p->facts.v[fact].node;
    size_t like = step_like(p, s, node);
    if (like != SIZE_MAX && tree_below(t, s->v[like].node, node))
        return;
    if (like != SIZE_MAX && !is_joined(p, &p->facts.v[s->v[like].fact], &p->facts.v[fact]))
        remove_step(s, like);
    if (s->n < NEED_STEPS_MAX)
        s->v[s->n++] = (struct parsed_step){node, fact};
}

static void move_behind(struct parsed_steps *s, size_t at, size_t other)
{
    if (at > other)
        return;
    struct parsed_step step = s->v[at];
    memmove(&s->v[at], &s->v[at + 1], (other - at) * sizeof *s->v);
    s->v[other] = step;
}

enum { NEAR_SIGNS = 28 };

/* 연마 전 열처리, grinding after hardening: what is named first comes later. */
static bool comes_later(const struct parser *p, const struct fact *a, const struct fact *b)
{
    size_t i = skip_blanks(p, sign_of_byte(p, a->to)), end = sign_of_byte(p, b->from);
    size_t n = any_word_at(p, i, "하기 전|가공 전|처리 전|전에|전");
    if (n && !any_word_at(p, i, "전부|전체|전용|전량|전문") && end - i < NEAR_SIGNS)
        return true;
    if (end - i >= NEAR_SIGNS || clause_end(p, i) < end)
        return false;
    for (; i < end; i++)
        if (word_at(p, i, "after"))
            return true;
    return false;
}

static void order_steps(struct parser *p, struct parsed_steps *s)
{
    const struct fact *before = NULL;
    for (size_t k = 0; k < p->facts.n; k++) {
        const struct fact *f = &p->facts.v[k];
        if (!is_wanted(f))
            continue;
        size_t a = before ? step_like(p, s, before->node) : SIZE_MAX, b = step_like(p, s, f->node);
        if (a != SIZE_MAX && b != SIZE_MAX && a != b && comes_later(p, before, f))
            move_behind(s, a, b);
        before = f;
    }
}

void parse_steps(struct parser *p, struct parsed_steps *out)
{
    out->n = 0;
    for (size_t k = 0; k < p->facts.n; k++)
        if (is_wanted(&p->facts.v[k]))
            add_step(p, out, k);
    order_steps(p, out);
    for (size_t k = 0; k < p->facts.n; k++) {
        struct fact *f = &p->facts.v[k];
        if (f->kind != FACT_PROCESS)
            continue;
        size_t step = f->negated ? SIZE_MAX : step_like(p, out, f->node);
        f->step = step == SIZE_MAX ? STEP_NONE : (int)step;
    }
}
