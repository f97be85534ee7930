/* http/: bodies, answers, deadlines, workers, event channels, metrics, and what the server refuses to start with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "http/body.h"
#include "http/metrics.h"
#include "http/response.h"
#include "http/server.h"
#include "http/sweep.h"
#include "http/workers.h"
#include "unit/http_help.h"

static void test_body_files_are_removed(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct http_request q = {.arena = &a};
    q.headers = headers_of(&a, "Content-Type: multipart/form-data; boundary=B");
    struct http_plan plan = {.body = HTTP_BODY_FORM, .body_bytes_max = 100, .files_max = 1, .file_bytes_max = 10};
    struct body_intake in;
    assert_int_equal(body_begin(&in, &q, &plan, "/tmp"), ST_OK);
    body_feed(&in, STR(PART("name=t", "text") PART("name=f; filename=x", "0123456789") "--B--"));
    assert_int_equal(body_finish(&in), ST_OK);
    assert_int_equal(q.files.n, 1);
    assert_int_equal(q.files.v[0].size_bytes, 10);
    assert_true(is(request_form(&q, STR("t")), "text"));
    const char *path = q.files.v[0].path;
    assert_int_equal(access(path, F_OK), 0);
    body_release(&in);
    assert_int_equal(access(path, F_OK), -1);
}

static enum status body_result(struct http_plan plan, const char *type, struct str body)
{
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct http_request q = {.arena = &a};
    q.headers = headers_of(&a, type);
    struct body_intake in;
    enum status st = body_begin(&in, &q, &plan, "/tmp");
    if (st == ST_OK) {
        body_feed(&in, body);
        st = body_finish(&in);
    }
    body_release(&in);
    return st;
}

static void test_body_bounds(void **state)
{
    (void)state;
    const char *multi = "Content-Type: multipart/form-data; boundary=B";
    struct http_plan form = {.body = HTTP_BODY_FORM, .body_bytes_max = 10, .files_max = 1, .file_bytes_max = 10};
    struct http_plan json = {.body = HTTP_BODY_JSON, .body_bytes_max = 10};
    assert_int_equal(body_result(form, multi, STR(PART("name=f; filename=x", "01234567890") "--B--")), ST_TOO_LARGE);
    assert_int_equal(body_result(form, multi, STR(PART("name=t", "01234567890") "--B--")), ST_TOO_LARGE);
    assert_int_equal(body_result(form, multi, STR(PART("name=t", "0\x01") "--B--")), ST_INVALID);
    assert_int_equal(
        body_result(form, multi, STR(PART("name=f; filename=x", "1") PART("name=f; filename=y", "2") "--B--")),
        ST_TOO_LARGE);
    assert_int_equal(body_result(form, "Content-Type: text/plain", STR("a=b")), ST_UNSUPPORTED);
    assert_int_equal(body_result(form, "Content-Type: application/x-www-form-urlencoded; charset=utf-8", STR("a=b")),
                     ST_OK);
    assert_int_equal(body_result(form, "Content-Type: application/x-www-form-urlencoded", STR("a=%zz")), ST_INVALID);
    assert_int_equal(body_result(json, "Content-Type: application/json", STR("{}")), ST_OK);
    assert_int_equal(body_result(json, "Content-Type: application/json", STR("01234567890")), ST_TOO_LARGE);
    assert_int_equal(body_result(json, "Content-Type: application/xml", STR("{}")), ST_UNSUPPORTED);
}

static void test_response(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct http_request q = {.arena = &a};
    struct http_response r;
    response_init(&r, &q, 1000);
    assert_int_equal(response_header(&r, STR("X-A"), STR("a\r\nSet-Cookie: b")), ST_INVALID);
    assert_int_equal(response_header(&r, STR("X A"), STR("a")), ST_INVALID);
    static const char *const bad[] = {"",        "x",    "//evil",        "/\\evil", "http://x/",
                                      "/a\r\nb", "/a b", "/\xea\xb0\x80", "/a\\b"};
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(response_redirect(&r, 303, str_c(bad[i])), ST_INVALID);
    assert_int_equal(response_redirect(&r, 303, STR("/firms?q=%EA")), ST_OK);
    assert_int_equal(r.status, 303);
    char *big = arena_alloc(&a, RESPONSE_HEADER_BYTES_MAX);
    memset(big, 'y', RESPONSE_HEADER_BYTES_MAX);
    assert_int_equal(response_header(&r, STR("X"), str_n(big, RESPONSE_HEADER_BYTES_MAX)), ST_INVALID);
    response_error(&r, 431);
    assert_int_equal(r.status, 431);
    assert_true(str_find(buf_str(&r.body), STR("요청 헤더가 너무 큽니다")) > 0);
    q.headers = headers_of(&a, "Accept: application/json");
    response_error(&r, 404);
    assert_true(is(buf_str(&r.body),
                   "{\"type\":\"not-found\",\"title\":\"Not found\",\"title_ko\":\"찾을 수 없습니다\","
                   "\"status\":404}\n"));
    response_release(&r);
}

static void test_forwarded_for(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct http_request q = {.arena = &a};
    static const struct {
        const char *headers;
        const char *want;
    } table[] = {
        {"X: y", "peer"},
        {"X-Forwarded-For: 1.2.3.4", "1.2.3.4"},
        {"X-Forwarded-For: 9.9.9.9, 1.2.3.4", "1.2.3.4"},
        {"X-Forwarded-For: 9.9.9.9|x-forwarded-for: 2001:db8::1", "2001:db8::1"},
        {"X-Forwarded-For: 1.2.3.4, evil", "peer"},
        {"X-Forwarded-For: ", "peer"},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        q.headers = headers_of(&a, table[i].headers);
        assert_true(is(request_forwarded_for(&q, STR("peer")), table[i].want));
    }
}

static void test_beyond_loopback_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *address;
        bool loopback;
    } table[] = {{"127.0.0.1", true}, {"127.9.9.9", true}, {"::1", true},       {"localhost", true},
                 {"0.0.0.0", false},  {"::", false},       {"10.0.0.1", false}, {"::ffff:127.0.0.1", false}};
    for (size_t i = 0; i < COUNT(table); i++)
        assert_int_equal(http_address_is_loopback(table[i].address), table[i].loopback);
    AUTO_BUF reason;
    buf_init(&reason, 1000);
    struct http_server_options o = http_server_defaults();
    struct http_server *s;
    o.address = "0.0.0.0";
    assert_int_equal(http_server_start(&o, &(struct http_app){0}, &s, &reason), ST_INVALID);
    assert_true(str_find(buf_str(&reason), STR("--behind-proxy")) > 0);
    buf_clear(&reason);
    o.address = "example.org";
    assert_int_equal(http_server_start(&o, &(struct http_app){0}, &s, &reason), ST_INVALID);
    o.address = "127.0.0.1";
    o.tls_cert_path = "x";
    assert_int_equal(http_server_start(&o, &(struct http_app){0}, &s, &reason), ST_INVALID);
}

static void count_cut(void *arg)
{
    ++*(int *)arg;
}

static void no_tick(void *arg)
{
    (void)arg;
}

static void nap_ms(int ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

static void test_sweep(void **state)
{
    (void)state;
    int cuts = 0, fds[2], quiet[2];
    char text[16];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, quiet), 0);
    struct sweep *s = sweep_new((struct sweep_options){5, "late", count_cut, no_tick, &cuts});
    struct sweep_entry begun = {.fd = fds[0], .plain = true}, idle = {.fd = quiet[0], .plain = true};
    sweep_add(s, &begun);
    sweep_add(s, &idle);
    sweep_set(s, &begun, SWEEP_BODY, 40);
    sweep_tighten(s, &begun, SWEEP_BODY, 10000);
    sweep_set(s, &idle, SWEEP_IDLE, 40);
    assert_int_equal(recv(fds[1], text, sizeof text, 0), 4);
    assert_int_equal(recv(quiet[1], text, sizeof text, 0), 0);
    sweep_set(s, &begun, SWEEP_SEND, 1);
    nap_ms(30);
    sweep_remove(s, &begun);
    sweep_remove(s, &idle);
    sweep_free(s);
    assert_int_equal(cuts, 2);
    for (int i = 0; i < 2; i++) {
        close(fds[i]);
        close(quiet[i]);
    }
}

static _Atomic int jobs_run, jobs_refused;

static void job_run(void *job)
{
    (void)job;
    nap_ms(20);
    jobs_run++;
}

static void job_refuse(void *job)
{
    (void)job;
    jobs_refused++;
}

static void test_workers(void **state)
{
    (void)state;
    struct workers *w = workers_new(2, 4, (struct workers_job_kind){job_run, job_refuse});
    int accepted = 0;
    for (int i = 0; i < 20; i++)
        if (workers_reserve(w)) {
            workers_push(w, &accepted);
            accepted++;
        }
    assert_in_range(accepted, 4, 8);
    workers_stop(w);
    assert_int_equal(jobs_run + jobs_refused, accepted);
    assert_false(workers_reserve(w));
    workers_free(w);
}

static int sleeps, wakes;

static void on_sleep(void *arg)
{
    (void)arg;
    sleeps++;
}

static void on_wake(void *arg)
{
    (void)arg;
    wakes++;
}

static void test_sse(void **state)
{
    (void)state;
    struct sse_channel *c = sse_new();
    sse_attach(c, (struct sse_waiter){on_sleep, on_wake, NULL});
    char out[200];
    assert_int_equal(sse_take(c, out, sizeof out), 0);
    assert_int_equal(sleeps, 1);
    struct sse_event e = {.name = STR("note"), .id = STR("7"), .data = STR("a\r\nb\ndata: x")};
    assert_int_equal(sse_push(c, &e), ST_OK);
    assert_int_equal(wakes, 1);
    assert_int_equal(sse_push(c, &(struct sse_event){.name = STR("a\nb")}), ST_INVALID);
    const char *want = "event: note\nid: 7\ndata: a \ndata: b\ndata: data: x\n\n";
    assert_int_equal(sse_take(c, out, 10), 10);
    assert_int_equal(sse_take(c, out + 10, sizeof out - 10), (ptrdiff_t)strlen(want) - 10);
    assert_memory_equal(out, want, strlen(want));
    char big[1000] = {0};
    memset(big, 'x', sizeof big);
    e.data = str_n(big, sizeof big);
    enum status st = ST_OK;
    int pushed = 0;
    while (st == ST_OK) {
        st = sse_push(c, &e);
        pushed += st == ST_OK;
    }
    assert_int_equal(st, ST_FULL);
    assert_in_range(pushed, 50, 65);
    assert_int_equal(sse_push(c, &e), ST_NOT_FOUND);
    ptrdiff_t n, total = 0;
    while ((n = sse_take(c, out, sizeof out)) > 0)
        total += n;
    assert_int_equal(n, -1);
    assert_true(total > 50000 && total <= SSE_PENDING_BYTES_MAX);
    sse_unref(c);
}

static int64_t forty_two(void *arg)
{
    (void)arg;
    return 42;
}

static void test_metrics(void **state)
{
    (void)state;
    const char *const classes[] = {"page", "write"};
    struct metrics *m = metrics_new(classes, 2);
    metrics_observe(m, 0, 200, 3000000);
    metrics_observe(m, 7, 503, 30000000000);
    metrics_add(m, METRIC_CUT, 3);
    assert_true(metrics_register(m, &(struct metric_source){"ppuri_x", "gauge", "X", forty_two, NULL}));
    AUTO_BUF out;
    buf_init(&out, 64 << 10);
    metrics_write(m, &out);
    static const char *const lines[] = {"ppuri_http_requests_total{class=\"page\",code=\"2xx\"} 1\n",
                                        "ppuri_http_requests_total{class=\"write\",code=\"5xx\"} 1\n",
                                        "ppuri_http_request_seconds_bucket{class=\"page\",le=\"0.0025\"} 0\n",
                                        "ppuri_http_request_seconds_bucket{class=\"page\",le=\"0.005\"} 1\n",
                                        "ppuri_http_request_seconds_bucket{class=\"write\",le=\"10\"} 0\n",
                                        "ppuri_http_request_seconds_bucket{class=\"write\",le=\"+Inf\"} 1\n",
                                        "ppuri_http_request_seconds_sum{class=\"page\"} 0.003000\n",
                                        "ppuri_http_cut_total 3\n",
                                        "ppuri_x 42\n"};
    for (size_t i = 0; i < COUNT(lines); i++)
        if (str_find(buf_str(&out), str_c(lines[i])) < 0)
            fail_msg("%s", lines[i]);
    metrics_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_body_files_are_removed),
        cmocka_unit_test(test_body_bounds),
        cmocka_unit_test(test_response),
        cmocka_unit_test(test_forwarded_for),
        cmocka_unit_test(test_beyond_loopback_is_refused),
        cmocka_unit_test(test_sweep),
        cmocka_unit_test(test_workers),
        cmocka_unit_test(test_sse),
        cmocka_unit_test(test_metrics),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
