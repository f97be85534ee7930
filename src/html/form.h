/*
 * Forms as one table each:
 *     #define NEED_FORM(F)                                                                     \
 *         F(text, title, T("제목"), 2, 200, .required = true)                                  \
 *         F(real, length, T("길이"), 0, 20000, .required = false, .unit = UNIT_MM)             \
 *         F(choice, process, T("공정"), 0, 0, .required = true, .choices = &process_choices)
 *     FORM(need_form, NEED_FORM)
 * makes `struct need_form` with one member a field (title.value, title.field.raw, ...) and
 *     void need_form_init(struct need_form *);                            an empty form, for showing it
 *     bool need_form_read(struct need_form *, const struct form_input *); what was sent; false: some field is in error
 *     void need_form_query(struct need_form *, const struct form_input *); a filter: what does not fit is ignored
 * Kinds: text int real day bool choice. The two numbers: characters of a text, bounds of a number (in the field's
 * unit), day numbers of a day (0, 0: any); bool and choice have none. Raw text is kept as it was typed, so a refused
 * form shows it again.
 */
#ifndef PPURI_HTML_FORM_H
#define PPURI_HTML_FORM_H

#include "base/opt.h"
#include "base/pair.h"
#include "base/problem.h"
#include "base/value.h"

/* The unit a number is kept in; others of its dimension are converted ("1.2 m", "3억 원"). */
enum unit { UNIT_NONE, UNIT_MM, UNIT_KG, UNIT_WON, UNIT_DAYS, UNIT_PIECES, UNIT_PERCENT, UNIT_CELSIUS };

struct choice {
    struct str code;
    struct msg label; /* of the product */
    struct str text;  /* of the data, where label is empty */
};

struct choice_list {
    const struct choice *v;
    size_t n;
};

enum field_kind { FIELD_text, FIELD_int, FIELD_real, FIELD_day, FIELD_bool, FIELD_choice };

struct field_rule {
    enum field_kind kind;
    size_t offset;
    const char *name;
    struct msg label;
    double min;
    double max;
    bool required;
    enum unit unit;
    const struct choice_list *choices;
};

/* What every field of a form has; each kind's struct begins with it. */
struct field {
    const struct field_rule *rule;
    struct str name;
    struct msg label;
    struct str raw;
    bool bad;
    struct phrase error; /* a sentence for people */
};

struct text_field {
    struct field field;
    struct str value; /* NFC, without blanks around it, line ends as \n */
};
struct int_field {
    struct field field;
    struct opt_int value;
};
struct real_field {
    struct field field;
    struct opt_real value;
};
struct day_field {
    struct field field;
    struct opt_day value;
};
struct bool_field {
    struct field field;
    bool value;
};
struct choice_field {
    struct field field;
    struct str value;                  /* a code of `choices`, or empty */
    const struct choice_list *choices; /* the rule's, unless set after init to a list of the data */
};

struct form_input {
    const struct pair_list *pairs;
    struct arena *arena;
    struct problem_list *problems; /* also told of each error; may be NULL */
};

struct form_spec {
    const struct field_rule *rules;
    size_t n;
};

void form_init(const struct form_spec *spec, void *form);
MUST_USE bool form_read(const struct form_spec *spec, void *form, const struct form_input *in);
void query_read(const struct form_spec *spec, void *form, const struct form_input *in);
/* For what only the rules of the feature can see. */
void field_fail(struct field *f, struct phrase error);
/* The fields in error, in the order of the form: for the summary on top. The list lives in the arena. */
struct field_list {
    const struct field **v;
    size_t n;
    size_t cap;
};
struct field_list form_errors(const struct form_spec *spec, const void *form, struct arena *a);

void text_field_set(struct text_field *f, struct str value);
void int_field_set(struct int_field *f, struct arena *a, struct opt_int value);
void real_field_set(struct real_field *f, struct arena *a, struct opt_real value);
void day_field_set(struct day_field *f, struct arena *a, struct opt_day value);
void bool_field_set(struct bool_field *f, bool value);
void choice_field_set(struct choice_field *f, struct str code);

/* "1,200", "１２００", "1.2 m", "1,250만 원" in `unit`; false if it is no such number (form_number.c). */
bool form_number(struct arena *a, struct str raw, enum unit unit, double *out);
/* "mm", "원", ... as shown behind the field; empty without a unit. */
struct msg unit_label(enum unit unit);

#define FORM_MEMBER_(kind, name, ...) struct kind##_field name;
#define FORM_RULE_(kind_, name_, label_, min_, max_, ...)                                                              \
    {.kind = FIELD_##kind_,                                                                                            \
     .offset = offsetof(form_type_, name_),                                                                            \
     .name = #name_,                                                                                                   \
     .label = label_,                                                                                                  \
     .min = (min_),                                                                                                    \
     .max = (max_),                                                                                                    \
     __VA_ARGS__},

#define FORM(form, TABLE)                                                                                              \
    struct form {                                                                                                      \
        TABLE(FORM_MEMBER_)                                                                                            \
    };                                                                                                                 \
    static inline const struct form_spec *form##_spec(void)                                                            \
    {                                                                                                                  \
        typedef struct form form_type_;                                                                                \
        __extension__ static const struct field_rule rules[] = {TABLE(FORM_RULE_)};                                    \
        static const struct form_spec spec = {rules, sizeof rules / sizeof *rules};                                    \
        return &spec;                                                                                                  \
    }                                                                                                                  \
    static inline void form##_init(struct form *f)                                                                     \
    {                                                                                                                  \
        form_init(form##_spec(), f);                                                                                   \
    }                                                                                                                  \
    MUST_USE static inline bool form##_read(struct form *f, const struct form_input *in)                               \
    {                                                                                                                  \
        return form_read(form##_spec(), f, in);                                                                        \
    }                                                                                                                  \
    static inline void form##_query(struct form *f, const struct form_input *in)                                       \
    {                                                                                                                  \
        query_read(form##_spec(), f, in);                                                                              \
    }                                                                                                                  \
    struct form

#endif
