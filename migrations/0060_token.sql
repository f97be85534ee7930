-- Keys of programs that call the API. Only the hash is stored: the secret is shown once, when it is made.
CREATE TABLE api_token (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    scope text NOT NULL CHECK (scope IN ('sites')),
    hash bytea NOT NULL UNIQUE,
    created_ms bigint NOT NULL,
    until_ms bigint NOT NULL,
    revoked_ms bigint
);
