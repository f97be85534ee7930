/* Settings: precedence, ranges, secrets, the store. */
#include "store_test.h"

#include "core/setting.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct
try {
    struct settings s;
    struct problem_list problems;
    enum status st;
};

static struct str write_file(struct fixture *f, const char *name, const char *text, mode_t mode)
{
    struct str path = arena_printf(&f->arena, "%s/%s", f->folder, name);
    int fd = open(path.p, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    assert_int_equal(fchmod(fd, mode), 0);
    close(fd);
    return path;
}

/* flags: "name", "value", ..., NULL */
static void load(struct fixture *f, struct try *t, char *const *environment, const char *const *flags)
{
    struct pair_list list = {NULL, 0, 0};
    for (; flags && *flags; flags += 2)
        VEC_PUSH(&f->arena, &list, ((struct pair){str_c(flags[0]), str_c(flags[1])}));
    problem_list_init(&t->problems, &f->arena);
    t->st = settings_load(&f->arena, &(struct setting_sources){&list, environment}, &t->s, &t->problems);
}

static bool refused(const struct try *t, const char *name, enum problem_code code)
{
    return t->st == ST_INVALID && t->problems.n == 1 && str_eq(t->problems.v[0].field, str_c(name)) &&
           t->problems.v[0].code == code;
}

struct stored {
    const char *name;
    const char *value;
    struct arena *arena;
    struct problem_list problems;
};

static enum status store_it(struct tx *t, void *arg)
{
    struct stored *s = arg;
    problem_list_init(&s->problems, s->arena);
    return setting_store(t, str_c(s->name), s->value ? str_c(s->value) : (struct str){NULL, 0}, &s->problems);
}

static enum status store_value(struct fixture *f, const char *name, const char *value)
{
    struct stored s = {.name = name, .value = value, .arena = &f->arena};
    enum status st = db_write(f->db, store_it, &s);
    assert_int_equal(s.problems.n, st == ST_INVALID);
    return st;
}

static void test_defaults(void **state)
{
    struct fixture *f = *state;
    struct try t;
    load(f, &t, NULL, NULL);
    assert_ok(t.st);
    assert_true(str_eq(t.s.council_name, STR("대전첨단뿌리산업협의체")) && t.s.workers == 32 && !t.s.behind_proxy);
    assert_true(t.s.upload_max_bytes == 50 << 20 && t.s.db_wait_ms == 5000 && !t.s.today.has && t.s.log_level == 1);
    for (int i = 0; i < SETTING_COUNT; i++)
        assert_int_equal(t.s.origin[i], ORIGIN_DEFAULT);
    assert_true(str_eq(settings_files_dir(&f->arena, &t.s), STR("ppuri.db.files")));
    assert_true(str_eq(settings_tmp_dir(&f->arena, &t.s), STR("ppuri.db.files/tmp")));
}

/* One setting, with fewer and fewer places that say something. */
static void test_precedence(void **state)
{
    struct fixture *f = *state;
    struct try t;
    struct str path = write_file(f, "p.conf", "# council\ncouncil_name = 파일\r\nday_offset_min=60 ; east\n", 0644);
    char *const environment[] = {"PPURI_COUNCIL_NAME=환경", "HOME=/x", "PPURI_DAY_OFFSET_MIN=120", NULL};
    const char *const flags[] = {"config", path.p, "council-name", "깃발", NULL};
    const char *const only_file[] = {"config", path.p, NULL};
    assert_ok(store_value(f, "council_name", "저장"));
    assert_ok(store_value(f, "day_offset_min", "180"));
    assert_ok(store_value(f, "upload_max", "2M"));
    struct {
        char *const *environment;
        const char *const *flags;
        const char *name;
        enum setting_origin origin;
        int64_t offset;
    } rows[] = {
        {environment, flags, "깃발", ORIGIN_FLAG, 120},
        {environment, only_file, "환경", ORIGIN_ENVIRONMENT, 120},
        {NULL, only_file, "파일", ORIGIN_FILE, 60},
        {NULL, NULL, "저장", ORIGIN_STORE, 180},
    };
    for (size_t i = 0; i < 4; i++) {
        load(f, &t, rows[i].environment, rows[i].flags);
        assert_ok(t.st);
        assert_ok(settings_load_stored(f->db, &t.s, &t.problems));
        assert_true(str_eq(t.s.council_name, str_c(rows[i].name)));
        assert_int_equal(t.s.origin[SETTING_ID_council_name], rows[i].origin);
        assert_int_equal(t.s.day_offset_min, rows[i].offset);
        assert_true(t.s.upload_max_bytes == 2 << 20 && t.s.origin[SETTING_ID_upload_max] == ORIGIN_STORE);
    }
    assert_ok(store_value(f, "council_name", NULL));
    load(f, &t, NULL, NULL);
    assert_ok(settings_load_stored(f->db, &t.s, &t.problems));
    assert_int_equal(t.s.origin[SETTING_ID_council_name], ORIGIN_DEFAULT);
}

static const struct {
    const char *name, *value;
    enum problem_code code;
    bool good;
} values[] = {
    {"workers", "1", 0, true},
    {"workers", "256", 0, true},
    {"workers", "0", PROBLEM_RANGE, false},
    {"workers", "257", PROBLEM_RANGE, false},
    {"workers", "4 ", PROBLEM_RANGE, false},
    {"workers", "", PROBLEM_RANGE, false},
    {"workers", "99999999999999999999", PROBLEM_RANGE, false},
    {"day_offset_min", "-720", 0, true},
    {"day_offset_min", "-721", PROBLEM_RANGE, false},
    {"behind_proxy", "on", 0, true},
    {"behind_proxy", "maybe", PROBLEM_RANGE, false},
    {"log_level", "error", 0, true},
    {"log_level", "loud", PROBLEM_RANGE, false},
    {"log_level", "debug|info", PROBLEM_RANGE, false},
    {"db_wait", "10m", 0, true},
    {"db_wait", "601s", PROBLEM_RANGE, false},
    {"db_wait", "5", PROBLEM_RANGE, false},
    {"db_wait", "9ms", PROBLEM_RANGE, false},
    {"db_wait", "-5s", PROBLEM_RANGE, false},
    {"db_wait", "99999999999999999d", PROBLEM_RANGE, false},
    {"upload_max", "1K", 0, true},
    {"upload_max", "1023", PROBLEM_RANGE, false},
    {"upload_max", "5G", PROBLEM_RANGE, false},
    {"today", "2026-11-22", 0, true},
    {"today", "2026-02-30", PROBLEM_DATE, false},
    {"today", "", 0, true},
    {"council_name", "", PROBLEM_RANGE, false},
    {"council_name", "a\nb", PROBLEM_RANGE, false},
    {"council_name", "\xff", PROBLEM_NOT_TEXT, false},
    {"council-name", "x", 0, true},
    {"councilname", "x", PROBLEM_UNKNOWN_FIELD, false},
};

static void test_ranges(void **state)
{
    struct fixture *f = *state;
    struct try t;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        const char *const flags[] = {values[i].name, values[i].value, NULL};
        load(f, &t, NULL, flags);
        if (values[i].good ? t.st != ST_OK : !refused(&t, values[i].name, values[i].code))
            fail_msg("%s=%s: status %d, %zu problems", values[i].name, values[i].value, t.st, t.problems.n);
    }
    /* A bad value is refused also where a better one wins. */
    char *const environment[] = {"PPURI_WORKERS=0", NULL};
    const char *const flags[] = {"workers", "8", NULL};
    load(f, &t, environment, flags);
    assert_true(refused(&t, "workers", PROBLEM_RANGE));
}

