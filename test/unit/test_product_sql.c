/* Every variant of every block of the product is prepared on both engines, and its result compared with the declared
 * columns. */
#include "store_test.h"

#include "db/sql.h"

#include <stdio.h>

/* One a .sql file. */
#define FILES(F)                                                                                                       \
    F(audit)                                                                                                           \
    F(change)                                                                                                          \
    F(directory)                                                                                                       \
    F(draft)                                                                                                           \
    F(file)                                                                                                            \
    F(idempotency)                                                                                                     \
    F(job)                                                                                                             \
    F(missing_word)                                                                                                    \
    F(need)                                                                                                            \
    F(outbox)                                                                                                          \
    F(setting)                                                                                                         \
    F(token)                                                                                                           \
    F(vocabulary)

#define F(name) extern const struct sql_block *const name##_sql_blocks[];
FILES(F)
#undef F

static const struct sql_block *const *const files[] = {
#define F(name) name##_sql_blocks,
    FILES(F)
#undef F
};

_Static_assert(sizeof files / sizeof *files == SQL_FILES, "every .sql file of the product stands in FILES");

static int check_block(struct fixture *f, const struct sql_block *b, int *failed)
{
    uint32_t key = 0;
    int n = 0;
    do {
        struct str reason = {NULL, 0};
        if (sql_check(f->db, b, key, &reason) != ST_OK) {
            fprintf(stderr, "%s, variant %u: " STR_FMT "\n", b->name, key, STR_ARG(reason));
            ++*failed;
        }
        n++;
    } while (sql_next_key(b, &key));
    return n;
}

static void test_all(void **state)
{
    struct fixture *f = *state;
    int variants = 0, failed = 0;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        for (const struct sql_block *const *b = files[i]; *b; b++)
            variants += check_block(f, *b, &failed);
    printf("%s: %d variants prepared, %d failed\n", on_postgres ? "postgres" : "sqlite", variants, failed);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_all, house_setup, shop_teardown)};
    return run_on_both("product sql", tests, 1);
}
