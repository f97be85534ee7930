/* Files and folders on disk: hashing, the safe order of writing, the lock. Knows no rows. Memory: one block of 32 KiB
 * on the stack. */
#include "core/file_disk.h"

#include "base/log.h"
#include "base/random.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK_BYTES = 32 << 10, HASH_BYTES = 32 };

static enum status failure(const char *what)
{
    int error = errno;
    LOG(LOG_ERROR, "file_failed", LOG_S("what", str_c(what)), LOG_S("reason", str_c(strerror(error))));
    return error == ENOSPC || error == EDQUOT ? ST_FULL : ST_IO;
}

/* The next piece of a source, from `at`; an empty one at its end. */
static enum status next_piece(const struct file_source *s, int64_t at, char *block, struct str *out)
{
    if (s->text.p) {
        size_t left = s->text.n - (size_t)at;
        *out = str_n(s->text.p + at, left < BLOCK_BYTES ? left : BLOCK_BYTES);
        return ST_OK;
    }
    ssize_t got;
    do
        got = pread(s->fd, block, BLOCK_BYTES, at);
    while (got < 0 && errno == EINTR);
    *out = str_n(block, got < 0 ? 0 : (size_t)got);
    return got < 0 ? failure("read") : ST_OK;
}

static enum status write_all(int fd, struct str piece)
{
    while (piece.n) {
        ssize_t put = write(fd, piece.p, piece.n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return failure("write");
        piece = str_drop(piece, (size_t)put);
    }
    return ST_OK;
}

/* Hashes the source and, when `to` is a file, copies it there. */
static enum status hash_and_copy(const struct file_source *s, int to, int64_t max_bytes, struct file_info *out)
{
    char block[BLOCK_BYTES];
    unsigned char hash[HASH_BYTES];
    struct str piece;
    crypto_generichash_state h;
    crypto_generichash_init(&h, NULL, 0, sizeof hash);
    out->size_bytes = 0;
    for (;;) {
        TRY(next_piece(s, out->size_bytes, block, &piece));
        if (!piece.n)
            break;
        out->size_bytes += (int64_t)piece.n;
        if (out->size_bytes > max_bytes)
            return ST_TOO_LARGE;
        crypto_generichash_update(&h, (const unsigned char *)piece.p, piece.n);
        if (to >= 0)
            TRY(write_all(to, piece));
    }
    crypto_generichash_final(&h, hash, sizeof hash);
    sodium_bin2hex(out->hash, sizeof out->hash, hash, sizeof hash);
    return ST_OK;
}

enum status disk_hash(const struct file_source *s, int64_t max_bytes, struct file_info *out)
{
    return hash_and_copy(s, -1, max_bytes, out);
}

void disk_path(const struct file_store *fs, const char *hash, char out[DISK_PATH_BYTES])
{
    snprintf(out, DISK_PATH_BYTES, "%s/%.2s/%.2s/%s", fs->root.p, hash, hash + 2, hash);
}

bool disk_is_hash(struct str s)
{
    bool good = s.n == FILE_HASH_HEX;
    for (size_t i = 0; i < s.n && good; i++)
        good = (s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f');
    return good;
}

static enum status sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    enum status st = good ? ST_OK : failure("sync folder");
    if (fd >= 0)
        close(fd);
    return st;
}

/* Makes `path` inside `parent`, durably; also when somebody else has just made it. */
static enum status make_folder(const char *parent, const char *path)
{
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return failure("make folder");
    return sync_folder(parent);
}

/* FILES/ab/cd into `folder`. Synced each time: who made it may have been killed before. */
static enum status make_folders(const struct file_store *fs, const char *hash, char folder[DISK_PATH_BYTES])
{
    char parent[DISK_PATH_BYTES];
    snprintf(parent, sizeof parent, "%s/%.2s", fs->root.p, hash);
    snprintf(folder, DISK_PATH_BYTES, "%s/%.2s/%.2s", fs->root.p, hash, hash + 2);
    TRY(make_folder(fs->root.p, parent));
    return make_folder(parent, folder);
}

static enum status step(const struct file_store *fs, enum file_step at)
{
    return fs->step ? fs->step(fs->step_arg, at) : ST_OK;
}

static enum status fill(const struct file_store *fs, int fd, const struct file_source *s, const struct file_info *info)
{
    struct file_info copied;
    TRY(hash_and_copy(s, fd, fs->max_bytes, &copied));
    if (copied.size_bytes != info->size_bytes || strcmp(copied.hash, info->hash) != 0)
        return ST_CONFLICT;
    TRY(step(fs, FILE_WRITTEN));
    if (fsync(fd) != 0)
        return failure("sync");
    return step(fs, FILE_SYNCED);
}

/* True when the right content is there already; a damaged one is written anew. */
static bool is_there(const char *path, const struct file_info *info)
{
    struct file_info found = {.size_bytes = -1};
    struct file_source s = {.fd = open(path, O_RDONLY | O_CLOEXEC)};
    if (s.fd < 0)
        return false;
    bool same =
        disk_hash(&s, info->size_bytes, &found) == ST_OK && strcmp(found.hash, info->hash) == 0 && fsync(s.fd) == 0;
    close(s.fd);
    return same;
}

static enum status write_and_rename(const struct file_store *fs, const struct file_source *s,
                                    const struct file_info *info, const char *temporary, const char *path)
{
    int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return failure("make file");
    enum status st = fill(fs, fd, s, info);
    if (close(fd) != 0 && st == ST_OK)
        st = failure("close");
    if (st == ST_OK && rename(temporary, path) != 0)
        st = failure("rename");
    if (st != ST_OK)
        unlink(temporary);
    return st;
}

enum status disk_put(const struct file_store *fs, const struct file_source *s, const struct file_info *info)
{
    char folder[DISK_PATH_BYTES], temporary[DISK_PATH_BYTES + 32], path[DISK_PATH_BYTES];
    uint64_t random;
    TRY(make_folders(fs, info->hash, folder));
    disk_path(fs, info->hash, path);
    if (!is_there(path, info)) {
        TRY(random_secret(&random, sizeof random));
        snprintf(temporary, sizeof temporary, "%s/" DISK_NEW "%016llx", folder, (unsigned long long)random);
        TRY(write_and_rename(fs, s, info, temporary, path));
    }
    TRY(step(fs, FILE_RENAMED));
    TRY(sync_folder(folder));
    return step(fs, FILE_FOLDER_SYNCED);
}

int disk_lock(const struct file_store *fs, bool shared)
{
    char path[DISK_PATH_BYTES];
    snprintf(path, sizeof path, "%s/.lock", fs->root.p);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    int rc = -1;
    while (fd >= 0 && (rc = flock(fd, shared ? LOCK_SH : LOCK_EX)) != 0 && errno == EINTR)
        continue;
    if (fd >= 0 && rc == 0)
        return fd;
    failure("lock");
    if (fd >= 0)
        close(fd);
    return -1;
}

void disk_unlock(int lock)
{
    close(lock);
}
