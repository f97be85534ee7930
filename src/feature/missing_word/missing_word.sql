-- name: missing_word_add(missing_word_id int, list text, word text, word_fold text, at_ms int) exec
INSERT INTO missing_word (id, list, word, word_fold, times, first_ms, last_ms)
VALUES (:missing_word_id, :list, :word, :word_fold, 1, :at_ms, :at_ms)
ON CONFLICT (list, word_fold) DO UPDATE SET times = missing_word.times + 1, last_ms = excluded.last_ms

-- name: missing_word_top(limit int) many
SELECT list, word, times FROM missing_word ORDER BY times DESC, list, word_fold LIMIT :limit
