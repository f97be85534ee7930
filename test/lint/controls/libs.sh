# shellcheck shell=bash
tree
put lint/libraries <<<'libc.so.6 LGPL-2.1+'
mkdir -p "$work/tree/build"
echo 'double f(double); int main(int n, char **v) { (void)v; return (int)f(n); }' >"$work/a.c"
echo 'double cos(double); double f(double x); double f(double x) { return cos(x); }' >"$work/b.c"
finds libs 'is not there: script/build'
cc -fno-builtin -o "$work/tree/build/ppuri" "$work/a.c" "$work/b.c" -lm
finds libs 'libm.so.6 is not in lint/libraries'
put lint/libraries <<<'libc.so.6 LGPL-2.1+
libm.so.6 GPL-3.0'
finds libs 'libm.so.6 is under GPL-3.0, which is not allowed'
put lint/libraries <<<'libc.so.6 LGPL-2.1+
libm.so.6 LGPL-2.1+'
content libs
