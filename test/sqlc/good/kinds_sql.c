/* Made of kinds.sql by sqlc. */
#include "kinds_sql.h"

#include <stddef.h>

static const struct sql_piece firm_page_pieces[] = {
    {0u, 0u,
     "SELECT f.id, f.name, r.name AS region, f.rating, f.logo FROM firm f JOIN region r ON r.id = f.region_id\n"
     "WHERE f.id > 0\n",
     "SELECT f.id, f.name, r.name AS region, f.rating, f.logo FROM firm f JOIN region r ON r.id = f.region_id\n"
     "WHERE f.id > 0\n"},
    {1u, 1u,
     "AND f.region_id = ?1\n",
     "AND f.region_id = $1\n"},
    {2u, 2u,
     "AND f.listed = 1\n",
     "AND f.listed = 1\n"},
    {4u, 4u,
     "AND f.id IN (SELECT value FROM json_each(?2))\n",
     "AND f.id = ANY ($2)\n"},
    {24u, 16u,
     "AND (f.name, f.id) > (?3, ?4)\n",
     "AND (f.name, f.id) > ($3, $4)\n"},
    {8u, 0u,
     "ORDER BY f.name, f.id\n",
     "ORDER BY f.name, f.id\n"},
    {8u, 8u,
     "ORDER BY f.created_ms DESC, f.id DESC\n",
     "ORDER BY f.created_ms DESC, f.id DESC\n"},
    {0u, 0u,
     "LIMIT ?5\n",
     "LIMIT $5\n"},
};
static const struct sql_param firm_page_params[] = {
    {"region", SQL_INT, true, false},
    {"ids", SQL_INTS, true, false},
    {"after_name", SQL_TEXT, true, false},
    {"after_id", SQL_INT, true, false},
    {"limit", SQL_INT, false, true},
};
static const struct sql_choice firm_page_choices[] = {{0, 2}, {1, 2}, {2, 2}, {3, 2}, {4, 2}};
static const struct sql_column firm_page_columns[] = {
    {"id", SQL_INT, false, offsetof(struct firm_card, id)},
    {"name", SQL_TEXT, false, offsetof(struct firm_card, name)},
    {"region", SQL_TEXT, false, offsetof(struct firm_card, region)},
    {"rating", SQL_REAL, true, offsetof(struct firm_card, rating)},
    {"logo", SQL_BLOB, true, offsetof(struct firm_card, logo)},
};
static const struct sql_block firm_page_block = {
    .name = "firm_page",
    .pieces = firm_page_pieces,
    .piece_count = sizeof firm_page_pieces / sizeof firm_page_pieces[0],
    .params = firm_page_params,
    .param_count = 5,
    .columns = firm_page_columns,
    .column_count = 5,
    .row_size = sizeof(struct firm_card),
    .choices = firm_page_choices,
    .choice_count = 5,
    .writes = false,
    .only_postgres = false,
};

enum status firm_page(struct db *db, const struct firm_page_in *in, struct firm_card_list *out)
{
    *out = (struct firm_card_list){NULL, 0, 0};
    if (!in->firm_filter)
        return sql_misuse(&firm_page_block, "firm_filter");
    if ((unsigned)in->firm_filter->listed >= 2u)
        return sql_misuse(&firm_page_block, "listed");
    if ((unsigned)in->sort >= 2u)
        return sql_misuse(&firm_page_block, "sort");
    const struct sql_value params_[] = {
        sql_opt_int(in->firm_filter->region),
        sql_ints(in->firm_filter->ids),
        sql_text(in->after_name),
        sql_opt_int(in->after_id),
        sql_int(in->limit),
    };
    uint32_t key_ = 0;
    key_ |= (uint32_t)(in->firm_filter->region.has) << 0;
    key_ |= (uint32_t)(in->firm_filter->listed) << 1;
    key_ |= (uint32_t)(in->firm_filter->ids.v != NULL) << 2;
    key_ |= (uint32_t)(in->sort) << 3;
    key_ |= (uint32_t)(in->after_id.has) << 4;
    struct sql_list list_ = {NULL, 0};
    enum status st_ = sql_many(db, &firm_page_block, key_, params_, &list_);
    *out = (struct firm_card_list){list_.v, list_.n, list_.n};
    return st_;
}

void firm_card_json(struct json_out *j, const struct firm_card *r)
{
    jout_obj(j);
    jout_key_id(j, "id", r->id);
    jout_key_str(j, "name", r->name);
    jout_key_str(j, "region", r->region);
    jout_key_opt_real(j, "rating", r->rating);
    jout_end(j);
}

