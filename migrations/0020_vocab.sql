-- The council's own entries of the vocabulary, laid over the embedded lists. Blank columns say nothing of it.

CREATE TABLE vocab_entry (
    id bigint PRIMARY KEY,
    list text NOT NULL, -- processes, materials, certificates, industries, regions
    code text NOT NULL,
    parent text,
    ko text,
    en text,
    synonyms text, -- separated by |
    kind text,     -- of a certificate
    implies text,  -- of a certificate, separated by |
    density_kg_m3 double precision,
    lat double precision,
    lon double precision,
    seq bigint NOT NULL, -- of its last change in change_log
    version bigint NOT NULL,
    changed_ms bigint NOT NULL,
    ended_ms bigint
);
CREATE UNIQUE INDEX vocab_entry_by_code ON vocab_entry (list, code);
