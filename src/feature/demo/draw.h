/* Inside feature/demo and the test data of test/bench only: drawing and rounding, as people state numbers. */
#ifndef PPURI_FEATURE_DEMO_DRAW_H
#define PPURI_FEATURE_DEMO_DRAW_H

#include "base/json.h"
#include "base/random.h"
#include "feature/demo/tables.h"

/* True with this probability. */
bool draw_chance(struct random *r, double probability);
/* One item of a list cell. */
struct str draw_item(struct random *r, struct str list);
/* Whole number in low..high. */
int64_t draw_whole(struct random *r, int64_t low, int64_t high);
/* Index drawn by weight, the weights being read with `weight(arg, i)`. */
size_t draw_weighted(struct random *r, size_t n, double (*weight)(const void *arg, size_t i), const void *arg);
/* A point within the place's spread, to four decimals. */
struct coordinates draw_point(struct random *r, const struct place *p);

/* From low (t = 0) to high (t = 1) in equal ratios. */
double span_at(const struct span *s, double t);
/* Two figures, the second a 0 or 5 from 20 up: 867 -> 850. */
double round_plain(double v);
/* Three figures. */
double round_close(double v);
/* 1, 1.5, 2, 3, 5 or 8 and their tenfolds: how people state a tolerance. */
double round_tolerance(double v);
/* The nearest Ra of the usual series. */
double round_ra(double v);
/* "12,500" or "0.35" */
struct str figure_text(struct arena *a, double v);
/* "1,200×800×600" or "Ø900×1,200" */
struct str shape_text(struct arena *a, const double *mm, uint32_t n);
void put_point(struct json_out *j, struct coordinates at);
/* The items of a list cell as an array; nothing for an empty one. */
void put_list(struct json_out *j, const char *key, struct str list);

#endif
