#pragma once

#include "html/view.h"

void
#line 1 "good/places.html"
       places(
struct view *v,
#line 1 "good/places.html"
              struct str s, struct url u, struct html h, struct day d, int n, double x
);

void
#line 19 "good/places.html"
       strings(
struct view *v,
#line 19 "good/places.html"
               const char *a, char c
);

void
#line 23 "good/places.html"
       empty(
struct view *v
#line 23 "good/places.html"
             
);

void
#line 25 "good/places.html"
       nested(
struct view *v,
#line 25 "good/places.html"
              const struct str *list
);

void
#line 32 "good/places.html"
       outer_open(
struct view *v,
#line 32 "good/places.html"
             struct msg m
);

void
#line 32 "good/places.html"
       outer_close(
struct view *v,
#line 32 "good/places.html"
             struct msg m
);

void
#line 41 "good/places.html"
       inner_open(
struct view *v,
#line 41 "good/places.html"
             struct msg m
);

void
#line 41 "good/places.html"
       inner_close(
struct view *v,
#line 41 "good/places.html"
             struct msg m
);
