/*
 * The forms in which lists of sites come. Every form turns its rows into the one JSON object of a site, which goes
 * through supply_reader_add like a line of .jsonl: no form has rules of its own about what a site may be.
 */
#ifndef PPURI_FEATURE_DIRECTORY_FORMAT_H
#define PPURI_FEATURE_DIRECTORY_FORMAT_H

#include "base/csv.h"
#include "feature/directory/directory.h"

/* One reading of one file. */
struct format_run {
    struct arena *arena;
    const struct import_options *options;
    struct supply_reader reader; /* counts the bad lines */
};

struct supply_format {
    const char *name; /* also the source that its sites are noted under */
    bool (*recognises)(struct arena *a, const struct csv_row *header);
    void (*read)(struct format_run *run, const struct csv_table *table); /* row 0 is the header */
};

enum { SITE_JSON_BYTES_MAX = 64 << 20 };

/* Some form has this header. */
bool format_knows(struct arena *a, const struct csv_row *header);
/* Reads the table into run->reader. False: a header that nobody knows. *source is the form's name, for what came
   before. */
bool format_read(struct format_run *run, const struct csv_table *table, struct str *source);
/* A bad line that was found before the reader saw it. */
void format_refuse(struct format_run *run, size_t line, const struct problem *problem);

#endif
