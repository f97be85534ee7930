/* Classes of the rows of a plan, 64 at a time. */
#include "match/index_parts.h"

struct tile_classes {
    uint64_t no;   /* one must says no */
    uint64_t more; /* more than one does */
    uint64_t unknown;
    uint64_t *first; /* by term: rows whose first no it is */
};

static void class_tile(const struct index_plan *p, size_t tile, struct tile_classes *c)
{
    const struct index_tile *t = &p->view.tile[tile];
    c->no = c->more = 0;
    c->unknown = p->view.run[t->run].unknown ? t->rows : 0;
    for (size_t i = 0; i < p->terms; i++) {
        const struct index_term *term = &p->term[i];
        c->first[i] = 0;
        if (!term->must || c->more == t->rows)
            continue;
        struct index_verdicts v = term->sweep(&p->view, term, tile, t->rows & ~c->more);
        p->verdicts[tile * p->terms + i] = v;
        uint64_t no = t->rows & ~v.yes & ~v.unknown;
        c->first[i] = no & ~c->no;
        c->more |= c->no & no;
        c->no |= no;
        c->unknown |= v.unknown & t->rows;
    }
}

static uint64_t bits(uint64_t x)
{
    return (uint64_t)__builtin_popcountll(x);
}

void index_count(struct arena *a, struct index_plan *p, struct index_counts *out)
{
    struct tile_classes c = {.first = ARENA_ARRAY(a, p->terms, uint64_t)};
    for (size_t tile = 0; tile < p->view.tiles; tile++) {
        uint64_t rows = p->view.tile[tile].rows;
        class_tile(p, tile, &c);
        p->meets[tile] = rows & ~c.no & ~c.unknown;
        p->ask[tile] = rows & ~c.no & c.unknown;
        p->near[tile] = c.no & ~c.more;
        out->count[CLASS_MEETS] += bits(p->meets[tile]);
        out->count[CLASS_ASK] += bits(p->ask[tile]);
        out->count[CLASS_NEAR] += bits(p->near[tile]);
        out->count[CLASS_OUT] += bits(c.more);
        for (size_t i = 0; i < p->terms && c.no; i++) {
            if (!c.first[i])
                continue;
            out->out_by[p->term[i].criterion->kind] += bits(c.first[i] & c.more);
            out->near_by[i + 1] += bits(c.first[i] & ~c.more);
        }
        out->swept += bits(rows);
    }
}
