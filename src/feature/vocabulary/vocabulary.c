/* Writes found words and entries as JSON. Every answer names the version of the vocabulary. */
#include "feature/vocabulary/vocabulary.h"

static void write_names(struct json_out *j, const struct tree_node *node)
{
    jout_key_str(j, "code", node->code);
    jout_key_str(j, "ko", node->ko);
    jout_key_str(j, "en", node->en);
}

static void write_path(struct arena *a, struct json_out *j, const struct tree *tree, uint32_t node)
{
    jout_key_str(j, "path_ko", entry_path(a, tree, node, true));
    jout_key_str(j, "path_en", entry_path(a, tree, node, false));
}

static void write_hits(struct arena *a, struct json_out *j, const struct vocab *v, const struct suggest_hits *hits)
{
    static const char *const matches[] = {"exact", "name", "synonym", "inside", "near"};
    for (size_t i = 0; i < hits->n; i++) {
        const struct suggest_hit *h = &hits->v[i];
        const struct tree *tree = vocab_tree(v, h->list);
        jout_obj(j);
        jout_key_str(j, "list", str_c(vocab_list_name(h->list)));
        write_names(j, &tree->v[h->node]);
        jout_key_str(j, "word", h->word);
        jout_key_str(j, "match", str_c(matches[h->rank]));
        write_path(a, j, tree, h->node);
        jout_end(j);
    }
}

size_t vocabulary_find_json(struct arena *a, struct json_out *j, const struct vocab *v, const struct words *words,
                            const struct suggest_question *q)
{
    struct suggest_hits hits, near;
    suggest_find(&words->suggest, a, q, &hits);
    jout_obj(j);
    jout_key_str(j, "vocab_version", v->version);
    jout_key_str(j, "q", q->text);
    jout_key_arr(j, "results");
    write_hits(a, j, v, &hits);
    jout_end(j);
    if (!hits.n) {
        suggest_near(&words->suggest, a, q, &near);
        jout_key_arr(j, "near");
        write_hits(a, j, v, &near);
        jout_end(j);
    }
    jout_end(j);
    return hits.n;
}

static void write_synonyms(struct json_out *j, const struct tree_node *node)
{
    jout_key_arr(j, "synonyms");
    for (size_t i = 0; i < node->synonyms.n; i++)
        jout_str(j, node->synonyms.v[i]);
    jout_end(j);
}

static void write_parent(struct json_out *j, const struct tree *tree, uint32_t node)
{
    uint32_t parent = tree->v[node].parent;
    jout_key_opt_str(j, "parent", parent == NODE_NONE ? (struct str){NULL, 0} : tree->v[parent].code);
}

void vocabulary_entry_json(struct arena *a, struct json_out *j, const struct vocab *v, enum vocab_list list,
                           uint32_t node)
{
    const struct tree *tree = vocab_tree(v, list);
    struct entry_links links;
    entry_links(a, v, list, node, &links);
    jout_obj(j);
    jout_key_str(j, "vocab_version", v->version);
    jout_key_str(j, "list", str_c(vocab_list_name(list)));
    write_names(j, &tree->v[node]);
    write_parent(j, tree, node);
    write_path(a, j, tree, node);
    write_synonyms(j, &tree->v[node]);
    if (list == LIST_CERTIFICATES)
        jout_key_str(j, "kind", v->certificate_kind[node]);
    if (list == LIST_MATERIALS)
        jout_key_opt_real(j, "density_kg_m3", v->density_kg_m3[node]);
    jout_key_arr(j, "relations");
    for (size_t i = 0; i < links.n; i++) {
        const struct entry_link *l = &links.v[i];
        jout_obj(j);
        jout_key_str(j, "relation", str_c(entry_relation_name(l->relation)));
        write_names(j, &tree->v[l->other]);
        jout_key_str(j, "via", tree->v[l->via].code);
        if (l->source.n)
            jout_key_str(j, "source", l->source);
        jout_end(j);
    }
    jout_end(j);
    jout_end(j);
}

void vocabulary_list_json(struct json_out *j, const struct vocab *v, enum vocab_list list)
{
    const struct tree *tree = vocab_tree(v, list);
    jout_obj(j);
    jout_key_str(j, "vocab_version", v->version);
    jout_key_str(j, "list", str_c(vocab_list_name(list)));
    jout_key_arr(j, "entries");
    for (uint32_t i = 0; i < tree->n; i++) {
        jout_obj(j);
        write_names(j, &tree->v[i]);
        write_parent(j, tree, i);
        write_synonyms(j, &tree->v[i]);
        jout_end(j);
    }
    jout_end(j);
    jout_end(j);
}
