/* Every variant of every block is prepared on PostgreSQL, and its result compared with the declared columns. */
#include "store_test.h"

#include "db/sql.h"

#include <stdio.h>

static int check_block(struct fixture *f, const struct sql_block *b, int *failed)
{
    uint32_t key = 0;
    int n = 0;
    do {
        struct str reason = {NULL, 0};
        arena_reset(&f->arena);
        f->db = db_acquire(f->store, &f->arena);
        if (sql_check(f->db, b, key, &reason) != ST_OK) {
            fprintf(stderr, "%s, variant %u: " STR_FMT "\n", b->name, key, STR_ARG(reason));
            ++*failed;
        }
        db_release(f->db);
        n++;
    } while (sql_next_key(b, &key));
    return n;
}

static void test_all(void **state)
{
    struct fixture *f = *state;
    int variants = 0, failed = 0;
    db_release(f->db);
    for (const struct sql_block *const *b = shop_sql_blocks; *b; b++)
        variants += check_block(f, *b, &failed);
    f->db = db_acquire(f->store, &f->arena);
    printf("%s: %d variants prepared, %d failed\n", on_postgres ? "postgres" : "sqlite", variants, failed);
    assert_int_equal(failed, 0);
    assert_true(variants > 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_all, shop_setup, shop_teardown)};
    return run_on_both("prepared", tests, 1);
}
