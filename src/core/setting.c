/* Brings the values of all places together. Owns nothing: texts live in the caller's arena. Prints no secret. */
#include "core/setting.h"

#include "base/file.h"
#include "base/ini.h"
#include "base/log.h"
#include "core/setting_sql.h"
#include "core/setting_value.h"

#include <ctype.h>
#include <stddef.h>

#define SETTING_MEMBER_INT(name)      name
#define SETTING_MEMBER_TEXT(name)     name
#define SETTING_MEMBER_BOOL(name)     name
#define SETTING_MEMBER_CHOICE(name)   name
#define SETTING_MEMBER_DURATION(name) name##_ms
#define SETTING_MEMBER_SIZE(name)     name##_bytes
#define SETTING_MEMBER_DAY(name)      name
#define SETTING_MEMBER_SECRET(name)   name

const struct setting_def setting_defs[] = {
#define SETTING(name, kind, place, otherwise, least, most, words, en, ko)                                              \
    {#name,                                                                                                            \
     SETTING_##kind,                                                                                                   \
     SETTING_##place,                                                                                                  \
     otherwise,                                                                                                        \
     least,                                                                                                            \
     most,                                                                                                             \
     words,                                                                                                            \
     en,                                                                                                               \
     ko,                                                                                                               \
     offsetof(struct settings, SETTING_MEMBER_##kind(name))},
#include "core/settings.def"
#undef SETTING
};

enum { FILE_BYTES_MAX = 256 << 10 };

struct loading {
    struct arena *arena;
    struct settings *out;
    struct problem_list *problems;
};

static bool same_name(struct str given, struct str name)
{
    if (given.n != name.n)
        return false;
    for (size_t i = 0; i < name.n; i++) {
        if (given.p[i] != name.p[i] && !(given.p[i] == '-' && name.p[i] == '_'))
            return false;
    }
    return true;
}

const struct setting_def *setting_find(struct str name)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        if (same_name(name, str_c(setting_defs[i].name)))
            return &setting_defs[i];
    }
    return NULL;
}

const char *setting_origin_word(enum setting_origin o)
{
    static const char *const words[] = {"default", "store", "file", "environment", "flag"};
    return words[o];
}

static void take(struct loading *l, const struct setting_def *d, struct str text, enum setting_origin origin)
{
    struct setting_value v;
    size_t i = (size_t)(d - setting_defs);
    if (setting_parse(l->arena, d, text, &v, l->problems) != ST_OK || origin < l->out->origin[i])
        return;
    setting_assign(l->out, d, &v);
    l->out->origin[i] = origin;
    if (d->kind == SETTING_SECRET)
        l->out->text[i] = text.n ? STR("(hidden)") : STR("");
    else
        l->out->text[i] = d->kind == SETTING_TEXT ? v.text : arena_str(l->arena, text);
}

/* False when there is no variable of ours of that name. */
static bool take_variable(struct loading *l, struct str name, struct str value)
{
    char lower[64];
    if (name.n >= sizeof lower)
        return false;
    for (size_t i = 0; i < name.n; i++) {
        if (!isupper((unsigned char)name.p[i]) && !isdigit((unsigned char)name.p[i]) && name.p[i] != '_')
            return false;
        lower[i] = (char)tolower((unsigned char)name.p[i]);
    }
    const struct setting_def *d = setting_find(str_n(lower, name.n));
    if (d)
        take(l, d, value, ORIGIN_ENVIRONMENT);
    return d != NULL;
}

static void take_environment(struct loading *l, char *const *environment)
{
    for (; environment && *environment; environment++) {
        struct str line = str_c(*environment);
        ptrdiff_t sign = str_find_byte(line, '=');
        if (!str_starts(line, STR("PPURI_")) || sign < 0)
            continue;
        struct str name = str_n(line.p + 6, (size_t)sign - 6);
        if (!take_variable(l, name, str_drop(line, (size_t)sign + 1)))
            LOG(LOG_WARN, "unknown_variable", LOG_S("name", str_n(line.p, (size_t)sign)));
    }
}

static void take_flags(struct loading *l, const struct pair_list *flags)
{
    for (size_t i = 0; flags && i < flags->n; i++) {
        const struct setting_def *d = setting_find(flags->v[i].name);
        if (d)
            take(l, d, flags->v[i].value, ORIGIN_FLAG);
        else
            problem_add(l->problems, PROBLEM_UNKNOWN_FIELD, flags->v[i].name, STR(""));
    }
}

static void take_entry(struct loading *l, const struct ini_entry_list *entries, size_t at)
{
    const struct ini_entry *e = &entries->v[at];
    const struct setting_def *d = e->section.n ? NULL : setting_find(e->name);
    if (!d) {
        problem_add(l->problems, PROBLEM_UNKNOWN_FIELD, e->section.n ? e->section : e->name, STR(""));
        return;
    }
    for (size_t i = 0; i < at; i++) {
        if (setting_find(entries->v[i].name) == d) {
            problem_add(l->problems, PROBLEM_DUPLICATE, e->name, l->out->config);
            return;
        }
    }
    if (d == &setting_defs[SETTING_ID_config])
        problem_add(l->problems, PROBLEM_PLACE, e->name, STR("file"));
    else
        take(l, d, e->value, ORIGIN_FILE);
}

