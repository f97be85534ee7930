/* Decides by validity alone: Korean text in CP949 is practically never valid UTF-8. Linear; at most 3 bytes out a byte
 * in. */
#include "base/encoding.h"

#include "base/utf8.h"

#include <iconv.h>

static const struct str mark = STR_INIT("\xef\xbb\xbf");

static enum status from_cp949(struct arena *a, struct str s, struct str *out)
{
    iconv_t cd = iconv_open("UTF-8", "CP949");
    if (cd == (iconv_t)-1)
        return ST_UNSUPPORTED;
    size_t room = s.n * 3, left = s.n;
    char *begin = arena_alloc(a, room), *to = begin;
    char *from = (char *)(uintptr_t)s.p; /* iconv takes char ** but does not write there */
    size_t failed = iconv(cd, &from, &left, &to, &room);
    iconv_close(cd);
    if (failed == (size_t)-1 || left)
        return ST_INVALID;
    *out = str_n(begin, (size_t)(to - begin));
    return utf8_valid(*out) ? ST_OK : ST_INVALID;
}

enum status encoding_to_utf8(struct arena *a, struct str s, struct str *out)
{
    bool marked = str_starts(s, mark);
    *out = marked ? str_drop(s, mark.n) : s;
    if (utf8_valid(*out))
        return ST_OK;
    return marked ? ST_INVALID : from_cp949(a, s, out);
}