static void test_file(void **state)
{
    struct fixture *f = *state;
    struct try t;
    char longest[220];
    memset(longest, 'x', sizeof longest);
    memcpy(longest, "council_name=", 13);
    longest[sizeof longest - 1] = '\0';
    const struct {
        const char *text, *field;
        enum problem_code code;
    } rows[] = {
        {"workerz = 3\n", "workerz", PROBLEM_UNKNOWN_FIELD},
        {"workers = 3\nworkers = 4\n", "workers", PROBLEM_DUPLICATE},
        {"config = x\n", "config", PROBLEM_PLACE},
        {"[section]\nworkers = 3\n", "section", PROBLEM_UNKNOWN_FIELD},
        {"workers\n", "config", PROBLEM_FILE},
        {"workers = 0\n", "workers", PROBLEM_RANGE},
        {" workers = 3\n", "config", PROBLEM_FILE},
        {longest, "config", PROBLEM_FILE},
        {"council_name = \xff\n", "config", PROBLEM_FILE},
    };
    const char *flags[] = {"config", NULL, NULL};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        flags[1] = write_file(f, "x.conf", rows[i].text, 0600).p;
        load(f, &t, NULL, flags);
        if (!refused(&t, rows[i].field, rows[i].code))
            fail_msg("%s: status %d, %zu problems", rows[i].text, t.st, t.problems.n);
    }
    flags[1] = "/nowhere/x.conf";
    load(f, &t, NULL, flags);
    assert_true(refused(&t, "config", PROBLEM_FILE));
    flags[1] = write_file(f, "x.conf", "\xef\xbb\xbfworkers = 3\n", 0600).p;
    load(f, &t, NULL, flags);
    assert_true(t.st == ST_OK && t.s.workers == 3);
}

