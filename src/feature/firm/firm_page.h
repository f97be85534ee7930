/* What the page of one site shows. */
#ifndef PPURI_FEATURE_FIRM_FIRM_PAGE_H
#define PPURI_FEATURE_FIRM_FIRM_PAGE_H

#include "core/req.h"
#include "feature/firm/firm_needs.h"
#include "feature/limits/limits.h"
#include "feature/map/map.h"
#include "match/explain.h"

struct firm_capability {
    struct str process;
    struct url url; /* of the process */
    struct str text;
    struct str ref;
    struct fact_list facts;
    struct str evidence; /* empty: none was given */
};

struct firm_capability_list {
    struct firm_capability *v;
    size_t n;
    size_t cap;
};

struct firm_certificate {
    struct str name;
    bool has_until;
    struct day until;
    bool expired;
};

struct firm_certificate_list {
    struct firm_certificate *v;
    size_t n;
    size_t cap;
};

struct firm_page {
    const struct site *site;
    struct str name;      /* of the organisation, in the page's language when it has one */
    struct str name_lang; /* empty: that of the page */
    struct str region;
    struct str best;     /* process it can prove best; empty without capabilities */
    struct str evidence; /* of that process; empty: none was given */
    struct str field;    /* the wider process that its limits are compared in */
    struct limit_strips limits;
    struct url near; /* firms of the same region, on the map; empty: region unknown */
    bool certificates_known;
    struct firm_certificate_list certificates;
    struct firm_capability_list capabilities; /* strongest evidence first; those that are shown at once */
    struct firm_capability_list others;
    bool mapped; /* its place is known */
    struct map_view map;
    struct firm_needs needs;
    struct url find;       /* others who do what it does best; empty: it does nothing yet */
    struct str source;     /* public list that it was taken from; empty: the council's own */
    struct moment changed; /* the site's own row */
};

#endif
