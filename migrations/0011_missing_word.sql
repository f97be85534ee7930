-- Words that people looked for and the vocabulary does not have, told to the council. No personal data.

CREATE TABLE missing_word (
    id bigint PRIMARY KEY,
    list text NOT NULL,
    word text NOT NULL,
    word_fold text NOT NULL,
    times bigint NOT NULL,
    first_ms bigint NOT NULL,
    last_ms bigint NOT NULL
);
CREATE UNIQUE INDEX missing_word_by_word ON missing_word (list, word_fold);
