/* Inside the chain files only: the candidates of every step sorted into cells of a grid, what bounds are made of. */
#ifndef PPURI_MATCH_CHAIN_GRID_H
#define PPURI_MATCH_CHAIN_GRID_H

#include "match/chain_parts.h"

/* Cells of about 64, 32, 16, 8 and 4 km. */
enum { CHAIN_LEVELS = 5 };

/* When a finer level is worth it. A test sets CHAIN_FINE, so that few candidates go through all of it. */
#ifdef CHAIN_FINE
enum {
    CHAIN_LEAF_MEMBERS = 0,
    CHAIN_PROMISING = 2,
    CHAIN_PROMISING_MORE = 3,
    CHAIN_PAIRS_FEW = 1,
    CHAIN_PAIRS_ENOUGH = 2
};
#else
enum {
    CHAIN_LEAF_MEMBERS = 16,    /* on average */
    CHAIN_PROMISING = 10,       /* candidates a step of the first look */
    CHAIN_PROMISING_MORE = 48,  /* of the look before the last search */
    CHAIN_PAIRS_FEW = 3000,     /* of candidates: then the last search comes at once */
    CHAIN_PAIRS_ENOUGH = 40000, /* then finer cells come first */
};
#endif

/* The smallest box around the places of its members. */
struct chain_cell {
    double south, north, west, east; /* radians */
    double cos_low;                  /* the least cosine of a latitude in it */
    bool known;                      /* false: the cell of those without a place */
    uint32_t from, to;               /* its part of board->order; in a finest cell those that meet are first */
    uint32_t parent;
    uint32_t top;              /* the coarsest cell that it is in */
    uint32_t child, child_end; /* in the next finer level */
    uint32_t leaf, leaf_end;   /* in the finest */
};

/* Two members of steps that follow each other, of one site or organisation, as indices of the lists of linked ones. */
struct chain_link {
    uint32_t from, to;
    float km; /* not more road km than between them; below 0: the same site */
};

struct chain_links {
    struct chain_link *v; /* by from */
    size_t n;
    size_t cap;
};

enum chain_tie { TIE_SITE, TIE_ORG, TIES };

/* The candidates of one step: members are rows of the input. */
struct chain_board {
    size_t n;
    size_t meets;    /* so many of them meet; the others follow */
    uint32_t *order; /* by cell */
    uint32_t *leaf;  /* by member: cell of the finest level */
    struct chain_cell *cell[CHAIN_LEVELS];
    size_t cells[CHAIN_LEVELS];
    uint32_t *up[CHAIN_LEVELS]; /* by finest cell: the cell of the level that it is in */
    /* Members with a link to the next step or from the one before, and the links to the next step: of a site, or of an
       organisation and so of its sites too. */
    uint8_t *ties; /* bits 1 << enum chain_tie */
    uint32_t *linked[TIES];
    size_t n_linked[TIES];
    struct chain_links links[TIES];
    float *km; /* by coarsest cell and coarsest cell of the next step: not more road km than between them */
};

struct chain_grid {
    const struct chain_problem *p;
    struct chain_board board[NEED_STEPS_MAX];
    int leaf;       /* the finest level in use */
    bool org_links; /* false: too many, none is there */
};

void chain_grid_init(struct arena *a, const struct chain_problem *p, struct chain_grid *out);
/* Finds the links of all steps. `longest`: of the steps. */
void chain_grid_link(struct arena *a, struct chain_grid *g, size_t longest);
/* Not more than the road km between places of two cells. */
double chain_cells_road_km(const struct chain_grid *g, const struct chain_cell *x, const struct chain_cell *y);
/* Not more than the great circle km between any two places of the cells, both known. */
double chain_cells_km(const struct chain_cell *x, const struct chain_cell *y);
/* A cell around one place. */
struct chain_cell chain_cell_of(const struct chain_place *place);

#endif
