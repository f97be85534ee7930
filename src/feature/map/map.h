/* The country as a picture: districts from map.def, shaded by a count, with points and one path over it. */
#ifndef PPURI_FEATURE_MAP_MAP_H
#define PPURI_FEATURE_MAP_MAP_H

#include "html/ui.h"
#include "vocab/vocab.h"

enum { MAP_WIDTH = 350, MAP_HEIGHT = 556, MAP_SHADES = 5 };

struct map_area {
    struct str name;
    struct str d; /* SVG path */
    int64_t count;
    int shade; /* 0: none there, MAP_SHADES: the most */
    struct url url;
};

struct map_areas {
    struct map_area *v;
    size_t n;
    size_t cap;
};

struct map_point {
    double x;
    double y;
    struct str name;
    struct url url;
};

struct map_points {
    struct map_point *v;
    size_t n;
    size_t cap;
};

struct map_view {
    struct msg title; /* read out instead of the picture */
    struct map_areas areas;
    struct map_points points;
    struct str path;    /* SVG path through places, empty: none */
    struct str borders; /* of the 시도 */
    struct str box;     /* viewBox; empty: the whole country */
    double dot;         /* radius of a point; 0: that of the whole country */
};

/* One area for each child of `above` (the country: its 시도; a 시도: its districts), without counts and links;
   `nodes` gets their region nodes in the same order. */
struct node_list;
void map_areas_of(struct arena *a, const struct vocab *v, uint32_t above, struct map_view *map,
                  struct node_list *nodes);
struct str map_borders(void);
/* Sets the shades from the counts. */
void map_shade(struct map_view *map);
/* Where a place lies in the picture; false when it is outside of it. */
bool map_place(struct coordinates at, double *x, double *y);
/* Shows the part of the country that the points lie in. */
void map_fit(struct arena *a, struct map_view *map);
/* Adds a place to the path. */
void map_path_to(struct arena *a, struct map_view *map, struct coordinates at);

#endif
