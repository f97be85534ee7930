/* Time of reading a text: bench_parse FILE [KB]. The file is repeated to that length; medians of 21 runs. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "match/parse.h"

enum { RUNS = 21, KB_DEFAULT = 100 };

static int by_time(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int64_t median_us(const struct parse_words *words, struct str text)
{
    int64_t times[RUNS];
    for (int i = 0; i < RUNS; i++) {
        AUTO_ARENA scratch;
        struct parse_answer answer;
        arena_init(&scratch, SIZE_MAX / 2);
        int64_t began = time_steady_ns();
        parse_need(&scratch, words, text, day_from_civil((struct civil){2026, 11, 22}), &answer);
        times[i] = (time_steady_ns() - began) / 1000;
    }
    qsort(times, RUNS, sizeof *times, by_time);
    return times[RUNS / 2];
}

int main(int argc, char **argv)
{
    struct arena a;
    struct vocab v;
    struct words words;
    struct parse_words known;
    struct str why, one;
    struct buf text;
    size_t kb = argc > 2 ? strtoull(argv[2], NULL, 10) : KB_DEFAULT;
    arena_init(&a, SIZE_MAX / 2);
    if (argc < 2 || vocab_load(&a, embedded_vocab, &v, &why) != ST_OK ||
        file_read(&a, argv[1], PARSE_TEXT_MAX, &one) != ST_OK || !utf8_valid(one) || !one.n)
        return 1;
    words_build(&a, &v, &words);
    int64_t began = time_steady_ns();
    parse_words_build(&a, &v, &words, &known);
    printf("index of typos: %.1f ms\n", (double)(time_steady_ns() - began) / 1e6);
    for (size_t n = kb * 1000 / 4; n <= kb * 1000; n *= 2) {
        buf_init(&text, PARSE_TEXT_MAX * 2);
        while (text.n + one.n + 1 <= n) {
            buf_add(&text, one);
            buf_add_byte(&text, '\n');
        }
        if (text.n) {
            int64_t us = median_us(&known, buf_str(&text));
            printf("%zu bytes: median %.2f ms, %.0f ns a byte\n", text.n, (double)us / 1e3,
                   (double)us * 1e3 / (double)text.n);
        }
        buf_release(&text);
    }
    arena_release(&a);
    return 0;
}
