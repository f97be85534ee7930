/* Inside match/ only: the groups of verdicts, one file each. */
#ifndef PPURI_MATCH_VERDICT_PARTS_H
#define PPURI_MATCH_VERDICT_PARTS_H

#include "match/verdict.h"

static inline struct finding finding_no(void)
{
    return (struct finding){VERDICT_NO, 0, {0, false}};
}

static inline struct finding finding_unknown(double s)
{
    return (struct finding){VERDICT_UNKNOWN, s, {0, false}};
}

static inline struct finding finding_yes(double s)
{
    return (struct finding){VERDICT_YES, s, {0, false}};
}

/* Bounds gathered for one criterion: a broken known bound is no, else a blank one that matters is unknown. */
struct bounds {
    bool broken;
    bool blank;
    double use; /* largest asked/limit */
    struct opt_real margin;
};

void bounds_margin(struct bounds *b, double margin);
/* asked <= limit */
void bounds_upper(struct bounds *b, double asked, struct opt_real limit);
/* limit <= asked; a blank limit is 0 */
void bounds_lower(struct bounds *b, double asked, struct opt_real limit);
enum verdict bounds_verdict(const struct bounds *b);

struct finding verdict_process(const struct question *q, const struct capability *cap);
struct finding verdict_material(const struct question *q, const struct capability *cap);

struct finding verdict_envelope(const struct question *q, const struct capability *cap);
struct finding verdict_mass(const struct question *q, const struct capability *cap);
struct finding verdict_thickness(const struct question *q, const struct capability *cap);
struct finding verdict_layer(const struct question *q, const struct capability *cap);
struct finding verdict_force(const struct question *q, const struct capability *cap);

struct finding verdict_tolerance(const struct question *q, const struct capability *cap);
struct finding verdict_roughness(const struct question *q, const struct capability *cap);
struct finding verdict_hardness(const struct question *q, const struct capability *cap);

struct finding verdict_quantity(const struct question *q, const struct capability *cap);
struct finding verdict_due(const struct question *q, const struct capability *cap);
struct finding verdict_place(const struct question *q, const struct capability *cap);

#endif
