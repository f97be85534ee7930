-- Search over firms, capabilities and needs: what is shown of each, its folded texts, and which signs they hold. Derived, never dumped.
CREATE TABLE search_doc (
    id bigint PRIMARY KEY,
    kind text NOT NULL, -- firm, capability, need
    ref text NOT NULL,
    part_of text NOT NULL,     -- ref in change_log that the row is made of
    owner_org bigint NOT NULL, -- 0: nobody's
    audience bigint NOT NULL,  -- 0: everybody, 1: its owner only
    title text NOT NULL,
    shown text NOT NULL,
    name_fold text NOT NULL,
    process_fold text NOT NULL,
    text_fold text NOT NULL
);
CREATE UNIQUE INDEX search_doc_by_ref ON search_doc (kind, ref);
CREATE INDEX search_doc_by_part ON search_doc (part_of);

-- rank: 2 x field (name, process, text), one more when the signs don't begin a piece of it.
CREATE TABLE search_posting (
    token bigint NOT NULL,
    rank bigint NOT NULL,
    doc bigint NOT NULL REFERENCES search_doc (id),
    PRIMARY KEY (token, rank, doc)
);
CREATE INDEX search_posting_by_doc ON search_posting (doc);

-- One row: how far the index has followed, and with which tokenizer and vocabulary it was made.
CREATE TABLE search_state (
    id bigint PRIMARY KEY,
    version text NOT NULL,
    seq bigint NOT NULL
);
