/* The inside of the search index: what core/search.c makes and core/search_query.c reads, under the lock. */
#ifndef PPURI_CORE_SEARCH_PARTS_H
#define PPURI_CORE_SEARCH_PARTS_H

#include "base/map.h"
#include "core/search.h"

#include <pthread.h>

struct numbers {
    uint32_t *v;
    size_t n;
    size_t cap;
};

/* Most pieces are of one document, which stands in them. */
struct piece {
    struct str text; /* folded */
    uint32_t n;
    uint32_t cap; /* of many; 0: there is at most one */
    union {
        uint32_t one; /* document << 2 | field */
        uint32_t *many;
    } docs;
};

/* Pieces of a token, rising, as differences of seven bits a byte. */
struct token_list {
    uint8_t *v; /* of malloc */
    uint32_t bytes;
    uint32_t cap;
    uint32_t n;
    uint32_t last;
};

struct stored {
    struct str ref;
    struct str part_of;
    struct str title;
    struct str shown;
    int64_t owner_org;
    int64_t next;          /* of the same part, -1: none */
    struct numbers pieces; /* piece << 2 | field */
};

/* What a query looks at in every document that has its words: small, side by side. */
struct brief {
    uint64_t title_head; /* the first eight bytes, in the order of texts */
    uint8_t kind;
    bool only_owner;
    bool gone;
};

/* Everything of one arena. What is gone is left behind when a new one is made of what lives. */
struct generation {
    struct arena arena;
    struct map piece_of; /* by text */
    struct map list_of;  /* by token, its 8 bytes */
    struct map part_of;  /* the first document of a part, -1: none */
    VEC(struct piece) pieces;
    VEC(struct token_list) lists;
    VEC(struct stored) docs;
    VEC(struct brief) briefs;
    size_t gone;
};

struct search {
    pthread_rwlock_t lock;
    struct generation *g;
    int percent; /* under the lock */
};

static inline const uint32_t *docs_of(const struct piece *p)
{
    return p->cap ? p->docs.many : &p->docs.one;
}

/* The piece behind the one numbered `before` (0 at first); *at moves on. Only while there are any. */
static inline uint32_t list_next(const struct token_list *l, uint32_t *at, uint32_t before)
{
    uint32_t difference = 0;
    for (int shift = 0;; shift += 7) {
        uint8_t byte = l->v[(*at)++];
        difference |= (uint32_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return before + difference;
    }
}

#endif
