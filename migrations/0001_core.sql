-- What the store keeps about itself.
CREATE TABLE schema_migration (
    number bigint PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_ms bigint NOT NULL
);
