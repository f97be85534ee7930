/* Reads values: numbers, words, durations such as 90s, sizes such as 50M, and secrets from their files. */
#include "core/setting_value.h"

#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECRET_BYTES_MAX = 4096 };

struct unit {
    const char *name;
    int64_t factor;
};

/* From the greatest; one is without a name. */
static const struct unit durations[] = {{"d", 86400000}, {"h", 3600000}, {"m", 60000}, {"s", 1000}, {"ms", 1}};
static const struct unit sizes[] = {{"G", INT64_C(1) << 30}, {"M", 1 << 20}, {"K", 1 << 10}, {"", 1}};
enum { DURATION_UNITS = sizeof durations / sizeof durations[0], SIZE_UNITS = sizeof sizes / sizeof sizes[0] };

static bool read_with_unit(struct str s, const struct unit *units, size_t n, int64_t *out)
{
    size_t digits = 0;
    int64_t count;
    while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9')
        digits++;
    if (!digits || !str_to_int(str_n(s.p, digits), &count))
        return false;
    struct str unit = str_drop(s, digits);
    for (size_t i = 0; i < n; i++) {
        if (str_eq(unit, str_c(units[i].name)))
            return !__builtin_mul_overflow(count, units[i].factor, out);
    }
    return false;
}

static struct str with_unit(struct arena *a, int64_t v, const struct unit *units, size_t n)
{
    size_t i = 0;
    while (i + 1 < n && (v == 0 || v % units[i].factor != 0))
        i++;
    return arena_printf(a, "%lld%s", (long long)(v / units[i].factor), units[i].name);
}

static bool read_bool(struct str s, int64_t *out)
{
    static const char *const words[] = {"no", "yes", "false", "true", "off", "on", "0", "1"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (!str_eq(s, str_c(words[i])))
            continue;
        *out = i & 1;
        return true;
    }
    return false;
}

static bool read_choice(const struct setting_def *d, struct str s, int64_t *out)
{
    struct str rest = str_c(d->words), word;
    for (int64_t i = 0; str_next(&rest, '|', &word); i++) {
        if (!str_eq(word, s))
            continue;
        *out = i;
        return true;
    }
    return false;
}

static bool read_number(const struct setting_def *d, struct str s, int64_t *out)
{
    switch (d->kind) {
    case SETTING_BOOL:
        return read_bool(s, out);
    case SETTING_CHOICE:
        return read_choice(d, s, out);
    case SETTING_DURATION:
        return read_with_unit(s, durations, DURATION_UNITS, out) && *out >= d->least && *out <= d->most;
    case SETTING_SIZE:
        return read_with_unit(s, sizes, SIZE_UNITS, out) && *out >= d->least && *out <= d->most;
    default:
        return str_to_int(s, out) && *out >= d->least && *out <= d->most;
    }
}

static struct str words_listed(struct arena *a, struct str rest)
{
    struct str out = STR(""), word;
    while (str_next(&rest, '|', &word))
        out = arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(out), out.n ? ", " : "", STR_ARG(word));
    return out;
}

struct str setting_range(struct arena *a, const struct setting_def *d)
{
    struct str least, most;
    switch (d->kind) {
    case SETTING_INT:
        return arena_printf(a, "%lld .. %lld", (long long)d->least, (long long)d->most);
    case SETTING_BOOL:
        return STR("yes, no");
    case SETTING_CHOICE:
        return words_listed(a, str_c(d->words));
    case SETTING_DURATION:
        least = with_unit(a, d->least, durations, DURATION_UNITS);
        most = with_unit(a, d->most, durations, DURATION_UNITS);
        return arena_printf(a, STR_FMT " .. " STR_FMT, STR_ARG(least), STR_ARG(most));
    case SETTING_SIZE:
        least = with_unit(a, d->least, sizes, SIZE_UNITS);
        most = with_unit(a, d->most, sizes, SIZE_UNITS);
        return arena_printf(a, STR_FMT " .. " STR_FMT, STR_ARG(least), STR_ARG(most));
    case SETTING_DAY:
        return STR("YYYY-MM-DD");
    default:
        return arena_printf(a, "%lld .. %lld characters", (long long)d->least, (long long)d->most);
    }
}

