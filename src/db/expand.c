/* One pass over the text, word by word; shared with the SQL compiler, so both see the same schema. O(n), no state. */
#include "db/expand.h"

#include "base/hash.h"

#include <stdio.h>
#include <strings.h>

static bool in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool is(struct str s, const char *word)
{
    return s.n == strlen(word) && strncasecmp(s.p, word, s.n) == 0;
}

/* Bytes of the comment, quoted text, word or single character at the beginning. */
static size_t piece_length(struct str s)
{
    size_t n = 1;
    if (s.n > 1 && s.p[0] == '-' && s.p[1] == '-') {
        while (n < s.n && s.p[n] != '\n')
            n++;
    } else if (s.p[0] == '\'') {
        while (n < s.n && s.p[n] != '\'')
            n++;
        n += n < s.n;
    } else if (in_word(s.p[0])) {
        while (n < s.n && in_word(s.p[n]))
            n++;
    }
    return n;
}

/* Blanks and the word `precision` behind `double`; 0 if it isn't there. */
static size_t precision_length(struct str s)
{
    size_t n = 0;
    while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\n' || s.p[n] == '\t'))
        n++;
    struct str rest = str_drop(s, n);
    return rest.n && is(str_n(rest.p, piece_length(rest)), "precision") ? n + strlen("precision") : 0;
}

void migration_expand(struct buf *out, struct str text)
{
    int words = 0;
    bool create = false, table = false;
    while (text.n) {
        struct str piece = str_n(text.p, piece_length(text));
        text = str_drop(text, piece.n);
        if (in_word(piece.p[0]) && ++words <= 2) {
            create = words == 1 ? is(piece, "create") : create;
            table = words == 2 && create && is(piece, "table");
        }
        size_t more = is(piece, "double") ? precision_length(text) : 0;
        if (piece.p[0] == ';' && table)
            buf_add_c(out, " STRICT");
        if (more)
            buf_add_c(out, "REAL");
        else if (is(piece, "bigint"))
            buf_add_c(out, "INTEGER");
        else if (is(piece, "bytea"))
            buf_add_c(out, "BLOB");
        else
            buf_add(out, piece);
        text = str_drop(text, more);
        if (piece.p[0] == ';') {
            words = 0;
            create = table = false;
        }
    }
}

void migration_checksum(struct str text, char out[17])
{
    snprintf(out, 17, "%016llx", (unsigned long long)hash_fnv1a(FNV1A_64_START, text));
}
