/* Checks the lines, because libinih cuts long ones and joins those that begin with a blank, then lets it split them. */
#include "base/ini.h"

#include "base/utf8.h"

#include <ini.h>

struct reading {
    struct arena *arena;
    struct ini_entry_list *out;
};

static int on_entry(void *arg, const char *section, const char *name, const char *value)
{
    struct reading *r = arg;
    struct ini_entry e = {arena_str(r->arena, str_c(section)), arena_str(r->arena, str_c(name)),
                          arena_str(r->arena, str_c(value))};
    VEC_PUSH(r->arena, r->out, e);
    return 1;
}

static bool line_good(struct str line)
{
    if (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    return utf8_valid(line) && line.n <= INI_LINE_BYTES_MAX &&
           (str_blank(line) || (line.p[0] != ' ' && line.p[0] != '\t'));
}

enum status ini_read(struct arena *a, struct str text, struct ini_entry_list *out, size_t *bad_line)
{
    *out = (struct ini_entry_list){NULL, 0, 0};
    *bad_line = 0;
    struct str rest = text, line;
    for (size_t n = 1; str_next(&rest, '\n', &line); n++) {
        if (line_good(line))
            continue;
        *bad_line = n;
        return ST_INVALID;
    }
    int bad = ini_parse_string(arena_c(a, text), on_entry, &(struct reading){a, out});
    if (bad == 0)
        return ST_OK;
    *bad_line = bad > 0 ? (size_t)bad : 1;
    return ST_INVALID;
}
