-- The search index is kept in memory (core/search.h): nothing of it is stored.
DROP TABLE search_posting;
DROP TABLE search_doc;
DROP TABLE search_state;
