/* The exchange's list of listed makers as sites: one row, one line of the same JSON that every other site comes in. */
#ifndef PPURI_FEATURE_DIRECTORY_KRX_H
#define PPURI_FEATURE_DIRECTORY_KRX_H

#include "base/buf.h"
#include "base/problem.h"
#include "feature/directory/infer.h"

/* The header row has the columns of that list; further ones do not matter. */
bool krx_recognises(const struct csv_row *header);

struct krx {
    const struct infer *infer;
    const struct csv_row *header;
    struct lookup regions;
};

/* The inference and the header must live as long as *out. */
void krx_open(struct arena *a, const struct infer *in, const struct csv_row *header, struct krx *out);

/* Appends one site object and a line end to *line: site reference KRX-<code>, capabilities KRX-<code>-1.. of the
   processes that the words name, evidence self. ST_INVALID with the problems when the row has no name or is no text;
   then nothing is appended. ST_TOO_LARGE when the buffer is full. */
MUST_USE enum status krx_site(struct arena *a, const struct krx *k, const struct csv_row *row, struct buf *line,
                              struct problem_list *problems);

#endif
