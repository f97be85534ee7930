/*
 * Files go to the temporary folder by pwrite, so into the page cache only: fsync and rename are the handler's, in a
 * worker. After the first failure the rest is swallowed, because the library can answer only after the body. Nothing
 * here blocks on the network.
 */
#include "http/body.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "http/form.h"

enum { FRAMING_BYTES = 64 << 10, BLOCK_BYTES = 64 << 10 };

int64_t body_bytes_max(const struct http_request *q, const struct http_plan *plan)
{
    int64_t max = (int64_t)plan->body_bytes_max;
    if (plan->body == HTTP_BODY_FORM && plan->files_max > 0 && request_type_is(q, STR("multipart/form-data")))
        max += plan->file_bytes_max + FRAMING_BYTES;
    return max;
}

static enum status file_begin(struct body_intake *in, const struct multipart_head *head)
{
    struct http_request *q = in->request;
    if (q->files.n >= (size_t)in->plan->files_max)
        return ST_TOO_LARGE;
    struct str path = arena_printf(q->arena, "%s/upload-XXXXXX", in->tmp_dir);
    char *name = arena_alloc(q->arena, path.n + 1);
    memcpy(name, path.p, path.n);
    int fd = mkostemp(name, O_CLOEXEC);
    if (fd < 0)
        return errno == ENOSPC || errno == EDQUOT ? ST_FULL : ST_IO;
    VEC_PUSH(
        q->arena, &q->files,
        ((struct http_file){.field = head->name, .name = head->file_name, .type = head->type, .path = name, .fd = fd}));
    in->file = &q->files.v[q->files.n - 1];
    return ST_OK;
}

static enum status part_begin(void *arg, const struct multipart_head *head)
{
    struct body_intake *in = arg;
    in->field = head->name;
    in->file = NULL;
    buf_clear(&in->bytes);
    /* A file field left empty by the user is sent with an empty name. */
    return head->is_file && head->file_name.n ? file_begin(in, head) : ST_OK;
}

static enum status file_flush(struct body_intake *in)
{
    struct str bytes = str_n(in->block, in->block_n);
    in->block_n = 0;
    while (bytes.n) {
        ssize_t n = pwrite(in->file->fd, bytes.p, bytes.n, in->file->size_bytes);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n < 0 && errno != ENOSPC && errno != EDQUOT ? ST_IO : ST_FULL;
        in->file->size_bytes += n;
        bytes = str_drop(bytes, (size_t)n);
    }
    return ST_OK;
}

/* Collected, because the parser hands out a piece at each CR. */
static enum status file_data(struct body_intake *in, struct str bytes)
{
    in->file_bytes += (int64_t)bytes.n;
    if (in->file_bytes > in->plan->file_bytes_max)
        return ST_TOO_LARGE;
    if (!in->block)
        in->block = arena_alloc(in->request->arena, BLOCK_BYTES);
    while (bytes.n) {
        size_t room = BLOCK_BYTES - in->block_n, n = bytes.n < room ? bytes.n : room;
        memcpy(in->block + in->block_n, bytes.p, n);
        in->block_n += n;
        bytes = str_drop(bytes, n);
        if (in->block_n == BLOCK_BYTES)
            TRY(file_flush(in));
    }
    return ST_OK;
}

static enum status part_data(void *arg, struct str bytes)
{
    struct body_intake *in = arg;
    if (in->file)
        return file_data(in, bytes);
    in->text_bytes += bytes.n;
    if (in->text_bytes > in->plan->body_bytes_max)
        return ST_TOO_LARGE;
    buf_add(&in->bytes, bytes);
    return buf_status(&in->bytes);
}

static enum status part_end(void *arg)
{
    struct body_intake *in = arg;
    struct http_request *q = in->request;
    if (in->file)
        return file_flush(in);
    struct str text = buf_str(&in->bytes);
    if (q->form.n >= FORM_PAIRS_MAX || !uri_text_ok(text, URI_IN_FORM))
        return ST_INVALID;
    text = utf8_nfc(q->arena, arena_str(q->arena, text));
    VEC_PUSH(q->arena, &q->form, ((struct pair){in->field, text}));
    return ST_OK;
}

static enum status multipart_begin(struct body_intake *in)
{
    struct http_request *q = in->request;
    struct str boundary;
    if (!multipart_boundary(request_header(q, STR("content-type")), &boundary))
        return ST_INVALID;
    in->kind = BODY_MULTIPART;
    in->multipart = ARENA_NEW(q->arena, struct multipart);
    multipart_init(in->multipart, q->arena, boundary, (struct multipart_sink){part_begin, part_data, part_end, in});
    return ST_OK;
}

enum status body_begin(struct body_intake *in, struct http_request *q, const struct http_plan *plan,
                       const char *tmp_dir)
{
    *in = (struct body_intake){.request = q, .plan = plan, .tmp_dir = tmp_dir};
    buf_init(&in->bytes, plan->body_bytes_max);
    in->kind = BODY_MEMORY;
    switch (plan->body) {
    case HTTP_BODY_NONE:
        in->kind = BODY_NONE;
        return ST_OK;
    case HTTP_BODY_FORM:
        if (plan->files_max > 0 && request_type_is(q, STR("multipart/form-data")))
            return multipart_begin(in);
        return request_type_is(q, STR("application/x-www-form-urlencoded")) ? ST_OK : ST_UNSUPPORTED;
    case HTTP_BODY_JSON:
        return request_type_is(q, STR("application/json")) ? ST_OK : ST_UNSUPPORTED;
    case HTTP_BODY_RAW:
        return ST_OK;
    }
    return ST_BUG;
}

void body_feed(struct body_intake *in, struct str bytes)
{
    if (in->fault != ST_OK || in->kind == BODY_NONE)
        return;
    if (in->kind == BODY_MULTIPART) {
        in->fault = multipart_feed(in->multipart, bytes);
        return;
    }
    buf_add(&in->bytes, bytes);
    in->fault = buf_status(&in->bytes);
}

enum status body_finish(struct body_intake *in)
{
    struct http_request *q = in->request;
    TRY(in->fault);
    if (in->kind == BODY_MULTIPART)
        return multipart_finish(in->multipart);
    if (in->plan->body == HTTP_BODY_FORM)
        return form_parse(q->arena, buf_str(&in->bytes), FORM_PAIRS_MAX, &q->form);
    q->body = buf_str(&in->bytes);
    return ST_OK;
}

void body_release(struct body_intake *in)
{
    buf_release(&in->bytes);
    if (!in->request)
        return;
    struct http_file_list *files = &in->request->files;
    for (size_t i = 0; i < files->n; i++) {
        close(files->v[i].fd);
        if (!files->v[i].taken)
            unlink(files->v[i].path);
    }
    files->n = 0;
}
