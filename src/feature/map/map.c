/* Areas of one parent are joined from the paths of the districts below them. */
#include "feature/map/map.h"

#include "match/supply.h"

#include <math.h>

/* About 15 and 70 km. */
enum { MARGIN = 12, SIDE_LEAST = 60 };

struct shape {
    struct str code;
    struct str d;
};

#define MAP_AREA(code, d) {STR_INIT(code), STR_INIT(d)},
#define MAP_BORDER(d)
static const struct shape shapes[] = {
#include "feature/map/map.def"
};
#undef MAP_AREA
#undef MAP_BORDER

#define MAP_AREA(code, d)
#define MAP_BORDER(d) d
static const char borders[] =
#include "feature/map/map.def"
    ;
#undef MAP_AREA
#undef MAP_BORDER

/* As tools/map/map.mjs: degrees from the north-west corner, a degree of latitude is 100 units. */
static const double west = 125.9, north = 38.65, unit = 100, squeeze = 0.80901699437494745;

/* The child of `above` that `node` is or lies in. */
static uint32_t child_of(const struct tree *t, uint32_t above, uint32_t node)
{
    while (node != NODE_NONE && t->v[node].parent != above)
        node = t->v[node].parent;
    return node;
}

void map_areas_of(struct arena *a, const struct vocab *v, uint32_t above, struct map_view *map, struct node_list *nodes)
{
    map->borders = str_c(borders);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        uint32_t node;
        if (!vocab_find(v, &v->regions, shapes[i].code, &node))
            continue;
        node = child_of(&v->regions, above, node);
        if (node == NODE_NONE)
            continue;
        size_t at = 0;
        while (at < nodes->n && nodes->v[at] != node)
            at++;
        if (at == nodes->n) {
            VEC_PUSH(a, nodes, node);
            VEC_ADD(a, &map->areas)->d = shapes[i].d;
            continue;
        }
        struct map_area *area = &map->areas.v[at];
        area->d = arena_printf(a, STR_FMT STR_FMT, STR_ARG(area->d), STR_ARG(shapes[i].d));
    }
}

struct str map_borders(void)
{
    return str_c(borders);
}

void map_shade(struct map_view *map)
{
    int64_t most = 1;
    for (size_t i = 0; i < map->areas.n; i++)
        most = map->areas.v[i].count > most ? map->areas.v[i].count : most;
    for (size_t i = 0; i < map->areas.n; i++)
        map->areas.v[i].shade = (int)((map->areas.v[i].count * MAP_SHADES + most - 1) / most);
}

bool map_place(struct coordinates at, double *x, double *y)
{
    *x = (at.lon - west) * unit * squeeze;
    *y = (north - at.lat) * unit;
    return *x >= 0 && *x <= MAP_WIDTH && *y >= 0 && *y <= MAP_HEIGHT;
}

void map_fit(struct arena *a, struct map_view *map)
{
    double left = MAP_WIDTH, right = 0, top = MAP_HEIGHT, bottom = 0;
    for (size_t i = 0; i < map->points.n; i++) {
        left = fmin(left, map->points.v[i].x);
        right = fmax(right, map->points.v[i].x);
        top = fmin(top, map->points.v[i].y);
        bottom = fmax(bottom, map->points.v[i].y);
    }
    double side = fmax(fmax(right - left, bottom - top) + 2 * MARGIN, SIDE_LEAST);
    map->box = arena_printf(a, "%.1f %.1f %.1f %.1f", (left + right - side) / 2, (top + bottom - side) / 2, side, side);
    map->dot = side / 40;
}

void map_path_to(struct arena *a, struct map_view *map, struct coordinates at)
{
    double x, y;
    if (map_place(at, &x, &y))
        map->path = arena_printf(a, STR_FMT "%c%.1f %.1f", STR_ARG(map->path), map->path.n ? 'L' : 'M', x, y);
}
