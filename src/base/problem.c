/* The reasons and their words. */
#include "base/problem.h"

#include "base/buf.h"

struct problem_row {
    const char *word;
    const char *en;
    const char *ko;
};

static const struct problem_row rows[] = {
#define P(name, word, en, ko) [name] = {word, en, ko},
    PROBLEM_TABLE(P)
#undef P
};

void problem_list_init(struct problem_list *list, struct arena *a)
{
    *list = (struct problem_list){.arena = a};
}

void problem_add(struct problem_list *list, enum problem_code code, struct str field, struct str detail)
{
    if (list->n >= PROBLEMS_MAX)
        return;
    struct problem p = {arena_str(list->arena, field), code, arena_str(list->arena, detail)};
    VEC_PUSH(list->arena, list, p);
}

const char *problem_word(enum problem_code code)
{
    return rows[code].word;
}

struct str problem_text(struct arena *a, const struct problem *p, bool korean)
{
    const char *reason = korean ? rows[p->code].ko : rows[p->code].en;
    const char *hole = strstr(reason, "%s");
    AUTO_BUF b;
    buf_init(&b, 4096);
    if (p->field.n) {
        buf_add(&b, p->field);
        buf_add_c(&b, ": ");
    }
    buf_add(&b, str_n(reason, (size_t)(hole - reason)));
    buf_add(&b, p->detail);
    buf_add_c(&b, hole + 2);
    return arena_str(a, buf_str(&b));
}
