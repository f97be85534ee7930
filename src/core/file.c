/* Contents and attachments: disk first, then rows. Holds the shared lock from the disk to the commit of the row. */
#include "core/file.h"

#include "base/log.h"
#include "base/time.h"
#include "core/file_disk.h"
#include "core/file_sql.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { VERIFY_ROWS = 200 };

enum status file_store_open(struct arena *a, struct str root, int64_t max_bytes, struct file_store *out)
{
    if (!root.n || root.n > DISK_ROOT_BYTES_MAX)
        return ST_INVALID;
    *out = (struct file_store){.root = arena_str(a, root), .max_bytes = max_bytes};
    if (mkdir(out->root.p, 0700) == 0 || errno == EEXIST)
        return ST_OK;
    LOG(LOG_ERROR, "files_dir_failed", LOG_S("reason", str_c(strerror(errno))));
    return ST_IO;
}

static enum status put_row(struct tx *t, void *arg)
{
    const struct file_info *info = arg;
    return file_put(t, &(struct file_put_in){str_c(info->hash), info->size_bytes, time_now_ms()}, NULL);
}

static enum status add(struct db *db, const struct file_store *fs, const struct file_source *s, struct file_info *out)
{
    TRY(disk_hash(s, fs->max_bytes, out));
    int lock = disk_lock(fs, true);
    if (lock < 0)
        return ST_IO;
    enum status st = disk_put(fs, s, out);
    if (st == ST_OK)
        st = db_write(db, put_row, out);
    disk_unlock(lock);
    return st;
}

enum status file_add_text(struct db *db, const struct file_store *fs, struct str content, struct file_info *out)
{
    struct file_source s = {.text = content.p ? content : STR(""), .fd = -1};
    return add(db, fs, &s, out);
}

enum status file_add_path(struct db *db, const struct file_store *fs, const char *path, struct file_info *out)
{
    struct file_source s = {.fd = open(path, O_RDONLY | O_CLOEXEC)};
    if (s.fd < 0)
        return errno == ENOENT ? ST_NOT_FOUND : ST_IO;
    enum status st = add(db, fs, &s, out);
    close(s.fd);
    return st;
}

enum status file_open(const struct file_store *fs, struct str hash, int *fd)
{
    char path[DISK_PATH_BYTES], name[FILE_HASH_HEX + 1];
    if (!disk_is_hash(hash))
        return ST_NOT_FOUND;
    memcpy(name, hash.p, FILE_HASH_HEX);
    name[FILE_HASH_HEX] = '\0';
    disk_path(fs, name, path);
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (*fd >= 0)
        return ST_OK;
    return errno == ENOENT || errno == ENOTDIR ? ST_NOT_FOUND : ST_IO;
}

const char *file_type(struct str first_bytes)
{
    static const struct {
        struct str begin;
        const char *type;
    } known[] = {
        {STR_INIT("%PDF-"), "application/pdf"},
        {STR_INIT("\x89PNG\r\n\x1a\n"), "image/png"},
        {STR_INIT("\xff\xd8\xff"), "image/jpeg"},
        {STR_INIT("GIF87a"), "image/gif"},
        {STR_INIT("GIF89a"), "image/gif"},
        {STR_INIT("II*\0"), "image/tiff"},
        {STR_INIT("MM\0*"), "image/tiff"},
        {STR_INIT("PK\x03\x04"), "application/zip"},
        {STR_INIT("AC10"), "image/vnd.dwg"},
        {STR_INIT("ISO-10303-21;"), "model/step"},
        {STR_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "application/x-ole-storage"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (str_starts(first_bytes, known[i].begin))
            return known[i].type;
    }
    bool webp =
        first_bytes.n >= 12 && memcmp(first_bytes.p, "RIFF", 4) == 0 && memcmp(first_bytes.p + 8, "WEBP", 4) == 0;
    return webp ? "image/webp" : "application/octet-stream";
}

enum status file_attach(struct tx *t, const struct attach_order *o, int64_t *id)
{
    struct attachment_add_in in = {.id = tx_new_id(t),
                                   .hash = o->hash,
                                   .owner_kind = o->owner_kind,
                                   .owner_ref = o->owner_ref,
                                   .name = o->name,
                                   .type = o->type,
                                   .added_by = o->added_by,
                                   .added_ms = time_now_ms()};
    *id = in.id;
    return attachment_add(t, &in, NULL);
}

enum status file_detach(struct tx *t, int64_t id)
{
    int64_t changed;
    TRY(attachment_drop(t, id, &changed));
    return changed ? ST_OK : ST_NOT_FOUND;
}

static void report_fault(struct file_report *r, struct str hash, enum file_fault fault)
{
    r->faults++;
    if (r->fault)
        r->fault(r->arg, hash, fault);
}

static void verify_one(const struct file_store *fs, const struct file_row *row, struct file_report *r)
{
    struct file_info found;
    struct stat s;
    struct file_source source = {.fd = -1};
    enum status st = file_open(fs, row->hash, &source.fd);
    r->files++;
    if (st != ST_OK) {
        report_fault(r, row->hash, st == ST_NOT_FOUND ? FILE_MISSING : FILE_UNREADABLE);
        return;
    }
    if (fstat(source.fd, &s) == 0 && s.st_size != row->size_bytes)
        report_fault(r, row->hash, FILE_SIZE);
    else if (disk_hash(&source, INT64_MAX, &found) != ST_OK)
        report_fault(r, row->hash, FILE_UNREADABLE);
    else if (!str_eq(str_c(found.hash), row->hash))
        report_fault(r, row->hash, FILE_CONTENT);
    r->bytes += row->size_bytes;
    close(source.fd);
}

enum status file_verify(struct db *db, const struct file_store *fs, struct file_report *report)
{
    struct file_row_list rows;
    struct str after = STR("");
    do {
        TRY(file_page(db, after, VERIFY_ROWS, &rows));
        for (size_t i = 0; i < rows.n; i++)
            verify_one(fs, &rows.v[i], report);
        after = rows.n ? rows.v[rows.n - 1].hash : after;
    } while (rows.n == VERIFY_ROWS);
    return ST_OK;
}

const char *file_fault_text(enum file_fault f)
{
    static const char *const texts[] = {"is missing", "cannot be read", "has another size", "has another content"};
    return texts[f];
}
