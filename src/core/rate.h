/*
 * How often one client may call: a token bucket an address and class of routes. The table has a fixed size; under
 * attack from many addresses strangers share buckets, so that memory stays bounded.
 */
#ifndef PPURI_CORE_RATE_H
#define PPURI_CORE_RATE_H

#include "base/str.h"
#include "core/access.h"

struct rate_limits;

struct rate_limits *rate_limits_new(void);
/* NULL is allowed. */
void rate_limits_free(struct rate_limits *limits);
/* Takes one call; false when the client has used up its share. Thread-safe. `now_ns` is a steady clock. */
bool rate_allow(struct rate_limits *limits, struct str address, enum rate_class class, int64_t now_ns);

#endif
