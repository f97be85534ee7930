/* From typed words to a need: names become codes through the vocabulary, then the one reader of needs checks the rest.
 */
#include "feature/need/match_page.h"
#include "match/need_read.h"

static const struct choice scales[] = {
    {.code = STR_INIT("HRC"), .text = STR_INIT("HRC")}, {.code = STR_INIT("HV"), .text = STR_INIT("HV")},
    {.code = STR_INIT("HB"), .text = STR_INIT("HB")},   {.code = STR_INIT("HRB"), .text = STR_INIT("HRB")},
    {.code = STR_INIT("HRA"), .text = STR_INIT("HRA")},
};

const struct choice_list hardness_choices = {scales, sizeof scales / sizeof scales[0]};

struct typed {
    struct req *q;
    struct match_form *form;
    struct json_out *j;
    struct missing_box *missing;
    bool bad;
};

static void fail(struct typed *t, struct field *field, struct msg why, struct str what)
{
    t->bad = true;
    if (!field->bad) /* the first thing wrong with a field is said */
        field_fail(field, (struct phrase){.msg = why, .args = {{"word", value_str(what)}}, .n = 1});
}

static struct str list_of(const struct typed *t, const struct lookup *lookup)
{
    const struct words *w = t->q->app->words;
    return lookup == &w->processes      ? STR("processes")
           : lookup == &w->materials    ? STR("materials")
           : lookup == &w->certificates ? STR("certificates")
           : lookup == &w->industries   ? STR("industries")
                                        : STR("regions");
}

/* One name of a vocabulary to its code. */
static bool put_code(struct typed *t, struct text_field *field, const struct lookup *lookup, struct str word)
{
    struct lookup_hit hit;
    if (!lookup_exact(lookup, t->q->arena, word, &hit)) {
        fail(t, &field->field, T("목록에 없는 말입니다: {word}. 다른 이름으로 적어 주세요."), word);
        if (!t->missing->list.n && word.n)
            *t->missing = (struct missing_box){.list = list_of(t, lookup), .word = word};
        return false;
    }
    jout_str(t->j, lookup->tree->v[hit.node].code);
    return true;
}

static void put_codes(struct typed *t, const char *key, struct text_field *field, const struct lookup *lookup)
{
    struct str rest = field->value, word;
    if (!rest.n)
        return;
    jout_key_arr(t->j, key);
    while (rest.n && str_next(&rest, ',', &word))
        if (!str_blank(word))
            put_code(t, field, lookup, str_trim(word));
    jout_end(t->j);
}

static void put_certificates(struct typed *t)
{
    struct text_field *field = &t->form->certificates;
    struct str rest = field->value, word;
    if (!rest.n)
        return;
    jout_key_arr(t->j, "certificates");
    while (rest.n && str_next(&rest, ',', &word)) {
        if (str_blank(word))
            continue;
        jout_obj(t->j);
        jout_key(t->j, "code");
        if (!put_code(t, field, &t->q->app->words->certificates, str_trim(word)))
            jout_null(t->j);
        jout_end(t->j);
    }
    jout_end(t->j);
}

/* "300×120", "Ø300 x 120", "300*200*50": two numbers are diameter and length, three a box; mm. */
static void put_size(struct typed *t)
{
    struct text_field *field = &t->form->size;
    double v[4];
    size_t n = 0;
    AUTO_BUF part;
    buf_init(&part, 200);
    struct str folded = utf8_fold(t->q->arena, field->value);
    for (size_t i = 0, step; i <= folded.n && n < 4; i += step) {
        uint32_t c = 0;
        step = 1;
        if (i < folded.n)
            c = utf8_next(str_drop(folded, i), &step);
        bool separator = c == 'x' || c == '*' || c == 0xd7 || c == 0;
        if (!separator) {
            if (c != 0xf8 && c != 0x3c6 && c != ' ')
                buf_add(&part, str_n(folded.p + i, step));
            continue;
        }
        struct str number = buf_str(&part);
        if (str_ends(number, STR("mm")))
            number.n -= 2;
        if (!form_number(t->q->arena, number, UNIT_MM, &v[n])) {
            fail(t, &field->field, T("{word}: 300×120 또는 300×200×50처럼 적어 주세요."), field->value);
            return;
        }
        n++;
        buf_clear(&part);
    }
    if (n != 2 && n != 3) {
        fail(t, &field->field, T("{word}: 300×120 또는 300×200×50처럼 적어 주세요."), field->value);
        return;
    }
    jout_key_arr(t->j, "part_mm");
    for (size_t i = 0; i < n; i++)
        jout_real(t->j, v[i]);
    jout_end(t->j);
}

/* "IT7", "±0.02" or "0.02 mm". */
static void put_tolerance(struct typed *t)
{
    struct text_field *field = &t->form->tolerance;
    struct str s = utf8_fold(t->q->arena, field->value);
    bool it = str_starts(s, STR("it"));
    if (it)
        s = str_drop(s, 2);
    else if (str_starts(s, STR("±")))
        s = str_drop(s, strlen("±"));
    double v;
    if (!form_number(t->q->arena, str_trim(s), it ? UNIT_NONE : UNIT_MM, &v) || v <= 0 || (it && v > 18)) {
        fail(t, &field->field, T("{word}: IT7 또는 ±0.02처럼 적어 주세요."), field->value);
        return;
    }
    jout_key_obj(t->j, "tolerance");
    jout_key_real(t->j, it ? "it" : "mm", v);
    jout_end(t->j);
}

