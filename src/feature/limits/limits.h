/* The limits of the sites that do a process as a picture: each limit a line, each site a dot on it. */
#ifndef PPURI_FEATURE_LIMITS_LIMITS_H
#define PPURI_FEATURE_LIMITS_LIMITS_H

#include "core/req.h"
#include "match/process_count.h"

enum { LIMIT_STRIP_WIDTH = 300 };

struct limit_dot {
    double x; /* 0 .. LIMIT_STRIP_WIDTH */
    struct str title;
};

struct limit_strip {
    struct msg label;
    struct str least; /* with units */
    struct str most;
    size_t sites;
    struct str others; /* SVG path of dots without names; empty: each has its own below */
    double own_x;
    struct str own; /* value of the site that is looked at; empty: it states none, or none is looked at */
    struct {
        struct limit_dot *v;
        size_t n;
        size_t cap;
    } dots;
};

struct limit_strips {
    struct limit_strip *v;
    size_t n;
    size_t cap;
};

/* Of the limits that any site states. `own` is marked and the others are nameless; NULL: each has its name, up to a
   hundred. Texts are
   copied into the request's arena. */
void limits_fill(struct req *q, const struct process_limits *limits, const struct site *own, struct limit_strips *out);

#endif
