/* Why: what was asked, what is offered and what to ask the firm, in words a shop owner says. */
#ifndef PPURI_MATCH_EXPLAIN_H
#define PPURI_MATCH_EXPLAIN_H

#include "match/verdict.h"

/* "material", "certificate:AS9100", "standard:AMS 2801": the name of a criterion in answers. */
struct str criterion_name(struct arena *a, const struct question *q, const struct criterion *c);
/* "재질", "Material"; a certificate is named by itself. */
struct str criterion_label(struct arena *a, const struct question *q, const struct criterion *c, bool korean);
/* Without what was asked: "인증", "Certificate". Static. */
struct str criterion_kind_label(enum criterion_kind kind, bool korean);
/* With units; "-" for a blank offer. */
struct str criterion_asked(struct arena *a, const struct question *q, const struct criterion *c, bool korean);
struct str criterion_offered(struct arena *a, const struct question *q, const struct criterion *c,
                             const struct capability *cap, bool korean);
/* A ready-made question to the firm about an unknown verdict. */
struct str criterion_question(struct arena *a, const struct question *q, const struct criterion *c, bool korean);

/* How well it is proven; empty: no evidence was given. */
struct str evidence_label(const struct capability *cap, bool korean);

struct fact {
    struct str label;
    struct str value;
};

struct fact_list {
    struct fact *v;
    size_t n;
    size_t cap;
};

/* What a capability states of itself but for its evidence, in the order of the criteria; blanks are left out. */
void capability_facts(struct arena *a, const struct vocab *v, const struct capability *cap, bool korean,
                      struct fact_list *out);

/* "1,200", "0.8"; at most 4 decimals. */
struct str number_text(struct arena *a, double v);

#endif
