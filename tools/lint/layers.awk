# Who may include whom: reads the .c, .h and .html files under src/, prints "file:line: what". The rules are those of the
# design: lower layers only, L1 and L4 never sideways but through the two doors, each library behind one file. A compiled
# view "views/x.h" belongs to its feature; those of web/views are the shared frame, which core may use (decision 023).

# -v views="file.html ...": every view file of the tree.
BEGIN {
    n = split(views, files, " ")
    for (i = 1; i <= n; i++) {
        name = files[i]
        sub(/^.*\//, "views/", name)
        sub(/[.]html$/, ".h", name)
        view[name] = room(substr(files[i], 5))
    }
    split("base=0 db=1 http=1 html=1 i18n=1 vocab=1 match=2 core=3 feature=4 web=5 cli=5", pairs, " ")
    for (i in pairs) {
        split(pairs[i], kv, "=")
        layer[kv[1]] = kv[2]
    }
    owner["sqlite3.h"] = "^src/db/sqlite[a-z_]*[.]c$"
    owner["libpq-fe.h"] = "^src/db/postgres[.]c$"
    owner["microhttpd.h"] = "^src/http/server[a-z_]*[.][ch]$"
    owner["jansson.h"] = "^src/base/json[a-z_]*[.][ch]$"
    owner["csv.h"] = "^src/base/csv[.]c$"
    owner["utf8proc.h"] = "^src/base/utf8[.]c$"
    owner["sodium.h"] = "^src/(base|core)/[a-z_]+[.]c$"
    owner["curl/curl.h"] = "^src/core/[a-z_]+[.]c$"
    owner["cairo.h"] = owner["cairo-pdf.h"] = owner["pango/pangocairo.h"] = "^src/core/pdf[.]c$"
    owner["roaring/roaring.h"] = "^src/match/[a-z_]+[.][ch]$"
}

function say(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what
}

# "db" of "db/db.h", "feature/need" of "feature/need/need.h".
function room(path,    parts) {
    split(path, parts, "/")
    return parts[1] == "feature" ? parts[1] "/" parts[2] : parts[1]
}

function check_library(name) {
    if (name in owner && FILENAME !~ owner[name])
        say("<" name "> is included outside its one wrapper")
}

function check_own(path, from, to, parts) {
    split(FILENAME, parts, "/")
    from = substr(FILENAME, 5)
    if (path !~ /\//) {
        say("\"" path "\" is not a full path from src/")
        return
    }
    if (path ~ /^[.]|\/[.]/)
        say("\"" path "\" is a relative path")
    if (from == "main.c")
        return
    if (path ~ /^views\//) {
        check_view(path, room(from), parts[2])
        return
    }
    to = room(path)
    split(to, parts, "/")
    if (!(parts[1] in layer)) {
        say("\"" path "\" lies in no layer")
        return
    }
    check_order(path, room(from), to, parts[1])
}

function check_view(path, from, low) {
    if (!(path in view))
        say("no view file makes \"" path "\"")
    else if (view[path] == "web" ? layer[low] < 3 : from != view[path] && low != "web")
        say(from " includes \"" path "\", a view of " view[path])
}

function check_order(path, from, to, high,    below, parts) {
    split(from, parts, "/")
    if (!(parts[1] in layer)) {
        say("the file lies in no layer")
        return
    }
    below = layer[parts[1]]
    if (from == to)
        return
    if (layer[high] > below)
        say("L" below " " from " includes L" layer[high] " \"" path "\"")
    else if (below == 1 && layer[high] == 1)
        say("sideways in L1: " from " includes \"" path "\"")
    else if (below == 4 && layer[high] == 4 && path != to "/" substr(to, 9) ".h")
        say("sideways in L4: of another feature only " to "/" substr(to, 9) ".h, not \"" path "\"")
    else if (below == 4 && layer[high] == 4)
        edge[from, to] = FILENAME ":" FNR
}

/^[ \t]*#[ \t]*include[ \t]*</ {
    sub(/^[^<]*</, "")
    sub(/>.*/, "")
    check_library($0)
    next
}

/^[ \t]*(#[ \t]*include[ \t]*|[{][{]include )"/ {
    sub(/^[^"]*"/, "")
    sub(/".*/, "")
    check_own($0)
}

# A cycle between features: every edge whose end leads back to its beginning.
END {
    do {
        grown = 0
        for (e in edge) {
            split(e, a, SUBSEP)
            for (f in edge) {
                split(f, b, SUBSEP)
                if (a[2] == b[1] && !((a[1], b[2]) in edge)) {
                    edge[a[1], b[2]] = edge[e]
                    grown = 1
                }
            }
        }
    } while (grown)
    for (e in edge) {
        split(e, a, SUBSEP)
        if (a[1] == a[2])
            print edge[e] ": cycle of features through " a[1]
    }
}
