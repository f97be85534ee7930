/* Members of steps that follow each other and belong to one site or organisation: between them a leg costs less. */
#include "match/chain_grid.h"

#include <math.h>

enum { LINKS_A_MEMBER = 4, LINKS_ANYWAY = 256 };

struct linking {
    struct arena *arena;
    struct chain_grid *g;
    uint32_t *head; /* by organisation: its first member of the next step + 1; all 0 between steps */
    uint32_t *next; /* by member: the next one of its organisation + 1 */
};

/* Not more than the road km between two members. */
static float members_km(const struct chain_grid *g, size_t step, uint32_t x, uint32_t y)
{
    const struct chain_board *b = &g->board[step], *then = &g->board[step + 1];
    const struct chain_cell *from = &b->cell[g->leaf][b->leaf[x]], *to = &then->cell[g->leaf][then->leaf[y]];
    return nextafterf((float)chain_cells_road_km(g, from, to), 0);
}

/* Links one member; those of an organisation only while there are not too many. */
static void link_member(struct linking *l, size_t step, uint32_t member, size_t most)
{
    struct chain_board *b = &l->g->board[step], *then = &l->g->board[step + 1];
    const struct chain_columns *in = l->g->p->layer[step].in, *in_then = l->g->p->layer[step + 1].in;
    for (uint32_t k = l->head[in->org[member]]; k; k = l->next[k - 1]) {
        bool same = in->site[member] == in_then->site[k - 1];
        struct chain_link link = {member, k - 1, -1};
        uint8_t bits = (uint8_t)(same << TIE_SITE | l->g->org_links << TIE_ORG);
        if (same)
            VEC_PUSH(l->arena, &b->links[TIE_SITE], link);
        else if (l->g->org_links)
            link.km = members_km(l->g, step, member, k - 1);
        if (l->g->org_links)
            VEC_PUSH(l->arena, &b->links[TIE_ORG], link);
        l->g->org_links &= b->links[TIE_ORG].n <= most;
        b->ties[member] |= bits;
        then->ties[k - 1] |= bits;
    }
}

static void link_step(struct linking *l, size_t step)
{
    const struct chain_columns *b = l->g->p->layer[step].in, *then = l->g->p->layer[step + 1].in;
    size_t most = LINKS_A_MEMBER * (b->n + then->n) + LINKS_ANYWAY;
    for (size_t i = then->n; i-- > 0;) {
        l->next[i] = l->head[then->org[i]];
        l->head[then->org[i]] = (uint32_t)i + 1;
    }
    for (size_t i = 0; i < b->n; i++)
        if (l->head[b->org[i]])
            link_member(l, step, (uint32_t)i, most);
    for (size_t i = 0; i < then->n; i++)
        l->head[then->org[i]] = 0;
}

/* The lists of linked members; `index` tells where a member stands in its list. */
static void list_linked(struct arena *a, struct chain_board *b, enum chain_tie tie, uint32_t *index)
{
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++)
        n += b->ties[i] >> tie & 1;
    b->linked[tie] = ARENA_ARRAY(a, n, uint32_t);
    for (size_t i = 0; i < b->n; i++) {
        if (!(b->ties[i] >> tie & 1))
            continue;
        index[i] = (uint32_t)b->n_linked[tie];
        b->linked[tie][b->n_linked[tie]++] = (uint32_t)i;
    }
}

void chain_grid_link(struct arena *a, struct chain_grid *g, size_t longest)
{
    AUTO_ARENA passing;
    arena_init(&passing, SIZE_MAX / 2);
    struct linking l = {a, g, ARENA_ARRAY(&passing, g->p->input->orgs, uint32_t),
                        ARENA_ARRAY(&passing, longest, uint32_t)};
    uint32_t *index[2] = {l.next, ARENA_ARRAY(&passing, longest, uint32_t)};
    g->org_links = true;
    for (size_t i = 0; i < g->p->n; i++)
        g->board[i].ties = ARENA_ARRAY(a, g->board[i].n, uint8_t);
    for (size_t i = 0; i + 1 < g->p->n; i++)
        link_step(&l, i);
    for (int tie = 0; tie < TIES; tie++) {
        for (size_t i = 0; i < g->p->n; i++) {
            list_linked(a, &g->board[i], (enum chain_tie)tie, index[i & 1]);
            struct chain_links *before = i ? &g->board[i - 1].links[tie] : NULL;
            for (size_t k = 0; before && k < before->n; k++) {
                before->v[k].from = index[(i - 1) & 1][before->v[k].from];
                before->v[k].to = index[i & 1][before->v[k].to];
            }
        }
    }
}
