-- Needs that are still being written. ref is the share link's secret; owner is a hash of the session that may change it.

CREATE TABLE draft (
    id bigint PRIMARY KEY,
    ref text NOT NULL,
    owner text NOT NULL,
    title text,
    body text NOT NULL,
    version bigint NOT NULL,
    created_ms bigint NOT NULL,
    changed_ms bigint NOT NULL
);
CREATE UNIQUE INDEX draft_by_ref ON draft (ref);
CREATE INDEX draft_by_owner ON draft (owner);
