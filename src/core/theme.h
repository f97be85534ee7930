/* How a visitor wants pages to look: a cookie, chosen by ?theme= on any page. */
#ifndef PPURI_CORE_THEME_H
#define PPURI_CORE_THEME_H

#include "core/req.h"

/* "light", "dark" or "contrast"; empty: as the system has it. */
struct str theme_of(const struct http_request *http);
/* The address asks for a look. */
bool theme_asked(const struct http_request *http);
/* Remembers it and sends the visitor to the same address without the wish. */
MUST_USE enum status theme_change(struct req *q);

#endif
