/*
 * Reads forms by their tables. Owns nothing: values and raw texts live in the caller's arena or in the pairs.
 * Guarantees that a field is either in error or holds a value its rule allows. Costs one look through the pairs a
 * field.
 */
#include "html/form.h"

#include <math.h>

#include "base/number.h"
#include "base/utf8.h"

struct reading {
    const struct field_rule *rule;
    struct field *field;
    struct arena *arena;
    struct problem_list *problems;
    struct str text; /* raw, in NFC and without blanks around it */
};

static struct field *field_at(void *form, const struct field_rule *rule)
{
    return (struct field *)(void *)((char *)form + rule->offset);
}

static void init_field(const struct field_rule *rule, struct field *f)
{
    f->rule = rule;
    f->name = str_c(rule->name);
    f->label = rule->label;
    if (rule->kind == FIELD_choice && !((struct choice_field *)(void *)f)->choices)
        ((struct choice_field *)(void *)f)->choices = rule->choices;
}

static size_t field_size(enum field_kind kind)
{
    static const size_t sizes[] = {
        [FIELD_text] = sizeof(struct text_field), [FIELD_int] = sizeof(struct int_field),
        [FIELD_real] = sizeof(struct real_field), [FIELD_day] = sizeof(struct day_field),
        [FIELD_bool] = sizeof(struct bool_field), [FIELD_choice] = sizeof(struct choice_field)};
    return sizes[kind];
}

void form_init(const struct form_spec *spec, void *form)
{
    for (size_t i = 0; i < spec->n; i++) {
        struct field *f = field_at(form, &spec->rules[i]);
        memset(f, 0, field_size(spec->rules[i].kind));
        init_field(&spec->rules[i], f);
    }
}

void field_fail(struct field *f, struct phrase error)
{
    f->bad = true;
    f->error = error;
}

static bool refuse(struct reading *r, enum problem_code code, struct str detail, struct phrase error)
{
    field_fail(r->field, error);
    if (r->problems)
        problem_add(r->problems, code, r->field->name, detail);
    return false;
}

static struct phrase phrase(struct msg m)
{
    return (struct phrase){.msg = m};
}

static struct phrase phrase_bound(struct msg m, struct value bound)
{
    return (struct phrase){.msg = m, .args = {{"bound", bound}}, .n = 1};
}

static bool refuse_bound(struct reading *r, enum problem_code code, double bound, struct msg m)
{
    AUTO_BUF b;
    buf_init(&b, 64);
    number_plain(&b, bound);
    return refuse(r, code, buf_str(&b), phrase_bound(m, value_real(bound)));
}

static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] < ' ' && s.p[i] != '\n' && s.p[i] != '\t') || s.p[i] == 0x7f)
            return true;
    return false;
}

/* Browsers send line ends as \r\n. */
static struct str plain_line_ends(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
            continue;
        p[n++] = s.p[i] == '\r' ? '\n' : s.p[i];
    }
    return str_n(p, n);
}

static bool read_text(struct reading *r)
{
    size_t chars = utf8_length(r->text);
    if ((double)chars < r->rule->min)
        return refuse_bound(r, PROBLEM_RANGE, r->rule->min, T("{bound}자 이상 적어 주세요."));
    if ((double)chars > r->rule->max)
        return refuse_bound(r, PROBLEM_TOO_LONG, r->rule->max, T("{bound}자까지 적을 수 있습니다."));
    ((struct text_field *)(void *)r->field)->value = r->text;
    return true;
}

static bool read_number(struct reading *r, double *out)
{
    double x;
    if (!form_number(r->arena, r->text, r->rule->unit, &x))
        return refuse(r, PROBLEM_TYPE, STR("a number"), phrase(T("숫자로 적어 주세요. 예: 1,200")));
    if (x < r->rule->min)
        return refuse_bound(r, PROBLEM_RANGE, r->rule->min, T("{bound} 이상이어야 합니다."));
    if (x > r->rule->max)
        return refuse_bound(r, PROBLEM_RANGE, r->rule->max, T("{bound} 이하여야 합니다."));
    *out = x;
    return true;
}

static bool read_real(struct reading *r)
{
    double x = 0;
    if (!read_number(r, &x))
        return false;
    ((struct real_field *)(void *)r->field)->value = opt_real(x);
    return true;
}

static bool read_int(struct reading *r)
{
    double x = 0;
    if (!read_number(r, &x))
        return false;
    double whole = nearbyint(x);
    if (fabs(x - whole) > 1e-9 * fmax(1, fabs(x)) || fabs(whole) > 9007199254740992.0)
        return refuse(r, PROBLEM_TYPE, STR("a whole number"), phrase(T("소수점 없는 수로 적어 주세요.")));
    ((struct int_field *)(void *)r->field)->value = opt_int((int64_t)whole);
    return true;
}

/* 2027-03-31, 2027. 3. 31., 2027/3/31, 2027년 3월 31일, 20270331 */
static bool parse_day(struct arena *a, struct str text, struct day *out)
{
    struct str s = utf8_fold(a, text);
    int part[3] = {0};
    int digits[3] = {0};
    int k = -1;
    bool in_number = false;
    for (size_t i = 0; i < s.n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';
        if (digit && !in_number && ++k > 2)
            return false;
        if (digit && ++digits[k] > 8)
            return false;
        if (digit)
            part[k] = part[k] * 10 + (s.p[i] - '0');
        else if (!strchr(" .-/", s.p[i]) && !((unsigned char)s.p[i] & 0x80))
            return false;
        in_number = digit;
    }
    if (k == 0 && digits[0] == 8) {
        part[2] = part[0] % 100;
        part[1] = part[0] / 100 % 100;
        part[0] /= 10000;
    } else if (k != 2 || digits[0] != 4 || digits[1] > 2 || digits[2] > 2) {
        return false;
    }
    return day_parse(arena_printf(a, "%04d-%02d-%02d", part[0], part[1], part[2]), out);
}

