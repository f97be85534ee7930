CREATE TABLE x (id bigint PRIMARY KEY);

CREATE TABLE y (
    id bigint PRIMARY KEY,
    UNIQUE (nope)
);
