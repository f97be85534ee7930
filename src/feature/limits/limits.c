#include "feature/limits/limits.h"

#include "base/buf.h"
#include "base/number.h"
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

enum { CLOUD_BYTES_MAX = 8 << 10, NAMED_MOST = 100 };

struct scale {
    double least;
    double most;
    double from;
    double to;
    bool logarithmic; /* where the largest is many times the least */
};

static struct scale scale_of(const struct process_values *values)
{
    double least = values->v[0].value, most = least;
    for (size_t i = 1; i < values->n; i++) {
        least = fmin(least, values->v[i].value);
        most = fmax(most, values->v[i].value);
    }
    bool logarithmic = least > 0 && most > 20 * least;
    return (struct scale){least, most, logarithmic ? log(least) : least, logarithmic ? log(most) : most, logarithmic};
}

static double place(const struct scale *s, double v)
{
    double x = s->logarithmic ? log(v) : v;
    return s->to > s->from ? LIMIT_STRIP_WIDTH * (x - s->from) / (s->to - s->from) : LIMIT_STRIP_WIDTH / 2.0;
}

static void add_stroke(struct buf *path, int64_t x)
{
    buf_add_c(path, "M");
    number_int(path, x, false);
    buf_add_c(path, " 8h0");
}

/* Zero-length strokes with round ends, one where dots fall together: as large for sixty thousand sites as for a
 * hundred. */
static struct str cloud(struct req *q, const struct scale *scale, const struct process_values *values,
                        const struct site *but)
{
    bool there[LIMIT_STRIP_WIDTH + 1] = {false};
    AUTO_BUF path;
    buf_init(&path, CLOUD_BYTES_MAX);
    for (size_t i = 0; i < values->n; i++)
        if (values->v[i].site != but)
            there[(int)place(scale, values->v[i].value)] = true;
    for (int x = 0; x <= LIMIT_STRIP_WIDTH; x++)
        if (there[x])
            add_stroke(&path, x);
    return arena_str(q->arena, buf_str(&path));
}

static void name_dots(struct req *q, enum process_limit limit, const struct scale *scale,
                      const struct process_values *values, struct limit_strip *s)
{
    for (size_t i = 0; i < values->n; i++) {
        struct str name = values->v[i].site->org.name, value = with_unit(q, limit, values->v[i].value);
        struct limit_dot dot = {place(scale, values->v[i].value),
                                arena_printf(q->arena, STR_FMT ": " STR_FMT, STR_ARG(name), STR_ARG(value))};
        VEC_PUSH(q->arena, &s->dots, dot);
    }
}

static void fill_strip(struct req *q, enum process_limit limit, const struct process_values *values,
                       const struct site *own, struct limit_strip *s)
{
    struct scale scale = scale_of(values);
    s->own = s->others = STR("");
    s->sites = values->n;
    s->least = with_unit(q, limit, scale.least);
    s->most = with_unit(q, limit, scale.most);
    if (!own && values->n <= NAMED_MOST) {
        name_dots(q, limit, &scale, values, s);
        return;
    }
    s->others = cloud(q, &scale, values, own);
    for (size_t i = 0; own && i < values->n; i++)
        if (values->v[i].site == own) {
            s->own = with_unit(q, limit, values->v[i].value);
            s->own_x = place(&scale, values->v[i].value);
        }
}

void limits_fill(struct req *q, const struct process_limits *limits, const struct site *own, struct limit_strips *out)
{
    __extension__ static const struct msg labels[PROCESS_LIMITS] = {T("가장 큰 치수"), T("가장 고운 표면 Ra"),
                                                                    T("가장 짧은 납기")};
    for (int limit = 0; limit < PROCESS_LIMITS; limit++) {
        const struct process_values *values = &limits->v[limit];
        if (!values->n)
            continue;
        struct limit_strip *s = VEC_ADD(q->arena, out);
        s->label = labels[limit];
        fill_strip(q, (enum process_limit)limit, values, own, s);
    }
}
