/* Reads by read(2) into the arena; files, pipes and standard input alike. */
#include "base/file.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static enum status read_all(int fd, struct buf *b, size_t max_bytes)
{
    for (;;) {
        size_t want = b->max - b->n < 65536 ? b->max - b->n : 65536;
        char *p = buf_room(b, want);
        ssize_t got = want ? read(fd, p, want) : 0;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return ST_IO;
        buf_grown(b, (size_t)got);
        if (b->n > max_bytes)
            return ST_TOO_LARGE;
        if (got == 0)
            return ST_OK;
    }
}

enum status file_read(struct arena *a, const char *path, size_t max_bytes, struct str *out)
{
    bool is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? ST_NOT_FOUND : ST_IO;
    AUTO_BUF b;
    buf_init(&b, max_bytes + 1);
    enum status st = read_all(fd, &b, max_bytes);
    if (!is_stdin)
        close(fd);
    if (st == ST_OK)
        *out = arena_str(a, buf_str(&b));
    return st;
}
