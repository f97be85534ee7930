/* What is wrong with an input, by field: filled by every reader (JSON, CSV, form), shown by every writer (page, API,
 * CLI). */
#ifndef PPURI_BASE_PROBLEM_H
#define PPURI_BASE_PROBLEM_H

#include "base/vec.h"

/* code, stable word for machines, English, Korean; %s is the detail */
#define PROBLEM_TABLE(P)                                                                                               \
    P(PROBLEM_NOT_JSON, "not_json", "is not well-formed JSON: %s", "올바른 JSON이 아닙니다: %s")                       \
    P(PROBLEM_NOT_CSV, "not_csv", "is not well-formed CSV: a quote is out of place%s",                                 \
      "올바른 CSV가 아닙니다: 따옴표가 어긋났습니다%s")                                                                \
    P(PROBLEM_NOT_KNOWN, "unknown_format", "is no format that is known: .jsonl, or a CSV with known headings%s",       \
      "아는 형식이 아닙니다(.jsonl 또는 아는 머리글의 CSV)%s")                                                         \
    P(PROBLEM_NOT_TEXT, "not_text", "is not valid UTF-8 text%s", "올바른 UTF-8 글자가 아닙니다%s")                     \
    P(PROBLEM_UNKNOWN_FIELD, "unknown_field", "is not a known field%s", "모르는 항목입니다%s")                         \
    P(PROBLEM_MISSING, "missing", "is required%s", "꼭 필요한 항목입니다%s")                                           \
    P(PROBLEM_BESIDE, "missing", "is required beside %s", "함께 적어야 하는 항목입니다: %s")                           \
    P(PROBLEM_TYPE, "type", "must be %s", "%s 값이어야 합니다")                                                        \
    P(PROBLEM_NUMBER, "type", "must be a number%s", "숫자여야 합니다%s")                                               \
    P(PROBLEM_WHOLE, "type", "must be a whole number of at least %s", "%s 이상인 정수여야 합니다")                     \
    P(PROBLEM_TEXT, "type", "must be text in quotation marks%s", "따옴표로 묶은 글이어야 합니다%s")                    \
    P(PROBLEM_DAY, "type", "must be a date as text, such as \"2027-03-31\"%s",                                         \
      "\"2027-03-31\"처럼 따옴표로 묶은 날짜여야 합니다%s")                                                            \
    P(PROBLEM_CODE, "unknown_code", "has an unknown code: %s", "모르는 코드입니다: %s")                                \
    P(PROBLEM_RANGE, "range", "must be %s", "허용 범위를 벗어났습니다: %s")                                            \
    P(PROBLEM_ORDER, "order", "has a minimum above its maximum%s", "최솟값이 최댓값보다 큽니다%s")                     \
    P(PROBLEM_DATE, "date", "is not a date such as 2027-03-31: %s", "2027-03-31 같은 날짜가 아닙니다: %s")             \
    P(PROBLEM_COUNT, "count", "has %s", "개수가 맞지 않습니다: %s")                                                    \
    P(PROBLEM_DUPLICATE, "duplicate", "is used already: %s", "이미 쓰인 값입니다: %s")                                 \
    P(PROBLEM_CONFLICT, "conflict", "does not go together: %s", "함께 쓸 수 없습니다: %s")                             \
    P(PROBLEM_TOO_LONG, "too_long", "is too long (%s)", "너무 깁니다(%s)")                                             \
    P(PROBLEM_FILE, "file", "names a file that is refused: %s", "쓸 수 없는 파일입니다: %s")                           \
    P(PROBLEM_CURSOR, "cursor", "is no place in this list, or no longer: leave it out to begin again%s",               \
      "이 목록의 자리가 아니거나 이제는 없습니다. 빼고 처음부터 다시 읽어 주세요%s")                                   \
    P(PROBLEM_PLACE, "place", "may not be set there: %s", "그곳에서는 정할 수 없습니다: %s")

enum problem_code {
#define P(name, word, en, ko) name,
    PROBLEM_TABLE(P)
#undef P
};

struct problem {
    struct str field; /* path such as "capabilities[0].mass_kg.max"; empty for the whole */
    enum problem_code code;
    struct str detail;
};

struct problem_list {
    struct problem *v;
    size_t n;
    size_t cap;
    struct arena *arena;
};

enum { PROBLEMS_MAX = 100 };

void problem_list_init(struct problem_list *list, struct arena *a);
/* Copies field and detail; after PROBLEMS_MAX further ones are dropped. */
void problem_add(struct problem_list *list, enum problem_code code, struct str field, struct str detail);
const char *problem_word(enum problem_code code);
/* "field: reason" as one sentence. */
struct str problem_text(struct arena *a, const struct problem *p, bool korean);

#endif
