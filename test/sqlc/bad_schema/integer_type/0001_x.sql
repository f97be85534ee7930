CREATE TABLE x (
    id bigint PRIMARY KEY,
    n integer NOT NULL
);
