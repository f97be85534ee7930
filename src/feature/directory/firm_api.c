/* GET /api/v1/firms/:ref: one site in the form of the import file. */
#include "core/req.h"
#include "feature/directory/directory.h"
#include "match/supply_write.h"

enum status firm_api(struct req *q);

enum status firm_api(struct req *q)
{
    struct supply found;
    TRY(directory_load(q->db, q->app->vocab, q->param, &found));
    if (found.n != 1)
        return ST_NOT_FOUND;
    if (response_etag(q->answer, directory_site_tag(q->arena, q->app->vocab, found.v[0])))
        return ST_OK;
    struct json_out j;
    req_json_begin(q, &j);
    supply_write_site(q->arena, q->app->vocab, &j, found.v[0]);
    return req_json_end(q);
}
