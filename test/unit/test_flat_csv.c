/* Flat CSV: both directions, both languages, every encoding, and what a bad row says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/encoding.h"
#include "base/utf8.h"
#include "feature/directory/duplicates.h"
#include "feature/directory/flat_csv.h"
#include "feature/directory/region_words.h"
#include "feature/need/need_csv.h"
#include "match/criterion.h"
#include "match/supply_write.h"

static struct arena arena;
static struct vocab vocab;
static struct infer infer;

static int load(void **state)
{
    (void)state;
    struct str why;
    arena_init(&arena, 256U << 20);
    return vocab_load(&arena, embedded_vocab, &vocab, &why) != ST_OK ||
           infer_load(&arena, &vocab, embedded_vocab, &infer, &why) != ST_OK;
}

static int unload(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

/* Problems as "line field word", one a line. */
static struct buf told;

static void tell(void *arg, size_t line, const struct problem *p)
{
    (void)arg;
    buf_printf(&told, "%zu " STR_FMT " %s\n", line, STR_ARG(p->field), problem_word(p->code));
}

static const struct line_report report = {tell, NULL};

static void read_sites(struct str text, struct supply *out, size_t *bad_lines)
{
    struct csv_table table;
    size_t bad_line;
    struct str source, decoded;
    const struct import_options options = {.vocab = &vocab, .infer = &infer, .report = &report};
    struct format_run run = {.arena = &arena, .options = &options};
    *out = (struct supply){NULL, 0, 0};
    buf_clear(&told);
    supply_reader_init(&run.reader, &arena, &vocab, &report, out);
    assert_int_equal(encoding_to_utf8(&arena, text, &decoded), ST_OK);
    assert_int_equal(csv_read_separated(&arena, decoded, csv_separator(decoded), &table, &bad_line), ST_OK);
    assert_true(format_read(&run, &table, &source));
    *bad_lines = run.reader.bad_lines;
}

static struct str json_of(const struct supply *s)
{
    AUTO_BUF out;
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < s->n; i++) {
        struct json_out j;
        jout_init(&j, &out);
        supply_write_site(&arena, &vocab, &j, s->v[i]);
        buf_add_byte(&out, '\n');
    }
    return arena_str(&arena, buf_str(&out));
}

static struct str csv_of(const struct supply *s, bool korean)
{
    AUTO_BUF out;
    buf_init(&out, 1 << 20);
    flat_put_header(&site_columns, korean, &out);
    for (size_t i = 0; i < s->n; i++)
        flat_site_write(&arena, &vocab, s->v[i], &out);
    return arena_str(&arena, buf_str(&out));
}

static void assert_text(struct str got, const char *want)
{
    assert_string_equal(arena_c(&arena, got), want);
}

static const char full[] =
    "{\"org\":{\"reg_no\":\"314-81-00000\",\"name\":\"=SUM(A1)\",\"name_en\":\"-\",\"kind\":\"'x\"},"
    "\"site\":{\"ref\":\"S-1\",\"name\":\"본사, 1공장\",\"address\":\"줄\\n바꿈 "
    "\\\"따옴표\\\"\",\"region\":\"KR.30.200\","
    "\"lat\":-36.42,\"lon\":127.39},\"certificates\":[{\"code\":\"AS9100\",\"until\":\"2027-05-31\"},{\"code\":"
    "\"ISO9001\"}],"
    "\"capabilities\":[{\"ref\":\"C-1\",\"process\":\"HEAT.VACUUM\",\"materials\":[\"TITANIUM\",\"STEEL.ALLOY.SCM440\"]"
    ","
    "\"size_mm\":[900,1200],\"mass_kg\":{\"max\":900.5},\"thickness_mm\":{\"min\":0.5,\"max\":300},"
    "\"layer_um\":{\"min\":200,\"max\":1500},\"force_t\":{\"max\":850},\"tolerance\":{\"it\":7,\"at_mm\":50},\"ra_um\":"
    "0.8,"
    "\"hardness\":{\"scale\":\"HRC\",\"min\":20,\"max\":62},\"batch\":{\"min\":1,\"max\":5000},\"free_per_month\":2000,"
    "\"free_kg_per_month\":30000,\"lead_days\":0,\"price\":{\"setup_won\":300000,\"per_piece_won\":0.1,"
    "\"per_kg_won\":1e+20},\"energy_kwh_per_kg\":1.9,\"standards\":[\"AMS|2801\",\"a\\\\b\"],\"tags\":[\"-\"],"
    "\"industries\":[\"AEROSPACE\"],\"evidence\":\"document\",\"text\":\"@진공로; 탭\\t끝\"},"
    "{\"ref\":\"C-2\",\"process\":\"HEAT\",\"tolerance\":{\"mm\":0.01},\"text\":\"''a\"}]}\n"
    "{\"org\":{\"name\":\"빈 곳\"},\"site\":{\"ref\":\"S-2\",\"name\":\"본사\"},\"certificates\":[]}\n"
    "{\"org\":{\"name\":\"모름\"},\"site\":{\"ref\":\"S-3\",\"name\":\"본사\"}}\n";

