-- What every feature builds on.

-- The only feed of derived structures (match index, search): read on from the last seq seen.
CREATE TABLE change_log (
    seq bigint PRIMARY KEY,
    kind text NOT NULL,
    ref text NOT NULL,
    changed_ms bigint NOT NULL
);

-- Last number given in a series of references such as S-<n>.
CREATE TABLE ref_counter (
    series text PRIMARY KEY,
    last bigint NOT NULL
);
