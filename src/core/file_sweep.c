/*
 * Removes what nothing names. A file goes only while nobody adds one (the lock) and no row names it, so a row never
 * loses its file. The lock is held for one folder's files at a time. Costs one look-up a file.
 */
#include "base/log.h"
#include "base/time.h"
#include "core/file_disk.h"
#include "core/file_sql.h"
#include "core/job.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SWEEP_ROWS = 200 };

struct sweep {
    struct db *db;
    const struct file_store *fs;
    int64_t before_ms;
    struct sweep_count *count;
};

struct drop {
    const struct file_unused_list *unused;
    int64_t before_ms;
    int64_t dropped;
};

static enum status drop_rows(struct tx *t, void *arg)
{
    struct drop *d = arg;
    d->dropped = 0;
    for (size_t i = 0; i < d->unused->n; i++) {
        int64_t changed;
        TRY(file_drop_unused(t, d->unused->v[i].hash, d->before_ms, &changed));
        d->dropped += changed;
    }
    return ST_OK;
}

static enum status sweep_rows(struct sweep *s)
{
    struct file_unused_list unused;
    do {
        TRY(file_unused(s->db, s->before_ms, SWEEP_ROWS, &unused));
        struct drop d = {&unused, s->before_ms, 0};
        TRY(db_write(s->db, drop_rows, &d));
        s->count->rows += d.dropped;
        if (!d.dropped)
            return ST_OK;
    } while (unused.n == SWEEP_ROWS);
    return ST_OK;
}

static bool is_old(const struct sweep *s, int folder, const char *name)
{
    struct stat st;
    if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode))
        return false;
    return (int64_t)st.st_mtim.tv_sec * 1000 + st.st_mtim.tv_nsec / 1000000 < s->before_ms;
}

static enum status sweep_file(struct sweep *s, int folder, const char *name)
{
    struct file_row row;
    bool half_written = strncmp(name, DISK_NEW, strlen(DISK_NEW)) == 0;
    if ((!half_written && !disk_is_hash(str_c(name))) || !is_old(s, folder, name))
        return ST_OK;
    enum status st = half_written ? ST_NOT_FOUND : file_get(s->db, str_c(name), &row);
    if (st != ST_NOT_FOUND)
        return st;
    if (unlinkat(folder, name, 0) == 0)
        s->count->files++;
    return ST_OK;
}

static enum status sweep_open_folder(struct sweep *s, DIR *dir)
{
    int lock = disk_lock(s->fs, false);
    enum status st = lock >= 0 ? ST_OK : ST_IO;
    const struct dirent *e;
    while (st == ST_OK && (e = readdir(dir)) != NULL)
        st = sweep_file(s, dirfd(dir), e->d_name);
    if (lock >= 0)
        disk_unlock(lock);
    return st;
}

/* FILES/ab/cd; one that is not there has nothing to sweep. */
static enum status sweep_folder(struct sweep *s, int first, int second)
{
    char path[DISK_PATH_BYTES];
    snprintf(path, sizeof path, "%s/%02x/%02x", s->fs->root.p, (unsigned)first, (unsigned)second);
    DIR *dir = opendir(path);
    if (!dir)
        return ST_OK;
    enum status st = sweep_open_folder(s, dir);
    closedir(dir);
    return st;
}

static enum status sweep_branch(struct sweep *s, int first)
{
    char path[DISK_PATH_BYTES];
    struct stat st;
    snprintf(path, sizeof path, "%s/%02x", s->fs->root.p, (unsigned)first);
    if (stat(path, &st) != 0)
        return ST_OK;
    for (int second = 0; second < 256; second++)
        TRY(sweep_folder(s, first, second));
    return ST_OK;
}

enum status file_sweep(struct db *db, const struct file_store *fs, int64_t grace_ms, struct sweep_count *out)
{
    struct sweep s = {db, fs, time_now_ms() - grace_ms, out};
    *out = (struct sweep_count){0, 0};
    TRY(sweep_rows(&s));
    for (int first = 0; first < 256; first++)
        TRY(sweep_branch(&s, first));
    return ST_OK;
}

enum status file_sweep_job(struct job_run *r)
{
    struct sweep_count count;
    if (!r->options->settings || !r->options->files)
        return ST_OK;
    TRY(file_sweep(r->db, r->options->files, r->options->settings->file_grace_ms, &count));
    if (count.rows || count.files)
        LOG(LOG_INFO, "files_swept", LOG_N("rows", count.rows), LOG_N("files", count.files));
    return ST_OK;
}
