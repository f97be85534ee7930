# shellcheck shell=bash
tree
cp "$home/.clang-format" "$work/tree"
put src/a.c <<<'int  a ;'
finds format 'src/a.c:1: not formatted'
put src/a.c <<<'int a;'
content format
