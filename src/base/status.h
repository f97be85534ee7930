/* The one result type of every fallible function, with its one mapping to HTTP code, exit code and words. */
#ifndef PPURI_BASE_STATUS_H
#define PPURI_BASE_STATUS_H

/* name, HTTP code, exit code (0 done, 1 refused), problem type, English title, Korean title */
#define STATUS_TABLE(S)                                                                                                \
    S(ST_OK, 200, 0, "ok", "Done", "완료")                                                                             \
    S(ST_INVALID, 400, 1, "invalid", "The input is not valid", "입력이 올바르지 않습니다")                             \
    S(ST_UNAUTHENTICATED, 401, 1, "unauthenticated", "Please sign in", "로그인해 주세요")                              \
    S(ST_FORBIDDEN, 403, 1, "forbidden", "This is not allowed", "권한이 없습니다")                                     \
    S(ST_NOT_FOUND, 404, 1, "not-found", "Not found", "찾을 수 없습니다")                                              \
    S(ST_METHOD, 405, 1, "method", "This method is not allowed here", "허용되지 않는 방식입니다")                      \
    S(ST_TIMEOUT, 408, 1, "timeout", "It took too long", "시간이 초과되었습니다")                                      \
    S(ST_CONFLICT, 409, 1, "conflict", "Somebody changed this meanwhile", "그 사이 다른 사람이 고쳤습니다")            \
    S(ST_LENGTH, 411, 1, "length-required", "The length must be given", "길이를 알려 주어야 합니다")                   \
    S(ST_TOO_LARGE, 413, 1, "too-large", "That is too large", "너무 큽니다")                                           \
    S(ST_UNSUPPORTED, 415, 1, "unsupported", "This format is not supported", "지원하지 않는 형식입니다")               \
    S(ST_RATE, 429, 1, "too-many", "Too many requests", "요청이 너무 많습니다")                                        \
    S(ST_BUG, 500, 1, "internal", "Something went wrong on our side", "시스템 오류가 발생했습니다")                    \
    S(ST_IO, 500, 1, "io", "Reading or writing failed", "읽기 또는 쓰기에 실패했습니다")                               \
    S(ST_BUSY, 503, 1, "busy", "Busy at the moment, please try again", "지금 바쁩니다. 잠시 뒤 다시 해 주세요")        \
    S(ST_FULL, 503, 1, "storage-full", "Storage is full, nothing was saved", "저장 공간이 없어 저장하지 못했습니다")

enum status {
#define S(name, http, exit_code, type, en, ko) name,
    STATUS_TABLE(S)
#undef S
};

#define MUST_USE __attribute__((warn_unused_result))

/* Returns the failure of `x` to the caller. */
#define TRY(x)                                                                                                         \
    do {                                                                                                               \
        enum status try_status_ = (x);                                                                                 \
        if (try_status_ != ST_OK)                                                                                      \
            return try_status_;                                                                                        \
    } while (0)

int status_http(enum status st);
int status_exit(enum status st);
/* Stable last part of a problem+json type, for example "not-found". */
const char *status_type(enum status st);
const char *status_title_en(enum status st);
const char *status_title_ko(enum status st);

#endif