static void every_field_goes_out_and_back(void **state)
{
    (void)state;
    struct supply first = {NULL, 0, 0}, again;
    size_t bad;
    supply_read_lines(&arena, &vocab, str_c(full), &report, &first, &bad);
    assert_int_equal(bad, 0);
    assert_text(json_of(&first), full);
    for (int korean = 0; korean < 2; korean++) {
        struct str csv = csv_of(&first, korean);
        read_sites(csv, &again, &bad);
        assert_text(buf_str(&told), "");
        assert_int_equal(bad, 0);
        assert_text(json_of(&again), full);
        assert_text(csv_of(&again, korean), arena_c(&arena, csv));
    }
}

static void formulas_are_made_harmless(void **state)
{
    (void)state;
    struct supply sites = {NULL, 0, 0};
    size_t bad;
    supply_read_lines(&arena, &vocab, str_c(full), &report, &sites, &bad);
    struct str csv = csv_of(&sites, false);
    assert_true(str_find(csv, STR(",'=SUM(A1),'-,''x,")) > 0);
    assert_true(str_find(csv, STR(",-36.42,127.39,AS9100@2027-05-31|ISO9001,")) > 0);
    assert_true(str_find(csv, STR(",'-,AEROSPACE,document,\"'@")) > 0);
    assert_true(str_find(csv, STR(",본사,,,,,-,")) > 0);
}

/* The same two sites in every dress. */
static const char rows_en[] = "org_name,site_name,site_region,certificates,process,size_mm_1,size_mm_2,mass_kg_max\n"
                              "가나열처리,본사,KR.30.200,AS9100@2027-05-31|ISO9001,HEAT.VACUUM,900,1200,900\n"
                              "다라도금,공장,,-,SURFACE.PLATING,,,\n"
                              "가나열처리,본사,,,HEAT.ANNEAL,,,-\n";
static const char rows_json[] =
    "{\"org\":{\"name\":\"가나열처리\"},\"site\":{\"name\":\"본사\",\"region\":\"KR.30.200\"},\"certificates\":[{"
    "\"code\":"
    "\"AS9100\",\"until\":\"2027-05-31\"},{\"code\":\"ISO9001\"}],\"capabilities\":[{\"process\":\"HEAT.VACUUM\","
    "\"size_mm\":[900,1200],\"mass_kg\":{\"max\":900}},{\"process\":\"HEAT.ANNEAL\"}]}\n"
    "{\"org\":{\"name\":\"다라도금\"},\"site\":{\"name\":\"공장\"},\"certificates\":[],\"capabilities\":[{\"process\":"
    "\"SURFACE.PLATING\"}]}\n";

static void assert_rows(struct str text)
{
    struct supply sites;
    size_t bad;
    read_sites(text, &sites, &bad);
    assert_text(buf_str(&told), "");
    assert_text(json_of(&sites), rows_json);
}

