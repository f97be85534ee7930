/* Plain words to a need: what each kind of fact is read from, its place in the text, and what is not read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "match/parse.h"

static struct arena lasting;
static struct vocab vocab;
static struct words words;
static struct parse_words known;

static int setup(void **state)
{
    struct str why;
    (void)state;
    arena_init(&lasting, SIZE_MAX / 2);
    if (vocab_load(&lasting, embedded_vocab, &vocab, &why) != ST_OK)
        return 1;
    words_build(&lasting, &vocab, &words);
    parse_words_build(&lasting, &vocab, &words, &known);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&lasting);
    return 0;
}

static struct parse_answer read_text(struct arena *a, const char *text)
{
    struct parse_answer answer;
    struct day today;
    assert_true(day_parse(STR("2026-11-22"), &today));
    parse_need(a, &known, str_c(text), today, &answer);
    return answer;
}

/* A text, and a piece that the need's JSON must have. */
struct reading {
    const char *text;
    const char *part;
};

static void check_all(const struct reading *v, size_t n, bool wanted)
{
    for (size_t i = 0; i < n; i++) {
        AUTO_ARENA a;
        arena_init(&a, SIZE_MAX / 2);
        struct parse_answer answer = read_text(&a, v[i].text);
        bool found = strstr(answer.need.p, v[i].part) != NULL;
        if (found != wanted)
            fail_msg("%s\n%s %s\nin " STR_FMT, v[i].text, wanted ? "lacks" : "has", v[i].part, STR_ARG(answer.need));
    }
}

#define CHECK(list, wanted) check_all(list, sizeof list / sizeof *list, wanted)

static void test_figures(void **state)
{
    (void)state;
    static const struct reading readings[] = {
        {"선반 Ø300×120", "\"part_mm\":[300,120]"},
        {"밀링 300x120x50 mm", "\"part_mm\":[300,120,50]"},
        {"선반 지름 30 파이 길이 600", "\"part_mm\":[30,600]"},
        {"밀링 3m x 2m x 10mm", "\"part_mm\":[3000,2000,10]"},
        {"밀링 120x80x5t", "\"part_mm\":[120,80,5]"},
        {"절곡 두께 2t", "\"thickness_mm\":2"},
        {"단조 1.2톤", "\"mass_kg\":1200"},
        {"단조 420g", "\"mass_kg\":0.42"},
        {"선반 1,000EA", "\"quantity\":1000,\"quantity_per\":\"order\""},
        {"선반 월 2만 개", "\"quantity\":20000,\"quantity_per\":\"month\""},
        {"금형 2벌", "\"quantity\":2"},
        {"선반 20본", "\"quantity\":20"},
        {"선반 공차 0.02", "\"tolerance\":{\"mm\":0.02}"},
        {"연삭 ±0.01", "\"tolerance\":{\"mm\":0.01}"},
        {"리머 H7", "\"tolerance\":{\"it\":7}"},
        {"선반 IT7", "\"tolerance\":{\"it\":7}"},
        {"연삭 Ra 0.8", "\"ra_um\":0.8"},
        {"연삭 ▽▽▽", "\"ra_um\":1.6"},
        {"열처리 HRC 58~62", "{\"scale\":\"HRC\",\"min\":58,\"max\":62}"},
        {"열처리 HRC60±2", "{\"scale\":\"HRC\",\"min\":58,\"max\":62}"},
        {"질화 Hv 700 이상", "{\"scale\":\"HV\",\"min\":700}"},
        {"열처리 HB 250 이하", "{\"scale\":\"HB\",\"max\":250}"},
        {"경질 크롬 도금 20미크론", "\"layer_um\":20"},
        {"선반 ５０개", "\"quantity\":50"},
    };
    CHECK(readings, true);
}

static void test_what_is_not_the_part(void **state)
{
    (void)state;
    static const struct reading readings[] = {
        {"선반 M8 볼트", "part_mm"},
        {"드릴 Ø8 깊이 600", "part_mm"},
        {"밀링 304개", "STAINLESS"},
        {"밀링 50개소", "quantity"},
        {"casting 99999999999999 brackets", "quantity"},
        {"누설 검사 10 bar", "thickness"},
        {"양산 다이캐스팅", "deliver_to"},
    };
    CHECK(readings, false);
}

static void test_dates(void **state)
{
    (void)state;
    static const struct reading readings[] = {
        {"선반 3월 말", "\"due\":\"2027-03-31\""},
        {"선반 2월 말", "\"due\":\"2027-02-28\""},
        {"선반 12월 초", "\"due\":\"2026-12-05\""},
        {"선반 1월 중순 납기", "\"due\":\"2027-01-15\""},
        {"선반 2주 내", "\"due\":\"2026-12-06\""},
        {"선반 2027-03-31", "\"due\":\"2027-03-31\""},
        {"선반 2027. 3. 31.", "\"due\":\"2027-03-31\""},
        {"선반 내년 상반기", "\"due\":\"2027-06-30\""},
        {"선반 월말까지", "\"due\":\"2026-11-30\""},
        {"선반 12/20까지", "\"due\":\"2026-12-20\""},
        {"turning by 15 March 2027", "\"due\":\"2027-03-15\""},
        {"turning within 8 weeks", "\"due\":\"2027-01-17\""},
    };
    static const struct reading none[] = {
        {"선반 2월 30일", "due"},
        {"선반 13월 1일", "due"},
        {"2027년 상반기 총회 안내", "due"},
    };
    CHECK(readings, true);
    CHECK(none, false);
}

