/* Looks words, and pairs of words such as "대전광역시 유성구" or "Jung-gu, Daegu", up in the regions. At most 12 words
 * are read. */
#include "feature/directory/region_words.h"

enum { WORDS_MAX = 12, LEVEL_PROVINCE = 2, LEVEL_DISTRICT = 3 };

struct address_words {
    struct str v[WORDS_MAX];
    size_t n;
};

void region_words_open(struct arena *a, const struct tree *regions, struct region_words *out)
{
    out->regions = regions;
    lookup_build(a, regions, &out->lookup);
}

static uint32_t exact(const struct region_words *w, struct arena *a, struct str name)
{
    struct lookup_hit hit;
    return name.n && lookup_exact(&w->lookup, a, name, &hit) && !hit.shared ? hit.node : NODE_NONE;
}

uint32_t region_of_country(const struct region_words *w, struct arena *a, struct str country)
{
    uint32_t node;
    if (!tree_find(w->regions, country, &node))
        node = exact(w, a, country);
    return node != NODE_NONE && w->regions->v[node].level == 1 ? node : NODE_NONE;
}

static void split(struct str text, struct address_words *out)
{
    while (text.n && out->n < WORDS_MAX) {
        size_t n = 0;
        while (n < text.n && !strchr(" \t\r\n,/;()", text.p[n]))
            n++;
        if (n)
            out->v[out->n++] = str_n(text.p, n);
        text = str_drop(text, n + (n < text.n));
    }
}

static bool in_korea(const struct region_words *w, uint32_t node, uint32_t korea, uint32_t level)
{
    return node != NODE_NONE && tree_below(w->regions, node, korea) && w->regions->v[node].level == level;
}

/* "대전광역시 유성구" or "Jung-gu, Daegu" */
static uint32_t district_of_pair(const struct region_words *w, struct arena *a, struct str x, struct str y,
                                 uint32_t korea)
{
    static const char *const between[] = {" ", ", "};
    for (int i = 0; i < 2; i++) {
        uint32_t node = exact(w, a, arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(x), between[i], STR_ARG(y)));
        if (in_korea(w, node, korea, LEVEL_DISTRICT))
            return node;
    }
    return NODE_NONE;
}

/* A district named together with its province. */
static uint32_t district_of_pairs(const struct region_words *w, struct arena *a, const struct address_words *words,
                                  uint32_t korea)
{
    for (size_t i = 0; i < words->n; i++) {
        for (size_t k = 0; k < words->n; k++) {
            uint32_t node = i == k ? NODE_NONE : district_of_pair(w, a, words->v[i], words->v[k], korea);
            if (node != NODE_NONE)
                return node;
        }
    }
    return NODE_NONE;
}

static bool names_a_ward(struct str word)
{
    return str_ends(word, STR("-gu")) || str_ends(word, STR("구"));
}

/* The one node of that level which single words name; NODE_NONE for none or several. */
static uint32_t only_one(const struct region_words *w, struct arena *a, const struct address_words *words,
                         uint32_t korea, uint32_t level)
{
    uint32_t found = NODE_NONE;
    for (size_t i = 0; i < words->n; i++) {
        uint32_t node = exact(w, a, words->v[i]);
        if (!in_korea(w, node, korea, level))
            continue;
        if (found != NODE_NONE && found != node)
            return NODE_NONE;
        found = node;
    }
    return found;
}

uint32_t region_in_korea(const struct region_words *w, struct arena *a, const struct str *texts, size_t n)
{
    uint32_t korea;
    struct address_words words = {.n = 0};
    if (!tree_find(w->regions, STR("KR"), &korea))
        return NODE_NONE;
    for (size_t i = 0; i < n; i++)
        split(texts[i], &words);
    uint32_t pair = district_of_pairs(w, a, &words, korea);
    if (pair != NODE_NONE)
        return pair;
    uint32_t province = only_one(w, a, &words, korea, LEVEL_PROVINCE);
    uint32_t district = only_one(w, a, &words, korea, LEVEL_DISTRICT);
    bool ward = false;
    for (size_t i = 0; i < words.n; i++)
        ward |= names_a_ward(words.v[i]) && exact(w, a, words.v[i]) != district;
    if (district != NODE_NONE && (province == NODE_NONE ? !ward : tree_below(w->regions, district, province)))
        return district;
    return province != NODE_NONE ? province : korea;
}
