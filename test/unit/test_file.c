/* Attachments: no row without its file, whatever is cut off when; damage is found; sweeping takes only what nothing
 * names. */
#include "store_test.h"

#include "base/file.h"
#include "core/file.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#undef popen /* a shell counts what is on the disk */

enum { ADDERS = 3, ADDINGS = 40 };

RAW_NUMBER(content_rows, "SELECT count(*) AS n FROM file_content");

static struct file_store open_files(struct fixture *f)
{
    struct file_store fs;
    assert_ok(file_store_open(&f->arena, arena_printf(&f->arena, "%s/files", f->folder), 1 << 20, &fs));
    return fs;
}

static int64_t shell_number(struct fixture *f, const char *command)
{
    char line[64] = "";
    FILE *p = popen(arena_printf(&f->arena, "cd '%s/files' && %s", f->folder, command).p, "r");
    assert_non_null(p);
    assert_non_null(fgets(line, sizeof line, p));
    pclose(p);
    return strtoll(line, NULL, 10);
}

static int64_t files_on_disk(struct fixture *f)
{
    return shell_number(f, "find . -type f ! -name .lock | wc -l");
}

static struct str path_of(struct fixture *f, const char *hash)
{
    return arena_printf(&f->arena, "%s/files/%.2s/%.2s/%s", f->folder, hash, hash + 2, hash);
}

static int64_t faults(struct fixture *f, const struct file_store *fs)
{
    struct file_report r = {0};
    assert_ok(file_verify(f->db, fs, &r));
    return r.faults;
}

