/* directory/: which product texts name a process and which must not; the exchange's list as sites. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/json.h"
#include "feature/directory/krx.h"
#include "match/supply_read.h"

#include <stdio.h>
#include <stdlib.h>

static struct arena arena;
static struct vocab vocab;
static struct infer infer;

static int load(void **state)
{
    (void)state;
    struct str why;
    arena_init(&arena, 256U << 20);
    if (vocab_load(&arena, embedded_vocab, &vocab, &why) != ST_OK ||
        infer_load(&arena, &vocab, embedded_vocab, &infer, &why) != ST_OK) {
        print_error(STR_FMT "\n", STR_ARG(why));
        return 1;
    }
    return 0;
}

static int unload(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static const char maker[] = "그 외 기타 제품 제조업";

/* The codes found, separated by blanks. */
static struct str codes_of(const char *products, const char *industry)
{
    struct inferred_list found;
    struct str codes = STR("");
    infer_processes(&infer, &arena, str_c(products), str_c(industry), &found);
    for (size_t i = 0; i < found.n; i++) {
        struct str code = vocab.processes.v[found.v[i].process].code;
        codes = arena_printf(&arena, STR_FMT "%s" STR_FMT, STR_ARG(codes), i ? " " : "", STR_ARG(code));
    }
    return codes;
}

struct expected {
    const char *products;
    const char *codes;
};

