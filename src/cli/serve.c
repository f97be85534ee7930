/* ppuri serve: the web server, until SIGTERM or SIGINT. */
#include "cli/store.h"

#include "base/log.h"
#include "core/file.h"
#include "core/job.h"
#include "core/rate.h"
#include "feature/directory/snapshot.h"
#include "feature/need/home_figures.h"
#include "feature/need/need.h"
#include "feature/search/search_feed.h"
#include "http/kept.h"
#include "match/parse.h"
#include "web/dispatch.h"
#include "web/live.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>

enum { PAGES_KEPT_BYTES = 64 << 20 };
enum { MMAP_FROM_BYTES = 16 << 20, TRIM_FROM_BYTES = 64 << 20 };

const struct cli_option serve_options[] = {
    CLI_SETTINGS,
    {NULL, NULL, NULL},
};

static bool read_listen(struct cli *cli, const struct settings *s, struct http_server_options *options)
{
    const char *listen = arena_c(&cli->arena, s->listen);
    const char *colon = strrchr(listen, ':');
    int64_t port;
    if (!colon || !str_to_int(str_c(colon + 1), &port) || port < 0 || port > 65535) {
        cli_usage(cli, "--listen needs an address and a port such as 127.0.0.1:8080");
        return false;
    }
    struct str address = str_n(listen, (size_t)(colon - listen));
    if (address.n > 2 && address.p[0] == '[')
        address = str_n(address.p + 1, address.n - 2);
    options->address = arena_c(&cli->arena, address);
    options->port = (uint16_t)port;
    return true;
}

/* Blocked before any thread starts, so that only this one sees them. */
static void wait_for_stop(const sigset_t *signals)
{
    int got;
    sigwait(signals, &got);
}

static int run(struct cli *cli, struct app *app, const struct http_server_options *options, const sigset_t *signals)
{
    AUTO_BUF reason;
    buf_init(&reason, 4096);
    struct live *live = live_start(app);
    struct http_app handlers = live_app(live);
    if (http_server_start(options, &handlers, &app->server, &reason) != ST_OK) {
        live_stop(live);
        return cli_refuse("serve", arena_c(&cli->arena, buf_str(&reason)));
    }
    printf("Ppuri is at %s://%s%s%s:%d\n", options->tls_cert_path ? "https" : "http",
           strchr(options->address, ':') ? "[" : "", options->address, strchr(options->address, ':') ? "]" : "",
           http_server_port(app->server));
    fflush(stdout);
    wait_for_stop(signals);
    LOG(LOG_INFO, "stopping", LOG_N("signal", 1));
    bool whole = http_server_stop(app->server);
    live_stop(live);
    return whole ? EXIT_DONE : EXIT_REFUSED;
}

/* The folder of uploads in progress, made with the one it is in; NULL when it cannot be. */
static const char *make_tmp_dir(struct cli *cli, const struct settings *s)
{
    struct str files = settings_files_dir(&cli->arena, s), tmp = settings_tmp_dir(&cli->arena, s);
    if (!files.p) {
        cli_refuse("files_dir", "it must be set with PostgreSQL");
        return NULL;
    }
    const char *path = arena_c(&cli->arena, tmp);
    bool there = mkdir(arena_c(&cli->arena, files), 0700) == 0 || errno == EEXIST;
    if (there && (mkdir(path, 0700) == 0 || errno == EEXIST))
        return path;
    cli_refuse(path, strerror(errno));
    return NULL;
}

/* Attachments and the thread of jobs; both live as long as the process serves. */
static bool start_house(struct cli *cli, struct app *app, struct file_store *files)
{
    const struct settings *s = app->settings;
    struct str root = settings_files_dir(&cli->arena, s);
    struct jobs_options options = {.store = app->store, .settings = s, .files = files, .app = app};
    if (file_store_open(&cli->arena, root, s->upload_max_bytes, files) != ST_OK) {
        cli_refuse("files_dir", "the folder cannot be made");
        return false;
    }
    app->files = files;
    if (random_secret(&options.seed, sizeof options.seed) == ST_OK && jobs_start(&options, &app->jobs) == ST_OK)
        return true;
    cli_refuse("jobs", "they cannot be started");
    return false;
}

static void load_vocabulary(struct cli *cli, struct app *app, struct words *words, struct parse_words *parse)
{
    struct db *db = db_acquire(app->store, &cli->arena);
    app->vocab = cli_store_vocab(cli, db);
    db_release(db);
    words_build(&cli->arena, app->vocab, words);
    app->words = words;
    parse_words_build(&cli->arena, app->vocab, words, parse);
    app->parse = parse;
}

int serve_command(struct cli *cli)
{
    struct http_server_options options = http_server_defaults();
    const struct settings *s = cli_settings(cli);
    if (!s)
        return EXIT_REFUSED;
    if (!read_listen(cli, s, &options))
        return EXIT_USAGE;
    struct app app = {.settings = s, .today = s->today};
    struct file_store files;
    options.tls_cert_path = s->tls_cert.n ? arena_c(&cli->arena, s->tls_cert) : NULL;
    options.tls_key_path = s->tls_key.n ? arena_c(&cli->arena, s->tls_key) : NULL;
    options.behind_proxy = s->behind_proxy;
    options.workers = (int)s->workers;
    app.rates = rate_limits_new();
    app.search = search_new();
    app.home = home_cache_new();
    app.open = open_cache_new();
    if (random_secret(app.csrf_key, sizeof app.csrf_key) != ST_OK)
        return cli_refuse("serve", "no random numbers to be had");
    app.metrics = options.metrics = metrics_new(web_route_classes, RATE_CLASS_COUNT);
    /* Buffers of pages come and go: kept by the allocator, not given back to the system each time. */
    mallopt(M_MMAP_THRESHOLD, MMAP_FROM_BYTES);
    mallopt(M_TRIM_THRESHOLD, TRIM_FROM_BYTES);
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (!cli_open_store(cli, false, &app.store))
        return EXIT_REFUSED;
    struct words words;
    struct parse_words parse;
    load_vocabulary(cli, &app, &words, &parse);
    options.tmp_dir = make_tmp_dir(cli, s);
    app.council = s->council_name;
    app.pages = page_cache_new(PAGES_KEPT_BYTES);
    int code = EXIT_REFUSED;
    if (options.tmp_dir && snapshots_start(app.store, app.vocab, &app.snapshots) == ST_OK &&
        start_house(cli, &app, &files)) {
        struct search_feed *feed = search_feed_start(app.store, app.vocab, app.search);
        code = run(cli, &app, &options, &signals);
        search_feed_stop(feed);
    }
    page_cache_free(app.pages);
    jobs_stop(app.jobs);
    snapshots_stop(app.snapshots);
    store_close(app.store);
    metrics_free(app.metrics);
    rate_limits_free(app.rates);
    search_free(app.search);
    home_cache_free(app.home);
    open_cache_free(app.open);
    return code;
}
