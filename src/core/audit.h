/*
 * Who did what, on what, when, from where: rows that are only ever added, each with a BLAKE2b-256 hash over the row
 * before it and itself, written in the transaction of the change. The head row holds the end of the chain.
 *
 * The chain shows every edit by someone who does not recompute it. Someone who can write the store and recompute all
 * later hashes is found by comparing with a head noted elsewhere, which is why audit_verify gives it.
 */
#ifndef PPURI_CORE_AUDIT_H
#define PPURI_CORE_AUDIT_H

#include "db/db.h"

enum { AUDIT_HASH_BYTES = 32 };

/* Change: of the product's data. Personal: somebody's personal data was seen or sent; the subject is whose. Right: a
   role or right was given, changed or taken; the subject is who has it. */
#define AUDIT_KINDS(K) K(CHANGE, "change") K(PERSONAL, "personal") K(RIGHT, "right")

enum audit_kind {
#define K(name, word) AUDIT_##name,
    AUDIT_KINDS(K)
#undef K
};

struct audit_entry {
    enum audit_kind kind;
    struct str actor;       /* ref of an account, "system", "cli" */
    struct str action;      /* as in the table of rights: "need.publish" */
    struct str object_kind; /* "need" */
    struct str object_ref;  /* "N-12" */
    struct str subject;     /* whose data or right: ref of an account; PERSONAL and RIGHT need it */
    struct str address;     /* of the client; empty from the command line */
    struct str request;     /* id of the request or job */
    struct str detail;      /* JSON object or empty; no personal data */
};

/* Adds one row at the end of the chain. Left-out texts are empty. ST_BUG: no actor or action, or no subject where one
 * is needed. */
MUST_USE enum status audit_record(struct tx *t, const struct audit_entry *e);

enum audit_fault {
    AUDIT_WHOLE,
    AUDIT_GAP,     /* the row before `seq` is missing */
    AUDIT_EDITED,  /* row `seq` was edited, or stands in another's place */
    AUDIT_CUT,     /* rows behind `seq` are missing: the head knows more */
    AUDIT_NO_HEAD, /* there are rows, but no head or another one */
};

struct audit_report {
    enum audit_fault fault;
    int64_t seq; /* first broken row, last row of a whole chain */
    int64_t rows;
    unsigned char head[AUDIT_HASH_BYTES];
};

/* Walks the whole chain in one moment of the store; ST_OK also when it is broken: look at the fault. */
MUST_USE enum status audit_verify(struct db *db, struct audit_report *out);
const char *audit_fault_text(enum audit_fault f);

#endif
