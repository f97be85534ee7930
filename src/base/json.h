/* JSON in (through jansson, used only here) as a tree in an arena, and JSON out as a stream into a buffer. */
#ifndef PPURI_BASE_JSON_H
#define PPURI_BASE_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/opt.h"

enum json_kind { JSON_IS_NULL, JSON_IS_BOOL, JSON_IS_INT, JSON_IS_REAL, JSON_IS_STR, JSON_IS_ARR, JSON_IS_OBJ };

struct json {
    enum json_kind kind;
    bool truth;         /* JSON_IS_BOOL */
    int64_t whole;      /* JSON_IS_INT */
    double real;        /* JSON_IS_REAL, and JSON_IS_INT as double */
    struct str text;    /* JSON_IS_STR, in NFC */
    size_t n;           /* JSON_IS_ARR, JSON_IS_OBJ */
    struct json *items; /* values of an array or object, in the order of the text */
    struct str *keys;   /* JSON_IS_OBJ, beside items */
};

struct json_error {
    int line;
    int column;
    struct str text;
};

/* Refuses with ST_INVALID: bad UTF-8, NUL, more than 64 levels, a key twice, numbers beyond int64 or double, anything
   after the value. Text comes out in NFC. The caller bounds s.n before. */
MUST_USE enum status json_parse(struct arena *a, struct str s, struct json *out, struct json_error *error);
/* The member's value, or NULL. */
const struct json *json_get(const struct json *object, struct str key);

/* Writer: commas and nesting are kept by itself; at most 32 levels. */
struct json_out {
    struct buf *buf;
    unsigned depth;
    bool first[33];
    char close[33];
    bool after_key;
};

void jout_init(struct json_out *j, struct buf *buf);
void jout_obj(struct json_out *j);
void jout_arr(struct json_out *j);
/* Closes the innermost object or array. */
void jout_end(struct json_out *j);
void jout_key(struct json_out *j, const char *key);
void jout_str(struct json_out *j, struct str s);
void jout_int(struct json_out *j, int64_t v);
/* The shortest text that reads back as v; not finite: null. */
void jout_real(struct json_out *j, double v);
void jout_bool(struct json_out *j, bool v);
void jout_null(struct json_out *j);
void jout_key_str(struct json_out *j, const char *key, struct str s);
void jout_key_int(struct json_out *j, const char *key, int64_t v);
void jout_key_real(struct json_out *j, const char *key, double v);
void jout_key_bool(struct json_out *j, const char *key, bool v);
void jout_key_obj(struct json_out *j, const char *key);
void jout_key_arr(struct json_out *j, const char *key);
void jout_key_opt_int(struct json_out *j, const char *key, struct opt_int v);
void jout_key_opt_real(struct json_out *j, const char *key, struct opt_real v);
/* null when s.p is NULL. */
void jout_key_opt_str(struct json_out *j, const char *key, struct str s);
/* Ids are texts in JSON: many readers hold numbers as doubles. */
void jout_key_id(struct json_out *j, const char *key, int64_t id);
void jout_key_opt_id(struct json_out *j, const char *key, struct opt_int id);

/* A parsed value of few levels as it is, members in their order, without the member `but` (p = NULL: with all). */
void jout_members(struct json_out *j, const struct json *object, struct str but);
void jout_json(struct json_out *j, const struct json *value);

/* The shortest decimal text of a finite v that reads back as v, into out (at least 32 bytes). */
void json_real_text(double v, char *out);

/* Any line begins an object, or all are blank: one bad line, also the first, does not make the file another format. */
bool json_is_lines(struct str text);

#endif
