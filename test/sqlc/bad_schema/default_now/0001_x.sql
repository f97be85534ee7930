CREATE TABLE x (at bigint NOT NULL DEFAULT now());
