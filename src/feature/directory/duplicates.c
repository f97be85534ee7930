/* One pass over the store's organisations; each is compared with the first of the same key. Linear. */
#include "feature/directory/duplicates.h"

#include "feature/directory/directory_sql.h"

struct finder {
    struct arena *arena;
    const struct saved_sites *saved;
    struct site_org_all_list rows;
    bool *touched; /* beside rows: an organisation of this import */
    struct duplicate_list *out;
};

/* Only the digits of a number, so that 314-81-00000 and 3148100000 are one. */
static struct str number_key(struct arena *a, struct str reg_no)
{
    char *digits = arena_alloc(a, reg_no.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < reg_no.n; i++)
        if (reg_no.p[i] >= '0' && reg_no.p[i] <= '9')
            digits[n++] = reg_no.p[i];
    return n >= 5 ? str_n(digits, n) : reg_no;
}

static struct str id_key(struct arena *a, int64_t id)
{
    return arena_printf(a, "%lld", (long long)id);
}

static void mark_touched(struct finder *f)
{
    struct map refs, orgs;
    int64_t any;
    map_init(&refs, f->arena);
    map_init(&orgs, f->arena);
    for (size_t i = 0; i < f->saved->n; i++)
        map_add(&refs, f->saved->v[i].ref, 0);
    for (size_t i = 0; i < f->rows.n; i++)
        if (map_get(&refs, f->rows.v[i].ref, &any))
            map_add(&orgs, id_key(f->arena, f->rows.v[i].owner_org), 0);
    for (size_t i = 0; i < f->rows.n; i++)
        f->touched[i] = map_get(&orgs, id_key(f->arena, f->rows.v[i].owner_org), &any);
}

/* The first organisation of that key stays in the map. */
static void compare(struct finder *f, struct map *first, size_t row, struct str key, enum duplicate_kind kind)
{
    int64_t at;
    if (!key.n || map_add(first, key, (int64_t)row))
        return;
    map_get(first, key, &at);
    const struct site_org_all_row *x = &f->rows.v[at], *y = &f->rows.v[row];
    if (f->touched[at] || f->touched[row])
        VEC_PUSH(f->arena, f->out, ((struct duplicate){kind, {x->ref, y->ref}, {x->org_name, y->org_name}}));
}

static void compare_organisations(struct finder *f)
{
    struct map seen, numbers, names;
    map_init(&seen, f->arena);
    map_init(&numbers, f->arena);
    map_init(&names, f->arena);
    for (size_t i = 0; i < f->rows.n; i++) {
        const struct site_org_all_row *row = &f->rows.v[i];
        if (!map_add(&seen, id_key(f->arena, row->owner_org), 0))
            continue;
        if (row->reg_no.n)
            compare(f, &numbers, i, number_key(f->arena, row->reg_no), DUPLICATE_NUMBER);
        compare(f, &names, i, org_name_key(f->arena, row->org_name), DUPLICATE_NAME);
    }
}

/* Within the file: two names under one number, and two lines that turned out to be one site. */
static void compare_lines(struct finder *f)
{
    struct map numbers, refs;
    map_init(&numbers, f->arena);
    map_init(&refs, f->arena);
    for (size_t i = 0; i < f->saved->n; i++) {
        const struct saved_site *s = &f->saved->v[i];
        const struct organisation *o = &s->read->org;
        int64_t at;
        if (!map_add(&refs, s->ref, (int64_t)i) && map_get(&refs, s->ref, &at))
            VEC_PUSH(f->arena, f->out,
                     ((struct duplicate){DUPLICATE_SITE, {s->ref, s->ref}, {f->saved->v[at].read->org.name, o->name}}));
        if (!o->reg_no.n || map_add(&numbers, o->reg_no, (int64_t)i) || !map_get(&numbers, o->reg_no, &at))
            continue;
        const struct saved_site *first = &f->saved->v[at];
        if (!str_eq(org_name_key(f->arena, first->read->org.name), org_name_key(f->arena, o->name)))
            VEC_PUSH(f->arena, f->out,
                     ((struct duplicate){DUPLICATE_NUMBER, {first->ref, s->ref}, {first->read->org.name, o->name}}));
    }
}

enum status duplicates_find(struct db *db, const struct saved_sites *saved, struct duplicate_list *out)
{
    struct finder f = {.arena = db_arena(db), .saved = saved, .out = out};
    *out = (struct duplicate_list){NULL, 0, 0};
    TRY(site_org_all(db, &f.rows));
    f.touched = ARENA_ARRAY(f.arena, f.rows.n, bool);
    mark_touched(&f);
    compare_organisations(&f);
    compare_lines(&f);
    return ST_OK;
}
