/*
 * What a maker does, read from the words of a product list and an industry name. Careful: a process is only read where
 * the words name it as what is made or done, never from a purpose, a machine, a material or a trade. Rules:
 * vocab/inference.csv, told in doc/inference.md.
 */
#ifndef PPURI_FEATURE_DIRECTORY_INFER_H
#define PPURI_FEATURE_DIRECTORY_INFER_H

#include "vocab/lookup.h"
#include "vocab/vocab.h"

/* Kinds of rules, as vocab/inference.csv names them; what each means is told in doc/inference.md. */
#define INFER_KIND_TABLE(K)                                                                                            \
    K(INFER_TAIL, "tail")                                                                                              \
    K(INFER_PLAIN, "plain")                                                                                            \
    K(INFER_MAKE, "make")                                                                                              \
    K(INFER_TRADE, "trade")                                                                                            \
    K(INFER_MACHINE, "machine")                                                                                        \
    K(INFER_NEVER, "never")                                                                                            \
    K(INFER_SHORT, "short")                                                                                            \
    K(INFER_INSIDE, "inside")                                                                                          \
    K(INFER_AS, "as")                                                                                                  \
    K(INFER_MADE, "made")                                                                                              \
    K(INFER_SAID, "said")                                                                                              \
    K(INFER_DEED, "deed")                                                                                              \
    K(INFER_AFTER, "after")                                                                                            \
    K(INFER_INDUSTRY, "industry")                                                                                      \
    K(INFER_MAKER, "maker")                                                                                            \
    K(INFER_OTHER, "other")                                                                                            \
    K(INFER_SERVICE, "service")

enum infer_kind {
#define K(name, word) name,
    INFER_KIND_TABLE(K)
#undef K
        INFER_KINDS
};

struct infer_rule {
    struct str word; /* folded; empty = any word */
    uint32_t *process;
    size_t n; /* 0 = every process */
    size_t cap;
};

struct infer_rules {
    struct infer_rule *v;
    size_t n;
    size_t cap;
};

/* Loaded once, then read-only. */
struct infer {
    const struct vocab *vocab;
    struct lookup processes;
    struct lookup industries;
    struct infer_rules rules[INFER_KINDS];
};

enum { INFER_READ_BYTES_MAX = 4096 };

/* The words that said so: words = the bytes from .. to of the products text, or of the industry name. */
struct inferred {
    uint32_t process;
    struct str words;
    size_t from;
    size_t to;
    bool from_industry;
    uint32_t *industries; /* named as what it is for, right before the words */
    size_t n_industries;
};

struct inferred_list {
    struct inferred *v;
    size_t n;
    size_t cap;
};

/* ST_INVALID with *why naming file and line. The vocabulary must live as long as *out. */
MUST_USE enum status infer_load(struct arena *a, const struct vocab *v, const struct embedded *files, struct infer *out,
                                struct str *why);

/* Both texts in normal form C; either may be empty. Each process once, in the order of the text. Of a product list only
   the first INFER_READ_BYTES_MAX bytes are read. */
void infer_processes(const struct infer *in, struct arena *a, struct str products, struct str industry,
                     struct inferred_list *out);

/* The first rule of a kind with this word that holds for the process (NODE_NONE: holds for any); NULL when none. */
const struct infer_rule *infer_rule_find(const struct infer *in, enum infer_kind kind, struct str word,
                                         uint32_t process);
bool infer_rule_holds(const struct infer *in, const struct infer_rule *rule, uint32_t process);

#endif
