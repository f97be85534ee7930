-- The list a site last stood in: a form such as krx, or sites for our own .jsonl and CSV. Tells which sites a newer list no longer has.
CREATE TABLE site_source (
    site_ref text PRIMARY KEY,
    source text NOT NULL
);
CREATE INDEX site_source_by_source ON site_source (source);
