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

/* As a vocabulary entry gives them: three of each process. */
static const char *const synonyms[] = {"소입",     "담금질",   "퀜칭",     "주물",   "캐스팅", "주조품",
                                       "도금액",   "크롬도금", "경질크롬", "프레싱", "타발",   "펀칭",
                                       "절삭가공", "밀링",     "선삭",     "단조품", "포징",   "열간단조"};
enum { SYNONYMS = sizeof synonyms / sizeof *synonyms, OF_ONE = 3 };

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
    struct str name = text(&a, r, 2), body = text(&a, r, 5), process[1 + OF_ONE] = {text(&a, r, 1)};
    size_t entry = random_below(r, SYNONYMS / OF_ONE) * OF_ONE;
    for (size_t i = 0; i < OF_ONE; i++)
        process[1 + i] = str_c(synonyms[entry + i]);
    d.title = name;
    d.shown = body;
    d.field[0] = (struct str_list){&name, 1, 1};
    d.field[1] = (struct str_list){process, 1 + OF_ONE, 1 + OF_ONE};
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

enum kind { WHOLE, TWO, INITIALS, LETTER, SYLLABLES, SPELLING, SYNONYM, MISSPELT, SENTENCE, NOBODY, KINDS };
static const char *const kind_names[KINDS] = {"whole word",    "two words",      "initials", "one letter",
                                              "two syllables", "other spelling", "synonym",  "misspelt",
                                              "five words",    "nobody wrote it"};

static struct str sentence(struct arena *a, struct random *r)
{
    AUTO_BUF b;
    buf_init(&b, 400);
    for (int i = 0; i < 5; i++)
        buf_printf(&b, "%s%s", i ? " " : "", words[random_below(r, WORDS)]);
    return arena_str(a, buf_str(&b));
}

/* A word without its last letter but one. */
static struct str misspelt(struct arena *a, const char *word)
{
    size_t n = strlen(word), letter = (unsigned char)word[0] >= 0xe0 ? 3 : 1;
    if (n < 3 * letter)
        return arena_printf(a, "%s%s", word, word);
    return arena_printf(a, "%.*s%s", (int)(n - 2 * letter), word, word + n - letter);
}

static struct str question(struct arena *a, struct random *r, enum kind kind)
{
    static const char *const initials[] = {"ㅇㅊㄹ", "ㄱㅎ", "ㅅㅊㄱㅎ", "ㄷㄱ"},
                             *const letters[] = {"금", "a", "ㅇ", "4"}, *const grades[] = {"scm440",    "scm-440",
                                                                                           "S C M 440", "sus 304",
                                                                                           "SUS-304",   "Sus304"};
    const char *one = words[random_below(r, WORDS)], *two = words[random_below(r, WORDS)];
    switch (kind) {
    case WHOLE:
        return str_c(one);
    case TWO:
        return arena_printf(a, "%s %s", one, two);
    case INITIALS:
        return str_c(initials[random_below(r, 4)]);
    case LETTER:
        return str_c(letters[random_below(r, 4)]);
    case SYLLABLES:
        return str_n(one, strlen(one) < 6 ? strlen(one) : 6);
    case SPELLING:
        return str_c(grades[random_below(r, 6)]);
    case SYNONYM:
        return str_c(synonyms[random_below(r, SYNONYMS)]);
    case MISSPELT:
        return misspelt(a, one);
    case SENTENCE:
        return sentence(a, r);
    default:
        return text(a, r, 0);
    }
}

/* Asks `n` questions of a kind and prints their times as a member of the line. */
static void measure(struct search *index, struct random *r, enum kind kind, size_t n, int64_t *took)
{
    AUTO_ARENA a;
    arena_init(&a, 1 << 28);
    size_t hits = 0;
    for (size_t i = 0; i < n; i++)
        took[i] = ask(index, question(&a, r, kind), &hits);
    qsort(took, n, sizeof *took, order);
    printf("%s{\"kind\":\"%s\",\"hits\":%zu,\"p50_ms\":%.3f,\"p99_ms\":%.3f}", kind ? "," : "", kind_names[kind], hits,
           (double)took[n / 2] / 1e6, (double)took[n * 99 / 100] / 1e6);
}

int main(int argc, char **argv)
{
    int64_t texts, queries;
    if (argc != 3 || !str_to_int(str_c(argv[1]), &texts) || !str_to_int(str_c(argv[2]), &queries) || queries < KINDS)
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
    size_t each = (size_t)queries / KINDS, n = each * KINDS;
    int64_t *took = ARENA_ARRAY(&a, n, int64_t);
    printf("{\"texts\":%d,\"load_s\":%.2f,\"bytes\":%lld,\"kinds\":[", (int)texts, load_s, (long long)bytes);
    for (int kind = 0; kind < KINDS; kind++)
        measure(index, &r, (enum kind)kind, each, took + (size_t)kind * each);
    qsort(took, n, sizeof *took, order);
    printf("],\"queries\":%zu,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f}\n", n, (double)took[n / 2] / 1e6,
           (double)took[n * 99 / 100] / 1e6, (double)took[n - 1] / 1e6);
    search_free(index);
    return 0;
}