static void put_real(struct typed *t, const char *key, const struct real_field *field)
{
    if (field->value.has)
        jout_key_real(t->j, key, field->value.v);
}

static void put_hardness(struct typed *t)
{
    const struct match_form *f = t->form;
    if (!f->hardness_min.value.has && !f->hardness_max.value.has)
        return;
    jout_key_obj(t->j, "hardness");
    jout_key_str(t->j, "scale", f->hardness_scale.value.n ? f->hardness_scale.value : STR("HRC"));
    put_real(t, "min", &f->hardness_min);
    put_real(t, "max", &f->hardness_max);
    jout_end(t->j);
}

static void put_layer(struct typed *t)
{
    if (!t->form->layer_min.value.has && !t->form->layer_max.value.has)
        return;
    jout_key_obj(t->j, "layer_um");
    put_real(t, "min", &t->form->layer_min);
    put_real(t, "max", &t->form->layer_max);
    jout_end(t->j);
}

static void put_standards(struct typed *t)
{
    struct str rest = t->form->standards.value, text;
    if (!rest.n)
        return;
    jout_key_arr(t->j, "standards");
    while (rest.n && str_next(&rest, ',', &text))
        if (!str_blank(text))
            jout_str(t->j, str_trim(text));
    jout_end(t->j);
}

static void put_firm_place(struct typed *t)
{
    struct match_form *f = t->form;
    if (!f->max_km.value.has && !f->regions.value.n)
        return;
    jout_key_obj(t->j, "place");
    put_codes(t, "regions", &f->regions, &t->q->app->words->regions);
    put_real(t, "max_km", &f->max_km);
    jout_end(t->j);
}

static void put_precision(struct typed *t)
{
    if (t->form->tolerance.value.n)
        put_tolerance(t);
    put_real(t, "ra_um", &t->form->ra_um);
    put_hardness(t);
}

static void put_step(struct typed *t)
{
    struct match_form *f = t->form;
    jout_obj(t->j);
    jout_key(t->j, "process");
    if (!put_code(t, &f->process, &t->q->app->words->processes, f->process.value))
        jout_null(t->j);
    put_codes(t, "materials", &f->materials, &t->q->app->words->materials);
    if (f->size.value.n)
        put_size(t);
    put_real(t, "mass_kg", &f->mass_kg);
    put_real(t, "thickness_mm", &f->thickness_mm);
    put_layer(t);
    if (f->quantity.value.has)
        jout_key_int(t->j, "quantity", f->quantity.value.v);
    put_certificates(t);
    put_precision(t);
    put_standards(t);
    put_firm_place(t);
    if (f->words.value.n)
        jout_key_str(t->j, "words", f->words.value);
    jout_end(t->j);
}

static void put_need(struct typed *t)
{
    struct match_form *f = t->form;
    jout_obj(t->j);
    if (f->due.value.has)
        jout_key_str(t->j, "due", day_iso(t->q->arena, f->due.value.v));
    if (f->deliver_to.value.n) {
        jout_key_obj(t->j, "deliver_to");
        jout_key(t->j, "region");
        if (!put_code(t, &f->deliver_to, &t->q->app->words->regions, f->deliver_to.value))
            jout_null(t->j);
        jout_end(t->j);
    }
    put_codes(t, "industry", &f->industry, &t->q->app->words->industries);
    jout_key_arr(t->j, "steps");
    put_step(t);
    jout_end(t->j);
    jout_end(t->j);
}

/* A problem of the reader to the field it came from. */
static struct field *field_of(struct match_form *f, struct str path)
{
    const struct {
        const char *part;
        struct field *field;
    } known[] = {
        {"max_km", &f->max_km.field},
        {"hardness", &f->hardness_min.field},
        {"part_mm", &f->size.field},
        {"mass_kg", &f->mass_kg.field},
        {"tolerance", &f->tolerance.field},
        {"ra_um", &f->ra_um.field},
        {"quantity", &f->quantity.field},
        {"materials", &f->materials.field},
        {"due", &f->due.field},
        {"deliver_to", &f->deliver_to.field},
        {"certificates", &f->certificates.field},
        {"regions", &f->regions.field},
        {"thickness_mm", &f->thickness_mm.field},
        {"layer_um", &f->layer_min.field},
        {"standards", &f->standards.field},
        {"industry", &f->industry.field},
        {"words", &f->words.field},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_find(path, str_c(known[i].part)) >= 0)
            return known[i].field;
    return &f->process.field;
}

bool match_form_need(struct req *q, struct match_form *form, struct need *need, struct missing_box *missing)
{
    AUTO_BUF text;
    buf_init(&text, 64 << 10);
    struct json_out j;
    jout_init(&j, &text);
    struct typed t = {q, form, &j, missing, false};
    put_need(&t);
    if (t.bad)
        return false;
    struct problem_list problems;
    problem_list_init(&problems, q->arena);
    struct str copy = arena_str(q->arena, buf_str(&text));
    if (need_read_text(q->arena, q->app->vocab, copy, need, &problems) == ST_OK)
        return true;
    for (size_t i = 0; i < problems.n; i++) {
        struct problem *p = &problems.v[i];
        bool place = p->code == PROBLEM_CONFLICT && str_ends(p->field, STR("max_km"));
        struct str why = problem_text(q->arena, &(struct problem){STR(""), p->code, p->detail}, q->korean);
        fail(&t, field_of(form, p->field), place ? T("거리 제한에는 납품 지역이 있어야 합니다.") : T("{word}"), why);
    }
    return false;
}