static void test_add_and_read(void **state)
{
    struct fixture *f = *state;
    struct file_store fs = open_files(f);
    struct file_info a, b;
    struct str text;
    int fd;
    assert_ok(file_add_text(f->db, &fs, STR("도면 1"), &a));
    assert_ok(file_add_text(f->db, &fs, STR("도면 1"), &b));
    assert_string_equal(a.hash, b.hash);
    assert_true(a.size_bytes == 8 && files_on_disk(f) == 1 && raw_number(f, &content_rows) == 1);
    assert_ok(file_add_text(f->db, &fs, STR(""), &b));
    /* BLAKE2b-256 of nothing, as published */
    assert_string_equal(b.hash, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    assert_ok(file_open(&fs, str_c(a.hash), &fd));
    assert_ok(file_read(&f->arena, arena_printf(&f->arena, "/dev/fd/%d", fd).p, 100, &text));
    assert_true(str_eq(text, STR("도면 1")));
    close(fd);
    assert_int_equal(file_open(&fs, STR("../../../etc/passwd"), &fd), ST_NOT_FOUND);
    a.hash[0] = a.hash[0] == '0' ? '1' : '0';
    assert_int_equal(file_open(&fs, str_c(a.hash), &fd), ST_NOT_FOUND);
    assert_int_equal(faults(f, &fs), 0);
    assert_int_equal(shell_number(f, "find . -type f -perm /077 | wc -l"), 0);
}

static void test_add_path(void **state)
{
    struct fixture *f = *state;
    struct file_store fs = open_files(f);
    struct file_info a, b;
    char *big = arena_alloc(&f->arena, (1 << 20) + 1);
    struct str path = arena_printf(&f->arena, "%s/upload", f->folder);
    memset(big, 'x', (1 << 20) + 1);
    int fd = open(path.p, O_RDWR | O_CREAT, 0600);
    assert_int_equal(write(fd, big, 1 << 20), 1 << 20);
    assert_ok(file_add_path(f->db, &fs, path.p, &a));
    assert_ok(file_add_text(f->db, &fs, str_n(big, 1 << 20), &b));
    assert_string_equal(a.hash, b.hash);
    assert_int_equal(write(fd, "y", 1), 1);
    close(fd);
    assert_int_equal(file_add_path(f->db, &fs, path.p, &a), ST_TOO_LARGE);
    assert_int_equal(file_add_text(f->db, &fs, str_n(big, (1 << 20) + 1), &a), ST_TOO_LARGE);
    assert_int_equal(file_add_path(f->db, &fs, "/nowhere/x", &a), ST_NOT_FOUND);
    assert_true(files_on_disk(f) == 1 && raw_number(f, &content_rows) == 1 && faults(f, &fs) == 0);
}

static enum status fail_at(void *arg, enum file_step step)
{
    return step == *(enum file_step *)arg ? ST_IO : ST_OK;
}

static void test_fault_at_each_step(void **state)
{
    struct fixture *f = *state;
    struct file_store fs = open_files(f);
    struct file_info info;
    enum file_step at;
    fs.step = fail_at;
    fs.step_arg = &at;
    for (at = FILE_WRITTEN; at < FILE_STEPS; at++) {
        assert_int_equal(file_add_text(f->db, &fs, STR("도면"), &info), ST_IO);
        assert_int_equal(raw_number(f, &content_rows), 0);
        assert_int_equal(shell_number(f, "find . -name '.new-*' | wc -l"), 0);
    }
    fs.step = NULL;
    assert_ok(file_add_text(f->db, &fs, STR("도면"), &info));
    assert_true(faults(f, &fs) == 0 && files_on_disk(f) == 1 && raw_number(f, &content_rows) == 1);
}

struct death {
    struct file_store fs;
    enum file_step at;
};

static enum status die_at(void *arg, enum file_step step)
{
    if (step == *(enum file_step *)arg)
        raise(SIGKILL);
    return ST_OK;
}

static void add_and_die(struct db *db, void *arg)
{
    struct death *d = arg;
    struct file_info info;
    d->fs.step = die_at;
    d->fs.step_arg = &d->at;
    (void)!file_add_text(db, &d->fs, STR("도면"), &info);
}

static void test_killed_at_each_step(void **state)
{
    struct fixture *f = *state;
    struct death d = {.fs = open_files(f)};
    struct sweep_count count;
    struct file_info info;
    for (d.at = FILE_WRITTEN; d.at < FILE_STEPS; d.at++) {
        assert_int_equal(in_child(f, add_and_die, &d), SIGKILL);
        assert_int_equal(raw_number(f, &content_rows), 0);
        assert_int_equal(files_on_disk(f), 1);
        assert_ok(file_sweep(f->db, &d.fs, 3600000, &count));
        assert_int_equal(count.files, 0);
        assert_ok(file_sweep(f->db, &d.fs, -1000, &count));
        assert_true(count.files == 1 && files_on_disk(f) == 0);
    }
    d.at = FILE_STEPS;
    assert_int_equal(in_child(f, add_and_die, &d), 0);
    assert_true(raw_number(f, &content_rows) == 1 && faults(f, &d.fs) == 0);
    /* The control: with the row first, the same kill leaves a row without its file, and that is seen. */
    assert_ok(file_add_text(f->db, &d.fs, STR("둘째"), &info));
    assert_int_equal(unlink(path_of(f, info.hash).p), 0);
    assert_int_equal(faults(f, &d.fs), 1);
}

struct seen {
    enum file_fault fault;
    int n;
};

static void see(void *arg, struct str hash, enum file_fault fault)
{
    struct seen *s = arg;
    assert_int_equal(hash.n, FILE_HASH_HEX);
    s->fault = fault;
    s->n++;
}

static struct seen verify(struct fixture *f, const struct file_store *fs)
{
    struct seen s = {.n = 0};
    struct file_report r = {.fault = see, .arg = &s};
    assert_ok(file_verify(f->db, fs, &r));
    assert_int_equal(r.faults, s.n);
    return s;
}

static void test_damage(void **state)
{
    struct fixture *f = *state;
    struct file_store fs = open_files(f);
    struct file_info info, other;
    char byte;
    assert_ok(file_add_text(f->db, &fs, STR("other"), &other));
    assert_ok(file_add_text(f->db, &fs, STR("0123456789"), &info));
    int fd = open(path_of(f, info.hash).p, O_RDWR);
    assert_int_equal(pread(fd, &byte, 1, 5), 1);
    byte ^= 1;
    assert_int_equal(pwrite(fd, &byte, 1, 5), 1);
    struct seen s = verify(f, &fs);
    assert_true(s.n == 1 && s.fault == FILE_CONTENT);
    byte ^= 1;
    assert_int_equal(pwrite(fd, &byte, 1, 5), 1);
    assert_int_equal(verify(f, &fs).n, 0);
    assert_int_equal(ftruncate(fd, 9), 0);
    s = verify(f, &fs);
    assert_true(s.n == 1 && s.fault == FILE_SIZE);
    close(fd);
    assert_int_equal(unlink(path_of(f, info.hash).p), 0);
    s = verify(f, &fs);
    assert_true(s.n == 1 && s.fault == FILE_MISSING);
    /* Adding the same content heals it. */
    assert_ok(file_add_text(f->db, &fs, STR("0123456789"), &info));
    assert_int_equal(verify(f, &fs).n, 0);
}

struct attaching {
    struct attach_order order;
    int64_t id;
    bool detach;
};

static enum status attach(struct tx *t, void *arg)
{
    struct attaching *a = arg;
    return a->detach ? file_detach(t, a->id) : file_attach(t, &a->order, &a->id);
}

static void test_sweep(void **state)
{
    struct fixture *f = *state;
    struct file_store fs = open_files(f);
    struct file_info kept, loose;
    struct sweep_count count;
    assert_ok(file_add_text(f->db, &fs, STR("kept"), &kept));
    assert_ok(file_add_text(f->db, &fs, STR("loose"), &loose));
    struct attaching a = {
        .order = {str_c(kept.hash), STR("need"), STR("N-1"), STR("도면.pdf"), STR("application/pdf"), STR("A-1")}};
    assert_ok(db_write(f->db, attach, &a));
    assert_ok(file_sweep(f->db, &fs, 3600000, &count));
    assert_true(count.rows == 0 && count.files == 0);
    assert_ok(file_sweep(f->db, &fs, -1000, &count));
    assert_true(count.rows == 1 && count.files == 1 && files_on_disk(f) == 1 && faults(f, &fs) == 0);
    a.order.hash = str_c(loose.hash);
    assert_int_equal(db_write(f->db, attach, &a), ST_CONFLICT);
    a.order.hash = str_c(kept.hash);
    assert_ok(db_write(f->db, attach, &a));
    a.detach = true;
    assert_ok(db_write(f->db, attach, &a));
    assert_int_equal(db_write(f->db, attach, &a), ST_NOT_FOUND);
    assert_ok(file_sweep(f->db, &fs, -1000, &count));
    assert_int_equal(files_on_disk(f), 1); /* still attached once */
}

struct adder {
    struct fixture *f;
    struct file_store fs;
    int first;
    _Atomic bool *done;
    int failed;
};

static void *add_many(void *arg)
{
    struct adder *a = arg;
    AUTO_ARENA arena;
    arena_init(&arena, 8 << 20);
    struct db *db = db_acquire(a->f->store, &arena);
    for (int i = 0; i < ADDINGS; i++) {
        struct file_info info;
        struct str text = arena_printf(&arena, "content %d", (a->first + i) % 10);
        enum status st = file_add_text(db, &a->fs, text, &info);
        a->failed += st != ST_OK && st != ST_BUSY;
    }
    db_release(db);
    return NULL;
}

static void *sweep_many(void *arg)
{
    struct adder *a = arg;
    AUTO_ARENA arena;
    arena_init(&arena, 64 << 20);
    struct db *db = db_acquire(a->f->store, &arena);
    while (!*a->done) {
        struct sweep_count count;
        enum status st = file_sweep(db, &a->fs, -1000, &count);
        a->failed += st != ST_OK && st != ST_BUSY;
    }
    db_release(db);
    return NULL;
}

static void test_sweep_while_adding(void **state)
{
    struct fixture *f = *state;
    _Atomic bool done = false;
    struct adder adders[ADDERS + 1];
    pthread_t threads[ADDERS + 1];
    struct file_store fs = open_files(f);
    for (int i = 0; i <= ADDERS; i++) {
        adders[i] = (struct adder){.f = f, .fs = fs, .first = i * 3, .done = &done};
        assert_int_equal(pthread_create(&threads[i], NULL, i < ADDERS ? add_many : sweep_many, &adders[i]), 0);
    }
    for (int i = 0; i < ADDERS; i++)
        pthread_join(threads[i], NULL);
    done = true;
    pthread_join(threads[ADDERS], NULL);
    for (int i = 0; i <= ADDERS; i++)
        assert_int_equal(adders[i].failed, 0);
    assert_int_equal(faults(f, &fs), 0);
}

static void test_types(void **state)
{
    (void)state;
    assert_string_equal(file_type(STR("%PDF-1.7")), "application/pdf");
    assert_string_equal(file_type(STR("\xff\xd8\xff\xe0")), "image/jpeg");
    assert_string_equal(file_type(STR("RIFF....WEBPVP8 ")), "image/webp");
    assert_string_equal(file_type(STR("<html><script>")), "application/octet-stream");
    assert_string_equal(file_type(STR("<svg onload=x>")), "application/octet-stream");
    assert_string_equal(file_type(STR("")), "application/octet-stream");
}

#define HOUSE(t) cmocka_unit_test_setup_teardown(t, house_setup, shop_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOUSE(test_add_and_read), HOUSE(test_add_path), HOUSE(test_fault_at_each_step), HOUSE(test_killed_at_each_step),
        HOUSE(test_damage),       HOUSE(test_sweep),    HOUSE(test_sweep_while_adding), cmocka_unit_test(test_types),
    };
    return run_on_both("file tests", tests, sizeof tests / sizeof tests[0]);
}
