/*
 * One version of the supply in columns, for what counts over all sites: a pass reads a few numbers a row and follows no
 * pointer. Made once a version, O(capabilities); then read-only.
 */
#ifndef PPURI_MATCH_SUPPLY_COLUMNS_H
#define PPURI_MATCH_SUPPLY_COLUMNS_H

#include "match/supply.h"

/* Lists of all rows (or sites) one behind the other: that of i is v[from[i]] .. v[from[i + 1]] exclusive. */
struct column_lists {
    uint32_t *from;
    uint32_t *v;
};

/* A row is a capability; a site without any has one row of no process. Rows stand in the order of their sites. */
struct supply_columns {
    const struct supply *supply;
    size_t rows;
    uint32_t *first_row;              /* by site, and one more */
    uint32_t *site;                   /* by row: number in the supply */
    uint32_t *process;                /* by row; NODE_NONE: none */
    const struct capability **detail; /* by row; NULL: none */
    uint8_t *proof;                   /* by row: capability_proof */
    double *largest_mm;               /* by row: its largest dimension, 0 when none is stated */
    double *ra_um;                    /* by row; NAN when none is stated, as in the next */
    double *lead_days;                /* by row */
    struct column_lists materials;    /* by row */
    struct column_lists industries;   /* by row */
    struct column_lists processes;    /* by site: its processes and all above them, each once */
    uint32_t *region;                 /* by site; NODE_NONE: blank */
    struct column_lists held;         /* by site: certificates */
    int32_t *held_until;              /* beside held.v: last day, INT32_MAX when none is stated */
    int64_t *good;                    /* by site: good deals */
    uint64_t *name_key;               /* by site: the first bytes of the folded name, ordered as the names are */
    struct str names;                 /* folded names of all sites, a NUL byte behind each */
    uint32_t *name_from;              /* by site, and one more */
};

/* The supply must outlive the columns; it has fewer than 2^32 rows and list entries. */
void supply_columns_build(struct arena *a, const struct vocab *v, const struct supply *supply,
                          struct supply_columns *out);

/* By the folded name of the organisation, then by reference. */
int supply_columns_by_name(const struct supply_columns *c, uint32_t x, uint32_t y);

#endif
