/*
 * The visitor's session: 128 random bits in a cookie that scripts cannot read, made when a page with a form is shown.
 * It ties the form's token to the browser that asked for the form, and drafts to who wrote them. Accounts will hang on
 * it.
 */
#ifndef PPURI_CORE_SESSION_H
#define PPURI_CORE_SESSION_H

#include "core/req.h"

enum { SESSION_KEY_BYTES = 32 };

/* Which of an answer's secrets is which. */
enum { SECRET_CSRF, SECRET_KEY };

/* The session's id; {NULL, 0} for a visitor who has none. */
struct str session_id(struct req *q);
/* The same, made and sent as a cookie where there was none. */
MUST_USE enum status session_ensure(struct req *q, struct str *id);
/* Whom rows of this session belong to: a hash of its id, 64 hex digits, so that the store does not hold what opens
   them. Empty for a visitor who has no session. */
struct str session_owner(struct req *q);
/* The browser keeps the session for so long, beyond its closing; made where there was none. */
MUST_USE enum status session_keep(struct req *q, int64_t seconds);
/* Token for the hidden field "csrf" of a form; makes a session. */
MUST_USE enum status session_csrf(struct req *q, struct str *token);
/* A form may change something: it carries this session's token and comes from a page of this host. */
bool session_csrf_ok(struct req *q);
/* A fresh key for the hidden field "key": a double click has one effect. */
MUST_USE enum status session_form_key(struct req *q, struct str *key);

#endif