static const struct sql_piece firm_count_pieces[] = {
    {0u, 0u,
     "SELECT count(*) AS n, max(f.rating) AS best FROM firm f WHERE f.rating < ?3\n",
     "SELECT count(*) AS n, max(f.rating) AS best FROM firm f WHERE f.rating < $3\n"},
    {1u, 1u,
     "AND f.region_id = ?1\n",
     "AND f.region_id = $1\n"},
    {2u, 2u,
     "AND f.listed = 1\n",
     "AND f.listed = 1\n"},
    {4u, 4u,
     "AND f.id IN (SELECT value FROM json_each(?2))\n",
     "AND f.id = ANY ($2)\n"},
};
static const struct sql_param firm_count_params[] = {
    {"region", SQL_INT, true, false},
    {"ids", SQL_INTS, true, false},
    {"most", SQL_REAL, false, false},
};
static const struct sql_choice firm_count_choices[] = {{0, 2}, {1, 2}, {2, 2}};
static const struct sql_column firm_count_columns[] = {
    {"n", SQL_INT, false, offsetof(struct firm_count_row, n)},
    {"best", SQL_REAL, true, offsetof(struct firm_count_row, best)},
};
static const struct sql_block firm_count_block = {
    .name = "firm_count",
    .pieces = firm_count_pieces,
    .piece_count = sizeof firm_count_pieces / sizeof firm_count_pieces[0],
    .params = firm_count_params,
    .param_count = 3,
    .columns = firm_count_columns,
    .column_count = 2,
    .row_size = sizeof(struct firm_count_row),
    .choices = firm_count_choices,
    .choice_count = 3,
    .writes = false,
    .only_postgres = false,
};

enum status firm_count(struct db *db, const struct firm_filter *firm_filter, double most, struct firm_count_row *out)
{
    if (!firm_filter)
        return sql_misuse(&firm_count_block, "firm_filter");
    if ((unsigned)firm_filter->listed >= 2u)
        return sql_misuse(&firm_count_block, "listed");
    const struct sql_value params_[] = {
        sql_opt_int(firm_filter->region),
        sql_ints(firm_filter->ids),
        sql_real(most),
    };
    uint32_t key_ = 0;
    key_ |= (uint32_t)(firm_filter->region.has) << 0;
    key_ |= (uint32_t)(firm_filter->listed) << 1;
    key_ |= (uint32_t)(firm_filter->ids.v != NULL) << 2;
    return sql_one(db, &firm_count_block, key_, params_, out);
}

static const struct sql_piece firm_each_pieces[] = {
    {0u, 0u,
     "SELECT f.id, f.name, r.name AS region, f.rating, f.logo FROM firm f JOIN region r ON r.id = f.region_id ORDER BY f.id\n",
     "SELECT f.id, f.name, r.name AS region, f.rating, f.logo FROM firm f JOIN region r ON r.id = f.region_id ORDER BY f.id\n"},
};
static const struct sql_column firm_each_columns[] = {
    {"id", SQL_INT, false, offsetof(struct firm_card, id)},
    {"name", SQL_TEXT, false, offsetof(struct firm_card, name)},
    {"region", SQL_TEXT, false, offsetof(struct firm_card, region)},
    {"rating", SQL_REAL, true, offsetof(struct firm_card, rating)},
    {"logo", SQL_BLOB, true, offsetof(struct firm_card, logo)},
};
static const struct sql_block firm_each_block = {
    .name = "firm_each",
    .pieces = firm_each_pieces,
    .piece_count = sizeof firm_each_pieces / sizeof firm_each_pieces[0],
    .columns = firm_each_columns,
    .column_count = 5,
    .row_size = sizeof(struct firm_card),
    .writes = false,
    .only_postgres = false,
};

struct firm_each_visit {
    enum status (*row)(void *arg, const struct firm_card *row);
    void *arg;
};

static enum status firm_each_step(void *arg, const void *row)
{
    const struct firm_each_visit *v = arg;
    return v->row(v->arg, row);
}

enum status firm_each(struct db *db, enum status (*row)(void *arg, const struct firm_card *row), void *arg)
{
    const struct sql_value *const params_ = NULL;
    uint32_t key_ = 0;
    struct firm_each_visit visit_ = {row, arg};
    return sql_each(db, &firm_each_block, key_, params_,
                    &(const struct sql_visit){firm_each_step, &visit_});
}

static const struct sql_piece firm_logo_set_pieces[] = {
    {0u, 0u,
     "UPDATE firm SET logo = ?2, version = version + 1 WHERE id = ?1\n",
     "UPDATE firm SET logo = $2, version = version + 1 WHERE id = $1\n"},
};
static const struct sql_param firm_logo_set_params[] = {
    {"id", SQL_INT, false, true},
    {"logo", SQL_BLOB, true, false},
};
static const struct sql_block firm_logo_set_block = {
    .name = "firm_logo_set",
    .pieces = firm_logo_set_pieces,
    .piece_count = sizeof firm_logo_set_pieces / sizeof firm_logo_set_pieces[0],
    .params = firm_logo_set_params,
    .param_count = 2,
    .writes = true,
    .only_postgres = false,
};

enum status firm_logo_set(struct tx *t, int64_t id, struct str logo, int64_t *changed)
{
    const struct sql_value params_[] = {
        sql_int(id),
        sql_blob(logo),
    };
    uint32_t key_ = 0;
    return sql_exec(tx_db(t), &firm_logo_set_block, key_, params_, changed);
}

