/* What the process builds once at start and then only reads. */
#ifndef PPURI_CORE_APP_H
#define PPURI_CORE_APP_H

#include "base/time.h"
#include "db/db.h"
#include "http/server.h"
#include "vocab/words.h"

struct file_store;
struct page_cache;
struct jobs;
struct open_cache;
struct parse_words;
struct rate_limits;
struct settings;
struct snapshots;

struct app {
    const struct vocab *vocab;
    const struct words *words;
    const struct parse_words *parse; /* for reading needs out of texts */
    struct store *store;
    struct snapshots *snapshots; /* what firms offer, for matching (feature/directory/snapshot.h) */
    struct search *search;       /* texts to be found */
    struct home_cache *home;     /* figures of the first page (feature/need/home_figures.h) */
    struct open_cache *open;     /* open needs, read once (feature/need/need.h) */
    struct http_server *server;
    struct metrics *metrics;
    const struct settings *settings;
    const struct file_store *files; /* attachments */
    struct jobs *jobs;
    struct page_cache *pages; /* NULL: none are kept */
    struct rate_limits *rates;
    unsigned char csrf_key[32]; /* random at start: forms of before are refused kindly */
    struct str council;         /* name of the council, shown on every page */
    struct opt_day today;       /* fixed by --today; else the clock's day in Korea */
};

/* The calendar day that answers are given for. */
struct day app_today(const struct app *app);

#endif
