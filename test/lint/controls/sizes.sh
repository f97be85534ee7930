# shellcheck shell=bash
a_function() { # name parameters
  printf '%s\n{\n' "void $1($2)"
  cat
  printf '}\n'
}
lines() { # count text
  for ((i = 0; i < $1; i++)); do echo "$2"; done
}
tree
lines 801 '' | put src/a.c
finds sizes 'src/a.c: 801 lines, 800 are allowed'
lines 800 '' | put src/a.c
content sizes
lines 78 '    x();' | a_function f void | put src/a.c
finds sizes 'src/a.c:1: f has 81 lines, 80 are allowed'
lines 77 '    x();' | a_function f void | put src/a.c
content sizes
lines 1 '    x();' | a_function f 'int a, int b, int (*c)(int, int), int d, int e, int f' | put src/a.c
finds sizes 'f has 6 parameters'
lines 1 '    x();' | a_function f 'int a, int b, int (*c)(int, int), int d, int e' | put src/a.c
content sizes
a_function f void <<<'    if (a)
        while (b)
            for (;;)
                if (c)
                    d();' | put src/a.c
finds sizes 'f nests 4 deep'
a_function f void <<<'    if (a)
        while (b)
            for (;;)
                done("if (x)");' | put src/a.c
content sizes
