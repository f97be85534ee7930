/* 4,096 buckets by the hash of address and class, one lock: some 50 ns a call. */
#include "core/rate.h"

#include "base/hash.h"

#include <pthread.h>
#include <stdlib.h>

enum { BUCKETS = 4096 };

struct bucket {
    uint64_t owner; /* hash of address and class, 0 = nobody yet */
    double tokens;
    int64_t filled_ns;
};

struct rate_limits {
    pthread_mutex_t lock;
    struct bucket buckets[BUCKETS];
};

struct rate {
    double per_second;
    double burst;
};

static const struct rate rates[RATE_CLASS_COUNT] = {
#define R(name, per_second, burst) {per_second, burst},
    RATE_CLASSES(R)
#undef R
};

struct rate_limits *rate_limits_new(void)
{
    struct rate_limits *limits = calloc(1, sizeof *limits);
    if (!limits)
        abort();
    pthread_mutex_init(&limits->lock, NULL);
    return limits;
}

void rate_limits_free(struct rate_limits *limits)
{
    if (!limits)
        return;
    pthread_mutex_destroy(&limits->lock);
    free(limits);
}

static bool take(struct bucket *b, const struct rate *r, uint64_t owner, int64_t now_ns)
{
    double passed_s = (double)(now_ns - b->filled_ns) / 1e9;
    bool full_again = b->tokens + passed_s * r->per_second >= r->burst;
    if (!b->owner || (b->owner != owner && full_again)) {
        b->owner = owner;
        b->tokens = r->burst;
    } else {
        b->tokens = full_again ? r->burst : b->tokens + passed_s * r->per_second;
    }
    b->filled_ns = now_ns;
    if (b->tokens < 1)
        return false;
    b->tokens -= 1;
    return true;
}

bool rate_allow(struct rate_limits *limits, struct str address, enum rate_class class, int64_t now_ns)
{
    const struct rate *r = &rates[class];
    if (r->per_second <= 0)
        return true;
    char class_byte = (char)class;
    uint64_t owner = hash_fnv1a(hash_fnv1a(FNV1A_64_START, address), str_n(&class_byte, 1)) | 1;
    pthread_mutex_lock(&limits->lock);
    bool allowed = take(&limits->buckets[(owner >> 1) % BUCKETS], r, owner, now_ns);
    pthread_mutex_unlock(&limits->lock);
    return allowed;
}