static void take_file(struct loading *l)
{
    struct str text;
    struct ini_entry_list entries;
    size_t bad_line;
    enum status st = file_read(l->arena, arena_c(l->arena, l->out->config), FILE_BYTES_MAX, &text);
    if (st == ST_NOT_FOUND && l->out->origin[SETTING_ID_config] == ORIGIN_DEFAULT)
        return;
    if (st != ST_OK) {
        problem_add(l->problems, PROBLEM_FILE, STR("config"),
                    str_c(st == ST_NOT_FOUND ? "it does not exist" : "it cannot be read"));
        return;
    }
    if (ini_read(l->arena, text, &entries, &bad_line) != ST_OK) {
        problem_add(l->problems, PROBLEM_FILE, STR("config"), arena_printf(l->arena, "line %zu", bad_line));
        return;
    }
    for (size_t i = 0; i < entries.n; i++)
        take_entry(l, &entries, i);
}

enum status settings_load(struct arena *a, const struct setting_sources *from, struct settings *out,
                          struct problem_list *problems)
{
    *out = (struct settings){0};
    struct loading l = {a, out, problems};
    size_t before = problems->n;
    for (size_t i = 0; i < SETTING_COUNT; i++)
        take(&l, &setting_defs[i], str_c(setting_defs[i].otherwise), ORIGIN_DEFAULT);
    take_environment(&l, from->environment);
    take_flags(&l, from->flags);
    take_file(&l);
    return problems->n == before ? ST_OK : ST_INVALID;
}

enum status settings_load_stored(struct db *db, struct settings *s, struct problem_list *problems)
{
    struct setting_rows_list rows;
    struct loading l = {db_arena(db), s, problems};
    size_t before = problems->n;
    TRY(setting_rows(db, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct setting_def *d = setting_find(rows.v[i].name);
        if (d && d->place == SETTING_STORED)
            take(&l, d, rows.v[i].value, ORIGIN_STORE);
        else
            LOG(LOG_WARN, "unknown_stored_setting", LOG_S("name", rows.v[i].name));
    }
    return problems->n == before ? ST_OK : ST_INVALID;
}

enum status setting_store(struct tx *t, struct str name, struct str value, struct problem_list *problems)
{
    struct setting_value v;
    const struct setting_def *d = setting_find(name);
    if (!d || d->place != SETTING_STORED) {
        problem_add(problems, d ? PROBLEM_PLACE : PROBLEM_UNKNOWN_FIELD, name, d ? STR("store") : STR(""));
        return ST_INVALID;
    }
    if (!value.p)
        return setting_drop(t, str_c(d->name), NULL);
    TRY(setting_parse(db_arena(tx_db(t)), d, value, &v, problems));
    struct setting_put_in in = {str_c(d->name), d->kind == SETTING_TEXT ? v.text : value, time_now_ms()};
    return setting_put(t, &in, NULL);
}

static void markdown_row(struct arena *a, struct buf *out, const struct setting_def *d, bool korean)
{
    static const char *const kinds[] = {"number",   "text", "yes or no", "choice",
                                        "duration", "size", "date",      "secret file"};
    struct str range = setting_range(a, d);
    buf_printf(out, "| `%s` | %s | %s%s%s | " STR_FMT " | %s | %s |\n", d->name, kinds[d->kind],
               *d->otherwise ? "`" : "", d->otherwise, *d->otherwise ? "`" : "", STR_ARG(range),
               d->place == SETTING_STORED ? "yes" : "no", korean ? d->help_ko : d->help_en);
}

void settings_markdown(struct arena *a, struct buf *out, bool korean)
{
    buf_add_c(out, korean ? "| 이름 | 종류 | 기본값 | 허용 값 | 저장소 | 설명 |\n"
                          : "| name | kind | default | range | in the store | what it is |\n");
    buf_add_c(out, "|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < SETTING_COUNT; i++)
        markdown_row(a, out, &setting_defs[i], korean);
}

static bool is_postgres(struct str url)
{
    return str_starts(url, STR("postgres://")) || str_starts(url, STR("postgresql://"));
}

struct str settings_files_dir(struct arena *a, const struct settings *s)
{
    if (s->files_dir.n)
        return s->files_dir;
    return is_postgres(s->db) ? (struct str){NULL, 0} : arena_printf(a, STR_FMT ".files", STR_ARG(s->db));
}

struct str settings_tmp_dir(struct arena *a, const struct settings *s)
{
    struct str files = settings_files_dir(a, s);
    return s->tmp_dir.n || !files.p ? s->tmp_dir : arena_printf(a, STR_FMT "/tmp", STR_ARG(files));
}

struct store_options settings_store_options(const struct settings *s)
{
    return (struct store_options){.connections = (int)s->db_connections,
                                  .busy_ms = (int)s->db_wait_ms,
                                  .query_max_ms = (int)s->db_query_max_ms,
                                  .node = (int)s->node};
}
