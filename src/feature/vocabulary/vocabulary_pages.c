/* GET /vocab and GET /vocab/:list: the lists of words, to browse and to search in. One page stays well under 200 KB. */
#include "feature/vocabulary/vocabulary_page.h"

#include "views/vocabulary.h"

enum { TREE_NODES_MAX = 700, FOUND_MAX = 100, NEAR_MAX = 8 };

enum status vocab_index(struct req *q);
enum status vocab_list_page(struct req *q);

struct msg list_title(enum vocab_list list)
{
    __extension__ static const struct msg titles[VOCAB_LISTS] = {T("공정 목록"), T("재질 목록"), T("인증 목록"),
                                                                 T("산업 목록"), T("지역 목록")};
    return titles[list];
}

static struct msg list_what(enum vocab_list list)
{
    __extension__ static const struct msg what[VOCAB_LISTS] = {
        T("뿌리기술 14개 분야와 시험·검사, 조립의 현장 공정 이름입니다."),
        T("재질의 계열, 종류, 규격 기호와 나라별 대응 재질입니다."),
        T("품질·환경·제품·보안 인증과 서로 포함하는 관계입니다."),
        T("부품이 쓰이는 산업입니다."),
        T("시도와 시군구, 그리고 나라입니다."),
    };
    return what[list];
}

static struct url list_url(struct req *q, enum vocab_list list, struct str branch)
{
    struct query u;
    query_init(&u, q->arena, STR("/vocab"));
    query_segment(&u, str_c(vocab_list_name(list)));
    query_str(&u, "branch", branch);
    return query_url(&u);
}

struct entry_ref entry_ref_of(struct req *q, enum vocab_list list, uint32_t node, struct str note)
{
    const struct tree *tree = vocab_tree(q->app->vocab, list);
    const struct tree_node *n = &tree->v[node];
    struct query u;
    query_init(&u, q->arena, STR("/vocab"));
    query_segment(&u, str_c(vocab_list_name(list)));
    query_segment(&u, n->code);
    struct str name = tree_name(tree, node, q->korean), other = tree_name(tree, node, !q->korean);
    return (struct entry_ref){.name = name,
                              .other = str_eq(name, other) ? STR("") : other,
                              .other_lang = q->korean ? STR("en") : STR("ko"),
                              .code = n->code,
                              .url = query_url(&u),
                              .note = note,
                              .below = (int64_t)(n->end - node - 1)};
}

static void add_hits(struct req *q, const struct suggest_hits *hits, struct entry_ref_list *out)
{
    for (size_t i = 0; i < hits->n; i++) {
        const struct suggest_hit *h = &hits->v[i];
        struct str path = entry_path(q->arena, vocab_tree(q->app->vocab, h->list), h->node, q->korean);
        struct entry_ref ref = entry_ref_of(q, h->list, h->node, path);
        if (h->kind == LOOKUP_SYNONYM)
            ref.note = arena_printf(q->arena, STR_FMT " = " STR_FMT, STR_ARG(h->word), STR_ARG(path));
        VEC_PUSH(q->arena, out, ref);
    }
}

static void search(struct req *q, enum vocab_list list, struct entry_search *out)
{
    struct str typed = utf8_head(str_trim(request_query(q->http, STR("q"))), SUGGEST_QUERY_CHARS_MAX);
    out->q = typed;
    if (!typed.n)
        return;
    out->asked = true;
    struct suggest_hits hits;
    struct suggest_question question = {typed, list, FOUND_MAX};
    suggest_find(&q->app->words->suggest, q->arena, &question, &hits);
    add_hits(q, &hits, &out->found);
    if (hits.n)
        return;
    question.limit = NEAR_MAX;
    suggest_near(&q->app->words->suggest, q->arena, &question, &hits);
    add_hits(q, &hits, &out->near);
}

static void add_list_line(struct req *q, enum vocab_list list, struct list_lines *out)
{
    const struct tree *tree = vocab_tree(q->app->vocab, list);
    struct list_line *line = VEC_ADD(q->arena, out);
    *line = (struct list_line){.name = list_title(list),
                               .what = list_what(list),
                               .url = list_url(q, list, STR("")),
                               .entries = (int64_t)tree->n};
    for (uint32_t i = 0; i < tree->n; i++)
        line->words += (int64_t)tree->v[i].synonyms.n;
}