static const struct expected says[] = {
    {"단조품", "FORMING.FORGING"},
    {"선박용 단조품", "FORMING.FORGING"},
    {"자유형단조품", "FORMING.FORGING.OPEN_DIE"},
    {"자동차,풍력,방위산업,산업기계,농기계등의 단조부품", "FORMING.FORGING"},
    {"굴삭기 Roller 및 형단조품", "FORMING.FORGING.CLOSED_DIE"},
    {"냉간단조품 외", "FORMING.FORGING.CLOSED_DIE.COLD"},
    {"자동차용 주물제품", "CASTING"},
    {"선박엔진용 주강품 제조", "CASTING"},
    {"알루미늄 다이캐스팅 제품", "CASTING.DIE_CASTING"},
    {"마그네슘 다이캐스팅(차량용 부품)", "CASTING.DIE_CASTING"},
    {"정밀주조품", "CASTING.INVESTMENT"},
    {"사출금형", "MOLD.INJECTION"},
    {"플라스틱 사출금형 제작", "MOLD.INJECTION"},
    {"자동차금형.건설중장비 부품", "MOLD"},
    {"프레스금형 설계, 제작", "ENGINEERING.MOLD_DESIGN"},
    {"타이어 금형, 타이어 제조설비", "MOLD.RUBBER"},
    {"몰드베이스,금형부품,정밀기계기구 제조,도매,무역", "MOLD.BASE MOLD.PARTS"},
    {"핫러너 시스템(핫러너)", "MOLD.HOT_RUNNER"},
    {"금형,사출 및 판금부품", "MOLD INJECTION_PRESS.INJECTION FORMING.SHEET_METAL"},
    {"차량용 사출부품", "INJECTION_PRESS.INJECTION"},
    {"가전제품 사출물 임가공", "INJECTION_PRESS.INJECTION"},
    {"이중사출 제품", "INJECTION_PRESS.INJECTION.TWO_SHOT"},
    {"금속분말사출성형품", "INJECTION_PRESS.PIM"},
    {"MIM 부품", "INJECTION_PRESS.PIM"},
    {"자동차용 고무부품", "INJECTION_PRESS.RUBBER"},
    {"오일씰, 방진고무", "INJECTION_PRESS.RUBBER.SEAL INJECTION_PRESS.RUBBER"},
    {"합성수지(PP컴파운딩가공,자동차범퍼) 제조,도소매", "INJECTION_PRESS.EXTRUSION.COMPOUND"},
    {"프레스물", "FORMING.STAMPING"},
    {"자동차 프레스 부품 제조", "FORMING.STAMPING"},
    {"핫스탬핑 부품", "FORMING.STAMPING.HOT_STAMPING"},
    {"통신장비 함체 제작", "FORMING.SHEET_METAL.ENCLOSURE"},
    {"정밀판금", "FORMING.SHEET_METAL"},
    {"알루미늄 압출/가공제품", "FORMING.EXTRUSION"},
    {"건설가설재,강관,거푸집 제조,판매", "FORMING.TUBE_MAKING"},
    {"코일스프링 및 판스프링", "FORMING.SPRING"},
    {"차량용 스프링 및 시트", "FORMING.SPRING"},
    {"자동차용너트류", "FORMING.FASTENER"},
    {"분말야금제품(초고압용공구)", "FORMING.POWDER"},
    {"PC강연선, 경강선", "FORMING.DRAWING.WIRE"},
    {"철구조물,산업기계 제조", "WELDING.STRUCTURE"},
    {"압력용기 제조", "WELDING.PRESSURE_VESSEL"},
    {"브레이징 제품", "WELDING.BRAZING"},
    {"아연도금 임가공", "SURFACE.PLATING.ZINC"},
    {"무전해니켈도금", "SURFACE.PLATING.ELECTROLESS_NICKEL"},
    {"알루미늄 부품 아노다이징 처리", "SURFACE.ANODIZING"},
    {"Curl Fit(표면처리사업)", "SURFACE"},
    {"Vacuum Treatment, Plasma Surface Treatment", "SURFACE.PLASMA"},
    {"분체도장", "SURFACE.PAINTING.POWDER"},
    {"PVD 코팅", "SURFACE.PVD"},
    {"PCB", "SURFACE.PCB"},
    {"P.C.B(인쇄회로기판),M.L.B 제조", "SURFACE.PCB"},
    {"PCB(Printed Circuit Board, 인쇄회로기판)의 제조 및 판매", "SURFACE.PCB"},
    {"FPCB (연성인쇄회로기판)", "SURFACE.PCB.FLEXIBLE"},
    {"자동차부품 열처리", "HEAT"},
    {"진공열처리 서비스", "HEAT.VACUUM"},
    {"고주파열처리", "HEAT.CASE.INDUCTION"},
    {"침탄열처리품", "HEAT.CASE.CARBURIZING"},
    {"절삭공구 제조", "MACHINING.TOOLING"},
    {"엔드밀, 탭, 드릴", "MACHINING.TOOLING"},
    {"기어류 제조", "MACHINING.GEAR"},
    {"CNC 선반 가공품", "MACHINING.TURNING.CNC"},
    {"금속 3D프린팅 부품", "ADDITIVE.PBF.METAL"},
    {"골판지상자,골판지원지 제조,판매", "FILM_PAPER.CORRUGATED FILM_PAPER.PAPER"},
    {"광학필름", "FILM_PAPER.OPTICAL"},
    {"자동차용 부직포", "FILM_PAPER.NONWOVEN"},
    {"인쇄회로기판(PCB)용 전해동박(ACF,UCF)", "FILM_PAPER.FOIL"},
    {"산업용로봇", "ROBOT"},
    {"협동로봇, 협동로봇 자동화 플랫폼, 로봇제어기 등", "ROBOT ROBOT.CONTROL"},
    {"가스센서 및 모듈", "SENSOR.GAS"},
    {"카메라 부품, 안테나, 센서류 등", "SENSOR"},
    {"산업용 및 차량용 라이다(LiDAR)", "SENSOR.LIDAR"},
    {"스마트HMI, 스마트SCADA, 스마트팩토리솔루션", "SOFTWARE.SCADA SOFTWARE"},
    {"변속기, 고압차단기, 배전반 등", "ASSEMBLY.PANEL"},
    {"반도체 패키징 및 테스트", "ASSEMBLY.SEMICONDUCTOR"},
    {"와이어링 하네스", "ASSEMBLY.HARNESS"},
    {"LPG밸브", "ASSEMBLY.VALVE"},
};

