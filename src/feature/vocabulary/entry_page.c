/* GET /vocab/:list/:code: one entry, what it leads to and how many firms have it. */
#include "feature/vocabulary/vocabulary_page.h"

#include "feature/directory/snapshot.h"
#include "views/vocabulary.h"

enum status vocab_entry_page(struct req *q);

static struct msg relation_title(enum entry_relation relation)
{
    __extension__ static const struct msg titles[ENTRY_RELATIONS] = {
        T("이 공정을 하는 곳은 이것도 합니다"),
        T("이 공정까지 하는 공정입니다"),
        T("이 공정을 하는 곳에 물어볼 만한 공정입니다"),
        T("이 공정을 해 줄 수 있는지 물어볼 공정입니다"),
        T("같은 재질"),
        T("비슷한 재질"),
        T("대신 쓸 수 있는지 물어볼 재질"),
        T("이 인증이 포함하는 인증"),
        T("이 인증을 포함하는 인증"),
    };
    return titles[relation];
}

static bool any_below(const struct tree *tree, const uint32_t *nodes, size_t n, uint32_t node)
{
    for (size_t i = 0; i < n; i++)
        if (tree_below(tree, nodes[i], node))
            return true;
    return false;
}

static bool capability_has(const struct vocab *v, enum vocab_list list, const struct capability *c, uint32_t node)
{
    switch (list) {
    case LIST_PROCESSES:
        return tree_below(&v->processes, c->process, node);
    case LIST_MATERIALS:
        return any_below(&v->materials, c->materials.v, c->materials.n, node);
    case LIST_INDUSTRIES:
        return any_below(&v->industries, c->industries.v, c->industries.n, node);
    default:
        return false;
    }
}

static bool site_has(const struct req *q, enum vocab_list list, const struct site *s, uint32_t node)
{
    const struct vocab *v = q->app->vocab;
    if (list == LIST_REGIONS)
        return s->place.region != NODE_NONE && tree_below(&v->regions, s->place.region, node);
    for (size_t i = 0; list == LIST_CERTIFICATES && i < s->certificates.n; i++) {
        const struct held_certificate *held = &s->certificates.v[i];
        bool runs = !held->until.has || held->until.v.n >= q->today.n;
        if (runs && vocab_certificate_implies(v, held->certificate, node))
            return true;
    }
    for (size_t i = 0; i < s->capabilities.n; i++)
        if (capability_has(v, list, &s->capabilities.v[i], node))
            return true;
    return false;
}

void entry_count_firms(struct req *q, enum vocab_list list, uint32_t node, struct entry_page *page)
{
    struct snapshot *snapshot = snapshot_take(q->app->snapshots);
    struct map organisations;
    map_init(&organisations, q->arena);
    for (size_t i = 0; i < snapshot->supply.n; i++) {
        const struct site *s = snapshot->supply.v[i];
        if (!site_has(q, list, s, node))
            continue;
        page->sites++;
        page->organisations += map_add(&organisations, s->org.reg_no.n ? s->org.reg_no : s->org.name, 0);
    }
    snapshot_give(q->app->snapshots, snapshot);
}

static void fill_groups(struct req *q, enum vocab_list list, uint32_t node, struct entry_page *page)
{
    const struct tree *tree = vocab_tree(q->app->vocab, list);
    struct entry_links links;
    entry_links(q->arena, q->app->vocab, list, node, &links);
    for (size_t i = 0; i < links.n; i++) {
        const struct entry_link *l = &links.v[i];
        if (!i || links.v[i - 1].relation != l->relation)
            *VEC_ADD(q->arena, &page->groups) = (struct entry_group){.title = relation_title(l->relation)};
        struct str note = l->source;
        if (l->via != node)
            note = arena_printf(q->arena, STR_FMT ": " STR_FMT, STR_ARG(tree_name(tree, l->via, q->korean)),
                                STR_ARG(note));
        struct entry_group *group = &page->groups.v[page->groups.n - 1];
        struct entry_ref ref = entry_ref_of(q, list, l->other, note);
        ref.note_lang = q->korean && l->via == node ? STR("en") : STR("");
        VEC_PUSH(q->arena, &group->entries, ref);
    }
}

static void fill_below(struct req *q, enum vocab_list list, uint32_t node, struct entry_page *page)
{
    const struct tree *tree = vocab_tree(q->app->vocab, list);
    for (uint32_t i = node + 1; i < tree->v[node].end; i = tree->v[i].end)
        VEC_PUSH(q->arena, &page->below, entry_ref_of(q, list, i, STR("")));
}

static struct url match_url(struct req *q, struct str code)
{
    struct query u;
    query_init(&u, q->arena, STR("/"));
    query_str(&u, "process", code);
    return query_url(&u);
}

static struct link_list crumbs(struct req *q, enum vocab_list list, uint32_t node)
{
    const struct tree *tree = vocab_tree(q->app->vocab, list);
    VEC(struct link) up = {NULL, 0, 0};
    struct query u;
    query_init(&u, q->arena, STR("/vocab"));
    VEC_PUSH(q->arena, &up, ((struct link){.label = T("용어집"), .url = query_url(&u)}));
    query_segment(&u, str_c(vocab_list_name(list)));
    VEC_PUSH(q->arena, &up, ((struct link){.label = list_title(list), .url = query_url(&u)}));
    for (uint32_t i = 0; i <= node; i++) {
        if (!tree_below(tree, node, i))
            continue;
        struct entry_ref ref = entry_ref_of(q, list, i, STR(""));
        VEC_PUSH(q->arena, &up, ((struct link){.text = ref.name, .url = ref.url, .current = i == node}));
    }
    return (struct link_list){up.v, up.n};
}

/* The route hands on only its last name, the code; the list is the segment before it. */
enum status vocab_entry_page(struct req *q)
{
    enum vocab_list list;
    uint32_t node;
    const struct vocab *v = q->app->vocab;
    if (!vocab_list_of(q->http->uri.path.v[1], &list) || !vocab_find(v, vocab_tree(v, list), q->param, &node))
        return ST_NOT_FOUND;
    const struct tree_node *n = &vocab_tree(v, list)->v[node];
    struct entry_page page = {.entry = entry_ref_of(q, list, node, STR("")),
                              .list_name = list_title(list),
                              .version = v->version,
                              .synonyms = n->synonyms,
                              .who = {STR("")},
                              .match = {STR("")}};
    if (list == LIST_CERTIFICATES)
        page.certificate_kind = v->certificate_kind[node];
    if (list == LIST_MATERIALS) {
        page.has_density = v->density_kg_m3[node].has;
        page.density_kg_m3 = v->density_kg_m3[node].v;
    }
    if (list == LIST_PROCESSES)
        page.match = match_url(q, n->code);
    page.who = req_url(q, "/processes", n->code);
    fill_below(q, list, node, &page);
    fill_groups(q, list, node, &page);
    entry_count_firms(q, list, node, &page);
    struct page frame;
    req_page(q, (struct msg){STR("")}, &frame);
    struct str part = req_text(q, T("용어집"));
    frame.title_text = arena_printf(q->arena, STR_FMT " · " STR_FMT, STR_ARG(page.entry.name), STR_ARG(part));
    frame.crumbs = crumbs(q, list, node);
    AUTO_VIEW view;
    view_init(&view, q->locale, REQ_PAGE_BYTES_MAX);
    vocab_entry_view(&view, &frame, &page);
    return req_view_end(q, &view);
}
