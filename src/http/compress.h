/* Pages made for one answer, compressed (zlib is used only here). */
#ifndef PPURI_HTTP_COMPRESS_H
#define PPURI_HTTP_COMPRESS_H

#include "http/response.h"

/* Compresses the written body when the client takes gzip and it is worth it. Not for a page that holds a secret beside
   what its address says (BREACH): the length of such a page would tell guesses apart. */
void response_compress(struct http_response *r);

#endif