static const char *const silent[] = {
    "",
    "-",
    "금형강",
    "금형강, 특수강",
    "표면처리강판",
    "도금강판",
    "아연도금강판 등 강판류",
    "용접봉",
    "용접기",
    "용접재료",
    "용접장비",
    "자동용접기",
    "매몰용접용 플랜지",
    "단조기계",
    "단조설비",
    "단조 프레스",
    "열처리로",
    "진공열처리로",
    "열처리 설비",
    "주조설비",
    "다이캐스팅기",
    "다이캐스팅 머신",
    "로봇청소기",
    "로봇 청소기",
    "로봇 부품",
    "감속기 등 로봇부품",
    "교육용로봇",
    "로봇 소프트웨어",
    "센서 유통",
    "센서 도매",
    "산업용 로봇 판매",
    "로봇 임대",
    "금형 수입",
    "단조품 수출입,도매",
    "주물 무역",
    "사출기",
    "사출성형기",
    "플라스틱사출성형기 제조,판매",
    "사출장비 및 부대기기",
    "프레스",
    "프레스, 합금철",
    "유압프레스",
    "CNC자동선반",
    "선반,밀링,연삭기,CNC선반,CNC밀링,머시닝센타 제조,판매",
    "레이저가공 절단기",
    "레이저 용접기",
    "3D프린터",
    "3D 프린팅 소재",
    "스퍼터링타겟",
    "OLED 증착장비",
    "PVD 장비",
    "에칭액",
    "세정·식각시스템",
    "세정 및 식각 장비",
    "도금약품",
    "도금액",
    "도금 설비 제조",
    "도금도장설비",
    "표면처리제",
    "도장설비",
    "도료",
    "방청유",
    "윤활유",
    "절삭유",
    "연마재",
    "연마지",
    "PCB 검사장비",
    "PCB드릴",
    "PCB부품",
    "인쇄회로기판 검사기",
    "PCB용 동박적층판용 수지",
    "FPCB 제조장비",
    "반도체 패키징 장비",
    "반도체 패키지용 소재",
    "센서 IC",
    "센서용 반도체",
    "이미지센서용 소켓",
    "필름형 안테나",
    "필름카메라",
    "2차전지 분리막 제조설비",
    "골판지 제조기계",
    "고무약품",
    "고무장갑 원료",
    "금형 설계 소프트웨어",
    "주조용 인공지능",
    "태권도장",
    "우주조립",
    "맥주조합",
    "양조장",
    "제주 물류",
    "인발급기",
    "치아교정기",
    "혈압측정",
    "무용접 배관",
    "의약품 제조,도매",
    "철강무역,강판제품",
    "모바일게임",
    "공기청정기 필터",
    "반도체 웨이퍼 캐리어",
    "자동차부품",
    "조선기자재",
    "냉간압조용선재",
    "단조용 강괴",
    "단조품 검사",
    "주물 소재 유통",
    "압연유",
    "OLED 소재 개발",
    "선박용엔진밸브",
    "GLASS LAMINATION",
    "SOFTWARE",
    "사진필름",
    "비디오 엔코더",
    "스프링클러",
    "기어오일",
    "모터사이클",
    "펌프카",
    "볼트와셔 조립기",
    "방열 컴파운드",
    "냉간단조유",
    "도금 폐수처리",
    "주물사",
    "주물용 선철",
    "분말야금용 철분말",
    "열처리강",
    "스테인레스 냉연, 열연",
    "압력용기용 강판",
};

static void test_texts_that_name_a_process(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof says / sizeof says[0]; i++) {
        struct str got = codes_of(says[i].products, maker);
        if (str_eq(got, str_c(says[i].codes)))
            continue;
        wrong++;
        print_error("\"%s\": %s expected, \"" STR_FMT "\" found\n", says[i].products, says[i].codes, STR_ARG(got));
    }
    assert_int_equal(wrong, 0);
}

static void test_texts_that_name_none(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof silent / sizeof silent[0]; i++) {
        struct str got = codes_of(silent[i], maker);
        if (!got.n)
            continue;
        wrong++;
        print_error("\"%s\": nothing expected, \"" STR_FMT "\" found\n", silent[i], STR_ARG(got));
    }
    assert_int_equal(wrong, 0);
}

