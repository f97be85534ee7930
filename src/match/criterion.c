/* Look-ups into the tables of criterion.h. */
#include "match/criterion.h"

struct criterion_info {
    const char *word;
    enum score_row row;
    enum need_level level;
    bool settable;
};

static const struct criterion_info criteria[CRITERION_COUNT] = {
#define C(name, word, row, level, settable) [name] = {word, row, level, settable},
    CRITERIA(C)
#undef C
};

struct score_row_info {
    const char *key;
    double weight;
};

static const struct score_row_info score_rows[SCORE_ROW_COUNT] = {
#define R(name, key, weight) [name] = {key, weight},
    SCORE_ROWS(R)
#undef R
};

static const char *const levels[] = {"off", "prefer", "must"};

const char *criterion_word(enum criterion_kind kind)
{
    return criteria[kind].word;
}

enum score_row criterion_row(enum criterion_kind kind)
{
    return criteria[kind].row;
}

enum need_level criterion_default(enum criterion_kind kind)
{
    return criteria[kind].level;
}

bool criterion_by_need_key(struct str key, enum criterion_kind *kind)
{
    for (int i = 0; i < CRITERION_COUNT; i++) {
        if (criteria[i].settable && str_eq(key, str_c(criteria[i].word))) {
            *kind = (enum criterion_kind)i;
            return true;
        }
    }
    return false;
}

const char *score_row_key(enum score_row row)
{
    return score_rows[row].key;
}

double score_row_weight(enum score_row row)
{
    return score_rows[row].weight;
}

bool score_row_by_key(struct str key, enum score_row *row)
{
    for (int i = 0; i < SCORE_ROW_COUNT; i++) {
        if (str_eq(key, str_c(score_rows[i].key))) {
            *row = (enum score_row)i;
            return true;
        }
    }
    return false;
}

const char *need_level_word(enum need_level level)
{
    return levels[level];
}

bool need_level_by_word(struct str word, enum need_level *level)
{
    for (int i = NEED_OFF; i <= NEED_MUST; i++) {
        if (str_eq(word, str_c(levels[i]))) {
            *level = (enum need_level)i;
            return true;
        }
    }
    return false;
}

const char *verdict_word(enum verdict v)
{
    static const char *const words[] = {"no", "unknown", "yes"};
    return words[v];
}
