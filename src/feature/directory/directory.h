/* The directory of organisations, sites and capabilities: saved, loaded and imported here, and nowhere else. */
#ifndef PPURI_FEATURE_DIRECTORY_DIRECTORY_H
#define PPURI_FEATURE_DIRECTORY_DIRECTORY_H

#include "base/map.h"
#include "base/problem.h"
#include "base/value.h"
#include "db/db.h"
#include "feature/directory/infer.h"
#include "match/supply_read.h"

enum save_outcome { SAVE_ADDED, SAVE_CHANGED, SAVE_SAME, SAVE_OUTCOMES };

/* References that a file states: none of them is given to a blank one. */
struct given_refs {
    struct map sites;
    struct map capabilities;
};

void given_refs_init(struct given_refs *given, struct arena *a);
/* Adds the references that the site states. */
void given_refs_note(struct given_refs *given, const struct site *site);

struct site_saving {
    const struct vocab *vocab;
    const struct given_refs *given; /* NULL: none */
    struct problem_list *problems;
};

/* Saves one checked site; its list of capabilities replaces the old one, gone ones are ended. Blank refs are filled:
   those of a known site (by organisation and name) and its capabilities (by process) are kept, new ones are S-<n>,
   C-<n>. ST_INVALID with a problem, and nothing written, when a capability's ref belongs to another site. */
MUST_USE enum status directory_save(struct tx *t, const struct site_saving *how, struct site *site,
                                    enum save_outcome *outcome);

struct save_count {
    enum save_outcome outcome;
    size_t ended; /* capabilities that the site no longer lists */
};

MUST_USE enum status directory_save_counted(struct tx *t, const struct site_saving *how, struct site *site,
                                            struct save_count *count);

/* All sites that have not ended, or the one with that ref (p = NULL: all), into the db's arena. Stored codes that the
   vocabulary no longer has are left out and logged. */
MUST_USE enum status directory_load(struct db *db, const struct vocab *v, struct str ref, struct supply *out);

/* Where the entry of a site comes from. */
struct directory_about {
    struct str source;  /* name of the form that it was imported in; empty: none */
    int64_t changed_ms; /* when its own row last changed */
};

/* ST_NOT_FOUND: there is no such site. */
MUST_USE enum status directory_about(struct db *db, struct str ref, struct directory_about *out);

/* Changes when anything of the site changes that its JSON shows; a token of HTTP, for ETag and If-Match. */
struct str directory_site_tag(struct arena *a, const struct vocab *v, const struct site *site);

struct import_report {
    size_t count[SAVE_OUTCOMES];
    size_t capabilities;
    size_t ended_capabilities; /* no longer listed by their site */
    size_t gone;               /* sites, or needs, that came from the same source and are not in the file */
    size_t ended;              /* of them; only with `complete` and without bad lines */
    size_t bad_lines;
    bool stored;
};

/* Two organisations that may be one, or lines that are one site; nothing was merged. */
enum duplicate_kind { DUPLICATE_NUMBER, DUPLICATE_NAME, DUPLICATE_SITE };

struct duplicate {
    enum duplicate_kind kind;
    struct str ref[2];  /* of a site of each */
    struct str name[2]; /* of the organisations */
};

struct import_options {
    const struct vocab *vocab;
    const struct infer *infer; /* reads processes from product texts of the formats that have no codes */
    bool all_or_nothing;
    const struct line_report *report;
    bool complete; /* the file is the whole list of its source: what it no longer has is ended */
    void (*duplicate)(void *arg, const struct duplicate *found); /* NULL: nobody wants to know */
    void *duplicate_arg;
};

/* Leaves the trace of an import that changed something: "KIND.import" with its counts. `source` as in the file's form.
 */
MUST_USE enum status import_trace(struct tx *t, struct str kind, struct str source, const struct import_report *report);

/* A file of sites: .jsonl, or a CSV that is known by its header. The good lines are stored in one transaction.
   ST_UNSUPPORTED: a header nobody knows; ST_INVALID: bad lines and all_or_nothing, or a broken CSV. */
MUST_USE enum status directory_import(struct db *db, struct str text, const struct import_options *options,
                                      struct import_report *out);

#endif