static struct str replaced(struct str s, char from, char to)
{
    char *out = arena_alloc(&arena, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        out[i] = s.p[i] == from ? to : s.p[i];
    return str_n(out, s.n);
}

static void every_dress_is_read(void **state)
{
    (void)state;
    struct str en = str_c(rows_en);
    struct str ko =
        arena_printf(&arena, "기업명,사업장 명,지역코드,인증,공정,최대크기1_mm,최대크기2 mm,최대중량_KG\n%s",
                     strchr(rows_en, '\n') + 1);
    assert_rows(en);
    assert_rows(ko);
    assert_rows(arena_printf(&arena, "\xef\xbb\xbf" STR_FMT, STR_ARG(ko)));
    assert_rows(replaced(en, ',', ';'));
    assert_rows(replaced(ko, ',', '\t'));
    assert_rows(arena_printf(&arena,
                             "Org Name,Site-Name,SITE_REGION,Certificates,capability_process,size_mm_1,size_mm_2,"
                             "mass.kg.max\r\n%s",
                             strchr(rows_en, '\n') + 1));
}

/* "기업명,사업장명,공정\n가나,본사,HEAT\n" as Korean spreadsheets save it. */
static const char cp949[] = "\xb1\xe2\xbe\xf7\xb8\xed,\xbb\xe7\xbe\xf7\xc0\xe5\xb8\xed,\xb0\xf8\xc1\xa4\n"
                            "\xb0\xa1\xb3\xaa,\xba\xbb\xbb\xe7,HEAT\n";

static void cp949_is_read(void **state)
{
    (void)state;
    struct supply sites;
    size_t bad;
    struct str out;
    read_sites(str_c(cp949), &sites, &bad);
    assert_text(json_of(&sites),
                "{\"org\":{\"name\":\"가나\"},\"site\":{\"name\":\"본사\"},\"capabilities\":[{\"process\":"
                "\"HEAT\"}]}\n");
    assert_int_equal(encoding_to_utf8(&arena, STR("\xff\xff"), &out), ST_INVALID);
    assert_int_equal(encoding_to_utf8(&arena, STR("\xb0\xa1\xb3"), &out), ST_INVALID);
    assert_int_equal(encoding_to_utf8(&arena, STR("\xef\xbb\xbf\xb0\xa1"), &out), ST_INVALID);
    assert_int_equal(encoding_to_utf8(&arena, STR("a\0b"), &out), ST_INVALID);
    assert_int_equal(encoding_to_utf8(&arena, STR(""), &out), ST_OK);
}

struct bad_file {
    const char *text;
    size_t sites; /* good ones */
    const char *told;
};

static const struct bad_file bad_files[] = {
    {"org_name,site_name,process,mass\nA,B,HEAT,1\n", 0, "1 mass unknown_field\n"},
    {"org_name,site_name,process,Process\nA,B,HEAT,HEAT\n", 0, "1 Process unknown_field\n"},
    {"org_name,site_name,process\nA,B,NO.SUCH\nC,D,HEAT\n", 1, "2 process unknown_code\n"},
    {"org_name,site_name,process\nA,,HEAT\n", 0, "2 site_name missing\n"},
    {"기업명,사업장명,공정\n,B,HEAT\n", 0, "2 기업명 missing\n"},
    {"기업명,사업장명,설명\nA,B,뭐든\n", 0, "2 공정 missing\n"},
    {"org_name,site_name,process,mass_kg_min,mass_kg_max\nA,B,HEAT,1,2\nA,B,HEAT,9,2\n", 0, "3 mass_kg_min order\n"},
    {"org_name,site_name,process,mass_kg_max\nA,B,HEAT,무거움\n", 0, "2 mass_kg_max type\n"},
    {"org_name,site_name,process,mass_kg_max\nA,B,HEAT,\"1,200\"\n", 0, "2 mass_kg_max type\n"},
    {"org_name,site_name,process,mass_kg_max\nA,B,HEAT,0\n", 0, "2 mass_kg_max range\n"},
    {"org_name,site_name,process,size_mm_1\nA,B,HEAT,5\n", 0, "2 size_mm_1 count\n"},
    {"org_name,site_name,process,size_mm_1,size_mm_2,size_mm_3\nA,B,HEAT,5,,7\n", 0, "2 size_mm_1 type\n"},
    {"org_name,site_name,process,tolerance_it,tolerance_mm\nA,B,HEAT,7,0.1\n", 0, "2 tolerance_it conflict\n"},
    {"org_name,site_name,process,certificates\nA,B,HEAT,AS9100@tomorrow\n", 0, "2 certificates date\n"},
    {"org_name,site_name,process,certificates\nA,B,HEAT,AS9100\nA,B,HEAT,ISO9001\n", 0, "3 certificates conflict\n"},
    {"site_ref,org_name,site_name,process\nS-1,A,B,HEAT\nS-2,A,B,HEAT\nS-1,A,C,HEAT\n", 1, "4 site_name conflict\n"},
    {"org_name,site_name,ref,process\nA,B,C-1,HEAT\nC,D,C-1,HEAT\n", 1, "3 ref duplicate\n"},
    {"org_name,site_name,process\nA,B,HEAT,5\n", 0, "2  count\n"},
    {"org_name,site_name,site_lat,site_lon,process\nA,B,91,127,HEAT\n", 0, "2 site_lat range\n"},
    {"org_name,site_name,site_lat,process\nA,B,36,HEAT\n", 0, "2 site_lon missing\n"},
    {"org_name,site_name,process,evidence\nA,B,HEAT,hearsay\n", 0, "2 evidence unknown_code\n"},
};

static void bad_rows_say_where(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_files / sizeof bad_files[0]; i++) {
        struct supply sites;
        size_t bad;
        read_sites(str_c(bad_files[i].text), &sites, &bad);
        assert_text(buf_str(&told), bad_files[i].told);
        assert_int_equal(sites.n, bad_files[i].sites);
        assert_int_equal(bad, 1);
    }
}

