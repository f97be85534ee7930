/* Chains as a page shows them: lines of stations, a picture of cost over days, the way on the map, and what if one firm
   drops out. */
#ifndef PPURI_FEATURE_NEED_CHAIN_SHOW_H
#define PPURI_FEATURE_NEED_CHAIN_SHOW_H

#include "core/req.h"
#include "feature/map/map.h"
#include "match/chain.h"

struct chain_stop {
    struct str process;
    struct str org;
    struct url firm;
    enum mark mark;
    int64_t days;
    int64_t won;
    double km; /* road km from the stop before */
    bool leg;  /* km is shown */
    bool estimated;
};

struct chain_line {
    int rank;
    int64_t won;
    int64_t days;
    double km;
    double kg_co2;
    bool has_co2;
    int64_t changes; /* of the firm on the way */
    bool estimated;
    VEC(struct chain_stop) stops;
};

/* The first chain by one objective, or after a loss. */
struct chain_other {
    struct str label;
    bool found;
    struct chain_line line;
};

/* A chain in the picture of cost over days. */
struct chain_dot {
    double x;
    double y;
    int rank;
    bool front; /* no other is both cheaper and quicker */
};

enum { CHAIN_PLOT_WIDTH = 320, CHAIN_PLOT_HEIGHT = 180 };

struct chain_plot {
    VEC(struct chain_dot) dots;
    struct str front; /* SVG path through the front */
    int64_t won_least, won_most, days_least, days_most;
};

struct chain_show {
    VEC(struct link) orders; /* objectives to choose from; none where the page has no address for them */
    VEC(struct chain_line) lines;
    VEC(struct chain_other) bests;  /* by each objective */
    VEC(struct chain_other) losses; /* without the firm of each step of the first chain */
    bool single;                    /* one firm can do all */
    struct chain_line single_line;
    struct chain_plot plot;
    struct map_view map; /* of the first chain */
    bool mapped;
    struct str_list why;      /* there is no chain */
    struct str_list warnings; /* of the order of steps */
    bool cut;                 /* the time ended the search */
};

/* Finds and copies everything that is shown; `request` has its input. */
void chain_show_find(struct req *q, const struct chain_request *request, struct chain_show *out);

#endif
