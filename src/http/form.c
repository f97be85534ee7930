/* Splits at "&" and the first "=", then decodes each side with uri_decode. Pure; memory only from the arena. */
#include "http/form.h"

#include "base/vec.h"
#include "http/uri.h"

enum status form_parse(struct arena *a, struct str s, size_t pairs_max, struct pair_list *out)
{
    struct str rest = s, piece;
    while (str_next(&rest, '&', &piece)) {
        if (!piece.n)
            continue;
        if (out->n >= pairs_max)
            return ST_INVALID;
        ptrdiff_t equals = str_find_byte(piece, '=');
        struct str name = equals < 0 ? piece : str_n(piece.p, (size_t)equals);
        struct str value = equals < 0 ? STR("") : str_drop(piece, (size_t)equals + 1);
        struct pair pair;
        TRY(uri_decode(a, name, URI_IN_FORM, &pair.name));
        TRY(uri_decode(a, value, URI_IN_FORM, &pair.value));
        VEC_PUSH(a, out, pair);
    }
    return ST_OK;
}