static void rows_of_one_site_find_each_other(void **state)
{
    (void)state;
    static const char *const files[] = {
        "org_reg_no,org_name,site_name,process\n1,A,B,HEAT\n2,A,B,HEAT\n", /* two numbers, two sites */
        "org_reg_no,org_name,site_name,process\n1,A,B,HEAT\n,C,B,HEAT\n1,A,B,HEAT\n",
        "site_ref,org_name,site_name,process\nS-1,A,B,HEAT\nS-2,A,B,HEAT\n",
        "site_ref,org_name,site_name,process\nS-1,A,B,HEAT\n,A,C,HEAT\n,A,B,HEAT\n",
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct supply sites;
        size_t bad;
        read_sites(str_c(files[i]), &sites, &bad);
        assert_text(buf_str(&told), "");
        assert_int_equal(sites.n, 2);
    }
}

static struct str need_json(const char *text)
{
    struct csv_table table;
    size_t bad_line;
    struct need_csv csv;
    struct str out = STR("");
    assert_int_equal(csv_read(&arena, str_c(text), &table, &bad_line), ST_OK);
    assert_true(need_csv_read(&arena, &table, &csv));
    for (size_t i = 0; i < csv.n; i++)
        out = arena_printf(&arena, STR_FMT STR_FMT "\n", STR_ARG(out), STR_ARG(csv.v[i].json));
    return out;
}

