# Words of SQL that one of the two engines does not know, or that take ids, time or chance away from the program. Reads
# migrations/*.sql (also their column types) and the queries under src/; prints "file:line: what". sqlc refuses most of it
# as well, when the file is in the build; this looks at every file there is.

BEGIN {
    banned = "now|random|nextval|currval|setval|autoincrement|serial|bigserial|current_timestamp|current_date|current_time|" \
        "localtimestamp|clock_timestamp|strftime|julianday|datetime|date_trunc|to_char|to_timestamp|ilike|similar|regexp|" \
        "glob|match|collate|offset|jsonb|json_extract|json_build_object|generate_series|listen|notify|trigger|pragma|" \
        "last_insert_rowid|pg_[a-z_]+|sqlite_[a-z_]+"
    # A column's constraints and a table's, as they begin.
    table_words = "^(primary|foreign|unique|check|constraint|references|on|and|or)$"
}

function say(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what
}

function check_column(line, low,    words, n) {
    n = split(low, words, /[ \t,();]+/)
    if (words[1] == "")
        return
    if (words[1] ~ table_words)
        return
    if (words[2] ~ /^(bigint|text|bytea)$/ || (words[2] == "double" && words[3] == "precision"))
        return
    say("the column " words[1] " is of type " (words[2] == "" ? "nothing" : words[2]) "; bigint, text, double precision, bytea are allowed")
}

FNR == 1 { in_table = 0 }

{
    if ($0 ~ /^[ \t]*--[ \t]*only:[ \t]*postgres/) {
        if (++postgres > 10)
            say("block " postgres " for PostgreSQL only; ten are allowed")
    } else if ($0 ~ /^[ \t]*--[ \t]*only:/) {
        say("only: postgres is the one exception there is")
    }
    line = $0
    gsub(/'[^']*'/, "''", line)
    sub(/--.*/, "", line)
    low = tolower(line)
    if (match(low, "(^|[^a-z0-9_.:])(" banned ")([^a-z0-9_]|$)"))
        say("the word is not for both engines: " substr(low, RSTART, RLENGTH))
    if (low ~ /::|->|[^<>!=]~|"|@>|<@|[?][|&]|\|\|\/|`/)
        say("the operator is not for both engines")
    if (low ~ /\// && low !~ /\/[ ]*nullif[ ]*[(]/)
        say("divide by NULLIF(x, 0): one engine fails, the other says NULL")
}

FILENAME ~ /migrations\// {
    if (low ~ /^[ \t]*create[ \t]+(temp|temporary|view|function|extension|type|domain|sequence|materialized|unlogged)/ ||
        low ~ /deferrable|inherits|partition/)
        say("tables and indexes only")
    if (low ~ /^[ \t]*alter[ \t].*add[ \t]+column[ \t]/) {
        column = low
        sub(/^.*add[ \t]+column[ \t]+/, "", column)
        check_column(line, column)
    }
    if (in_table && low ~ /^[ \t]*[)]/)
        in_table = 0
    if (in_table) {
        column = low
        sub(/^[ \t]+/, "", column)
        if (depth == 0)
            check_column(line, column)
        depth += gsub(/[(]/, "(", low) - gsub(/[)]/, ")", low)
    }
    if (low ~ /^[ \t]*create[ \t]+table/) {
        in_table = 1
        depth = 0
        if (low !~ /[(][ \t]*$/)
            say("one column a line")
    }
}