static void test_industry_names(void **state)
{
    (void)state;
    assert_true(str_eq(codes_of("실린더 헤드", "금속 주조업"), STR("CASTING")));
    assert_true(str_eq(codes_of("다이캐스팅 제품", "금속 주조업"), STR("CASTING.DIE_CASTING")));
    assert_int_equal(codes_of("", "기타 금속 가공제품 제조업").n, 0);
    assert_int_equal(codes_of("", "구조용 금속제품, 탱크 및 증기발생기 제조업").n, 0);
    assert_int_equal(codes_of("단조품", "자연과학 및 공학 연구개발업").n, 0);
    assert_int_equal(codes_of("필름", "기타 식품 제조업").n, 0);
    assert_true(str_eq(codes_of("스마트팩토리 솔루션", "소프트웨어 개발 및 공급업"), STR("SOFTWARE")));
}

static void test_words_and_industries(void **state)
{
    (void)state;
    struct inferred_list found;
    struct str text = STR("풍력발전기, 선박용  형 단조품 등");
    infer_processes(&infer, &arena, text, str_c(maker), &found);
    assert_int_equal(found.n, 1);
    assert_true(str_eq(found.v[0].words, STR("형 단조품")));
    assert_true(str_eq(str_n(text.p + found.v[0].from, found.v[0].to - found.v[0].from), found.v[0].words));
    assert_int_equal(found.v[0].n_industries, 1);
    assert_true(str_eq(vocab.industries.v[found.v[0].industries[0]].code, STR("SHIPBUILDING")));
}

static enum status site_of(const char *csv, struct json *site, struct problem_list *problems)
{
    struct csv_table t;
    struct krx krx;
    struct json_error error;
    size_t bad_line;
    AUTO_BUF line;
    buf_init(&line, 1 << 20);
    assert_int_equal(csv_read(&arena, str_c(csv), &t, &bad_line), ST_OK);
    assert_true(krx_recognises(&t.v[0]));
    krx_open(&arena, &infer, &t.v[0], &krx);
    problem_list_init(problems, &arena);
    TRY(krx_site(&arena, &krx, &t.v[1], &line, problems));
    struct str text = arena_str(&arena, buf_str(&line));
    assert_int_equal(json_parse(&arena, text, site, &error), ST_OK);
    return ST_OK;
}

#define HEADER "krx_code,name,market,industry_ko,ksic_code,products_ko,region,homepage,listing_date\n"

static struct str text_at(const struct json *site, const char *object, const char *key)
{
    const struct json *v = json_get(json_get(site, str_c(object)), str_c(key));
    return v ? v->text : STR("");
}

static void test_krx_row(void **state)
{
    (void)state;
    struct json site;
    struct problem_list problems;
    assert_int_equal(site_of(HEADER "000001,\"가나, \"\"금속\"\"\",KOSDAQ,기타 금속 가공제품 제조업,259,"
                                    "\"단조품,\n자동차용 주물제품; 외\",전라북도,http://x.kr,2007-10-09\n",
                             &site, &problems),
                     ST_OK);
    assert_true(str_eq(text_at(&site, "org", "name"), STR("가나, \"금속\"")));
    assert_true(str_eq(text_at(&site, "org", "kind"), STR("listed_maker")));
    assert_true(str_eq(text_at(&site, "site", "ref"), STR("KRX-000001")));
    assert_true(str_eq(text_at(&site, "site", "name"), STR("본사")));
    assert_true(str_eq(text_at(&site, "site", "region"), STR("KR.52")));
    const struct json *capabilities = json_get(&site, STR("capabilities"));
    assert_int_equal(capabilities->n, 2);
    assert_true(str_eq(json_get(&capabilities->items[1], STR("ref"))->text, STR("KRX-000001-2")));
    assert_true(str_eq(json_get(&capabilities->items[1], STR("process"))->text, STR("CASTING")));
    assert_true(str_eq(json_get(&capabilities->items[0], STR("evidence"))->text, STR("self")));
}

