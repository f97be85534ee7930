/*
 * Loads the embedded vocabularies and answers the questions that need more than the tree. Loading costs some
 * milliseconds, once; look-ups are O(1) or O(rows of a small table). Never writes after vocab_load.
 */
#include "vocab/vocab.h"

#include "base/hash.h"
#include "vocab/load.h"

static const char *const scale_names[HARDNESS_SCALES] = {"HV", "HB", "HRC", "HRB", "HRA"};

static void set_version(struct loader *l)
{
    uint64_t h = FNV1A_64_START;
    for (const struct embedded *f = l->files; f->name; f++)
        h = hash_fnv1a(h, str_n((const char *)f->bytes, f->n));
    l->out->version = arena_printf(l->arena, "%016llx", (unsigned long long)h);
    if (l->overlay && l->overlay->seq)
        l->out->version = arena_printf(l->arena, "%016llx+%lld", (unsigned long long)h, (long long)l->overlay->seq);
}

static enum status find_fixed_roots(struct loader *l)
{
    struct vocab *v = l->out;
    bool all = tree_find(&v->materials, STR("STEEL"), &v->steel) && tree_find(&v->materials, STR("IRON"), &v->iron) &&
               tree_find(&v->processes, STR("SOFTWARE"), &v->software) &&
               tree_find(&v->processes, STR("ENGINEERING"), &v->engineering);
    if (!all)
        *l->why = STR("STEEL, IRON, SOFTWARE and ENGINEERING are required");
    return all ? ST_OK : ST_INVALID;
}

enum status vocab_load(struct arena *a, const struct embedded *files, struct vocab *out, struct str *why)
{
    return vocab_load_over(a, files, NULL, out, NULL, why);
}

enum status vocab_load_over(struct arena *a, const struct embedded *files, const struct vocab_overlay *overlay,
                            struct vocab *out, struct overlay_refusals *refusals, struct str *why)
{
    struct loader l = {a, files, out, why, overlay, refusals};
    *out = (struct vocab){.version = STR("")};
    set_version(&l);
    out->overlay_seq = overlay ? overlay->seq : 0;
    TRY(load_processes(&l));
    TRY(load_materials(&l));
    TRY(load_certificates(&l));
    TRY(load_regions(&l));
    TRY(load_tables(&l));
    TRY(load_renames(&l));
    TRY(load_order_rules(&l));
    return find_fixed_roots(&l);
}

bool vocab_find(const struct vocab *v, const struct tree *tree, struct str code, uint32_t *node)
{
    int64_t renamed;
    if (tree_find(tree, code, node))
        return true;
    return map_get(&v->renames, code, &renamed) && tree_find(tree, v->new_codes.v[renamed], node);
}

enum equivalence vocab_equivalence(const struct vocab *v, uint32_t a, uint32_t b)
{
    if (a == b)
        return EQUIVALENT_SAME;
    const struct material_partners *partners = &v->partners[a];
    for (size_t i = 0; i < partners->n; i++)
        if (partners->v[i].grade == b)
            return partners->v[i].kind;
    return EQUIVALENT_NOT;
}

bool vocab_certificate_implies(const struct vocab *v, uint32_t held, uint32_t asked)
{
    return v->implied[held * v->certificates.n + asked];
}

struct opt_real vocab_it_width_um(const struct vocab *v, int64_t grade, double size_mm)
{
    for (size_t i = 0; i < v->it.n && grade >= 1 && grade <= 18; i++) {
        const struct it_step *step = &v->it.v[i];
        if (size_mm > step->over_mm && size_mm <= step->to_mm && step->um[grade] > 0)
            return opt_real(step->um[grade]);
    }
    return (struct opt_real){0, false};
}

struct opt_real vocab_hardness(const struct vocab *v, enum hardness_scale from, enum hardness_scale to, double value)
{
    if (from == to)
        return opt_real(value);
    const struct hardness_row *last = NULL;
    for (size_t i = 0; i < v->hardness.n; i++) {
        const struct hardness_row *row = &v->hardness.v[i];
        if (!row->v[from].has || !row->v[to].has)
            continue;
        double x = row->v[from].v, y = row->v[to].v;
        if (x == value)
            return opt_real(y);
        if (last && (last->v[from].v - value) * (x - value) < 0) {
            double x0 = last->v[from].v, y0 = last->v[to].v;
            return opt_real(y0 + (y - y0) * (value - x0) / (x - x0));
        }
        last = row;
    }
    return (struct opt_real){0, false};
}

bool vocab_hardness_scale(struct str name, enum hardness_scale *scale)
{
    for (int i = 0; i < HARDNESS_SCALES; i++) {
        if (str_eq(name, str_c(scale_names[i]))) {
            *scale = (enum hardness_scale)i;
            return true;
        }
    }
    return false;
}

const char *vocab_hardness_name(enum hardness_scale scale)
{
    return scale_names[scale];
}

uint32_t vocab_district(const struct vocab *v, uint32_t region)
{
    const struct tree_node *node = &v->regions.v[region];
    bool sejong = str_eq(node->code, STR("KR.36"));
    return node->level == 3 || sejong ? region : NODE_NONE;
}

struct opt_real vocab_factor(const struct vocab *v, struct str code)
{
    int64_t i;
    return map_get(&v->factor_rows, code, &i) ? v->factors[i] : (struct opt_real){0, false};
}