static void needs_go_out_and_back(void **state)
{
    (void)state;
    static const char body[] =
        "{\"ref\":\"N-1\",\"title\":\"-x\",\"created\":\"2026-11-22\",\"industry\":[\"AEROSPACE\"],\"due\":\"2027-03-"
        "31\","
        "\"deliver_to\":{\"region\":\"KR.30\",\"lat\":36.35,\"lon\":127.38},\"steps\":[{\"process\":\"HEAT\",\"part_"
        "mm\":[300,"
        "120],\"layer_um\":{\"min\":5,\"max\":9},\"quantity\":50,\"quantity_per\":\"order\",\"certificates\":[{"
        "\"code\":"
        "\"AS9100\",\"need\":\"must\"},{\"code\":\"ISO9001\"}],\"place\":{\"regions\":[\"KR.30\"],\"max_km\":80},"
        "\"need\":{"
        "\"roughness\":\"prefer\"},\"weights\":{\"place\":20}},{\"process\":\"MACHINING\",\"layer_um\":12}]}";
    for (int korean = 0; korean < 2; korean++) {
        AUTO_BUF csv;
        buf_init(&csv, 1 << 16);
        flat_put_header(&need_columns, korean, &csv);
        need_csv_write(&arena, str_c(body), &csv);
        assert_text(need_json(arena_c(&arena, buf_str(&csv))), arena_printf(&arena, "%s\n", body).p);
    }
    assert_text(need_json("title,step,process\nx,2,HEAT\ny,,HEAT\nx,1,MACHINING\n"),
                "{\"title\":\"x\",\"steps\":[{\"process\":\"MACHINING\"},{\"process\":\"HEAT\"}]}\n"
                "{\"title\":\"y\",\"steps\":[{\"process\":\"HEAT\"}]}\n");
    assert_text(
        need_json("bidNtceNo,bidNtceOrd,bidNtceNm,dminsttNm,bidNtceDt,process\nR1,000,부품,x,20260518,HEAT\n"),
        "{\"ref\":\"G2B-R1-000\",\"title\":\"부품\",\"created\":\"2026-05-18\",\"steps\":[{\"process\":\"HEAT\"}]}\n");
    assert_text(need_json("pblancId,pblancNm,creatPnttm\nPBLN_1,공고,2026-02-24 10:00\n"),
                "{\"ref\":\"PBLN_1\",\"title\":\"공고\",\"created\":\"2026-02-24\"}\n");
}

static void check_table(const struct flat_table *t)
{
    struct map headings;
    bool item = false;
    map_init(&headings, &arena);
    assert_true(t->n <= FLAT_COLUMNS_MAX);
    for (size_t i = 0; i < t->n; i++) {
        assert_true(map_add(&headings, utf8_fold_tight(&arena, str_c(t->v[i].en)), 0));
        assert_true(map_add(&headings, utf8_fold_tight(&arena, str_c(t->v[i].ko)), 0) ||
                    strcmp(t->v[i].en, t->v[i].ko) == 0);
        item |= t->v[i].scope == FLAT_ITEM;
        assert_true(item || i < FLAT_HEADS_MAX);
        assert_true(!item || t->v[i].scope == FLAT_ITEM);
    }
}

static void tables_hold_together(void **state)
{
    (void)state;
    check_table(&site_columns);
    check_table(&need_columns);
    struct csv_row row = {0};
    struct flat_header h;
    flat_match(&arena, &need_columns, &row, &h);
    size_t levels = 0, weights = 0, settable = 0;
    for (size_t i = 0; i < need_columns.n; i++) {
        enum criterion_kind kind;
        enum score_row score;
        struct str path = str_c(need_columns.v[i].path);
        levels += str_starts(path, STR("need.")) && criterion_by_need_key(str_drop(path, 5), &kind);
        weights += str_starts(path, STR("weights.")) && score_row_by_key(str_drop(path, 8), &score);
    }
    for (int i = 0; i < CRITERION_COUNT; i++) {
        enum criterion_kind kind;
        settable += criterion_by_need_key(str_c(criterion_word((enum criterion_kind)i)), &kind);
    }
    assert_int_equal(levels, settable);
    assert_int_equal(weights, SCORE_ROW_COUNT);
}

