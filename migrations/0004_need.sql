-- Needs. body is the need as JSON (doc/matching.md), checked at the door; the columns beside it are what lists sort and filter by.

CREATE TABLE need (
    id bigint PRIMARY KEY,
    ref text NOT NULL,
    title text,
    due_day bigint,
    created_day bigint NOT NULL,
    body text NOT NULL,
    version bigint NOT NULL,
    changed_ms bigint NOT NULL,
    ended_ms bigint
);
CREATE UNIQUE INDEX need_by_ref ON need (ref);
