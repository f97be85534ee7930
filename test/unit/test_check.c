/* ppuri check and ppuri settings as people run them: what they print and their exit codes. The program is the first
 * argument. */
#include "store_test.h"

#include "core/audit.h"
#include "core/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#undef popen /* a shell counts what is on the disk */

static const char *program;

struct run {
    int code;
    char out[8000];
};

static struct run run(struct fixture *f, const char *arguments)
{
    struct run r = {.code = -1};
    struct str command = arena_printf(&f->arena, "cd '%s' && LC_ALL=C '%s' %s --db '%s' --files-dir files 2>&1",
                                      f->folder, program, arguments, f->url);
    FILE *p = popen(command.p, "r");
    assert_non_null(p);
    r.out[fread(r.out, 1, sizeof r.out - 1, p)] = '\0';
    int status = pclose(p);
    r.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return r;
}

static struct run check(struct fixture *f)
{
    return run(f, "check");
}

static void expect(const struct run *r, int code, const char *text)
{
    if (r->code != code || !strstr(r->out, text))
        fail_msg("exit %d instead of %d, or not in it '%s':\n%s", r->code, code, text, r->out);
}

static enum status record(struct tx *t, void *arg)
{
    (void)arg;
    return audit_record(t, &(struct audit_entry){.actor = STR("A-1"), .action = STR("need.publish")});
}

static struct file_info add_things(struct fixture *f)
{
    struct file_store fs;
    struct file_info info;
    for (int i = 0; i < 3; i++)
        assert_ok(db_write(f->db, record, NULL));
    assert_ok(file_store_open(&f->arena, arena_printf(&f->arena, "%s/files", f->folder), 1000, &fs));
    assert_ok(file_add_text(f->db, &fs, STR("도면"), &info));
    return info;
}

static void test_whole_and_broken(void **state)
{
    struct fixture *f = *state;
    struct file_info info = add_things(f);
    struct run r = check(f);
    expect(&r, 0, "audit    ok    3 rows");
    expect(&r, 0, "files    ok    1 files, 6 bytes");
    expect(&r, 0, "store    ok");
    tamper(f, "UPDATE audit SET actor = 'A-2' WHERE seq = 2");
    r = check(f);
    expect(&r, 1, "audit    FAULT row 2: this row was edited or moved");
    tamper(f, "UPDATE audit SET actor = 'A-1' WHERE seq = 2");
    r = check(f);
    expect(&r, 0, "audit    ok");
    struct str path = arena_printf(&f->arena, "%s/files/%.2s/%.2s/%s", f->folder, info.hash, info.hash + 2, info.hash);
    int fd = open(path.p, O_WRONLY);
    assert_int_equal(pwrite(fd, "X", 1, 3), 1);
    close(fd);
    r = check(f);
    expect(&r, 1, "has another content");
    expect(&r, 1, info.hash);
}

static void test_damaged_store(void **state)
{
    struct fixture *f = *state;
    add_things(f);
    if (on_postgres) {
        tamper(f, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'job_due'::regclass");
        struct run r = check(f);
        expect(&r, 1, "store    FAULT index is not valid: job_due");
        return;
    }
    db_release(f->db);
    store_close(f->store);
    f->store = NULL;
    struct run r = check(f);
    expect(&r, 0, "store    ok    SQLite");
    int fd = open(f->url, O_RDWR);
    static const char junk[600] = "junk";
    assert_int_equal(pwrite(fd, junk, sizeof junk, 4096 * 9), sizeof junk);
    close(fd);
    r = check(f);
    expect(&r, 1, "store    FAULT");
}

static void test_refused(void **state)
{
    (void)state;
    struct fixture *f = fixture_empty(NULL);
    struct run r = check(f);
    expect(&r, 1, "ppuri migrate");
    if (!on_postgres) {
        snprintf(f->url, sizeof f->url, "%s/none.db", f->folder);
        r = check(f);
        expect(&r, 1, "there is no such store");
        assert_int_not_equal(access(f->url, F_OK), 0);
    }
    fixture_free(f);
}

static void test_settings(void **state)
{
    struct fixture *f = *state;
    struct run r = run(f, "settings set council_name 뿌리");
    expect(&r, 0, "");
    r = run(f, "settings --workers 9");
    expect(&r, 0, "council_name       store        뿌리");
    expect(&r, 0, "workers            flag         9");
    r = run(f, "settings set upload_max 1");
    expect(&r, 1, "upload_max: must be 1K .. 4G");
    r = run(f, "settings set nothing 1");
    expect(&r, 1, "nothing: is not a known field");
    r = run(f, "settings set db x");
    expect(&r, 1, "db: may not be set there: store");
    r = run(f, "settings set");
    expect(&r, 2, "set NAME VALUE");
    r = run(f, "settings --workers 0");
    expect(&r, 1, "workers: must be 1 .. 256");
    r = run(f, "settings unset council_name");
    expect(&r, 0, "");
    r = run(f, "settings --markdown");
    expect(&r, 0, "| `workers` | number | `32` | 1 .. 256 | no |");
    r = check(f);
    expect(&r, 0, "audit    ok    2 rows");
}

#define HOUSE(t) cmocka_unit_test_setup_teardown(t, house_setup, shop_teardown)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {HOUSE(test_whole_and_broken), HOUSE(test_damaged_store),
                                       cmocka_unit_test(test_refused), HOUSE(test_settings)};
    char *path = argc == 2 ? realpath(argv[1], NULL) : NULL;
    if (!path)
        return 2;
    program = path;
    int failed = run_on_both("check tests", tests, sizeof tests / sizeof tests[0]);
    free(path);
    return failed;
}
