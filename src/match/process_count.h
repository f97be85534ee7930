/* What the sites of the directory can do of one process and the ones below it: who, how many, in which materials,
 * within which limits. One pass over the columns: O(capabilities). */
#ifndef PPURI_MATCH_PROCESS_COUNT_H
#define PPURI_MATCH_PROCESS_COUNT_H

#include "match/supply_columns.h"

/* A site and its capability below the process with the strongest evidence, the first of equals. */
struct process_site {
    const struct site *site;
    const struct capability *best;
    size_t others; /* further capabilities below the process */
};

struct process_sites {
    struct process_site *v;
    size_t n;
    size_t cap;
};

/* One number of each site that states it: its best. */
enum process_limit { LIMIT_SIZE_MM, LIMIT_RA_UM, LIMIT_LEAD_DAYS, PROCESS_LIMITS };

struct process_values {
    struct {
        double value;
        const struct site *site;
    } * v;
    size_t n;
    size_t cap;
};

struct process_limits {
    struct process_values v[PROCESS_LIMITS]; /* in the order of the supply */
};

enum { PROCESS_SITES_MAX = 12 };

struct process_count {
    struct process_sites sites; /* strongest evidence first, then finished deals, then name; the first of them */
    size_t all_sites;
    size_t capabilities;
    struct process_limits limits;
    struct node_list rows;    /* the processes right below, or the process itself where there are none */
    struct node_list columns; /* the uppermost materials */
    int64_t *cell;            /* rows.n x columns.n: sites; a capability without materials counts nowhere */
    int64_t *row_sites;       /* rows.n: sites */
    int64_t *by_region;       /* by region: sites in it or below */
};

/* The limits alone. */
void process_limits(struct arena *a, const struct vocab *v, const struct supply_columns *columns, uint32_t process,
                    struct process_limits *out);
void process_count(struct arena *a, const struct vocab *v, const struct supply_columns *columns, uint32_t process,
                   struct process_count *out);

#endif
