#include "http/kept.h"

#include "base/hash.h"

#include <pthread.h>
#include <stdlib.h>

enum { SLOTS = 1024, PAGE_BYTES_MOST = 1 << 20 };

struct kept_page {
    int refs; /* under the table's lock */
    struct str key;
    size_t bytes;
    unsigned secrets; /* bits of those that stand on it */
    pthread_mutex_t lock;
    struct arena arena;
    struct packed packed;
};

struct page_cache {
    pthread_mutex_t lock;
    size_t bytes;
    size_t bytes_max;
    size_t hand;
    struct kept_page *slots[SLOTS];
};

struct page_cache *page_cache_new(size_t bytes_max)
{
    struct page_cache *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    c->bytes_max = bytes_max;
    pthread_mutex_init(&c->lock, NULL);
    return c;
}

/* Under the table's lock. */
static void drop(struct page_cache *c, struct kept_page *page)
{
    if (--page->refs)
        return;
    c->bytes -= page->bytes;
    arena_release(&page->arena);
    pthread_mutex_destroy(&page->lock);
    free(page);
}

static void empty_slot(struct page_cache *c, size_t slot)
{
    struct kept_page *page = c->slots[slot];
    c->slots[slot] = NULL;
    if (page)
        drop(c, page);
}

void page_cache_free(struct page_cache *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < SLOTS; i++)
        empty_slot(c, i);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

static size_t slot_of(struct str key)
{
    return (size_t)(hash_fnv1a(FNV1A_64_START, key) % SLOTS);
}

struct kept_page *kept_find(struct page_cache *c, struct str key)
{
    pthread_mutex_lock(&c->lock);
    struct kept_page *page = c->slots[slot_of(key)];
    if (page && str_eq(page->key, key))
        page->refs++;
    else
        page = NULL;
    pthread_mutex_unlock(&c->lock);
    return page;
}

void kept_give(struct page_cache *c, struct kept_page *page)
{
    pthread_mutex_lock(&c->lock);
    drop(c, page);
    pthread_mutex_unlock(&c->lock);
}

/* Takes a reference for the table; a round over the slots makes room. */
static void put(struct page_cache *c, struct kept_page *page)
{
    size_t slot = slot_of(page->key);
    pthread_mutex_lock(&c->lock);
    empty_slot(c, slot);
    for (size_t i = 0; c->bytes + page->bytes > c->bytes_max && i < SLOTS; i++)
        empty_slot(c, c->hand++ % SLOTS);
    c->bytes += page->bytes;
    page->refs++;
    c->slots[slot] = page;
    pthread_mutex_unlock(&c->lock);
}

struct kept_page *kept_put(struct page_cache *c, struct str key, const struct http_response *r)
{
    if (r->status != 200 || r->kind != RESPONSE_BUF || !r->body.n || r->body.n > PAGE_BYTES_MOST)
        return NULL;
    struct kept_page *page = calloc(1, sizeof *page);
    if (!page)
        abort();
    page->refs = 1;
    pthread_mutex_init(&page->lock, NULL);
    arena_init(&page->arena, SIZE_MAX / 2);
    page->key = arena_str(&page->arena, key);
    packed_cut(&page->arena, arena_str(&page->arena, buf_str(&r->body)), &r->secrets, &page->packed);
    for (size_t i = 0; i < page->packed.n; i++)
        if (page->packed.v[i].secret >= 0)
            page->secrets |= 1u << page->packed.v[i].secret;
    /* As if the gzip were there: it is some quarter of the text. */
    page->bytes = r->body.n + r->body.n / 2 + sizeof *page;
    put(c, page);
    return page;
}

unsigned kept_secrets(const struct kept_page *page)
{
    return page->secrets;
}

void kept_send(struct kept_page *page, struct http_response *r)
{
    bool gzip = response_may_gzip(r);
    buf_clear(&r->body);
    if (gzip) {
        pthread_mutex_lock(&page->lock);
        if (!page->packed.compressed)
            packed_compress(&page->arena, &page->packed);
        pthread_mutex_unlock(&page->lock);
    }
    response_packed(r, &page->packed, gzip);
}
