/* Time of chains at a size: bench_chain FIRMS [NEEDS]. The candidates are found before the clock starts; reading them
   out of the lists of the scan (an index has them as columns) is timed apart. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "match/chain.h"
#include "match/need_read.h"
#include "test/bench/needs.h"

static int by_time(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    size_t firms = argc > 1 ? strtoull(argv[1], NULL, 10) : 2000, count = argc > 2 ? strtoull(argv[2], NULL, 10) : 100;
    struct arena a;
    struct vocab v;
    struct str why;
    struct supply supply = {NULL, 0, 0};
    struct str_list texts = {NULL, 0, 0};
    arena_init(&a, SIZE_MAX / 2);
    if (vocab_load(&a, embedded_vocab, &v, &why) != ST_OK ||
        firms_supply(&a, &v, &(struct firms_plan){firms, 1}, &supply, &why) != ST_OK ||
        needs_chain(&a, &v, &(struct needs_plan){count, 1}, &texts, &why) != ST_OK) {
        fprintf(stderr, STR_FMT "\n", STR_ARG(why));
        return 1;
    }
    double *ms = ARENA_ARRAY(&a, texts.n, double), *read_ms = ARENA_ARRAY(&a, texts.n, double);
    size_t cut = 0, found = 0, most = 0;
    for (size_t i = 0; i < texts.n; i++) {
        AUTO_ARENA scratch;
        struct need need;
        struct problem_list problems;
        struct chain_answer answer;
        arena_init(&scratch, SIZE_MAX / 2);
        problem_list_init(&problems, &scratch);
        if (need_read_text(&scratch, &v, texts.v[i], &need, &problems) != ST_OK)
            return 1;
        struct chain_request request = {
            .vocab = &v, .need = &need, .today = day_from_civil(FIRMS_TODAY), .k = CHAIN_K_DEFAULT};
        chain_candidates(&scratch, &request, &supply);
        for (size_t s = 0; s < need.steps.n; s++)
            most = request.candidates[s].n > most ? request.candidates[s].n : most;
        int64_t began = time_steady_ns();
        chain_read(&scratch, &request, 0);
        read_ms[i] = (double)(time_steady_ns() - began) / 1e6;
        began = time_steady_ns();
        if (chain_find(&scratch, &request, &answer) != ST_OK)
            return 1;
        ms[i] = (double)(time_steady_ns() - began) / 1e6;
        cut += !answer.complete;
        found += answer.chains.n != 0;
        if (getenv("VERBOSE")) {
            for (size_t k = 0; k < need.steps.n; k++)
                printf("%zu ", request.candidates[k].n);
            printf("candidates: %.2f ms %s\n", ms[i], answer.complete ? "" : "cut");
        }
    }
    qsort(ms, texts.n, sizeof *ms, by_time);
    qsort(read_ms, texts.n, sizeof *read_ms, by_time);
    printf("%zu firms, %zu chain needs (%zu with chains), at most %zu candidates a step: median %.3f ms, p99 %.3f ms, "
           "worst %.3f ms, %zu ended by the clock; reading the lists: median %.3f ms, p99 %.3f ms\n",
           firms, texts.n, found, most, ms[texts.n / 2], ms[texts.n * 99 / 100], ms[texts.n - 1], cut,
           read_ms[texts.n / 2], read_ms[texts.n * 99 / 100]);
    arena_release(&a);
    return 0;
}
