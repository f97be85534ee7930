/*
 * Pages that are the same for every visitor but for the tokens in their forms, kept as they were sent. A page is found
 * by its address, language, look, day and the versions of what it was made from, so what has changed is never sent:
 * what the change log does not cover must not be kept.
 */
#ifndef PPURI_CORE_PAGE_CACHE_H
#define PPURI_CORE_PAGE_CACHE_H

#include "core/req.h"
#include "http/kept.h"

/*
 * What a handler asks first. True: the page is there and will be the answer, return ST_OK. False: what the handler
 * answers is kept, when it is a page. `version` is that of a derived structure that the page also reads
 * (snapshot_version), 0 for none. A page may show nothing of its visitor but session_csrf and session_form_key.
 */
bool page_cached(struct req *q, int64_t version);
/* What the dispatcher does after the handler: the kept page or the new one, in gzip where the client takes it. */
MUST_USE enum status page_answer(struct req *q);

#endif
