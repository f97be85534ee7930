/* Writes each line with a single write(2), so that lines of several threads do not mix. The level is set once at start.
 */
#include "base/log.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/time.h"

#include <stdatomic.h>
#include <unistd.h>

static atomic_int least_level = LOG_INFO;

void log_set_level(enum log_level least)
{
    atomic_store(&least_level, (int)least);
}

void log_write(enum log_level level, const char *event, const struct log_field *fields, size_t n)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    if ((int)level < atomic_load(&least_level))
        return;
    AUTO_BUF out;
    buf_init(&out, 16 << 10);
    AUTO_ARENA a;
    arena_init(&a, 64 << 10);
    struct json_out j;
    jout_init(&j, &out);
    jout_obj(&j);
    jout_key_str(&j, "time", time_iso(&a, time_now_ms()));
    jout_key_str(&j, "level", str_c(names[level]));
    jout_key_str(&j, "event", str_c(event));
    for (size_t i = 0; i < n; i++) {
        if (fields[i].kind == LOG_NUMBER)
            jout_key_int(&j, fields[i].key, fields[i].number);
        else
            jout_key_str(&j, fields[i].key, str_n(fields[i].text.p, fields[i].text.n > 2000 ? 2000 : fields[i].text.n));
    }
    jout_end(&j);
    buf_add_byte(&out, '\n');
    ssize_t written = write(STDERR_FILENO, out.p, out.n);
    (void)written;
}
