/* One request as handlers see it: checked, decoded, bounded. Everything in it lives until the answer has been sent. */
#ifndef PPURI_HTTP_REQUEST_H
#define PPURI_HTTP_REQUEST_H

#include "base/arena.h"
#include "base/pair.h"
#include "base/status.h"
#include "http/uri.h"

enum http_method { HTTP_GET, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE, HTTP_OPTIONS, HTTP_OTHER };

/* What kind of body a route takes. FORM also takes multipart/form-data when files_max > 0. */
enum http_body { HTTP_BODY_NONE, HTTP_BODY_FORM, HTTP_BODY_JSON, HTTP_BODY_RAW };

/* A route's wishes, told before the body is read. */
struct http_plan {
    const void *route; /* handed back in http_request.route */
    const char *name;  /* route name for the log line, for example "firm_show"; lives as long as the server */
    int route_class;   /* index into the classes of the server's metrics */
    bool in_pool;      /* run in the worker pool, else in the thread that serves the connection */
    enum http_body body;
    size_t body_bytes_max; /* in memory: form texts, JSON, raw */
    int files_max;
    int64_t file_bytes_max; /* all files of the request together */
    bool chunked;           /* may come without a length */
};

/* An uploaded file in the server's temporary folder. The request closes it and, unless taken, removes it. */
struct http_file {
    struct str field;
    struct str name; /* as the client calls it, last path element */
    struct str type; /* as the client says; not to be believed */
    const char *path;
    int fd;
    int64_t size_bytes;
    bool taken; /* set after the file was renamed away */
};

struct http_file_list {
    struct http_file *v;
    size_t n;
    size_t cap;
};

struct http_request {
    enum http_method method; /* HEAD arrives as HTTP_GET */
    bool head;
    bool https;        /* TLS here, or at the proxy in front */
    struct str remote; /* address of the client, behind a proxy the one it names */
    struct str id;     /* 16 hexadecimal digits, unique in this process */
    struct uri uri;
    struct pair_list headers; /* names as sent */
    struct pair_list cookies;
    struct str body;       /* HTTP_BODY_JSON, HTTP_BODY_RAW */
    struct pair_list form; /* HTTP_BODY_FORM, decoded, in NFC */
    struct http_file_list files;
    const void *route;
    const char *route_name; /* may be refined by the handler; never user text */
    struct arena *arena;
    int64_t started_ns;
    void *session; /* for the layer above */
};

enum http_method http_method_of(struct str name);

/* First value by name, {NULL, 0} when absent; header names are compared without case. */
struct str request_header(const struct http_request *q, struct str name);
struct str request_cookie(const struct http_request *q, struct str name);
struct str request_query(const struct http_request *q, struct str name);
struct str request_form(const struct http_request *q, struct str name);

/* The client would rather have JSON than a page. */
bool request_wants_json(const struct http_request *q);
/* Content-Type without parameters equals `type`. */
bool request_type_is(const struct http_request *q, struct str type);
/* The last address in X-Forwarded-For (the one our own proxy has added), or `peer` when there is none that is one. */
struct str request_forwarded_for(const struct http_request *q, struct str peer);

#endif
