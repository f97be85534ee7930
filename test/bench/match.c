/*
 * One part of the match bench a run:
 *   bench_match write FIRMS NEEDS FOLDER    the tables and the statements of every dialect
 *   bench_match scan FIRMS NEEDS FOLDER     answers and times of the plain scan; index: of the index
 *   bench_match sqlite|postgres FIRMS NEEDS FOLDER
 *   bench_match engines 0 0 FOLDER          the names of our own, one a line
 * Answers: a line a need, "number ns meets ask near" and the rows "capability:class:score:unknowns", score in
 * ten-thousandths; then lines that begin with "#": figures of the engine. Put together by match.mjs.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "match/need_read.h"
#include "match/scan.h"
#include "test/bench/engine.h"
#include "test/bench/match_baseline.h"
#include "test/bench/match_sql.h"
#include "test/bench/needs.h"

enum { SEED = 1, STATEMENT_MAX = 1 << 22, TIE_ROWS = 200, UPDATES = 100, RUNS_MOST = 5 };
#define RUNS_BUDGET_NS INT64_C(1000000000)

struct bench {
    struct arena arena;
    struct vocab vocab;
    struct need *needs;
    size_t n;
    const char *folder;
    size_t firms;
};

static const char *const dialect_words[] = {"sqlite", "postgres", "duckdb"};
static const char *const tables[] = {
    "CREATE TABLE cap (id int PRIMARY KEY, site int NOT NULL, process int NOT NULL, size_n int NOT NULL, s1 float8,"
    " s2 float8, s3 float8, mass_min float8, mass_max float8, tol_kind int NOT NULL, tol float8, ra float8,"
    " batch_min float8, batch_max float8, free_n float8, free_kg float8, lead float8, cert_known int NOT NULL,"
    " region int, lat float8, lon float8, track float8 NOT NULL, evidence float8 NOT NULL, mats int[])",
    "CREATE TABLE site_certificate (site int NOT NULL, certificate int NOT NULL, until int NOT NULL)", NULL};

void bench_fail(const char *what, const char *why)
{
    fprintf(stderr, "%.400s: %s\n", what, why);
    exit(1);
}

static FILE *file_in(const struct bench *b, const char *name, const char *ending, const char *mode)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s.%s", b->folder, name, ending);
    FILE *f = fopen(path, mode);
    if (!f)
        bench_fail(path, "cannot be opened");
    return f;
}

/* Drawing the needs takes long, so `write` does it for the other parts. */
static void write_needs(const struct bench *b, size_t count)
{
    AUTO_ARENA a;
    struct str why;
    struct str_list texts = {NULL, 0, 0};
    arena_init(&a, SIZE_MAX / 2);
    if (needs_single(&a, &b->vocab, &(struct needs_plan){count, SEED}, &texts, &why) != ST_OK)
        bench_fail("needs", arena_c(&a, why));
    FILE *f = file_in(b, "needs", "jsonl", "w");
    for (size_t i = 0; i < texts.n; i++)
        fprintf(f, STR_FMT "\n", STR_ARG(texts.v[i]));
    if (fclose(f))
        bench_fail("needs", "no space");
}

