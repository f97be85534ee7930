/* Short Korean texts in the search index: bench_search TEXTS QUERIES prints a line of JSON. */
#include "core/search.h"
#include "base/buf.h"
#include "base/random.h"
#include "base/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const words[] = {"금형", "사출",     "열처리",     "도금",   "주조", "단조",    "정밀",   "가공",
                                    "대한", "한국",     "산업",       "기계",   "테크", "진공",    "침탄",   "고주파",
                                    "용접", "알루미늄", "다이캐스팅", "자동차", "부품", "SCM 440", "SUS304", "표면",
                                    "도장", "프레스",   "절삭",       "연마",   "로봇", "센서",    "필름",   "소재"};
enum { WORDS = sizeof words / sizeof *words };

/* Three signs of any syllable make most texts differ, as names do. */
static struct str text(struct arena *a, struct random *r, int n)
{
    AUTO_BUF b;
    buf_init(&b, 4000);
    for (int i = 0; i < 3; i++) {
        unsigned c = 0xac00 + (unsigned)random_below(r, 11172);
        buf_printf(&b, "%c%c%c", (char)(0xe0 | c >> 12), (char)(0x80 | (c >> 6 & 63)), (char)(0x80 | (c & 63)));
    }
    while (n--) {
        buf_add_c(&b, words[random_below(r, WORDS)]);
        buf_add_c(&b, random_below(r, 3) ? "" : " ");
    }
    return arena_str(a, buf_str(&b));
}

static void put(struct search *index, struct random *r, int number)
{
    AUTO_ARENA a;
    arena_init(&a, 1 << 28);
    struct search_doc d = {.kind = SEARCH_FIRM, .ref = arena_printf(&a, "S-%d", number)};
    struct str name = text(&a, r, 2), process = text(&a, r, 1), body = text(&a, r, 5);
    d.title = name;
    d.shown = body;
    d.field[0] = (struct str_list){&name, 1, 1};
    d.field[1] = (struct str_list){&process, 1, 1};
    d.field[2] = (struct str_list){&body, 1, 1};
    search_put(index, d.ref, &(struct search_docs){&d, 1, 1});
}

static int order(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static int64_t ask(struct search *index, struct str q, size_t *hits)
{
    AUTO_ARENA a;
    arena_init(&a, 1 << 28);
    struct search_hits found;
    int64_t began = time_steady_ns();
    if (search_query(index, &a, &(struct search_ask){.words = q, .limit = 20}, &found) != ST_OK)
        exit(1);
    int64_t took = time_steady_ns() - began;
    *hits += found.n;
    return took;
}

/* Bytes of this process in memory. */
static int64_t resident(void)
{
    long pages = 0, own = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (!f || fscanf(f, "%ld %ld", &pages, &own) != 2)
        exit(1);
    fclose(f);
    return own * INT64_C(4096);
}

/* Whole words, two of them, initials, one letter, any two syllables out of a word, what nobody wrote. */
static struct str question(struct arena *a, struct random *r, int i)
{
    static const char *const initials[] = {"ㅇㅊㄹ", "ㄱㅎ", "ㅅㅊㄱㅎ", "ㄷㄱ"}, *const letters[] = {"금", "a", "ㅇ",
                                                                                                      "4"};
    const char *one = words[random_below(r, WORDS)], *two = words[random_below(r, WORDS)];
    switch (i % 6) {
    case 0:
        return str_c(one);
    case 1:
        return arena_printf(a, "%s %s", one, two);
    case 2:
        return str_c(initials[random_below(r, 4)]);
    case 3:
        return str_c(letters[random_below(r, 4)]);
    case 4:
        return str_n(one, strlen(one) < 6 ? strlen(one) : 6);
    default:
        return text(a, r, 0);
    }
}

int main(int argc, char **argv)
{
    int64_t texts, queries;
    size_t hits = 0;
    if (argc != 3 || !str_to_int(str_c(argv[1]), &texts) || !str_to_int(str_c(argv[2]), &queries))
        return 2;
    struct search *index = search_new();
    struct random r;
    random_seed(&r, 70);
    int64_t before = resident(), began = time_steady_ns();
    for (int i = 0; i < texts; i++)
        put(index, &r, i);
    double load_s = (double)(time_steady_ns() - began) / 1e9;
    int64_t bytes = resident() - before;
    AUTO_ARENA a;
    arena_init(&a, 1 << 28);
    int64_t *took = ARENA_ARRAY(&a, (size_t)queries, int64_t);
    for (int i = 0; i < queries; i++)
        took[i] = ask(index, question(&a, &r, i), &hits);
    qsort(took, (size_t)queries, sizeof *took, order);
    printf("{\"texts\":%d,\"load_s\":%.2f,\"bytes\":%lld,\"queries\":%d,\"hits\":%zu,\"p50_ms\":%.3f,\"p99_ms\":%.3f,"
           "\"max_ms\":%.3f}\n",
           (int)texts, load_s, (long long)bytes, (int)queries, hits, (double)took[queries / 2] / 1e6,
           (double)took[queries * 99 / 100] / 1e6, (double)took[queries - 1] / 1e6);
    search_free(index);
    return 0;
}
