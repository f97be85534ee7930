/*
 * Follows the council's vocabulary entries: when they change, also by another process, a new vocabulary with its words,
 * its copy of the directory and its index of texts is built aside and takes over. A request sees one of them from
 * beginning to end.
 */
#ifndef PPURI_WEB_LIVE_H
#define PPURI_WEB_LIVE_H

#include "core/app.h"

struct live;

enum { LIVE_POLL_MS = 1000 };

/* `base` is complete (snapshots started) and lives until live_stop. */
struct live *live_start(struct app *base);
/* After the server has stopped. NULL is allowed. */
void live_stop(struct live *l);
/* The callbacks for http_server_start: those of web_app, each request with the newest vocabulary. */
struct http_app live_app(struct live *l);

#endif
