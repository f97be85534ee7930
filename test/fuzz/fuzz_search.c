/* Any text as a document and as a question: the first line is asked of an index of the other lines, and what it finds
 * is what a scan finds. */
#include "core/search.h"

#include "base/utf8.h"
#include "fuzz/test_fuzz.h"

#include <stdlib.h>

enum { LINES_MAX = 40 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    AUTO_ARENA a;
    struct search_words words;
    struct search_hits hits;
    struct str rest = str_n((const char *)data, n), question = STR(""), line;
    int64_t want = 0;
    if (!n || n > 4000 || !utf8_valid(rest))
        return 0;
    arena_init(&a, SIZE_MAX / 2);
    struct search *index = search_new();
    str_next(&rest, '\n', &question);
    bool asked = search_words_read(&a, question, &words) == ST_OK && words.n;
    for (int i = 0; i < LINES_MAX && rest.n && str_next(&rest, '\n', &line); i++) {
        struct search_doc d = {.kind = SEARCH_FIRM, .ref = arena_printf(&a, "%d", i), .title = line, .shown = line};
        struct str fold[SEARCH_FIELDS];
        VEC_PUSH(&a, &d.field[i % SEARCH_FIELDS], line);
        search_put(index, d.ref, &(struct search_docs){&d, 1, 1});
        bool found = asked;
        for (int f = 0; f < SEARCH_FIELDS; f++)
            fold[f] = search_fold(&a, &d.field[f]);
        for (size_t w = 0; w < words.n && found; w++)
            found = search_rank(fold, words.v[w]) >= 0;
        want += found;
    }
    enum status st = search_query(index, &a, &(struct search_ask){.words = question, .limit = 100}, &hits);
    if (asked && (st != ST_OK || hits.count[SEARCH_FIRM] != want || hits.n != (size_t)want))
        abort();
    search_free(index);
    return 0;
}
