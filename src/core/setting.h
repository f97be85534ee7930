/*
 * Settings: one table (core/settings.def), four places a value may come from, and each value with its origin.
 * flag > environment > file > store > default. A value of any place that is not allowed is refused, also when it would
 * not count.
 */
#ifndef PPURI_CORE_SETTING_H
#define PPURI_CORE_SETTING_H

#include "base/buf.h"
#include "base/pair.h"
#include "base/problem.h"
#include "base/time.h"
#include "db/db.h"

enum setting_kind {
    SETTING_INT,
    SETTING_TEXT,
    SETTING_BOOL,
    SETTING_CHOICE,
    SETTING_DURATION,
    SETTING_SIZE,
    SETTING_DAY,
    SETTING_SECRET
};
enum setting_place { SETTING_STORED, SETTING_LOCAL };
enum setting_origin { ORIGIN_DEFAULT, ORIGIN_STORE, ORIGIN_FILE, ORIGIN_ENVIRONMENT, ORIGIN_FLAG };

enum setting_id {
#define SETTING(name, kind, place, otherwise, least, most, words, en, ko) SETTING_ID_##name,
#include "core/settings.def"
#undef SETTING
    SETTING_COUNT
};

struct setting_def {
    const char *name;
    enum setting_kind kind;
    enum setting_place place;
    const char *otherwise;
    int64_t least;
    int64_t most;
    const char *words; /* of a choice: "debug|info" */
    const char *help_en;
    const char *help_ko;
    size_t offset; /* of the field in struct settings */
};

#define SETTING_FIELD_INT(name)      int64_t name
#define SETTING_FIELD_TEXT(name)     struct str name
#define SETTING_FIELD_BOOL(name)     bool name
#define SETTING_FIELD_CHOICE(name)   int name /* place of the word, from 0 */
#define SETTING_FIELD_DURATION(name) int64_t name##_ms
#define SETTING_FIELD_SIZE(name)     int64_t name##_bytes
#define SETTING_FIELD_DAY(name)      struct opt_day name
#define SETTING_FIELD_SECRET(name)   struct str name /* what is in the file; never print it */

struct settings {
#define SETTING(name, kind, place, otherwise, least, most, words, en, ko) SETTING_FIELD_##kind(name);
#include "core/settings.def"
#undef SETTING
    enum setting_origin origin[SETTING_COUNT];
    struct str text[SETTING_COUNT]; /* as it was written; of a secret "(hidden)" or nothing */
};

/* In the order of settings.def, SETTING_COUNT of them. */
extern const struct setting_def setting_defs[];

struct setting_sources {
    const struct pair_list *flags; /* names with - or _; may be NULL */
    char *const *environment;      /* "NAME=value", ended by NULL; may be NULL */
};

/* The definition of "day_offset_min" or "day-offset-min", or NULL. */
const struct setting_def *setting_find(struct str name);

/*
 * Defaults, file, environment and flags; `a` holds the texts. ST_INVALID with `problems` (each named by its setting)
 * for unknown names, values out of range, a file that cannot be read, a secret whose file is not of mode 0600. Unknown
 * variables that begin with PPURI_ are logged, as they may be another program's.
 */
MUST_USE enum status settings_load(struct arena *a, const struct setting_sources *from, struct settings *out,
                                   struct problem_list *problems);
/* Then what the store says, where nothing of this machine says otherwise. Stored names that this program does not know
   are logged and left alone. ST_INVALID as above. The texts live in the db's arena. */
MUST_USE enum status settings_load_stored(struct db *db, struct settings *s, struct problem_list *problems);

/* Stores one value, or forgets it (value.p = NULL). ST_INVALID with a problem: unknown, LOCAL, out of range. */
MUST_USE enum status setting_store(struct tx *t, struct str name, struct str value, struct problem_list *problems);

const char *setting_origin_word(enum setting_origin o);
/* "1 .. 256", "1s .. 10m", "debug, info, warn, error", "at most 100 characters". */
struct str setting_range(struct arena *a, const struct setting_def *d);
/* The reference of all settings as a Markdown table. */
void settings_markdown(struct arena *a, struct buf *out, bool korean);

/* files_dir and tmp_dir with their defaults. NULL p: files_dir is needed with this store. */
struct str settings_files_dir(struct arena *a, const struct settings *s);
struct str settings_tmp_dir(struct arena *a, const struct settings *s);
/* What the store is opened with. */
struct store_options settings_store_options(const struct settings *s);

#endif
