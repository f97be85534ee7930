/* What a change would do is tried on a copy of the vocabulary first; the write itself is one transaction with its
 * trace. */
#include "feature/vocabulary/overlay_store.h"

#include "base/time.h"
#include "base/utf8.h"
#include "core/change.h"
#include "feature/vocabulary/vocabulary_sql.h"

static void entry_of_row(const struct vocab_entry_row *r, enum vocab_list list, struct vocab_entry *out)
{
    *out = (struct vocab_entry){.list = list,
                                .code = r->code,
                                .parent = r->parent,
                                .ko = r->ko,
                                .en = r->en,
                                .synonyms = r->synonyms,
                                .kind = r->kind,
                                .implies = r->implies,
                                .density_kg_m3 = r->density_kg_m3,
                                .has_point = r->lat.has && r->lon.has,
                                .at = {r->lat.v, r->lon.v}};
}

enum status overlay_seq(struct db *db, int64_t *seq)
{
    struct vocab_entry_seq_row row;
    TRY(vocab_entry_seq(db, &row));
    *seq = row.seq;
    return ST_OK;
}

static enum status load(struct db *db, struct vocab_overlay *out)
{
    struct vocab_entry_row_list rows;
    *out = (struct vocab_overlay){.v = NULL};
    TRY(overlay_seq(db, &out->seq));
    TRY(vocab_entry_all(db, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        enum vocab_list list;
        if (vocab_list_of(rows.v[i].list, &list))
            entry_of_row(&rows.v[i], list, VEC_ADD(db_arena(db), out));
    }
    return ST_OK;
}

enum status overlay_load(struct db *db, struct vocab_overlay *out)
{
    TRY(db_read_begin(db));
    enum status st = load(db, out);
    db_read_end(db);
    return st;
}

/* In the order of codes, so that a parent stays before what is below it. */
static void replace(struct arena *a, struct vocab_overlay *o, const struct vocab_entry *e, bool end)
{
    struct vocab_overlay with = {.seq = o->seq};
    bool done = end;
    for (size_t i = 0; i < o->n; i++) {
        const struct vocab_entry *old = &o->v[i];
        bool same = old->list == e->list && str_eq(old->code, e->code);
        if (!done && old->list == e->list && str_cmp(old->code, e->code) >= 0) {
            VEC_PUSH(a, &with, *e);
            done = true;
        }
        if (!same)
            VEC_PUSH(a, &with, *old);
    }
    if (!done)
        VEC_PUSH(a, &with, *e);
    *o = with;
}

static size_t refused_count(struct arena *a, const struct vocab_overlay *o, struct overlay_refusals *refusals)
{
    struct vocab v;
    struct str why;
    *refusals = (struct overlay_refusals){NULL, 0, 0};
    if (vocab_load_over(a, embedded_vocab, o, &v, refusals, &why) != ST_OK)
        return SIZE_MAX;
    return refusals->n;
}

static enum status try_change(struct db *db, const struct vocab_entry *e, bool end, const char **why)
{
    struct vocab_overlay o;
    struct overlay_refusals refusals;
    TRY(overlay_load(db, &o));
    AUTO_ARENA scratch;
    arena_init(&scratch, SIZE_MAX / 2);
    size_t before = refused_count(&scratch, &o, &refusals);
    replace(&scratch, &o, e, end);
    size_t after = refused_count(&scratch, &o, &refusals);
    for (size_t i = 0; i < refusals.n; i++) {
        if (str_eq(refusals.v[i].code, e->code)) {
            *why = refusals.v[i].why;
            return ST_INVALID;
        }
    }
    if (after <= before)
        return ST_OK;
    *why = "entries below it would no longer fit";
    return ST_INVALID;
}

static bool is_code(struct str s)
{
    bool word = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        if (!letter && (c != '.' || !word))
            return false;
        word = letter;
    }
    return word && s.n <= 64;
}

static const char *refuse_texts(const struct vocab_entry *e)
{
    const struct str texts[] = {e->parent, e->ko, e->en, e->synonyms, e->kind, e->implies};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (!utf8_valid(texts[i]) || texts[i].n > 4000)
            return "a text is no UTF-8 or too long";
    if (!is_code(e->code))
        return "a code is made of upper-case words, digits and _ joined by dots";
    if (e->has_point && !(e->at.lat >= -90 && e->at.lat <= 90 && e->at.lon >= -180 && e->at.lon <= 180))
        return "lat goes from -90 to 90, lon from -180 to 180";
    if (e->density_kg_m3.has && !(e->density_kg_m3.v > 0 && e->density_kg_m3.v < 1e5))
        return "the density must be above 0 kg/m3";
    return NULL;
}

/* Blank texts are NULL in the store. */
static struct str stored(struct arena *a, struct str s)
{
    return s.n ? utf8_nfc(a, s) : (struct str){NULL, 0};
}

static enum status trace(struct tx *t, const struct overlay_write *w, struct str action, int64_t *seq)
{
    struct arena *a = db_arena(tx_db(t));
    struct str ref = arena_printf(a, "%s/" STR_FMT, vocab_list_name(w->entry.list), STR_ARG(w->entry.code));
    TRY(change_record(t, STR("vocab"), ref));
    TRY(change_seq(tx_db(t), seq));
    struct audit_entry entry = {.kind = AUDIT_CHANGE,
                                .actor = w->actor,
                                .action = action,
                                .object_kind = STR("vocab"),
                                .object_ref = ref,
                                .address = w->address,
                                .request = w->request};
    return audit_record(t, &entry);
}

static enum status put(struct tx *t, void *arg)
{
    const struct overlay_write *w = arg;
    const struct vocab_entry *e = &w->entry;
    struct arena *a = db_arena(tx_db(t));
    int64_t seq, changed;
    TRY(trace(t, w, STR("vocab.add"), &seq));
    struct vocab_entry_put_in in = {.id = tx_new_id(t),
                                    .list = str_c(vocab_list_name(e->list)),
                                    .code = e->code,
                                    .parent = stored(a, e->parent),
                                    .ko = stored(a, e->ko),
                                    .en = stored(a, e->en),
                                    .synonyms = stored(a, e->synonyms),
                                    .kind = stored(a, e->kind),
                                    .implies = stored(a, e->implies),
                                    .density_kg_m3 = e->density_kg_m3,
                                    .lat = {e->at.lat, e->has_point},
                                    .lon = {e->at.lon, e->has_point},
                                    .seq = seq,
                                    .changed_ms = time_now_ms()};
    return vocab_entry_put(t, &in, &changed);
}

enum status overlay_put(struct db *db, const struct overlay_write *w, const char **why)
{
    struct overlay_write copy = *w;
    *why = refuse_texts(&w->entry);
    if (*why)
        return ST_INVALID;
    TRY(try_change(db, &w->entry, false, why));
    return db_write(db, put, &copy);
}

static enum status end(struct tx *t, void *arg)
{
    const struct overlay_write *w = arg;
    int64_t seq, changed;
    TRY(trace(t, w, STR("vocab.end"), &seq));
    struct vocab_entry_end_in in = {
        .list = str_c(vocab_list_name(w->entry.list)), .code = w->entry.code, .seq = seq, .ended_ms = time_now_ms()};
    TRY(vocab_entry_end(t, &in, &changed));
    return changed ? ST_OK : ST_NOT_FOUND;
}

enum status overlay_end(struct db *db, const struct overlay_write *w, const char **why)
{
    struct overlay_write copy = *w;
    *why = NULL;
    TRY(try_change(db, &w->entry, true, why));
    return db_write(db, end, &copy);
}
