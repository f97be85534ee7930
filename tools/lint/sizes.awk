# Sizes of C functions by a brace counter: reads .c and .h files, prints one line a function:
#   file:line name lines nesting parameters
# Relies on the format: a function's body opens with "{" alone in column 1 and ends with "}" there. Nesting counts the
# braces and the indented single statements below if, for, while, switch and do.

function strip(line) {
    gsub(/\\./, "", line)
    gsub(/"[^"]*"/, "\"\"", line)
    gsub(/'[^']*'/, "0", line)
    sub(/\/\/.*/, "", line)
    gsub(/\/\*([^*]|\*[^\/])*\*\//, "", line)
    return line
}

function begin_function(    n, list, i, depth, c) {
    inside = 1
    deepest = opened = 0
    first = head_line
    name = head
    sub(/\(.*/, "", name)
    sub(/^.*[ *]/, "", name)
    params = 0
    list = head
    sub(/^[^(]*\(/, "", list)
    if (list !~ /^(void)?\)/)
        params = 1
    n = length(list)
    for (i = 1; i <= n; i++) {
        c = substr(list, i, 1)
        if (c == "(")
            depth++
        else if (c == ")" && depth-- == 0)
            break
        else if (c == "," && depth == 0)
            params++
    }
}

FNR == 1 { inside = 0; head = ""; head_line = 0 }

!inside && /^[{]/ {
    if (head ~ /\(/ && head !~ /^(struct|enum|union|typedef)[^(]*$/ && head !~ /=[ ]*$/)
        begin_function()
    head = ""
    next
}

!inside {
    line = strip($0)
    if (line ~ /^[A-Za-z_]/ && line !~ /^#/) {
        head = line
        head_line = FNR
    } else if (line ~ /^[ \t]/ && head != "") {
        head = head " " line
    } else {
        head = ""
    }
    if (line ~ /[;}][ \t]*$/)
        head = ""
    next
}

/^[}]/ {
    printf "%s:%d %s %d %d %d\n", FILENAME, first, name, FNR - first + 1, deepest, params
    inside = 0
    next
}

# Indentation tells the depth; a switch's labels stand at the level of the switch, a continued line is no depth.
{
    line = strip($0)
    match(line, /^ */)
    level = int(RLENGTH / 4)
    if (line ~ /^ *([}] )?(if |for |while |switch |do( |$)|else( |$))/ && line !~ /^ *[}] while/ && level > deepest)
        deepest = level
}
