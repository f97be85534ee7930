/*
 * The demo region: invented firms, their capabilities and needs around Daejeon, made from the tables below demo/. Every
 * organisation's name ends with the mark "(가상)" and its number is one that no office ever gave. Pure: no clock, no
 * files.
 */
#ifndef PPURI_FEATURE_DEMO_DEMO_H
#define PPURI_FEATURE_DEMO_DEMO_H

#include "base/buf.h"
#include "base/embedded.h"
#include "base/time.h"
#include "vocab/vocab.h"

enum { DEMO_FIRMS = 220, DEMO_FIRMS_MAX = 5000, DEMO_NEEDS = 42, DEMO_NEEDS_MAX = 5000 };

/* The tables below demo/, in the binary. */
extern const struct embedded embedded_demo[];

struct demo_tables;

/* Equal plans give equal bytes on every machine. */
struct demo_plan {
    int64_t count; /* firms 1..DEMO_FIRMS_MAX, needs 1..DEMO_NEEDS_MAX */
    uint64_t seed;
    struct day today; /* needs only: created before it, due after it */
};

/* Reads and checks the tables; ST_INVALID with *why naming file and line. The vocabulary must outlive the result. */
MUST_USE enum status demo_load(struct arena *a, const struct vocab *v, const struct embedded *files,
                               const struct demo_tables **out, struct str *why);
/* Site lines (.jsonl, the format of doc/matching.md), one or two a firm, with refs DEMO-S001.. and DEMO-C0001.. */
MUST_USE enum status demo_sites(struct arena *a, const struct demo_tables *t, const struct demo_plan *plan,
                                struct buf *out);
/* Need objects, one a line, with refs DEMO-N01.. */
MUST_USE enum status demo_needs(struct arena *a, const struct demo_tables *t, const struct demo_plan *plan,
                                struct buf *out);

#endif
