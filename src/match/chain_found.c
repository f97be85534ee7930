/* The order of chains, the list of the best, and the plain way to find them: going through all. */
#include <stdio.h>
#include <stdlib.h>

#include "match/chain_parts.h"

double chain_round6(double x)
{
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

int chain_found_order(const struct chain_problem *p, const struct chain_found *x, const struct chain_found *y,
                      bool ignore_class)
{
    if (!ignore_class && x->ask != y->ask)
        return x->ask ? 1 : -1;
    int by = order_of(x->value, y->value);
    if (!by)
        by = order_of((double)x->sums.won, (double)y->sums.won);
    for (size_t i = 0; !by && i < p->n; i++) {
        uint32_t rx = p->layer[i].v[x->node[i]].ref_rank, ry = p->layer[i].v[y->node[i]].ref_rank;
        by = (rx > ry) - (rx < ry);
    }
    return by;
}

void chain_found_add(const struct chain_problem *p, struct chain_found_list *list, const struct chain_found *found,
                     bool ignore_class)
{
    size_t at = list->n;
    while (at && chain_found_order(p, found, &list->v[at - 1], ignore_class) < 0)
        at--;
    if (at >= list->k)
        return;
    memmove(&list->v[at + 1], &list->v[at], (list->n - at) * sizeof *list->v);
    list->v[at] = *found;
    list->n += list->n < list->k;
}

struct walk {
    const struct chain_task *task;
    const struct chain_problem *p;
    struct chain_found_list *out;
    struct chain_found now;
};

static bool is_allowed(const struct chain_filter *f, const struct chain_node *node)
{
    return node->org != f->without_org && (f->only_org == UINT32_MAX || node->org == f->only_org);
}

static void walk(struct walk *w, size_t step, const struct chain_sums *sums, bool ask)
{
    const struct chain_layer *layer = &w->p->layer[step];
    const struct chain_node *from = step ? &w->p->layer[step - 1].v[w->now.node[step - 1]] : NULL;
    for (size_t i = 0; i < layer->n; i++) {
        const struct chain_node *node = &layer->v[i];
        if (!is_allowed(w->task->filter, node))
            continue;
        struct chain_sums s = *sums;
        struct chain_leg leg = from ? chain_leg_between(w->p, step - 1, from, node) : chain_leg_origin(w->p, node);
        chain_add_leg(&s, &leg);
        chain_add_node(&s, node);
        s.firms += from && from->org != node->org;
        w->now.node[step] = (uint32_t)i;
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

void chain_enumerate(const struct chain_task *task, struct chain_found_list *out)
{
    struct walk w = {task, task->p, out, {{0}, {0}, 0, false}};
    walk(&w, 0, &(struct chain_sums){0}, false);
}
