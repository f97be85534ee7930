/* The table of web/routes.def with the handlers' declarations. */
#include "web/dispatch.h"

#define ROUTE(method, path, handler, access, rate, body) enum status handler(struct req *q);
#include "web/routes.def"
#undef ROUTE

const struct route web_routes[] = {
#define ROUTE(method_, path_, handler_, access_, rate_, body_)                                                         \
    {.method = HTTP_##method_,                                                                                         \
     .path = path_,                                                                                                    \
     .name = #handler_,                                                                                                \
     .handler = handler_,                                                                                              \
     .access = ACCESS_##access_,                                                                                       \
     .rate = RATE_##rate_,                                                                                             \
     .body = HTTP_BODY_##body_},
#include "web/routes.def"
#undef ROUTE
    {.path = NULL},
};

const char *const web_route_classes[RATE_CLASS_COUNT] = {
#define R(name, per_second, burst) #name,
    RATE_CLASSES(R)
#undef R
};
