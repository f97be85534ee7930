/*
 * sample FOLDER: writes one page with the components in their states, in Korean and English, and the stylesheet beside
 * it, for looking at and for the validator. Invented data.
 */
#include "sample.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/embedded.h"
#include "html/url.h"
#include "i18n/i18n.h"
#include "views/sample_views.h"

__extension__ static const struct choice processes[] = {
    {STR("induction"), T("고주파 열처리"), {NULL, 0}},
    {STR("cnc"), {{NULL, 0}}, STR("CNC 선삭")},
};
const struct choice_list sample_processes = {processes, 2};

static struct url url(struct arena *a, const char *path)
{
    struct query q;
    query_init(&q, a, str_c(path));
    return query_url(&q);
}

static void fill_page(struct page *p, struct arena *a, const char *theme)
{
    static struct link menu[5];
    static struct language_link languages[2];
    static struct link crumbs[3];
    const struct msg labels[] = {T("수요·매칭"), T("기업·역량"), T("협의체"), T("지원·교육"), T("소식")};
    for (size_t i = 0; i < 5; i++)
        menu[i] = (struct link){.label = labels[i], .url = url(a, "/x"), .current = i == 0, .count = i == 2 ? 3 : 0};
    languages[0] = (struct language_link){STR("ko"), STR("한국어"), url(a, "/"), true};
    languages[1] = (struct language_link){STR("en"), STR("English"), url(a, "/en"), false};
    crumbs[0] = (struct link){.label = T("수요·매칭"), .url = url(a, "/needs")};
    crumbs[1] = (struct link){.text = STR("축 120개 <b>"), .url = url(a, "/needs/1")};
    crumbs[2] = (struct link){.label = T("결과"), .current = true};
    *p = (struct page){.title = T("결과"),
                       .council = STR("대전첨단뿌리산업협의체"),
                       .address = STR("대전광역시"),
                       .version = STR("0.1.0"),
                       .theme = str_c(theme),
                       .person = STR("김하늘"),
                       .notices = 4,
                       .official = true,
                       .css = url(a, ""),
                       .suggest = url(a, ""),
                       .home = url(a, "/"),
                       .search = url(a, "/search"),
                       .account = url(a, "/me"),
                       .privacy = url(a, "/privacy"),
                       .terms = url(a, "/terms"),
                       .menu = {menu, 5},
                       .languages = {languages, 2},
                       .crumbs = {crumbs, 3}};
    p->css.s = STR("ppuri.css"); /* beside the page, for opening it from a folder */
}

static void fill_rows(struct sample *s, struct arena *a)
{
    static const char *const firms[] = {"한빛정밀", "대덕열처리(주)", "금강기계", "유성하이테크 <script>", "갑천금속"};
    static const char *const sites[] = {"대전 대덕구 문평동", "대전 유성구 탑립동", "세종 연동면", "대전 유성구 관평동",
                                        "충북 옥천군"};
    s->n = 5;
    s->v = ARENA_ARRAY(a, s->n, struct sample_row);
    for (size_t i = 0; i < s->n; i++) {
        double k = (double)i;
        struct score score = {.n = 5,
                              .v = {{T("공정"), 30 - k * 2.1, 0},
                                    {T("크기"), 18 - k, 0},
                                    {T("인증"), 16 - k * 3, 0},
                                    {T("거리"), 14 - k * .8, 0},
                                    {T("납기"), 9.4 - k * .5, 0}}};
        for (size_t j = 0; j < score.n; j++)
            score.total += score.v[j].points;
        score_lay(&score);
        s->v[i] = (struct sample_row){
            .firm = str_c(firms[i]),
            .site = str_c(sites[i]),
            .url = url(a, "/firms/x"),
            .mine = i == 1,
            .score = score,
            .km = 4.2 + k * 7.35,
            .days = 9 + (int64_t)i * 3,
            .price = {8400000 + (int64_t)i * 1234500},
            .reasons = {{MARK_MEETS, STR("최대 600 mm")},
                        {i < 3 ? MARK_MEETS : MARK_NEAR, i < 3 ? STR("HRC 55–60") : STR("HRC 52까지")},
                        {i % 2 ? MARK_ASK : MARK_MEETS, i % 2 ? STR("AS9100 만료 확인") : STR("AS9100")},
                        {i == 4 ? MARK_OUT : MARK_MEETS, STR("")}}};
    }
}

static void fill_form(struct sample *s, struct arena *a)
{
    static struct pair pairs[] = {
        {{"title", 5}, {"축", 3}},
        {{"length", 6}, {"１．２ m", 11}},
        {{"budget", 6}, {"이천만", 9}},
        {{"due", 3}, {"2027-03-31", 10}},
        {{"detail", 6}, {"</textarea><script>alert(1)</script>", 36}},
        {{"sealed", 6}, {"1", 1}},
    };
    struct pair_list list = {pairs, 6, 6};
    struct problem_list problems;
    problem_list_init(&problems, a);
    need_form_init(&s->form);
    if (!need_form_read(&s->form, &(struct form_input){&list, a, &problems}))
        s->errors = form_errors(need_form_spec(), &s->form, a);
}

static void fill(struct sample *s, struct arena *a, const char *theme)
{
    static struct link tabs[4];
    const struct msg labels[] = {T("충족"), T("확인 필요"), T("아깝게 탈락"), T("해당 없음")};
    for (size_t i = 0; i < 4; i++)
        tabs[i] =
            (struct link){.label = labels[i], .url = url(a, "/x"), .current = i == 0, .count = (int64_t)(12 + i * 17)};
    fill_page(&s->page, a, theme);
    fill_rows(s, a);
    fill_form(s, a);
    s->tabs = (struct link_list){tabs, 4};
    s->pager = (struct pager){.next = url(a, "/next"), .shown = 5, .total = 1204};
    s->due = day_from_civil((struct civil){2027, 3, 31});
    s->empty = (struct empty_state){
        .why = {.msg = T("아직 받은 견적이 없습니다.")},
        .next = {.msg = T("마감은 {due}이며, 초대한 {invited}개사 중 {opened}개사가 요청서를 열어 보았습니다."),
                 .args = {{"due", value_moment((struct moment){1804237200000, 540})},
                          {"invited", value_int(6)},
                          {"opened", value_int(4)}},
                 .n = 3},
        .action = T("다시 알리기"),
        .url = url(a, "/remind")};
}

static void save(struct arena *a, const char *folder, const char *name, struct str s)
{
    FILE *f = fopen(arena_printf(a, "%s/%s", folder, name).p, "wb");
    if (!f || fwrite(s.p, 1, s.n, f) != s.n || fclose(f) != 0) {
        fprintf(stderr, "sample: cannot write %s/%s\n", folder, name);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: sample FOLDER\n");
        return 2;
    }
    AUTO_ARENA a;
    arena_init(&a, 16 << 20);
    static const char *const themes[] = {"light", "dark", "contrast"};
    for (int i = 0; i < 6; i++) {
        struct sample s = {0};
        fill(&s, &a, themes[i / 2]);
        AUTO_VIEW v;
        view_init(&v, i18n_locale(i % 2 ? LANGUAGE_EN : LANGUAGE_KO), 1 << 20);
        sample_page(&v, &s);
        if (view_status(&v) != ST_OK)
            return 1;
        save(&a, argv[1], arena_printf(&a, "%s.%s.html", themes[i / 2], i % 2 ? "en" : "ko").p, view_html(&v).s);
    }
    save(&a, argv[1], "ppuri.css", str_n((const char *)embedded_assets[0].plain.bytes, embedded_assets[0].plain.n));
    return 0;
}
