#pragma once

#include "html/view.h"

#include "data.h"
void
#line 3 "good/page.html"
       firm_row(
struct view *v,
#line 3 "good/page.html"
                const struct firm_card *f
);

void
#line 17 "good/page.html"
       firm_page(
struct view *v,
#line 17 "good/page.html"
                 const struct firms *d, struct url next
);

void
#line 30 "good/page.html"
       page_open(
struct view *v,
#line 30 "good/page.html"
            struct msg title
);

void
#line 30 "good/page.html"
       page_close(
struct view *v,
#line 30 "good/page.html"
            struct msg title
);
