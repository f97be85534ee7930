-- A small council for the tests of the store and of the SQL compiler.
CREATE TABLE region (
    id bigint PRIMARY KEY,
    name text NOT NULL
);
CREATE TABLE firm (
    id bigint PRIMARY KEY,
    region_id bigint NOT NULL REFERENCES region (id),
    slug text NOT NULL UNIQUE,
    name text NOT NULL, -- as it is written
    name_fold text NOT NULL,
    staff bigint,
    rating double precision,
    logo bytea,
    listed bigint NOT NULL DEFAULT 1 CHECK (listed IN (0, 1)),
    version bigint NOT NULL DEFAULT 1,
    created_ms bigint NOT NULL
);
CREATE INDEX firm_by_name ON firm (name, id);
CREATE TABLE quote (
    need_id bigint NOT NULL,
    firm_id bigint NOT NULL REFERENCES firm (id) ON DELETE CASCADE,
    won bigint NOT NULL,
    note text,
    PRIMARY KEY (need_id, firm_id)
);