static void test_krx_row_with_blanks(void **state)
{
    (void)state;
    struct json site;
    struct problem_list problems;
    assert_int_equal(site_of(HEADER ",나다,,,,,Atlantis,,\n", &site, &problems), ST_OK);
    assert_int_equal(json_get(&site, STR("capabilities"))->n, 0);
    assert_null(json_get(json_get(&site, STR("site")), STR("ref")));
    assert_null(json_get(json_get(&site, STR("site")), STR("region")));
    assert_int_equal(site_of(HEADER "1,나다,,,,,홍콩,,\n", &site, &problems), ST_OK);
    assert_true(str_eq(text_at(&site, "site", "region"), STR("HK")));
    assert_int_equal(site_of(HEADER "000002, ,KOSPI,,,단조품,,,\n", &site, &problems), ST_INVALID);
    assert_int_equal(problems.v[0].code, PROBLEM_MISSING);
}

static const char *shared_file(void)
{
    const char *folder = getenv("PPURI_SHARED");
    return arena_printf(&arena, "%s/data/suppliers/krx_listed_manufacturing.csv", folder ? folder : "../shared").p;
}

static bool forges(const struct site *site)
{
    uint32_t forging = 0;
    bool found = false;
    assert_true(tree_find(&vocab.processes, STR("FORMING.FORGING"), &forging));
    for (size_t i = 0; i < site->capabilities.n; i++)
        found |= tree_below(&vocab.processes, site->capabilities.v[i].process, forging);
    return found && site->place.region != NODE_NONE;
}

static void print_bad_line(void *arg, size_t line, const struct problem *problem)
{
    (void)arg;
    print_error("line %zu: " STR_FMT "\n", line, STR_ARG(problem_text(&arena, problem, false)));
}

/* The whole list through krx_site and then through the reader that every site goes through. */
static void read_list(struct str text, struct supply *supply)
{
    struct csv_table t;
    struct krx krx;
    struct problem_list problems;
    struct line_report report = {print_bad_line, NULL};
    size_t bad_line, bad_lines;
    AUTO_BUF lines;
    buf_init(&lines, 16 << 20);
    assert_int_equal(csv_read(&arena, text, &t, &bad_line), ST_OK);
    assert_true(krx_recognises(&t.v[0]));
    krx_open(&arena, &infer, &t.v[0], &krx);
    problem_list_init(&problems, &arena);
    for (size_t i = 1; i < t.n; i++)
        assert_int_equal(krx_site(&arena, &krx, &t.v[i], &lines, &problems), ST_OK);
    supply_read_lines(&arena, &vocab, arena_str(&arena, buf_str(&lines)), &report, supply, &bad_lines);
    assert_int_equal(bad_lines, 0);
}

static void test_the_real_list(void **state)
{
    (void)state;
    struct str text;
    if (file_read(&arena, shared_file(), 16 << 20, &text) != ST_OK) {
        const char *ci = getenv("CI");
        print_message("%s is not there: skipped\n", shared_file());
        assert_false(ci && strcmp(ci, "true") == 0);
        skip();
    }
    struct supply supply = {NULL, 0, 0};
    size_t with_process = 0, capabilities = 0, with_region = 0, forging = 0;
    read_list(text, &supply);
    for (size_t i = 0; i < supply.n; i++) {
        const struct site *site = supply.v[i];
        bool named = str_eq(site->org.name, STR("포메탈")) || str_eq(site->org.name, STR("태웅"));
        with_process += site->capabilities.n > 0;
        capabilities += site->capabilities.n;
        with_region += site->place.region != NODE_NONE;
        forging += named && forges(site);
    }
    print_message("%zu firms, %zu with a process, %zu capabilities, %zu with a region\n", supply.n, with_process,
                  capabilities, with_region);
    assert_int_equal(supply.n, 1216);
    assert_int_equal(with_region, 1215);
    assert_true(with_process >= 150);
    assert_int_equal(forging, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_that_name_a_process),
        cmocka_unit_test(test_texts_that_name_none),
        cmocka_unit_test(test_industry_names),
        cmocka_unit_test(test_words_and_industries),
        cmocka_unit_test(test_krx_row),
        cmocka_unit_test(test_krx_row_with_blanks),
        cmocka_unit_test(test_the_real_list),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