static void test_steps(void **state)
{
    (void)state;
    static const struct reading readings[] = {
        {"연마 전 열처리", "\"steps\":[{\"process\":\"HEAT\"},{\"process\":\"MACHINING.GRINDING"},
        {"선반 가공 후 침탄",
         "\"steps\":[{\"process\":\"MACHINING.TURNING\"},{\"process\":\"HEAT.CASE.CARBURIZING\"}]"},
        {"grinding after carburizing",
         "\"steps\":[{\"process\":\"HEAT.CASE.CARBURIZING\"},{\"process\":\"MACHINING.GRINDING\"}]"},
        {"니켈 도금, 도금 성적서 첨부", "\"steps\":[{\"process\":\"SURFACE.PLATING.NICKEL\"}]"},
        {"선반 가공, 도금은 필요 없음", "\"steps\":[{\"process\":\"MACHINING.TURNING\"}]"},
        {"turning without plating", "\"steps\":[{\"process\":\"MACHINING.TURNING\"}]"},
        {"304 또는 316L 선반", "\"materials\":[\"STEEL.STAINLESS.STS304\",\"STEEL.STAINLESS.STS316L\"]"},
        {"티타늄 Ti-6Al-4V 단조", "\"materials\":[\"TITANIUM.ALPHA_BETA.TI6AL4V\"]"},
        {"단조, AS9100 필수", "[{\"code\":\"AS9100\",\"need\":\"must\"}]"},
        {"단조, AS9100 우대", "[{\"code\":\"AS9100\",\"need\":\"prefer\"}]"},
        {"단조 대전 납품", "\"deliver_to\":{\"region\":\"KR.30\"}"},
        {"단조 대전 업체", "\"place\":{\"regions\":[\"KR.30\"]}"},
        {"단조 대전 납품, 80km 이내", "\"max_km\":80"},
        {"진공열처리 후 5츅 가공", "HEAT.VACUUM"},
        {"내일 회의 있습니다", "\"steps\":[]"},
        {"", "\"steps\":[]"},
    };
    CHECK(readings, true);
}

static void test_typos(void **state)
{
    (void)state;
    static const struct reading readings[] = {
        {"무전해니캘도금 10개", "SURFACE.PLATING.ELECTROLESS_NICKEL"},
        {"anodizzing 10 pcs", "SURFACE.ANODIZING"},
        {"electropolishng 10 pcs", "SURFACE.POLISHING.ELECTRO"},
    };
    static const struct reading none[] = {{"담긂질 3개", "HEAT"}, {"cooling plates", "MOLD"}};
    CHECK(readings, true);
    CHECK(none, false);
}

static const struct parse_span *span_of(const struct parse_answer *answer, const char *field)
{
    for (size_t i = 0; i < answer->spans.n; i++)
        if (strcmp(answer->spans.v[i].field, field) == 0)
            return &answer->spans.v[i];
    fail_msg("no span of %s", field);
    return NULL;
}

static struct str text_of(const struct parse_answer *answer, const struct parse_span *s)
{
    return str_n(answer->text.p + s->from, s->to - s->from);
}

static void test_spans(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, SIZE_MAX / 2);
    struct parse_answer answer = read_text(&a, "티타늄 단조 후 빠우, 50개, 어쩌고 3월 말");
    assert_true(str_eq(text_of(&answer, span_of(&answer, "process")), STR("단조")));
    assert_true(str_eq(text_of(&answer, span_of(&answer, "quantity")), STR("50개")));
    assert_true(str_eq(text_of(&answer, span_of(&answer, "due")), STR("3월 말")));
    assert_true(str_eq(span_of(&answer, "due")->value, STR("2027-03-31")));
    assert_int_equal(span_of(&answer, "process")->step, 1);
    assert_int_equal(span_of(&answer, "quantity")->step, 0);
    assert_true(span_of(&answer, "process")->certainty == 1);
    assert_int_equal(answer.unread.n, 1);
    assert_true(str_eq(answer.unread.v[0], STR("어쩌고")));
    /* decomposed letters are composed first; offsets count in what is given back */
    answer = read_text(&a, "\xe1\x84\x83\xe1\x85\xa1\xe1\x86\xab\xe1\x84\x8c\xe1\x85\xa9 3\xea\xb0\x9c");
    assert_true(str_eq(answer.text, STR("단조 3개")));
    assert_true(str_eq(text_of(&answer, span_of(&answer, "process")), STR("단조")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures), cmocka_unit_test(test_what_is_not_the_part),
        cmocka_unit_test(test_dates),   cmocka_unit_test(test_steps),
        cmocka_unit_test(test_typos),   cmocka_unit_test(test_spans),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
