CREATE TABLE "x" (id bigint PRIMARY KEY);
