# shellcheck shell=bash
# warnings, tidy, cppcheck: one small project.
small_project() { # statement
  tree
  cp "$home/.clang-tidy" "$work/tree"
  put meson.build <<<"project('small', 'c', default_options: ['warning_level=3', 'werror=true'])
add_project_arguments('-Wshadow', language: 'c')
executable('small', 'src/main.c')"
  put src/main.c <<<"#include <string.h>
int main(int argc, char **argv)
{
    $1
}"
}
small_project 'return argv[0] ? argc : 0;'
content warnings
content tidy
content cppcheck
small_project 'int n = argc; if (argv[0]) { int n = 2; return n; } return n;'
finds warnings 'declaration shadows a local variable'
small_project 'char *p = argc > 1 ? argv[1] : NULL; return p[0];'
finds tidy 'clang-analyzer-core.'
small_project 'int v[2] = {argc, 1}; (void)argv; return v[2 + 1];'
finds cppcheck '[arrayIndexOutOfBounds]'
