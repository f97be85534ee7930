/*
 * Flat tables: one list of columns says how a JSON object with one list of items becomes rows of a CSV, one row an item
 * with the object's own fields repeated, and how such rows become the object again. Writing and reading it back gives
 * the same object. Blank cell = absent, "-" = none. Costs: one pass over the rows; a lookup a column.
 */
#ifndef PPURI_BASE_FLAT_H
#define PPURI_BASE_FLAT_H

#include "base/csv.h"
#include "base/json.h"
#include "base/problem.h"

enum flat_kind {
    FLAT_TEXT,
    FLAT_NUMBER,
    FLAT_LIST,   /* texts between | */
    FLAT_PART,   /* one number of a list of numbers; its columns stand side by side */
    FLAT_MARKED, /* between |, objects {"code", more}: code, the mark, the other member */
    FLAT_ORDER   /* no member: the place of the row among its object's rows */
};

enum flat_scope { FLAT_HEAD, FLAT_ITEM };

struct flat_column {
    enum flat_scope scope;
    const char *path; /* "org.name"; members of one object stand side by side */
    const char *en;
    const char *ko;
    enum flat_kind kind;
    const char *mark; /* FLAT_MARKED: the mark and the member behind it, for example "@until" */
    const char *example;
};

/* The columns of FLAT_HEAD stand before all others. */
enum { FLAT_COLUMNS_MAX = 96, FLAT_HEADS_MAX = 16 };

struct flat_table {
    const struct flat_column *v;
    size_t n;           /* at most FLAT_COLUMNS_MAX */
    const char *items;  /* member that holds the list */
    const char *prefix; /* an item's headings may also begin with it */
};

/* Where the columns stand in a file. */
struct flat_header {
    const struct flat_table *table;
    const struct csv_row *row;
    ptrdiff_t at[FLAT_COLUMNS_MAX]; /* column of the file, -1 = not there */
    ptrdiff_t *column;              /* the other way round, beside row->v; -1 = unknown or there twice */
    bool korean;
};

/* Headings in either language, compared without case, blanks, hyphens, dots and underscores. */
void flat_match(struct arena *a, const struct flat_table *t, const struct csv_row *row, struct flat_header *out);
/* The column of the table is in the file. */
bool flat_has(const struct flat_header *h, const char *path);
/* Adds a problem for every heading that is unknown or stands twice. */
void flat_check_header(const struct flat_header *h, struct problem_list *problems);

struct flat_problem {
    size_t line;
    struct problem problem; /* field = heading */
};

/* Rows that make one object. */
struct flat_group {
    struct str head[FLAT_HEADS_MAX];
    size_t head_line[FLAT_HEADS_MAX]; /* where it was said */
    size_t line;
    VEC(const struct csv_row *) items;
    VEC(struct flat_problem) problems; /* found while the rows were taken in */
};

/* The raw cell of a column, without blanks around it; empty when the column is not there. */
struct str flat_cell(const struct flat_header *h, const struct csv_row *row, const char *path);
/* Takes the row in; what contradicts an earlier row of the group becomes a problem of the group. */
void flat_add(struct arena *a, const struct flat_header *h, const struct csv_row *row, struct flat_group *g);
/* Appends the group as one JSON object. */
void flat_json(struct arena *a, const struct flat_header *h, struct flat_group *g, struct buf *out);
/* Turns a problem of that object ("capabilities[1].mass_kg.max") into line and heading of the file. */
void flat_locate(struct arena *a, const struct flat_header *h, const struct flat_group *g, struct problem *p,
                 size_t *line);

/* Headings; then the rows of one object each (at least one row). */
void flat_put_header(const struct flat_table *t, bool korean, struct buf *out);
void flat_put(const struct flat_table *t, const struct json *object, struct buf *out);
/* One row of examples. */
void flat_put_example(const struct flat_table *t, struct buf *out);
/* The columns as a table for the manual. */
void flat_put_markdown(const struct flat_table *t, struct buf *out);

#endif
