CREATE TABLE x (id bigint PRIMARY KEY, ok boolean NOT NULL DEFAULT false);