/* What is wrong with the file, without naming it: a password may stand where a path should. NULL: nothing. */
static const char *secret_fault(struct arena *a, int fd)
{
    struct stat s;
    if (fd < 0)
        return errno == ENOENT ? "it does not exist" : "it cannot be opened";
    if (fstat(fd, &s) != 0 || !S_ISREG(s.st_mode))
        return "it is no plain file";
    if (s.st_mode & 0177)
        return arena_printf(a, "its mode is %04o, it must be 0600", (unsigned)s.st_mode & 07777).p;
    if (s.st_uid != 0 && s.st_uid != geteuid())
        return "it belongs to another user";
    return s.st_size > SECRET_BYTES_MAX ? "it is too large" : NULL;
}

static struct str read_fd(struct arena *a, int fd)
{
    char *p = arena_alloc(a, SECRET_BYTES_MAX + 1);
    size_t n = 0;
    ssize_t got;
    while (n < SECRET_BYTES_MAX && (got = read(fd, p + n, SECRET_BYTES_MAX - n)) > 0)
        n += (size_t)got;
    return str_trim(str_n(p, n));
}

static enum status read_secret(struct arena *a, const struct setting_def *d, struct str path, struct str *out,
                               struct problem_list *problems)
{
    *out = STR("");
    if (!path.n)
        return ST_OK;
    int fd = open(arena_c(a, path), O_RDONLY | O_CLOEXEC);
    const char *fault = secret_fault(a, fd);
    if (!fault) {
        *out = read_fd(a, fd);
        fault = out->n && utf8_valid(*out) ? NULL : "it holds no text";
    }
    if (fd >= 0)
        close(fd);
    if (!fault)
        return ST_OK;
    *out = STR("");
    problem_add(problems, PROBLEM_FILE, str_c(d->name), str_c(fault));
    return ST_INVALID;
}

static enum status refuse(struct arena *a, const struct setting_def *d, struct problem_list *problems)
{
    problem_add(problems, d->kind == SETTING_DAY ? PROBLEM_DATE : PROBLEM_RANGE, str_c(d->name), setting_range(a, d));
    return ST_INVALID;
}

enum status setting_parse(struct arena *a, const struct setting_def *d, struct str text, struct setting_value *out,
                          struct problem_list *problems)
{
    *out = (struct setting_value){.text = STR("")};
    if (!utf8_valid(text)) {
        problem_add(problems, PROBLEM_NOT_TEXT, str_c(d->name), STR(""));
        return ST_INVALID;
    }
    if (d->kind == SETTING_SECRET)
        return read_secret(a, d, text, &out->text, problems);
    if (d->kind == SETTING_DAY) {
        out->day.has = text.n > 0;
        return !text.n || day_parse(text, &out->day.v) ? ST_OK : refuse(a, d, problems);
    }
    if (d->kind != SETTING_TEXT)
        return read_number(d, text, &out->number) ? ST_OK : refuse(a, d, problems);
    out->text = arena_str(a, utf8_nfc(a, str_trim(text)));
    int64_t length = (int64_t)utf8_length(out->text);
    bool one_line = str_find_byte(out->text, '\n') < 0 && str_find_byte(out->text, '\r') < 0;
    return one_line && length >= d->least && length <= d->most ? ST_OK : refuse(a, d, problems);
}

void setting_assign(struct settings *s, const struct setting_def *d, const struct setting_value *v)
{
    void *field = (char *)s + d->offset;
    switch (d->kind) {
    case SETTING_TEXT:
    case SETTING_SECRET:
        *(struct str *)field = v->text;
        break;
    case SETTING_BOOL:
        *(bool *)field = v->number != 0;
        break;
    case SETTING_CHOICE:
        *(int *)field = (int)v->number;
        break;
    case SETTING_DAY:
        *(struct opt_day *)field = v->day;
        break;
    default:
        *(int64_t *)field = v->number;
    }
}
