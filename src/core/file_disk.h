/* Inside core/file*.c: the folder of contents. No row is known here. */
#ifndef PPURI_CORE_FILE_DISK_H
#define PPURI_CORE_FILE_DISK_H

#include "core/file.h"

enum { DISK_ROOT_BYTES_MAX = 1000, DISK_PATH_BYTES = DISK_ROOT_BYTES_MAX + 80 };

/* Files in the making begin with it. */
#define DISK_NEW ".new-"

/* A text, or the file behind fd when text.p is NULL. */
struct file_source {
    struct str text;
    int fd;
};

/* Hash and size of the whole source. ST_TOO_LARGE over max_bytes. */
MUST_USE enum status disk_hash(const struct file_source *s, int64_t max_bytes, struct file_info *out);
/* Puts the content to its place, durable when it returns. ST_CONFLICT: the source has changed since it was hashed. */
MUST_USE enum status disk_put(const struct file_store *fs, const struct file_source *s, const struct file_info *info);
void disk_path(const struct file_store *fs, const char *hash, char out[DISK_PATH_BYTES]);
bool disk_is_hash(struct str s);

/* The lock between adding (shared) and sweeping (not shared); -1 when it cannot be had. */
int disk_lock(const struct file_store *fs, bool shared);
void disk_unlock(int lock);

#endif