static const struct sql_piece quote_add_pieces[] = {
    {0u, 0u,
     "INSERT INTO quote (need_id, firm_id, won, note) VALUES (?1, ?2, ?3, ?4)\n"
     "ON CONFLICT (need_id, firm_id) DO NOTHING RETURNING won, note\n",
     "INSERT INTO quote (need_id, firm_id, won, note) VALUES ($1, $2, $3, $4)\n"
     "ON CONFLICT (need_id, firm_id) DO NOTHING RETURNING won, note\n"},
};
static const struct sql_param quote_add_params[] = {
    {"need_id", SQL_INT, false, true},
    {"firm_id", SQL_INT, false, true},
    {"won", SQL_INT, false, false},
    {"note", SQL_TEXT, true, false},
};
static const struct sql_column quote_add_columns[] = {
    {"won", SQL_INT, false, offsetof(struct quote_add_row, won)},
    {"note", SQL_TEXT, true, offsetof(struct quote_add_row, note)},
};
static const struct sql_block quote_add_block = {
    .name = "quote_add",
    .pieces = quote_add_pieces,
    .piece_count = sizeof quote_add_pieces / sizeof quote_add_pieces[0],
    .params = quote_add_params,
    .param_count = 4,
    .columns = quote_add_columns,
    .column_count = 2,
    .row_size = sizeof(struct quote_add_row),
    .writes = true,
    .only_postgres = false,
};

enum status quote_add(struct tx *t, const struct quote_add_in *in, struct quote_add_row *out)
{
    const struct sql_value params_[] = {
        sql_int(in->need_id),
        sql_int(in->firm_id),
        sql_int(in->won),
        sql_text(in->note),
    };
    uint32_t key_ = 0;
    return sql_one(tx_db(t), &quote_add_block, key_, params_, out);
}

static const struct sql_piece firm_other_pieces[] = {
    {0u, 0u,
     "SELECT f.id, q.won FROM firm f LEFT JOIN quote q ON q.firm_id = f.id\n"
     "WHERE f.id NOT IN (SELECT value FROM json_each(?1)) AND f.slug <> 'a -- b \\'\n",
     "SELECT f.id, q.won FROM firm f LEFT JOIN quote q ON q.firm_id = f.id\n"
     "WHERE f.id <> ALL ($1) AND f.slug <> 'a -- b \\'\n"},
};
static const struct sql_param firm_other_params[] = {
    {"ids", SQL_INTS, false, false},
};
static const struct sql_column firm_other_columns[] = {
    {"id", SQL_INT, false, offsetof(struct firm_other_row, id)},
    {"won", SQL_INT, true, offsetof(struct firm_other_row, won)},
};
static const struct sql_block firm_other_block = {
    .name = "firm_other",
    .pieces = firm_other_pieces,
    .piece_count = sizeof firm_other_pieces / sizeof firm_other_pieces[0],
    .params = firm_other_params,
    .param_count = 1,
    .columns = firm_other_columns,
    .column_count = 2,
    .row_size = sizeof(struct firm_other_row),
    .writes = false,
    .only_postgres = false,
};

enum status firm_other(struct db *db, struct sql_ints ids, struct firm_other_list *out)
{
    *out = (struct firm_other_list){NULL, 0, 0};
    const struct sql_value params_[] = {
        sql_ints(ids),
    };
    uint32_t key_ = 0;
    struct sql_list list_ = {NULL, 0};
    enum status st_ = sql_many(db, &firm_other_block, key_, params_, &list_);
    *out = (struct firm_other_list){list_.v, list_.n, list_.n};
    return st_;
}

static const struct sql_piece firm_words_pieces[] = {
    {0u, 0u,
     "SELECT id, position(?1 IN name) AS near FROM firm ORDER BY id\n",
     "SELECT id, position($1 IN name) AS near FROM firm ORDER BY id\n"},
};
static const struct sql_param firm_words_params[] = {
    {"word", SQL_TEXT, false, false},
};
static const struct sql_column firm_words_columns[] = {
    {"id", SQL_INT, false, offsetof(struct firm_words_row, id)},
    {"near", SQL_INT, false, offsetof(struct firm_words_row, near)},
};
static const struct sql_block firm_words_block = {
    .name = "firm_words",
    .pieces = firm_words_pieces,
    .piece_count = sizeof firm_words_pieces / sizeof firm_words_pieces[0],
    .params = firm_words_params,
    .param_count = 1,
    .columns = firm_words_columns,
    .column_count = 2,
    .row_size = sizeof(struct firm_words_row),
    .writes = false,
    .only_postgres = true,
};

enum status firm_words(struct db *db, struct str word, struct firm_words_list *out)
{
    *out = (struct firm_words_list){NULL, 0, 0};
    const struct sql_value params_[] = {
        sql_text(word),
    };
    uint32_t key_ = 0;
    struct sql_list list_ = {NULL, 0};
    enum status st_ = sql_many(db, &firm_words_block, key_, params_, &list_);
    *out = (struct firm_words_list){list_.v, list_.n, list_.n};
    return st_;
}

const struct sql_block *const kinds_sql_blocks[] = {
    &firm_page_block,
    &firm_count_block,
    &firm_each_block,
    &firm_logo_set_block,
    &quote_add_block,
    &firm_other_block,
    &firm_words_block,
    NULL,
};