static bool read_day(struct reading *r)
{
    struct day d;
    if (!parse_day(r->arena, r->text, &d))
        return refuse(r, PROBLEM_DATE, r->text, phrase(T("날짜로 적어 주세요. 예: 2027-03-31")));
    bool bounded = r->rule->min != 0 || r->rule->max != 0;
    struct day min = {(int32_t)r->rule->min};
    struct day max = {(int32_t)r->rule->max};
    if (bounded && d.n < min.n)
        return refuse(r, PROBLEM_RANGE, day_iso(r->arena, min),
                      phrase_bound(T("{bound}부터 고를 수 있습니다."), value_day(min)));
    if (bounded && d.n > max.n)
        return refuse(r, PROBLEM_RANGE, day_iso(r->arena, max),
                      phrase_bound(T("{bound}까지 고를 수 있습니다."), value_day(max)));
    ((struct day_field *)(void *)r->field)->value = (struct opt_day){d, true};
    return true;
}

static bool read_choice(struct reading *r)
{
    struct choice_field *f = (struct choice_field *)(void *)r->field;
    for (size_t i = 0; f->choices && i < f->choices->n; i++) {
        if (str_eq(f->choices->v[i].code, r->text)) {
            f->value = f->choices->v[i].code;
            return true;
        }
    }
    return refuse(r, PROBLEM_CODE, utf8_head(r->text, 40), phrase(T("목록에서 골라 주세요.")));
}

static bool read_value(struct reading *r)
{
    switch (r->rule->kind) {
    case FIELD_text:
        return read_text(r);
    case FIELD_int:
        return read_int(r);
    case FIELD_real:
        return read_real(r);
    case FIELD_day:
        return read_day(r);
    case FIELD_choice:
        return read_choice(r);
    case FIELD_bool:
        break;
    }
    bool no = str_eq(r->text, STR("0")) || str_eq(r->text, STR("false")) || str_eq(r->text, STR("off"));
    ((struct bool_field *)(void *)r->field)->value = !no;
    return true;
}

static bool read_field(struct reading *r, const struct pair *pair)
{
    if (!pair || str_blank(pair->value)) {
        bool needed = r->rule->required && r->rule->kind != FIELD_bool;
        return !needed || refuse(r, PROBLEM_MISSING, STR(""), phrase(T("꼭 적어 주세요.")));
    }
    if (!utf8_valid(pair->value))
        return refuse(r, PROBLEM_NOT_TEXT, STR(""), phrase(T("읽을 수 없는 글자가 있습니다.")));
    r->field->raw = pair->value;
    r->text = str_trim(utf8_nfc(r->arena, plain_line_ends(r->arena, pair->value)));
    if (has_control(r->text))
        return refuse(r, PROBLEM_NOT_TEXT, STR(""), phrase(T("읽을 수 없는 글자가 있습니다.")));
    return read_value(r);
}

static void start_field(const struct field_rule *rule, struct field *f)
{
    const struct choice_list *choices = NULL;
    if (rule->kind == FIELD_choice && f->rule == rule)
        choices = ((struct choice_field *)(void *)f)->choices;
    memset(f, 0, field_size(rule->kind));
    if (choices)
        ((struct choice_field *)(void *)f)->choices = choices;
    init_field(rule, f);
}

bool form_read(const struct form_spec *spec, void *form, const struct form_input *in)
{
    bool good = true;
    for (size_t i = 0; i < spec->n; i++) {
        struct reading r = {&spec->rules[i], field_at(form, &spec->rules[i]), in->arena, in->problems, {NULL, 0}};
        start_field(r.rule, r.field);
        good = read_field(&r, pair_find(in->pairs, r.field->name)) && good;
    }
    return good;
}

void query_read(const struct form_spec *spec, void *form, const struct form_input *in)
{
    for (size_t i = 0; i < spec->n; i++) {
        struct reading r = {&spec->rules[i], field_at(form, &spec->rules[i]), in->arena, NULL, {NULL, 0}};
        start_field(r.rule, r.field);
        if (!read_field(&r, pair_find(in->pairs, r.field->name)))
            start_field(r.rule, r.field);
    }
}

struct field_list form_errors(const struct form_spec *spec, const void *form, struct arena *a)
{
    struct field_list list = {0};
    for (size_t i = 0; i < spec->n; i++) {
        const struct field *f = (const struct field *)(const void *)((const char *)form + spec->rules[i].offset);
        if (f->bad)
            VEC_PUSH(a, &list, f);
    }
    return list;
}

void text_field_set(struct text_field *f, struct str value)
{
    f->value = value;
    f->field.raw = value;
}

void int_field_set(struct int_field *f, struct arena *a, struct opt_int value)
{
    f->value = value;
    f->field.raw = value.has ? arena_printf(a, "%lld", (long long)value.v) : STR("");
}

void real_field_set(struct real_field *f, struct arena *a, struct opt_real value)
{
    AUTO_BUF b;
    buf_init(&b, 64);
    number_plain(&b, value.v);
    f->value = value;
    f->field.raw = value.has ? arena_str(a, buf_str(&b)) : STR("");
}

void day_field_set(struct day_field *f, struct arena *a, struct opt_day value)
{
    f->value = value;
    f->field.raw = value.has ? day_iso(a, value.v) : STR("");
}

void bool_field_set(struct bool_field *f, bool value)
{
    f->value = value;
}

void choice_field_set(struct choice_field *f, struct str code)
{
    f->value = code;
    f->field.raw = code;
}
