/* Every variant of every block, the tests' and the product's, is prepared on PostgreSQL and on SQLite, and its result
   compared with the declared columns. */
#include "store_test.h"

#include "core/change_sql.h"
#include "db/sql.h"
#include "feature/directory/directory_sql.h"
#include "feature/need/need_sql.h"

#include <stdio.h>

struct totals {
    int blocks, variants, failed;
};

static void check_block(struct fixture *f, const struct sql_block *b, struct totals *t)
{
    uint32_t key = 0;
    t->blocks++;
    do {
        struct str reason = {NULL, 0};
        arena_reset(&f->arena);
        f->db = db_acquire(f->store, &f->arena);
        if (sql_check(f->db, b, key, &reason) != ST_OK) {
            fprintf(stderr, "%s, variant %u: " STR_FMT "\n", b->name, key, STR_ARG(reason));
            t->failed++;
        }
        db_release(f->db);
        t->variants++;
    } while (sql_next_key(b, &key));
}

static struct totals check_blocks(struct fixture *f, const char *what, const struct sql_block *const *blocks)
{
    struct totals t = {0, 0, 0};
    for (; *blocks; blocks++)
        check_block(f, *blocks, &t);
    printf("%s, %s: %d blocks, %d variants prepared, %d failed\n", on_postgres ? "postgres" : "sqlite", what, t.blocks,
           t.variants, t.failed);
    assert_int_equal(t.failed, 0);
    assert_true(t.blocks > 0 && t.variants >= t.blocks);
    return t;
}

static void test_shop(void **state)
{
    struct fixture *f = *state;
    db_release(f->db);
    assert_true(check_blocks(f, "shop", shop_sql_blocks).variants > 300);
    f->db = db_acquire(f->store, &f->arena);
}

static void test_product(void **state)
{
    struct fixture *f = *state;
    db_release(f->db);
    check_blocks(f, "change", change_sql_blocks);
    check_blocks(f, "directory", directory_sql_blocks);
    check_blocks(f, "need", need_sql_blocks);
    f->db = db_acquire(f->store, &f->arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_shop, shop_setup, shop_teardown),
        cmocka_unit_test_setup_teardown(test_product, house_setup, shop_teardown),
    };
    return run_on_both("prepared", tests, sizeof tests / sizeof tests[0]);
}
