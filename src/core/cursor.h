/*
 * Where the next page of a list begins, as the parameter "after": opaque, and good only for the list and the filters it
 * was made for. What it says is signed with the process's key (HMAC-SHA-512-256), so one that was made up, changed,
 * taken from another list or given before a restart is told apart from one of ours.
 */
#ifndef PPURI_CORE_CURSOR_H
#define PPURI_CORE_CURSOR_H

#include "core/req.h"

enum { CURSOR_KEY_BYTES = 32, CURSOR_AT_BYTES_MAX = 1000 };

/* `list` names the list with its filters and its order: the same text for the same list. `at` is what the last row
   shown is known by; the text lives in the arena, and is empty when `at` is empty or too long. */
struct str cursor_make(struct arena *a, const unsigned char key[CURSOR_KEY_BYTES], struct str list, struct str at);
/* False: it is not of this list and key. */
bool cursor_read(struct arena *a, const unsigned char key[CURSOR_KEY_BYTES], struct str list, struct str cursor,
                 struct str *at);

/* What the request's "after" says; *at is empty where the list begins. ST_INVALID: answer with cursor_refuse. */
MUST_USE enum status cursor_asked(struct req *q, struct str list, struct str *at);
/* 400 and nothing of the list: that the place is not known any more, and the way to the list's beginning. Also for a
   good cursor whose row is gone. */
MUST_USE enum status cursor_refuse(struct req *q, struct url beginning);

#endif