static void foreign_lists_are_known(void **state)
{
    (void)state;
    struct supply sites;
    size_t bad;
    read_sites(STR("시도명,시군구명,회사명,생산품,업종명,공장주소,공장관리번호\n"
                   "대전광역시,유성구,㈜가나,단조품,금속단조제품 제조업,대전광역시 유성구 테크노2로 1,301\n"
                   "대전광역시,유성구,㈜가나,열처리품,,대전광역시 유성구 테크노2로 1,301\n"),
               &sites, &bad);
    assert_int_equal(sites.n, 1);
    assert_text(sites.v[0]->ref, "F-301");
    assert_text(vocab.regions.v[sites.v[0]->place.region].code, "KR.30.200");
    assert_int_equal(sites.v[0]->capabilities.n, 2);
    read_sites(STR("cmpnyNm,rnAdres,fctryManageNo,mainProductCn\n다라,경상남도 창원시 성산구 1,302\n"
                   "마바,어딘가,303,-\n"),
               &sites, &bad);
    assert_int_equal(sites.n, 1 + (bad == 0));
    read_sites(STR("name,address,town,postal_code,country,nuts,cpv_codes,evidence_notices,evidence_titles\n"
                   "Groupement X / Y,,Lyon,69000,FR,FR1,71632200|50433000,1-2020,Essais\nN/A,,,,FR,,,,\n"),
               &sites, &bad);
    assert_int_equal(sites.n, 1);
    assert_int_equal(bad, 1);
    assert_text(buf_str(&told), "3 name missing\n");
    assert_text(
        json_of(&sites),
        "{\"org\":{\"name\":\"Groupement X / Y\",\"kind\":\"joint_venture\"},\"site\":{\"name\":\"Lyon\",\"address\":"
        "\"69000 Lyon\",\"region\":\"FR\"},\"capabilities\":[{\"process\":\"INSPECTION.NDT\",\"evidence\":\"document\","
        "\"text\":\"Essais\"},{\"process\":\"INSPECTION.CALIBRATION\",\"evidence\":\"document\",\"text\":\"Essais\"}]}"
        "\n");
}

static void places_are_found_in_words(void **state)
{
    (void)state;
    static const char *const places[][2] = {
        {"대전광역시 유성구 테크노2로 1", "KR.30.200"},
        {"Jung-gu, Daegu", "KR.27.110"},
        {"Seoul", "KR.11"},
        {"Buk-gu Gwangju-si", "KR"},
        {"경기도 화성시", "KR.41.590"},
        {"어딘가", "KR"},
    };
    struct region_words words;
    region_words_open(&arena, &vocab.regions, &words);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct str text = str_c(places[i][0]);
        assert_text(vocab.regions.v[region_in_korea(&words, &arena, &text, 1)].code, places[i][1]);
    }
}

static void legal_forms_do_not_tell_firms_apart(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        {"㈜한빛열처리", "한빛열처리 주식회사"}, {"(주) 한빛 열처리", "주식회사한빛열처리"},
        {"Hanbit Co., Ltd.", "HANBIT"},          {"Hanbit Inc", "Hanbit GmbH"},
        {"Nova S.p.A.", "Nova S. p. A."},        {"유한회사 가나", "가나(유)"},
    };
    static const char *const apart[][2] = {
        {"한빛", "한빛열처리"}, {"ASA Metal", "Metal"}, {"Co", "Ltd"}, {"주식회사", "(주)"}};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        assert_text(org_name_key(&arena, str_c(same[i][0])), arena_c(&arena, org_name_key(&arena, str_c(same[i][1]))));
    for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++)
        assert_false(str_eq(org_name_key(&arena, str_c(apart[i][0])), org_name_key(&arena, str_c(apart[i][1]))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_goes_out_and_back),
        cmocka_unit_test(formulas_are_made_harmless),
        cmocka_unit_test(every_dress_is_read),
        cmocka_unit_test(cp949_is_read),
        cmocka_unit_test(bad_rows_say_where),
        cmocka_unit_test(rows_of_one_site_find_each_other),
        cmocka_unit_test(needs_go_out_and_back),
        cmocka_unit_test(tables_hold_together),
        cmocka_unit_test(foreign_lists_are_known),
        cmocka_unit_test(places_are_found_in_words),
        cmocka_unit_test(legal_forms_do_not_tell_firms_apart),
    };
    buf_init(&told, 1 << 16);
    int failed = cmocka_run_group_tests_name("flat_csv", tests, load, unload);
    buf_release(&told);
    return failed;
}
