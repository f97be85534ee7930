CREATE TABLE counter (
    name text PRIMARY KEY,
    n bigint NOT NULL
);
CREATE TABLE entry (
    id bigint PRIMARY KEY,
    who bigint NOT NULL,
    at bigint NOT NULL,
    body bytea,
    UNIQUE (who, at)
);
ALTER TABLE region ADD COLUMN name_en text NOT NULL DEFAULT '';
