/* The order of chains, the list of the best, and the plain way to find them: going through all. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "match/chain_parts.h"

double chain_round6(double x)
{
    /* Where no half is near, the nearest whole number of millionths is the one that printing finds. */
    double millionths = x * 1e6, whole = rint(millionths);
    if (fabs(millionths) < 1e15 && fabs(fabs(millionths - whole) - 0.5) > 1e-3 + fabs(millionths) * 1e-15)
        return whole / 1e6;
    char text[64];
    snprintf(text, sizeof text, "%.6f", x);
    return strtod(text, NULL);
}

void chain_found_init(struct arena *a, struct chain_found_list *list, size_t k)
{
    *list = (struct chain_found_list){.v = ARENA_ARRAY(a, k + 1, struct chain_found), .k = k};
}

static int order_of(double x, double y)
{
    return (x > y) - (x < y);
}

static int refs_order(const struct chain_problem *p, const struct chain_found *x, const struct chain_found *y)
{
    int by = 0;
    for (size_t i = 0; !by && i < p->n; i++)
        if (x->row[i] != y->row[i])
            by = str_cmp(chain_row(p, i, x->row[i])->capability->ref, chain_row(p, i, y->row[i])->capability->ref);
    return by;
}

int chain_found_order(const struct chain_problem *p, const struct chain_found *x, const struct chain_found *y,
                      bool ignore_class)
{
    if (!ignore_class && x->ask != y->ask)
        return x->ask ? 1 : -1;
    int by = order_of(x->value, y->value);
    if (!by)
        by = order_of((double)x->sums.won, (double)y->sums.won);
    return by ? by : refs_order(p, x, y);
}

void chain_found_add(const struct chain_problem *p, struct chain_found_list *list, const struct chain_found *found,
                     bool ignore_class)
{
    size_t at = list->n;
    int by = 1;
    while (at && (by = chain_found_order(p, found, &list->v[at - 1], ignore_class)) < 0)
        at--;
    if (at >= list->k || (at && !by))
        return;
    memmove(&list->v[at + 1], &list->v[at], (list->n - at) * sizeof *list->v);
    list->v[at] = *found;
    list->n += list->n < list->k;
}

struct chain_sums chain_sums_of(const struct chain_problem *p, const uint32_t *row)
{
    struct chain_sums s = {0};
    struct chain_node before = {0};
    for (size_t i = 0; i < p->n; i++) {
        struct chain_node node = chain_node_at(p, i, row[i]);
        struct chain_leg leg = i ? chain_leg_between(p, i - 1, &before, &node) : chain_leg_origin(p, &node);
        chain_add_leg(&s, &leg);
        chain_add_node(&s, &node);
        s.firms += i && before.org != node.org;
        before = node;
    }
    struct chain_leg last = chain_leg_delivery(p, &before);
    chain_add_leg(&s, &last);
    return s;
}

struct chain_found chain_found_by(const struct chain_problem *p, const struct chain_scale *scale,
                                  const struct chain_found *found)
{
    struct chain_found by = *found;
    by.value = chain_round6(chain_value(p, scale, &found->sums));
    return by;
}

bool chain_is_over(struct chain_clock *clock)
{
    clock->over |= time_steady_ns() >= clock->until_ns;
    return clock->over;
}

bool chain_out_of_time(struct chain_clock *clock)
{
    enum { LOOK_EVERY = 256 };
    return ++clock->ticks % LOOK_EVERY ? clock->over : chain_is_over(clock);
}

struct walk {
    const struct chain_task *task;
    const struct chain_problem *p;
    struct chain_node *node[NEED_STEPS_MAX];
    struct chain_found_list *out;
    struct chain_found now;
};

static bool is_allowed(const struct chain_filter *f, const struct chain_node *node)
{
    return node->org != f->without_org && (f->only_org == UINT32_MAX || node->org == f->only_org);
}

static void walk(struct walk *w, size_t step, const struct chain_sums *sums, bool ask)
{
    const struct chain_node *from = step ? &w->node[step - 1][w->now.row[step - 1]] : NULL;
    for (size_t i = 0; i < w->p->layer[step].n; i++) {
        const struct chain_node *node = &w->node[step][i];
        if (!is_allowed(w->task->filter, node))
            continue;
        struct chain_sums s = *sums;
        struct chain_leg leg = from ? chain_leg_between(w->p, step - 1, from, node) : chain_leg_origin(w->p, node);
        chain_add_leg(&s, &leg);
        chain_add_node(&s, node);
        s.firms += from && from->org != node->org;
        w->now.row[step] = (uint32_t)i;
        if (step + 1 < w->p->n) {
            walk(w, step + 1, &s, ask || node->ask);
            continue;
        }
        leg = chain_leg_delivery(w->p, node);
        chain_add_leg(&s, &leg);
        if (w->p->has_limit && s.days > w->p->days_left)
            continue;
        w->now.sums = s;
        w->now.ask = ask || node->ask;
        w->now.value = chain_round6(chain_value(w->p, w->task->scale, &s));
        chain_found_add(w->p, w->out, &w->now, w->task->filter->ignore_class);
    }
}

void chain_enumerate(struct arena *a, const struct chain_task *task, struct chain_found_list *out)
{
    struct walk w = {.task = task, .p = task->p, .out = out};
    for (size_t i = 0; i < task->p->n; i++) {
        w.node[i] = ARENA_ARRAY(a, task->p->layer[i].n, struct chain_node);
        for (size_t row = 0; row < task->p->layer[i].n; row++)
            w.node[i][row] = chain_node_at(task->p, i, row);
    }
    walk(&w, 0, &(struct chain_sums){0}, false);
}
