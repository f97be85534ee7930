#include "feature/limits/limits.h"

#include "match/explain.h"

#include <math.h>

static struct str with_unit(struct req *q, enum process_limit limit, double v)
{
    static const char *const units[PROCESS_LIMITS] = {" mm", " µm", ""};
    struct str number = number_text(q->arena, v);
    if (limit == LIMIT_LEAD_DAYS)
        return arena_printf(q->arena, STR_FMT "%s", STR_ARG(number), q->korean ? "일" : v == 1 ? " day" : " days");
    return arena_printf(q->arena, STR_FMT "%s", STR_ARG(number), units[limit]);
}

struct scale {
    double from;
    double to;
    bool logarithmic; /* where the largest is many times the least */
};

static struct scale scale_of(const struct process_values *values)
{
    double least = values->v[0].value, most = values->v[values->n - 1].value;
    bool logarithmic = least > 0 && most > 20 * least;
    return logarithmic ? (struct scale){log(least), log(most), true} : (struct scale){least, most, false};
}

static double place(const struct scale *s, double v)
{
    double x = s->logarithmic ? log(v) : v;
    return s->to > s->from ? LIMIT_STRIP_WIDTH * (x - s->from) / (s->to - s->from) : LIMIT_STRIP_WIDTH / 2.0;
}

void limits_fill(struct req *q, const struct process_count *count, const struct site *own, struct limit_strips *out)
{
    __extension__ static const struct msg labels[PROCESS_LIMITS] = {T("가장 큰 치수"), T("가장 고운 표면 Ra"),
                                                                    T("가장 짧은 납기")};
    for (int limit = 0; limit < PROCESS_LIMITS; limit++) {
        const struct process_values *values = &count->limits[limit];
        if (!values->n)
            continue;
        struct limit_strip *s = VEC_ADD(q->arena, out);
        struct scale scale = scale_of(values);
        struct limit_dot last = {.own = false};
        s->label = labels[limit];
        s->own = STR("");
        s->least = with_unit(q, (enum process_limit)limit, values->v[0].value);
        s->most = with_unit(q, (enum process_limit)limit, values->v[values->n - 1].value);
        for (size_t i = 0; i < values->n; i++) {
            const struct site *site = values->v[i].site;
            struct str value = with_unit(q, (enum process_limit)limit, values->v[i].value);
            bool is_own = own && str_eq(site->ref, own->ref);
            struct limit_dot dot = {
                place(&scale, values->v[i].value),
                arena_printf(q->arena, STR_FMT ": " STR_FMT, STR_ARG(site->org.name), STR_ARG(value)), is_own};
            if (is_own) {
                s->own = value;
                last = dot;
            } else {
                VEC_PUSH(q->arena, &s->dots, dot);
            }
        }
        /* Over the others. */
        if (last.own)
            VEC_PUSH(q->arena, &s->dots, last);
    }
}
