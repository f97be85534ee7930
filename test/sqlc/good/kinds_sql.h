/* Made of kinds.sql by sqlc. */
#ifndef PPURI_KINDS_SQL_H
#define PPURI_KINDS_SQL_H

#include "base/json.h"
#include "db/db.h"
#include "db/sql.h"

enum firm_filter_listed { FIRM_FILTER_LISTED_ANY, FIRM_FILTER_LISTED_YES };

struct firm_filter {
    struct opt_int region;
    enum firm_filter_listed listed;
    struct sql_ints ids;
};

enum firm_page_sort { FIRM_PAGE_SORT_NAME, FIRM_PAGE_SORT_NEWEST };

struct firm_card {
    int64_t id;
    struct str name;
    struct str region;
    struct opt_real rating;
    struct str logo; /* p is NULL without a value */
};

struct firm_card_list {
    struct firm_card *v;
    size_t n;
    size_t cap;
};

struct firm_page_in {
    const struct firm_filter *firm_filter;
    enum firm_page_sort sort;
    struct str after_name;
    struct opt_int after_id;
    int64_t limit;
};

MUST_USE enum status firm_page(struct db *db, const struct firm_page_in *in, struct firm_card_list *out);

void firm_card_json(struct json_out *j, const struct firm_card *r);

struct firm_count_row {
    int64_t n;
    struct opt_real best;
};

MUST_USE enum status firm_count(struct db *db, const struct firm_filter *firm_filter, double most, struct firm_count_row *out);

MUST_USE enum status firm_each(struct db *db, enum status (*row)(void *arg, const struct firm_card *row), void *arg);

MUST_USE enum status firm_logo_set(struct tx *t, int64_t id, struct str logo, int64_t *changed);

struct quote_add_row {
    int64_t won;
    struct str note; /* p is NULL without a value */
};

struct quote_add_in {
    int64_t need_id;
    int64_t firm_id;
    int64_t won;
    struct str note;
};

MUST_USE enum status quote_add(struct tx *t, const struct quote_add_in *in, struct quote_add_row *out);

struct firm_other_row {
    int64_t id;
    struct opt_int won;
};

struct firm_other_list {
    struct firm_other_row *v;
    size_t n;
    size_t cap;
};

MUST_USE enum status firm_other(struct db *db, struct sql_ints ids, struct firm_other_list *out);

struct firm_words_row {
    int64_t id;
    int64_t near;
};

struct firm_words_list {
    struct firm_words_row *v;
    size_t n;
    size_t cap;
};

MUST_USE enum status firm_words(struct db *db, struct str word, struct firm_words_list *out);

/* All blocks, ended by NULL. */
extern const struct sql_block *const kinds_sql_blocks[];

#endif
