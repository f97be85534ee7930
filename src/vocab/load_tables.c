/* The number tables: IT widths, hardness conversion, factors; and the codes that were renamed. */
#include "vocab/load.h"

static struct it_step *it_step_for(struct loader *l, double over, double to)
{
    struct it_table *it = &l->out->it;
    for (size_t i = 0; i < it->n; i++)
        if (it->v[i].over_mm == over && it->v[i].to_mm == to)
            return &it->v[i];
    struct it_step *step = VEC_ADD(l->arena, it);
    step->over_mm = over;
    step->to_mm = to;
    return step;
}

static enum status load_it(struct loader *l)
{
    const char *name = "it_grades.csv";
    struct csv_table t;
    TRY(load_csv(l, name, &t));
    for (size_t i = 1; i < t.n; i++) {
        double over, to, um;
        int64_t grade;
        if (!str_to_real(csv_cell(&t.v[i], 0), &over) || !str_to_real(csv_cell(&t.v[i], 1), &to) ||
            !str_to_int(csv_cell(&t.v[i], 2), &grade) || !str_to_real(csv_cell(&t.v[i], 3), &um))
            return load_fail(l, name, &t.v[i], "four numbers are required");
        if (grade < 1 || grade > 18)
            return load_fail(l, name, &t.v[i], "IT grades go from 1 to 18");
        it_step_for(l, over, to)->um[grade] = um;
    }
    return ST_OK;
}

static enum status load_hardness(struct loader *l)
{
    const char *name = "hardness.csv";
    struct csv_table t;
    TRY(load_csv(l, name, &t));
    ptrdiff_t col[HARDNESS_SCALES];
    for (int s = 0; s < HARDNESS_SCALES; s++)
        col[s] = csv_column(&t.v[0], str_c(vocab_hardness_name((enum hardness_scale)s)));
    for (size_t i = 1; i < t.n; i++) {
        struct hardness_row *row = VEC_ADD(l->arena, &l->out->hardness);
        for (int s = 0; s < HARDNESS_SCALES; s++) {
            struct str cell = csv_cell(&t.v[i], col[s]);
            row->v[s].has = cell.n != 0;
            if (cell.n && !str_to_real(cell, &row->v[s].v))
                return load_fail(l, name, &t.v[i], "not a number");
        }
    }
    return ST_OK;
}

enum status load_tables(struct loader *l)
{
    TRY(load_it(l));
    TRY(load_hardness(l));
    const char *name = "factors.csv";
    struct csv_table t;
    TRY(load_csv(l, name, &t));
    map_init(&l->out->factor_rows, l->arena);
    l->out->factors = ARENA_ARRAY(l->arena, t.n, struct opt_real);
    for (size_t i = 1; i < t.n; i++) {
        if (!str_to_real(csv_cell(&t.v[i], 1), &l->out->factors[i].v))
            return load_fail(l, name, &t.v[i], "not a number");
        l->out->factors[i].has = true;
        if (!map_add(&l->out->factor_rows, csv_cell(&t.v[i], 0), (int64_t)i))
            return load_fail(l, name, &t.v[i], "this code stands twice");
    }
    return ST_OK;
}

static bool is_code(const struct vocab *v, struct str code)
{
    uint32_t node;
    return tree_find(&v->processes, code, &node) || tree_find(&v->materials, code, &node) ||
           tree_find(&v->certificates, code, &node) || tree_find(&v->industries, code, &node) ||
           tree_find(&v->regions, code, &node);
}

/* The file may have no rows but its header. */
enum status load_renames(struct loader *l)
{
    const char *name = "renames.csv";
    struct csv_table t;
    TRY(load_csv(l, name, &t));
    map_init(&l->out->renames, l->arena);
    for (size_t i = 1; i < t.n; i++) {
        struct str old = csv_cell(&t.v[i], 0), new = csv_cell(&t.v[i], 1);
        if (is_code(l->out, old)) /* an entry of the council's from before the rename: it keeps its meaning */
            continue;
        if (!is_code(l->out, new))
            return load_fail(l, name, &t.v[i], "the new code is in no list");
        if (!map_add(&l->out->renames, old, (int64_t)l->out->new_codes.n))
            return load_fail(l, name, &t.v[i], "this code stands twice");
        VEC_PUSH(l->arena, &l->out->new_codes, new);
    }
    return ST_OK;
}
