/*
 * Attachments: contents in a folder beside the store, named by their BLAKE2b-256 (FILES/ab/cd/abcd...), each once
 * however often it is attached; and the rows that say what they are attached to.
 *
 * Order of a new content: written to a temporary file in its folder, synced, renamed, folder synced, then its row. So a
 * row never names a file that is not there, whatever is cut off when; a file without a row is swept later. Sweeping and
 * adding keep out of each other's way by a lock on FILES/.lock, also across processes and machines that share the
 * folder.
 */
#ifndef PPURI_CORE_FILE_H
#define PPURI_CORE_FILE_H

#include "db/db.h"

enum { FILE_HASH_HEX = 64 };

enum file_step { FILE_WRITTEN, FILE_SYNCED, FILE_RENAMED, FILE_FOLDER_SYNCED, FILE_STEPS };

struct file_store {
    struct str root; /* NUL-terminated */
    int64_t max_bytes;
    /* Tests: called after each step of an adding; another status than ST_OK is a fault there. NULL otherwise. */
    enum status (*step)(void *arg, enum file_step step);
    void *step_arg;
};

struct file_info {
    char hash[FILE_HASH_HEX + 1];
    int64_t size_bytes;
};

/* Makes the folder (mode 0700) if it is not there. `root` is copied into `a`, which must outlive the file store. */
MUST_USE enum status file_store_open(struct arena *a, struct str root, int64_t max_bytes, struct file_store *out);

/* Adds a content and its row; the same content again costs one reading. ST_TOO_LARGE, ST_FULL, ST_IO, ST_NOT_FOUND (no
   such path). What is not attached within file_grace is swept. Not inside a write. */
MUST_USE enum status file_add_text(struct db *db, const struct file_store *fs, struct str content,
                                   struct file_info *out);
MUST_USE enum status file_add_path(struct db *db, const struct file_store *fs, const char *path, struct file_info *out);

/* For reading; the caller closes *fd. ST_NOT_FOUND: no such content, or `hash` is none. */
MUST_USE enum status file_open(const struct file_store *fs, struct str hash, int *fd);

/* Media type by the first bytes; "application/octet-stream" when nothing is known, also for everything a browser would
 * run. */
const char *file_type(struct str first_bytes);

struct attach_order {
    struct str hash;
    struct str owner_kind; /* "need" */
    struct str owner_ref;  /* "N-12" */
    struct str name;       /* as the user calls it */
    struct str type;
    struct str added_by;
};

/* ST_CONFLICT: there is no such content. */
MUST_USE enum status file_attach(struct tx *t, const struct attach_order *o, int64_t *id);
/* ST_NOT_FOUND: it is not there. */
MUST_USE enum status file_detach(struct tx *t, int64_t id);

enum file_fault { FILE_MISSING, FILE_UNREADABLE, FILE_SIZE, FILE_CONTENT };

struct file_report {
    int64_t files;
    int64_t bytes;
    int64_t faults;
    /* Called for each fault; may be NULL. */
    void (*fault)(void *arg, struct str hash, enum file_fault fault);
    void *arg;
};

/* Reads and hashes every content that has a row. ST_OK also with faults. */
MUST_USE enum status file_verify(struct db *db, const struct file_store *fs, struct file_report *report);
const char *file_fault_text(enum file_fault f);

struct sweep_count {
    int64_t rows;
    int64_t files;
};

/* Removes rows that nothing is attached to, and files without a row or left half-written, all older than grace_ms. */
MUST_USE enum status file_sweep(struct db *db, const struct file_store *fs, int64_t grace_ms, struct sweep_count *out);

#endif