static bool shows(const struct try *t, const char *word)
{
    bool found = false;
    for (int i = 0; i < SETTING_COUNT; i++)
        found |= str_find(t->s.text[i], str_c(word)) >= 0;
    for (size_t i = 0; i < t->problems.n; i++)
        found |= str_find(t->problems.v[i].detail, str_c(word)) >= 0;
    return found;
}

static void test_secrets(void **state)
{
    struct fixture *f = *state;
    struct try t;
    const char *flags[] = {"smtp_password", NULL, NULL};
    static const struct {
        mode_t mode;
        bool good;
    } modes[] = {{0600, true}, {0400, true}, {0644, false}, {0640, false}, {0604, false}, {0700, false}, {0660, false}};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        flags[1] = write_file(f, "secret", "열려라참깨\n", 0600).p;
        assert_int_equal(chmod(flags[1], modes[i].mode), 0);
        load(f, &t, NULL, flags);
        assert_true(modes[i].good ? t.st == ST_OK : refused(&t, "smtp_password", PROBLEM_FILE));
        assert_true(str_eq(t.s.smtp_password, modes[i].good ? STR("열려라참깨") : STR("")));
        assert_false(shows(&t, "열려라참깨") || shows(&t, flags[1]));
        assert_int_equal(chmod(flags[1], 0600), 0);
    }
    /* The password itself where the file's name should be: refused, and not shown. */
    flags[1] = "hunter2";
    load(f, &t, NULL, flags);
    assert_true(refused(&t, "smtp_password", PROBLEM_FILE) && !shows(&t, "hunter2"));
    flags[1] = write_file(f, "empty", "\n", 0600).p;
    load(f, &t, NULL, flags);
    assert_true(refused(&t, "smtp_password", PROBLEM_FILE));
    flags[1] = f->folder;
    load(f, &t, NULL, flags);
    assert_true(refused(&t, "smtp_password", PROBLEM_FILE));
}

static void test_store(void **state)
{
    struct fixture *f = *state;
    struct try t;
    assert_int_equal(store_value(f, "workers", "8"), ST_INVALID);
    assert_int_equal(store_value(f, "smtp_password", "x"), ST_INVALID);
    assert_int_equal(store_value(f, "upload_max", "1"), ST_INVALID);
    assert_int_equal(store_value(f, "nothing", "1"), ST_INVALID);
    assert_ok(store_value(f, "council-address", "  대전 유성구  "));
    load(f, &t, NULL, NULL);
    assert_ok(settings_load_stored(f->db, &t.s, &t.problems));
    assert_true(str_eq(t.s.council_address, STR("대전 유성구")));
    tamper(f, "INSERT INTO setting (name, value, changed_ms) VALUES ('from_the_future', '1', 1)");
    tamper(f, "INSERT INTO setting (name, value, changed_ms) VALUES ('workers', '7', 1)");
    assert_ok(settings_load_stored(f->db, &t.s, &t.problems));
    assert_int_equal(t.s.workers, 32);
    tamper(f, "UPDATE setting SET value = '99999' WHERE name = 'council_address'; "
              "INSERT INTO setting (name, value, changed_ms) VALUES ('day_offset_min', '99999', 1)");
    t.st = settings_load_stored(f->db, &t.s, &t.problems);
    assert_true(refused(&t, "day_offset_min", PROBLEM_RANGE));
}

static void test_reference(void **state)
{
    struct fixture *f = *state;
    AUTO_BUF out;
    buf_init(&out, 1 << 20);
    settings_markdown(&f->arena, &out, false);
    for (int i = 0; i < SETTING_COUNT; i++) {
        struct str cell = arena_printf(&f->arena, "| `%s` |", setting_defs[i].name);
        assert_true(str_find(buf_str(&out), cell) >= 0);
        assert_true(*setting_defs[i].help_ko && *setting_defs[i].help_en);
    }
    assert_true(str_find(buf_str(&out), STR("| 10ms .. 10m |")) >= 0);
}

#define HOUSE(t) cmocka_unit_test_setup_teardown(t, house_setup, shop_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOUSE(test_defaults), HOUSE(test_precedence), HOUSE(test_ranges),    HOUSE(test_file),
        HOUSE(test_secrets),  HOUSE(test_store),      HOUSE(test_reference),
    };
    return run_on_both("setting tests", tests, sizeof tests / sizeof tests[0]);
}
