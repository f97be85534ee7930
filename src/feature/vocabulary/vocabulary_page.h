/* What the pages of the vocabulary show. */
#ifndef PPURI_FEATURE_VOCABULARY_VOCABULARY_PAGE_H
#define PPURI_FEATURE_VOCABULARY_VOCABULARY_PAGE_H

#include "core/req.h"
#include "vocab/entry.h"

/* An entry as a link. */
struct entry_ref {
    struct str name;
    struct str other; /* in the other language, empty when it is the same */
    struct str other_lang;
    struct str code;
    struct url url;
    struct str note;      /* its path, the word that was found, or the source */
    struct str note_lang; /* empty: that of the page */
    int64_t below;        /* entries below it */
};

struct entry_ref_list {
    struct entry_ref *v;
    size_t n;
    size_t cap;
};

struct entry_branch {
    struct entry_ref entry;
    struct entry_branches {
        struct entry_branch *v;
        size_t n;
        size_t cap;
    } children;
};

struct list_line {
    struct msg name;
    struct msg what;
    struct url url;
    int64_t entries;
    int64_t words;
};

struct list_lines {
    struct list_line *v;
    size_t n;
    size_t cap;
};

/* A search in one list or all; `asked` is false without a word. */
struct entry_search {
    struct str q;
    struct url action;
    struct str list; /* empty: all */
    bool asked;
    struct entry_ref_list found;
    struct entry_ref_list near;
};

struct vocab_page {
    struct str version;
    struct list_lines lists;
    struct entry_search search;
};

/* Either branches to go on to, or the whole tree below the branch. */
struct list_page {
    struct msg name;
    struct msg what;
    struct str list;
    struct str version;
    int64_t entries;
    bool in_branch;
    struct entry_ref branch; /* the chosen one */
    struct entry_search search;
    struct entry_ref_list branches;
    struct entry_branches tree;
};

struct entry_group {
    struct msg title;
    struct entry_ref_list entries;
};

struct entry_groups {
    struct entry_group *v;
    size_t n;
    size_t cap;
};

struct entry_page {
    struct entry_ref entry;
    struct msg list_name;
    struct str version;
    struct str certificate_kind;
    struct str_list synonyms;
    bool has_density;
    double density_kg_m3;
    struct entry_ref_list below;
    struct entry_groups groups;
    int64_t organisations; /* that offer it, hold it or lie there */
    int64_t sites;
    struct url who;   /* the page of those who can do the process; empty: no process */
    struct url match; /* empty: nothing to match by it alone */
};

/* How an entry is shown as a link; `note` may be empty. */
struct entry_ref entry_ref_of(struct req *q, enum vocab_list list, uint32_t node, struct str note);
struct msg list_title(enum vocab_list list);
/* Organisations and sites of the newest snapshot that offer, hold or stand for the node or something below it. */
void entry_count_firms(struct req *q, enum vocab_list list, uint32_t node, struct entry_page *page);

#endif
