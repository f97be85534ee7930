/*
 * Filters over all sites with counts that respect the other filters. Process, material, industry and size must hold for
 * one and the same capability; region, certificate and words for the site. One pass over the columns:
 * O(capabilities + certificates held).
 */
#ifndef PPURI_FEATURE_DIRECTORY_FACET_H
#define PPURI_FEATURE_DIRECTORY_FACET_H

#include "match/supply_columns.h"

/* Least of the largest dimension that a capability takes, to choose from. */
enum { FACET_SIZES = 6 };
extern const double facet_sizes_mm[FACET_SIZES];

enum facet { FACET_PROCESS, FACET_MATERIAL, FACET_INDUSTRY, FACET_REGION, FACET_CERTIFICATE, FACETS };

struct facet_query {
    uint32_t node[FACETS];  /* NODE_NONE: not asked */
    uint32_t above[FACETS]; /* whose children are counted; NODE_NONE: the top of the tree */
    double size_mm;         /* the part's largest dimension; 0: not asked */
    struct str words;       /* folded; empty: none */
    struct day today;       /* certificates that ended before don't count */
};

struct facet_answer {
    struct {
        uint32_t *v; /* numbers of sites, in the order of the supply */
        size_t n;
    } found;
    /* Sites by node: those that would be found with it chosen. Of processes every node, of the others the children of
       `above`. */
    int64_t *count[FACETS];
    int64_t without[FACETS]; /* sites when only this filter is dropped */
    int64_t without_words;
    int64_t size_count[FACET_SIZES]; /* sites that take a part of that size */
    int64_t without_size;
};

const struct tree *facet_tree(const struct vocab *v, enum facet f);
void facet_scan(struct arena *a, const struct vocab *v, const struct supply_columns *columns,
                const struct facet_query *q, struct facet_answer *out);

#endif