enum status vocab_index(struct req *q)
{
    struct vocab_page page = {.version = q->app->vocab->version};
    for (int i = 0; i < VOCAB_LISTS; i++)
        add_list_line(q, (enum vocab_list)i, &page.lists);
    struct query u;
    query_init(&u, q->arena, STR("/vocab"));
    page.search.action = query_url(&u);
    search(q, VOCAB_LISTS, &page.search);
    struct page frame;
    req_page(q, T("용어집"), &frame);
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    vocab_index_view(&v, &frame, &page);
    return req_view_end(q, &v);
}

static void add_tree(struct req *q, enum vocab_list list, uint32_t from, uint32_t end, struct entry_branches *out)
{
    const struct tree *tree = vocab_tree(q->app->vocab, list);
    for (uint32_t i = from; i < end; i = tree->v[i].end) {
        struct entry_branch *b = VEC_ADD(q->arena, out);
        b->entry = entry_ref_of(q, list, i, STR(""));
        add_tree(q, list, i + 1, tree->v[i].end, &b->children);
    }
}

/* Where the reader goes on: to a branch that has more below it, or to the entry itself. */
static void add_branches(struct req *q, enum vocab_list list, uint32_t from, uint32_t end, struct entry_ref_list *out)
{
    const struct tree *tree = vocab_tree(q->app->vocab, list);
    for (uint32_t i = from; i < end; i = tree->v[i].end) {
        struct entry_ref ref = entry_ref_of(q, list, i, STR(""));
        if (ref.below)
            ref.url = list_url(q, list, ref.code);
        VEC_PUSH(q->arena, out, ref);
    }
}

static enum status fill_list(struct req *q, enum vocab_list list, struct list_page *page)
{
    const struct tree *tree = vocab_tree(q->app->vocab, list);
    struct str code = request_query(q->http, STR("branch"));
    uint32_t branch, from = 0, end = (uint32_t)tree->n;
    if (code.n) {
        if (!vocab_find(q->app->vocab, tree, code, &branch))
            return ST_NOT_FOUND;
        page->in_branch = true;
        page->branch = entry_ref_of(q, list, branch, STR(""));
        from = branch + 1;
        end = tree->v[branch].end;
    }
    if (end - from > TREE_NODES_MAX)
        add_branches(q, list, from, end, &page->branches);
    else
        add_tree(q, list, from, end, &page->tree);
    return ST_OK;
}

/* From the index down to the branch. */
static struct link_list crumbs(struct req *q, enum vocab_list list)
{
    const struct tree *tree = vocab_tree(q->app->vocab, list);
    VEC(struct link) up = {NULL, 0, 0};
    struct query u;
    query_init(&u, q->arena, STR("/vocab"));
    VEC_PUSH(q->arena, &up, ((struct link){.label = T("용어집"), .url = query_url(&u)}));
    VEC_PUSH(q->arena, &up, ((struct link){.label = list_title(list), .url = list_url(q, list, STR(""))}));
    uint32_t branch = NODE_NONE;
    if (!vocab_find(q->app->vocab, tree, request_query(q->http, STR("branch")), &branch)) {
        up.v[1].current = true;
        return (struct link_list){up.v, up.n};
    }
    for (uint32_t i = 0; i <= branch; i++)
        if (tree_below(tree, branch, i))
            VEC_PUSH(q->arena, &up,
                     ((struct link){.text = tree_name(tree, i, q->korean),
                                    .url = list_url(q, list, tree->v[i].code),
                                    .current = i == branch}));
    return (struct link_list){up.v, up.n};
}

enum status vocab_list_page(struct req *q)
{
    enum vocab_list list;
    if (!vocab_list_of(q->param, &list))
        return ST_NOT_FOUND;
    struct list_page page = {.name = list_title(list),
                             .what = list_what(list),
                             .list = q->param,
                             .version = q->app->vocab->version,
                             .entries = (int64_t)vocab_tree(q->app->vocab, list)->n};
    page.search.action = list_url(q, list, STR(""));
    page.search.list = q->param;
    search(q, list, &page.search);
    if (!page.search.asked)
        TRY(fill_list(q, list, &page));
    struct page frame;
    req_page(q, page.name, &frame);
    frame.crumbs = crumbs(q, list);
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    vocab_list_view(&v, &frame, &page);
    return req_view_end(q, &v);
}
