CREATE TABLE x (id bigint PRIMARY KEY, name varchar(20));
