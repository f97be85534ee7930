/*
 * Any bytes as form fields ("name=value" pieces ended by NUL) into both readers. A field is in error or holds what its
 * rule allows; what is shown again comes out escaped.
 */
#include "fuzz/test_fuzz.h"

#include "base/utf8.h"
#include "html/escape.h"
#include "html/form.h"

__extension__ static const struct choice choices[] = {{STR("a"), T("가"), {NULL, 0}}, {STR("b"), T("나"), {NULL, 0}}};
static const struct choice_list choice_list = {choices, 2};

#define FUZZ_FORM(F)                                                                                                   \
    F(text, t, T("글"), 1, 20, .required = true)                                                                       \
    F(int, i, T("수"), -5, 1e15, .required = true, .unit = UNIT_WON)                                                   \
    F(real, r, T("길이"), 0, 1e9, .required = false, .unit = UNIT_MM)                                                  \
    F(real, k, T("무게"), 0, 1e9, .required = false, .unit = UNIT_KG)                                                  \
    F(day, d, T("날"), 0, 30000, .required = false)                                                                    \
    F(bool, b, T("예"), 0, 0, .required = false)                                                                       \
    F(choice, c, T("고름"), 0, 0, .required = false, .choices = &choice_list)
FORM(fuzz_form, FUZZ_FORM);

static void check(const struct fuzz_form *f)
{
    bool good = (f->t.value.n == 0 || (utf8_valid(f->t.value) && utf8_length(f->t.value) <= 20)) &&
                (!f->i.value.has || (f->i.value.v >= -5 && f->i.value.v <= 1000000000000000)) &&
                (!f->r.value.has || (f->r.value.v >= 0 && f->r.value.v <= 1e9)) &&
                (!f->d.value.has || (f->d.value.v.n >= 0 && f->d.value.v.n <= 30000)) &&
                (f->c.value.n == 0 || f->c.value.n == 1) && !(f->i.value.has && f->i.field.bad);
    AUTO_BUF b;
    buf_init(&b, 1 << 20);
    escape_html(&b, f->t.field.raw);
    if (!good || str_find_byte(buf_str(&b), '<') >= 0 || str_find_byte(buf_str(&b), '"') >= 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n > 4096)
        return 0;
    AUTO_ARENA a;
    arena_init(&a, 16 << 20);
    struct pair_list list = {0};
    struct str rest = str_n((const char *)data, n);
    struct str piece;
    while (n && str_next(&rest, '\0', &piece)) {
        ptrdiff_t eq = str_find_byte(piece, '=');
        struct pair p = {piece, {NULL, 0}};
        if (eq >= 0)
            p = (struct pair){str_n(piece.p, (size_t)eq), str_drop(piece, (size_t)eq + 1)};
        VEC_PUSH(&a, &list, p);
    }
    struct problem_list problems;
    problem_list_init(&problems, &a);
    struct form_input in = {&list, &a, &problems};
    struct fuzz_form f;
    fuzz_form_init(&f);
    bool good = fuzz_form_read(&f, &in);
    check(&f);
    if (good != (problems.n == 0))
        abort();
    fuzz_form_query(&f, &in);
    check(&f);
    return 0;
}
