/*
 * The chain. Canonical form of a row: the domain word, the hash before, then every column, numbers as 8 bytes and texts
 * with their length in front, all little-endian. Costs two reads and two writes a row. Never updates or deletes a row.
 */
#include "core/audit.h"

#include "base/time.h"
#include "core/audit_sql.h"

#include <sodium.h>

static const char *const kind_words[] = {
#define K(name, word) word,
    AUDIT_KINDS(K)
#undef K
};

static void add_number(crypto_generichash_state *h, int64_t v)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)v >> (8 * i));
    crypto_generichash_update(h, bytes, sizeof bytes);
}

static void add_text(crypto_generichash_state *h, struct str s)
{
    add_number(h, (int64_t)s.n);
    crypto_generichash_update(h, (const unsigned char *)s.p, s.n);
}

static void row_hash(const struct audit_line *r, const unsigned char *before, unsigned char *out)
{
    crypto_generichash_state h;
    crypto_generichash_init(&h, NULL, 0, AUDIT_HASH_BYTES);
    add_text(&h, STR("ppuri audit 1"));
    crypto_generichash_update(&h, before, AUDIT_HASH_BYTES);
    add_number(&h, r->seq);
    add_number(&h, r->at_ms);
    const struct str texts[] = {r->kind,    r->actor,        r->action,  r->object_kind, r->object_ref,
                                r->subject, r->from_address, r->request, r->detail};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        add_text(&h, texts[i]);
    crypto_generichash_final(&h, out, AUDIT_HASH_BYTES);
}

/* The end of the chain; before the first row seq 0 and zeros. ST_IO: the head is damaged. */
static enum status read_head(struct db *db, int64_t *seq, unsigned char *hash)
{
    struct audit_head_get_row head;
    enum status st = audit_head_get(db, &head);
    memset(hash, 0, AUDIT_HASH_BYTES);
    *seq = 0;
    if (st != ST_OK)
        return st;
    if (head.hash.n != AUDIT_HASH_BYTES)
        return ST_IO;
    memcpy(hash, head.hash.p, AUDIT_HASH_BYTES);
    *seq = head.seq;
    return ST_OK;
}

static struct str or_empty(struct str s)
{
    return s.p ? s : STR("");
}

/* The head first: PostgreSQL then sees two that race as a conflict that is run again, and not as a number used twice.
 */
static enum status add_line(struct tx *t, const struct audit_line *r)
{
    struct audit_add_in in = {.seq = r->seq,
                              .at_ms = r->at_ms,
                              .kind = r->kind,
                              .actor = r->actor,
                              .action = r->action,
                              .object_kind = r->object_kind,
                              .object_ref = r->object_ref,
                              .subject = r->subject,
                              .from_address = r->from_address,
                              .request = r->request,
                              .detail = r->detail,
                              .hash = r->hash};
    TRY(audit_head_put(t, r->seq, r->hash, NULL));
    return audit_add(t, &in, NULL);
}

enum status audit_record(struct tx *t, const struct audit_entry *e)
{
    unsigned char before[AUDIT_HASH_BYTES], hash[AUDIT_HASH_BYTES];
    int64_t seq;
    if (!e->actor.n || !e->action.n || (e->kind != AUDIT_CHANGE && !e->subject.n))
        return ST_BUG;
    enum status st = read_head(tx_db(t), &seq, before);
    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    struct audit_line r = {.seq = seq + 1,
                           .at_ms = time_now_ms(),
                           .kind = str_c(kind_words[e->kind]),
                           .actor = e->actor,
                           .action = e->action,
                           .object_kind = or_empty(e->object_kind),
                           .object_ref = or_empty(e->object_ref),
                           .subject = or_empty(e->subject),
                           .from_address = or_empty(e->address),
                           .request = or_empty(e->request),
                           .detail = or_empty(e->detail)};
    row_hash(&r, before, hash);
    r.hash = str_n((const char *)hash, sizeof hash);
    return add_line(t, &r);
}

static enum status check_row(void *arg, const struct audit_line *row)
{
    struct audit_report *out = arg;
    unsigned char hash[AUDIT_HASH_BYTES];
    if (out->fault != AUDIT_WHOLE)
        return ST_OK;
    int64_t expected = out->seq + 1;
    out->rows++;
    out->seq = row->seq;
    row_hash(row, out->head, hash);
    if (row->seq != expected)
        out->fault = AUDIT_GAP;
    else if (row->hash.n != sizeof hash || memcmp(row->hash.p, hash, sizeof hash) != 0)
        out->fault = AUDIT_EDITED;
    memcpy(out->head, hash, sizeof hash);
    return ST_OK;
}

static enum status verify_in_read(struct db *db, struct audit_report *out)
{
    int64_t head_seq;
    unsigned char head[AUDIT_HASH_BYTES];
    *out = (struct audit_report){.fault = AUDIT_WHOLE};
    enum status st = read_head(db, &head_seq, head);
    bool no_head = st == ST_NOT_FOUND || st == ST_IO;
    if (st != ST_OK && !no_head)
        return st;
    TRY(audit_each(db, check_row, out));
    if (out->fault != AUDIT_WHOLE)
        return ST_OK;
    if (no_head ? out->rows > 0 || st == ST_IO : head_seq < out->seq)
        out->fault = AUDIT_NO_HEAD;
    else if (head_seq > out->seq)
        out->fault = AUDIT_CUT;
    else if (memcmp(head, out->head, sizeof head) != 0)
        out->fault = AUDIT_NO_HEAD;
    return ST_OK;
}

enum status audit_verify(struct db *db, struct audit_report *out)
{
    TRY(db_read_begin(db));
    enum status st = verify_in_read(db, out);
    db_read_end(db);
    return st;
}

const char *audit_fault_text(enum audit_fault f)
{
    static const char *const texts[] = {"whole", "a row is missing before this one", "this row was edited or moved",
                                        "rows behind this one are missing", "the head does not belong to this row"};
    return texts[f];
}
