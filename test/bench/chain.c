/*
 * Time of chains at a size.
 *   bench_chain FIRMS [NEEDS]                   candidates by the index, timed apart before the clock starts
 *   bench_chain --columns CANDIDATES [NEEDS]    drawn candidates, up to so many a step
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "match/need_read.h"
#include "test/bench/chain_draw.h"
#include "test/bench/needs.h"

/* The median of so many runs is the time of a need. */
enum { TIMES = 3 };

struct bench {
    struct arena a;
    struct arena answers;
    struct vocab v;
    struct supply supply;
    bool columns;
    size_t size;
    double *ms;
    double *list_ms;
    struct match_index *index;
    size_t n;
    size_t cut;
    size_t found;
    size_t most;
};

static int by_time(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double ms_since(int64_t began)
{
    return (double)(time_steady_ns() - began) / 1e6;
}

static void tell(const struct chain_request *request, const struct chain_answer *answer, double ms)
{
    for (size_t i = 0; i < request->need->steps.n; i++)
        printf("%zu ", request->input->step[i].n);
    printf("candidates: %.2f ms", ms);
    if (!answer->complete)
        printf(", ended by the clock, gap %g", answer->gap.has ? answer->gap.v : -1);
    printf("\n");
}

/* The last answer is kept in `keep`. */
static bool find(const struct chain_request *request, struct chain_answer *answer, double *ms, struct arena *keep)
{
    arena_reset(keep);
    int64_t began = time_steady_ns();
    bool done = chain_find(keep, request, answer) == ST_OK;
    *ms = ms_since(began);
    return done;
}

static bool run(struct bench *b, struct str text)
{
    AUTO_ARENA scratch;
    struct need need;
    struct problem_list problems;
    struct chain_answer answer;
    struct chain_draw drawn;
    arena_init(&scratch, SIZE_MAX / 2);
    problem_list_init(&problems, &scratch);
    if (need_read_text(&scratch, &b->v, text, &need, &problems) != ST_OK)
        return false;
    struct chain_request request = {
        .vocab = &b->v, .need = &need, .today = day_from_civil(FIRMS_TODAY), .k = CHAIN_K_DEFAULT};
    if (b->columns) {
        chain_draw(&scratch, &(struct chain_plan){&b->v, need.steps.n, b->size, b->n + 1}, &drawn);
        request.input = &drawn.input;
    } else {
        int64_t began = time_steady_ns();
        chain_candidates_indexed(&scratch, &request, b->index);
        b->list_ms[b->n] = ms_since(began);
    }
    for (size_t i = 0; i < need.steps.n; i++)
        b->most = request.input->step[i].n > b->most ? request.input->step[i].n : b->most;
    for (size_t i = 0; i < TIMES; i++)
        if (!find(&request, &answer, &b->ms[b->n * TIMES + i], &b->answers))
            return false;
    qsort(b->ms + b->n * TIMES, TIMES, sizeof *b->ms, by_time);
    b->ms[b->n] = b->ms[b->n * TIMES + TIMES / 2];
    b->cut += !answer.complete;
    b->found += answer.chains.n != 0;
    if (getenv("VERBOSE"))
        tell(&request, &answer, b->ms[b->n]);
    b->n++;
    return true;
}

static void report(struct bench *b)
{
    qsort(b->ms, b->n, sizeof *b->ms, by_time);
    qsort(b->list_ms, b->n, sizeof *b->list_ms, by_time);
    printf("%zu %s, %zu chain needs (%zu with chains), at most %zu candidates a step: median %.3f ms, p99 %.3f ms, "
           "worst %.3f ms, %zu ended by the clock",
           b->size, b->columns ? "candidates drawn at most" : "firms", b->n, b->found, b->most, b->ms[b->n / 2],
           b->ms[b->n * 99 / 100], b->ms[b->n - 1], b->cut);
    if (!b->columns)
        printf("; candidates by the index: median %.3f ms, p99 %.3f ms", b->list_ms[b->n / 2],
               b->list_ms[b->n * 99 / 100]);
    printf("\n");
}

int main(int argc, char **argv)
{
    struct bench b = {.columns = argc > 2 && !strcmp(argv[1], "--columns")};
    struct str why;
    struct str_list texts = {NULL, 0, 0};
    int at = b.columns ? 2 : 1;
    size_t count = argc > at + 1 ? strtoull(argv[at + 1], NULL, 10) : NEEDS_CHAIN;
    b.size = argc > at ? strtoull(argv[at], NULL, 10) : 2000;
    arena_init(&b.a, SIZE_MAX / 2);
    if (vocab_load(&b.a, embedded_vocab, &b.v, &why) != ST_OK ||
        firms_supply(&b.a, &b.v, &(struct firms_plan){b.columns ? 0 : b.size, 1}, &b.supply, &why) != ST_OK ||
        needs_chain(&b.a, &b.v, &(struct needs_plan){count, 1}, &texts, &why) != ST_OK) {
        fprintf(stderr, STR_FMT "\n", STR_ARG(why));
        return 1;
    }
    arena_init(&b.answers, SIZE_MAX / 2);
    b.ms = ARENA_ARRAY(&b.a, (texts.n + 1) * TIMES, double);
    b.list_ms = ARENA_ARRAY(&b.a, texts.n + 1, double);
    b.index = match_index_build(&b.v, &b.supply);
    for (size_t i = 0; i < texts.n; i++)
        if (!run(&b, texts.v[i]))
            return 1;
    if (b.n)
        report(&b);
    arena_release(&b.answers);
    match_index_unref(b.index);
    arena_release(&b.a);
    return 0;
}
