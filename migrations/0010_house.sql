-- What keeps the house in order: settings, audit, outbox, jobs, files, idempotency keys.

CREATE TABLE setting (
    name text PRIMARY KEY,
    value text NOT NULL,
    changed_ms bigint NOT NULL
);

-- Append-only. hash covers the row before it and every other column of this one.
CREATE TABLE audit (
    seq bigint PRIMARY KEY,
    at_ms bigint NOT NULL,
    kind text NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    object_kind text NOT NULL,
    object_ref text NOT NULL,
    subject text NOT NULL,
    from_address text NOT NULL,
    request text NOT NULL,
    detail text NOT NULL,
    hash bytea NOT NULL
);
CREATE INDEX audit_object ON audit (object_kind, object_ref, seq);
CREATE INDEX audit_subject ON audit (subject, seq);

-- One row: where the chain ends, so that rows cut off its end are missed.
CREATE TABLE audit_head (
    id bigint PRIMARY KEY,
    seq bigint NOT NULL,
    hash bytea NOT NULL
);

CREATE TABLE outbox (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    payload text NOT NULL,
    at_ms bigint NOT NULL,
    delivered_ms bigint
);
CREATE INDEX outbox_delivered ON outbox (delivered_ms);

-- Which handler has had which event.
CREATE TABLE outbox_done (
    event_id bigint NOT NULL REFERENCES outbox (id),
    handler text NOT NULL,
    at_ms bigint NOT NULL,
    PRIMARY KEY (event_id, handler)
);

-- A job that is done is gone. lease names one run of one worker; 0: nobody runs it.
CREATE TABLE job (
    id bigint PRIMARY KEY,
    kind text NOT NULL,
    unique_key text UNIQUE,
    payload text NOT NULL,
    due_ms bigint NOT NULL,
    attempts bigint NOT NULL,
    lease bigint NOT NULL,
    dead bigint NOT NULL,
    error text NOT NULL,
    created_ms bigint NOT NULL
);
CREATE INDEX job_due ON job (dead, due_ms, id);

-- Contents beside the store, by their BLAKE2b-256 in hexadecimal.
CREATE TABLE file_content (
    hash text PRIMARY KEY,
    size_bytes bigint NOT NULL,
    added_ms bigint NOT NULL
);
CREATE INDEX file_content_added ON file_content (added_ms);

CREATE TABLE attachment (
    id bigint PRIMARY KEY,
    hash text NOT NULL REFERENCES file_content (hash),
    owner_kind text NOT NULL,
    owner_ref text NOT NULL,
    name text NOT NULL,
    type text NOT NULL,
    added_by text NOT NULL,
    added_ms bigint NOT NULL
);
CREATE INDEX attachment_owner ON attachment (owner_kind, owner_ref, id);
CREATE INDEX attachment_hash ON attachment (hash);

-- The answer that a request with this key has had.
CREATE TABLE idempotency (
    actor text NOT NULL,
    request_key text NOT NULL,
    route text NOT NULL,
    fingerprint text NOT NULL,
    status bigint NOT NULL,
    location text NOT NULL,
    summary text NOT NULL,
    at_ms bigint NOT NULL,
    PRIMARY KEY (actor, request_key)
);
CREATE INDEX idempotency_at ON idempotency (at_ms);
