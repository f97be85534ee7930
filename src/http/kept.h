/*
 * Answers kept for the next visitor, in a table of slots by the hash of their key; one that meets another takes its
 * slot. One lock for the table, held for a look-up; an answer is freed by its last reader, and compressed when the
 * first client asks for it so. Bounded; the oldest give way.
 */
#ifndef PPURI_HTTP_KEPT_H
#define PPURI_HTTP_KEPT_H

#include "http/response.h"

struct page_cache;
struct kept_page;

struct page_cache *page_cache_new(size_t bytes_max);
/* Every answer must have been given back. NULL is allowed. */
void page_cache_free(struct page_cache *cache);

/* NULL when it is not there; else to be given back. */
struct kept_page *kept_find(struct page_cache *cache, struct str key);
/* Keeps a written answer; NULL when it is none to keep, else to be given back. */
struct kept_page *kept_put(struct page_cache *cache, struct str key, const struct http_response *r);
void kept_give(struct page_cache *cache, struct kept_page *page);

/* Bits of the secrets that stand in it. */
unsigned kept_secrets(const struct kept_page *page);
/* As the body, with the secrets of this answer. */
void kept_send(struct kept_page *page, struct http_response *r);

#endif
