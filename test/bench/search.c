/* 100,000 short Korean texts in the index of a store: bench_search URL TEXTS QUERIES prints a line of JSON. */
#include "core/search.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/random.h"
#include "base/time.h"

#include <stdio.h>
#include <stdlib.h>

extern const struct embedded embedded_migrations[];

static const char *const words[] = {"금형", "사출",     "열처리",     "도금",   "주조", "단조",    "정밀",   "가공",
                                    "대한", "한국",     "산업",       "기계",   "테크", "진공",    "침탄",   "고주파",
                                    "용접", "알루미늄", "다이캐스팅", "자동차", "부품", "SCM 440", "SUS304", "표면",
                                    "도장", "프레스",   "절삭",       "연마",   "로봇", "센서",    "필름",   "소재"};
enum { WORDS = sizeof words / sizeof *words, BATCH = 500 };

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

struct load {
    struct random r;
    int from, n;
};

static enum status put(struct tx *t, void *arg)
{
    struct load *l = arg;
    struct arena *a = db_arena(tx_db(t));
    for (int i = 0; i < l->n; i++) {
        struct search_doc d = {.kind = STR("firm")};
        struct str name = text(a, &l->r, 2), process = text(a, &l->r, 1), body = text(a, &l->r, 5);
        d.ref = arena_printf(a, "S-%d", l->from + i);
        d.title = name;
        d.shown = body;
        d.field[0] = (struct str_list){&name, 1, 1};
        d.field[1] = (struct str_list){&process, 1, 1};
        d.field[2] = (struct str_list){&body, 1, 1};
        TRY(search_put(t, d.ref, &(struct search_docs){&d, 1, 1}));
    }
    return ST_OK;
}

static void check(enum status st)
{
    if (st != ST_OK)
        exit(1);
}

static int order(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static int64_t ask(struct store *s, struct str q, size_t *hits)
{
    AUTO_ARENA a;
    arena_init(&a, 1 << 28);
    struct search_hits found;
    struct db *db = db_acquire(s, &a);
    int64_t began = time_steady_ns();
    check(search_query(db, &(struct search_ask){.words = q, .limit = 20}, &found));
    int64_t took = time_steady_ns() - began;
    *hits += found.n;
    db_release(db);
    return took;
}

static struct str question(struct arena *a, struct random *r, int i)
{
    static const char *const initials[] = {"ㅇㅊㄹ", "ㄱㅎ", "ㅅㅊㄱㅎ", "ㄷㄱ"};
    const char *one = words[random_below(r, WORDS)], *two = words[random_below(r, WORDS)];
    if (i % 4 == 0)
        return str_c(one);
    if (i % 4 == 1)
        return arena_printf(a, "%s %s", one, two);
    return i % 4 == 2 ? str_c(initials[random_below(r, 4)]) : text(a, r, 0);
}

int main(int argc, char **argv)
{
    struct store *s;
    int64_t texts, queries;
    size_t hits = 0;
    if (argc != 4 || !str_to_int(str_c(argv[2]), &texts) || !str_to_int(str_c(argv[3]), &queries))
        return 2;
    log_set_level(LOG_ERROR);
    check(store_open(argv[1], NULL, &s));
    check(store_migrate(s, embedded_migrations, NULL));
    struct load l = {.n = BATCH};
    random_seed(&l.r, 70);
    int64_t began = time_steady_ns();
    for (; l.from < texts; l.from += BATCH) {
        AUTO_ARENA a;
        arena_init(&a, 1 << 28);
        struct db *db = db_acquire(s, &a);
        check(db_write(db, put, &l));
        db_release(db);
    }
    double load_s = (double)(time_steady_ns() - began) / 1e9;
    AUTO_ARENA a;
    arena_init(&a, 1 << 28);
    int64_t *took = ARENA_ARRAY(&a, (size_t)queries, int64_t);
    for (int i = 0; i < queries; i++)
        took[i] = ask(s, question(&a, &l.r, i), &hits);
    qsort(took, (size_t)queries, sizeof *took, order);
    printf(
        "{\"texts\":%d,\"load_s\":%.1f,\"queries\":%d,\"hits\":%zu,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%.2f}\n",
        (int)texts, load_s, (int)queries, hits, (double)took[queries / 2] / 1e6, (double)took[queries * 99 / 100] / 1e6,
        (double)took[queries - 1] / 1e6);
    store_close(s);
    return 0;
}