static void read_needs(struct bench *b, size_t count)
{
    FILE *f = file_in(b, "needs", "jsonl", "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    struct problem_list problems;
    problem_list_init(&problems, &b->arena);
    b->needs = ARENA_ARRAY(&b->arena, count, struct need);
    for (; b->n < count && (length = getline(&line, &room, f)) > 0; b->n++) {
        struct str text = arena_str(&b->arena, str_n(line, (size_t)length));
        if (need_read_text(&b->arena, &b->vocab, text, &b->needs[b->n], &problems) != ST_OK)
            bench_fail("needs", "a drawn need is refused");
    }
    free(line);
    fclose(f);
}

struct table_files {
    FILE *cap, *material, *certificate;
    int64_t sites, rows;
};

static void flush_to(struct buf *b, FILE *f)
{
    if (fwrite(b->p, 1, b->n, f) != b->n)
        bench_fail("tables", "no space");
    buf_clear(b);
}

static enum status write_site(void *arg, struct site *site)
{
    struct table_files *t = arg;
    AUTO_BUF b;
    buf_init(&b, STATEMENT_MAX);
    t->sites++;
    for (size_t i = 0; i < site->capabilities.n; i++) {
        const struct capability *c = &site->capabilities.v[i];
        row_capability(&b, c, t->sites);
        flush_to(&b, t->cap);
        row_materials(&b, c);
        flush_to(&b, t->material);
        t->rows++;
    }
    row_certificates(&b, site, t->sites);
    flush_to(&b, t->certificate);
    return ST_OK;
}

static void write_tables(struct bench *b)
{
    struct str why;
    struct table_files t = {file_in(b, "cap", "tsv", "w"), file_in(b, "cap_material", "tsv", "w"),
                            file_in(b, "site_certificate", "tsv", "w"), 0, 0};
    struct firms_use use = {write_site, &t, false};
    if (firms_draw_each(&b->arena, &b->vocab, &(struct firms_plan){b->firms, SEED}, &use, &why) != ST_OK)
        bench_fail("firms", arena_c(&b->arena, why));
    if (fclose(t.cap) || fclose(t.material) || fclose(t.certificate))
        bench_fail("tables", "no space");
    printf("# sites %" PRId64 "\n# rows %" PRId64 "\n", t.sites, t.rows);
}

static void write_statements(struct bench *b)
{
    for (int d = 0; d < DIALECTS; d++) {
        FILE *f = file_in(b, dialect_words[d], "sql", "w");
        for (size_t i = 0; i < b->n; i++) {
            AUTO_BUF sql;
            struct question q;
            buf_init(&sql, STATEMENT_MAX);
            question_init(&q, &b->vocab, &b->needs[i], 0, day_from_civil(FIRMS_TODAY));
            match_sql(&sql, &q, (enum dialect)d);
            buf_add_byte(&sql, '\n');
            flush_to(&sql, f);
        }
        fclose(f);
    }
}

static int by_time(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Median of a few runs. The first one (cold) is not counted, unless it alone is longer than all runs should be. */
struct stopwatch {
    int64_t ns[RUNS_MOST];
    size_t n;
    int64_t began;
    int64_t spent;
};

static bool again(struct stopwatch *w)
{
    return w->n < RUNS_MOST && (w->n < 1 || w->spent < RUNS_BUDGET_NS);
}

static void lap(struct stopwatch *w, bool counts)
{
    int64_t took = time_steady_ns() - w->began;
    w->spent += took;
    if (counts || took > RUNS_BUDGET_NS)
        w->ns[w->n++] = took;
}

static int64_t median(struct stopwatch *w)
{
    qsort(w->ns, w->n, sizeof w->ns[0], by_time);
    return w->ns[w->n / 2];
}

static void print_engine_answer(size_t number, int64_t ns, const struct step_answer *answer)
{
    printf("%zu %" PRId64 " %" PRIu64 " %" PRIu64 " %" PRIu64, number, ns, answer->count[CLASS_MEETS],
           answer->count[CLASS_ASK], answer->count[CLASS_NEAR]);
    for (size_t i = 0; i < answer->results.n; i++) {
        const struct judgement *j = &answer->results.v[i];
        printf(" %" PRId64 ":%d:%" PRId64 ":%u", row_id(j->capability), (int)j->class,
               (int64_t)(j->score * 10000 + 0.5), j->unknowns);
    }
    putchar('\n');
}

static void run_engine(struct bench *b, const struct bench_engine *engine)
{
    int64_t began = time_steady_ns();
    void *store = engine->open(&b->arena, &b->vocab, &(struct firms_plan){b->firms, SEED});
    printf("# load_ms %" PRId64 "\n", (time_steady_ns() - began) / 1000000);
    struct match_cost total = {.rows_total = 0};
    for (size_t i = 0; i < b->n; i++) {
        struct stopwatch w = {.n = 0};
        struct match_cost cost = {.rows_total = 0};
        for (bool warm = false; again(&w); warm = true) {
            AUTO_ARENA a;
            struct match_answer answer;
            arena_init(&a, SIZE_MAX / 2);
            w.began = time_steady_ns();
            engine->answer(store, &a, &(struct bench_query){&b->needs[i], BENCH_TOP}, &answer, &cost);
            lap(&w, warm);
        }
        AUTO_ARENA a;
        struct match_answer answer;
        arena_init(&a, SIZE_MAX / 2);
        engine->answer(store, &a, &(struct bench_query){&b->needs[i], TIE_ROWS}, &answer, &cost);
        print_engine_answer(i, median(&w), &answer.v[0]);
        total.bytes_touched += cost.bytes_touched;
        total.rows_swept += cost.rows_swept;
    }
    printf("# bytes %" PRIu64 "\n# bytes_touched %" PRIu64 "\n# rows_swept %" PRIu64 "\n", engine->bytes(store),
           total.bytes_touched / b->n, total.rows_swept / b->n);
    int64_t update_ns = engine->update(store, UPDATES);
    if (update_ns)
        printf("# update_us %" PRId64 "\n", update_ns / 1000 / UPDATES);
}

static size_t read_statements(struct bench *b, const struct baseline *base, void *store, void **out)
{
    FILE *f = file_in(b, base->name, "sql", "r");
    char *line = NULL;
    size_t room = 0, n = 0;
    for (; n < b->n && getline(&line, &room, f) > 0; n++)
        out[n] = base->prepare(store, line, n);
    free(line);
    fclose(f);
    return n;
}

static void print_rows(size_t number, int64_t ns, const struct bench_row *rows, size_t n)
{
    int64_t count[4] = {0};
    for (size_t i = 0; i < n; i++)
        if (rows[i].kind == 0 && rows[i].class >= 0 && rows[i].class < 4)
            count[rows[i].class] = rows[i].x;
    printf("%zu %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, number, ns, count[0], count[1], count[2]);
    for (size_t i = 0; i < n; i++)
        if (rows[i].kind == 1)
            printf(" %" PRId64 ":%" PRId64 ":%" PRId64 ":%" PRId64, rows[i].id, rows[i].class, rows[i].x,
                   rows[i].unknowns);
    putchar('\n');
}

static void run_baseline(struct bench *b, const struct baseline *base)
{
    int64_t began = time_steady_ns();
    void *store = base->open(b->folder, tables);
    printf("# load_ms %" PRId64 "\n", (time_steady_ns() - began) / 1000000);
    void **statements = ARENA_ARRAY(&b->arena, b->n, void *);
    size_t n = read_statements(b, base, store, statements);
    for (size_t i = 0; i < n; i++) {
        struct stopwatch w = {.n = 0};
        struct bench_row rows[BENCH_ROWS];
        size_t found = 0;
        for (bool warm = false; again(&w); warm = true) {
            w.began = time_steady_ns();
            found = base->run(store, statements[i], rows);
            lap(&w, warm);
        }
        print_rows(i, median(&w), rows, found);
    }
    printf("# bytes %" PRId64 "\n", base->bytes(store));
    began = time_steady_ns();
    for (int64_t i = 1; i <= UPDATES; i++)
        base->update(store, i);
    printf("# update_us %" PRId64 "\n", (time_steady_ns() - began) / 1000 / UPDATES);
}

/* Bytes a second that one core reads from memory. */
static void measure_bandwidth(void)
{
    size_t n = (size_t)1 << 25;
    uint64_t *v = malloc(n * sizeof *v), sum = 0;
    if (!v)
        bench_fail("bandwidth", "no memory");
    memset(v, 1, n * sizeof *v);
    int64_t best = INT64_MAX;
    for (int run = 0; run < 5; run++) {
        int64_t began = time_steady_ns();
        for (size_t i = 0; i < n; i++)
            sum += v[i];
        int64_t took = time_steady_ns() - began;
        best = took < best ? took : best;
    }
    printf("# bandwidth_mb_s %.0f\n# sum %" PRIu64 "\n", (double)(n * sizeof *v) * 1000 / (double)best, sum);
    free(v);
}

int main(int argc, char **argv)
{
    struct bench b = {.folder = argc == 5 ? argv[4] : ""};
    struct str why;
    if (argc != 5)
        bench_fail("usage", "bench_match write|scan|index|sqlite|postgres FIRMS NEEDS FOLDER");
    b.firms = strtoull(argv[2], NULL, 10);
    arena_init(&b.arena, SIZE_MAX / 2);
    if (vocab_load(&b.arena, embedded_vocab, &b.vocab, &why) != ST_OK)
        bench_fail("vocabulary", arena_c(&b.arena, why));
    if (!strcmp(argv[1], "engines")) {
        for (size_t i = 0; bench_engines[i]; i++)
            puts(bench_engines[i]->name);
        return 0;
    }
    if (!strcmp(argv[1], "write"))
        write_needs(&b, strtoull(argv[3], NULL, 10));
    read_needs(&b, strtoull(argv[3], NULL, 10));
    const struct baseline *const baselines[] = {&baseline_sqlite, &baseline_postgres};
    if (!strcmp(argv[1], "write")) {
        write_tables(&b);
        write_statements(&b);
        measure_bandwidth();
        return 0;
    }
    for (size_t i = 0; i < 2; i++)
        if (!strcmp(argv[1], baselines[i]->name))
            return run_baseline(&b, baselines[i]), 0;
    for (size_t i = 0; bench_engines[i]; i++)
        if (!strcmp(argv[1], bench_engines[i]->name))
            return run_engine(&b, bench_engines[i]), 0;
    bench_fail(argv[1], "no such part");
}
