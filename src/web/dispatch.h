/* From a request to its handler: route, language, today, reading handle, error answers. Once, here. */
#ifndef PPURI_WEB_DISPATCH_H
#define PPURI_WEB_DISPATCH_H

#include "core/access.h"
#include "core/req.h"

struct route {
    enum http_method method;
    const char *path;
    const char *name; /* of the handler */
    req_handler *handler;
    enum access access;
    enum rate_class rate;
    enum http_body body;
};

/* Ended by a row without a path. */
extern const struct route web_routes[];
extern const char *const web_route_classes[RATE_CLASS_COUNT];

/* The callbacks for http_server_start; arg is the struct app. */
struct http_app web_app(struct app *app);

#endif
