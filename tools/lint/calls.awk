# Calls that belong into certain places only: reads .c and .h files, prints "file:line: what". The calls that are banned
# everywhere are the compiler's business (src/base/banned.h). Comments and texts are taken out before.

function code(line,    end) {
    gsub(/\\./, "", line)
    gsub(/"[^"]*"/, "\"\"", line)
    if (comment) {
        end = index(line, "*/")
        if (!end)
            return ""
        line = substr(line, end + 2)
        comment = 0
    }
    gsub(/\/\*([^*]|\*+[^*\/])*\*+\//, "", line)
    if (index(line, "/*")) {
        line = substr(line, 1, index(line, "/*") - 1)
        comment = 1
    }
    sub(/\/\/.*/, "", line)
    return line
}

# A call, not the end of a longer name or a member.
function calls(line, names) {
    return line ~ ("(^|[^A-Za-z0-9_.>])(" names ")[ ]*[(]")
}

function say(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what
}

FNR == 1 { comment = 0 }

{
    line = code($0)
    if (FILENAME !~ /^src\/(base|db|http)\// && FILENAME ~ /^src\// &&
        calls(line, "malloc|calloc|realloc|reallocarray|free|strdup|strndup|asprintf|vasprintf|posix_memalign|aligned_alloc"))
        say("memory comes from an arena; malloc and free are for base, db, http and the snapshot")
    if (FILENAME ~ /^src\// && FILENAME !~ /^src\/base\/time[.]c$/ &&
        calls(line, "time|clock_gettime|gettimeofday|clock|timespec_get|gmtime_r|localtime_r|mktime|strftime"))
        say("the clock is read in base/time.c only")
    if (FILENAME ~ /^src\// && FILENAME !~ /^src\/(cli|base)\// && FILENAME != "src/main.c" && calls(line, "exit|_exit|quick_exit|die"))
        say("a status goes up; ending the program is for cli and main.c")
    if (FILENAME ~ /^src\// && calls(line, "setjmp|longjmp|setlocale|scanf|sscanf|fscanf|tmpnam|mktemp|putenv|setenv|inet_ntoa|gethostbyname"))
        say("unbounded, or not safe between threads")
}
