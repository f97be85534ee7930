/* Structured log: one JSON object a line on standard error. User text and personal data never go in. */
#ifndef PPURI_BASE_LOG_H
#define PPURI_BASE_LOG_H

#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_field {
    const char *key;
    enum { LOG_TEXT, LOG_NUMBER } kind;
    struct str text;
    int64_t number;
};

void log_set_level(enum log_level least);
/* `event` is a fixed word such as "http_request". Control characters are escaped: a line cannot be forged. */
void log_write(enum log_level level, const char *event, const struct log_field *fields, size_t n);

#define LOG_S(k, value) ((struct log_field){.key = (k), .kind = LOG_TEXT, .text = (value)})
#define LOG_N(k, value) ((struct log_field){.key = (k), .kind = LOG_NUMBER, .number = (int64_t)(value)})
#define LOG(level, event, ...)                                                                                         \
    log_write((level), (event), (const struct log_field[]){__VA_ARGS__},                                               \
              sizeof((const struct log_field[]){__VA_ARGS__}) / sizeof(struct log_field))

#endif
