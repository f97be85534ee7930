# shellcheck shell=bash
one_call() { # file call
  tree
  put "$1" <<<"void f(void) { $2; }"
}
for name in malloc calloc realloc free strdup asprintf; do
  one_call src/core/a.c "$name(x)"
  finds calls 'memory comes from an arena'
done
for call in 'free(x)' 'q->free(x)' 'arena_free(x)' 'log("malloc(1)") /* free(x) */'; do
  [ "$call" = 'free(x)' ] && file=src/db/a.c || file=src/core/a.c
  one_call "$file" "$call"
  content calls
done
for name in time clock_gettime gettimeofday mktime; do
  one_call src/http/a.c "$name(x)"
  finds calls 'the clock is read in base/time.c only'
  one_call src/base/time.c "$name(x)"
  content calls
done
one_call src/feature/need/a.c 'exit(1)'
finds calls 'ending the program'
one_call src/base/a.c 'sscanf(a, b)'
finds calls 'unbounded'
tree
put meson.build <<<"project('x', 'c')"
finds calls 'base/banned.h is not included'

# The compiler refuses what src/base/banned.h names, and only calls.
compiles() { # statement
  printf 'void f(char *a, char *b);\nvoid f(char *a, char *b)\n{\n    (void)a; (void)b;\n    %s;\n}\n' "$1" |
    cc -std=gnu11 -D_GNU_SOURCE -fsyntax-only -Isrc -include base/banned.h -x c - 2>"$work/cc"
}
for call in 'strcpy(a, b)' 'stpcpy(a, b)' 'strcat(a, b)' 'strncpy(a, b, 1)' 'strncat(a, b, 1)' 'sprintf(a, b)' 'vsprintf(a, b, 0)' \
  'gets(a)' 'strtok(a, b)' 'strtok_r(a, b, &a)' 'asctime(0)' 'asctime_r(0, a)' 'ctime(0)' 'ctime_r(0, a)' 'gmtime(0)' 'localtime(0)' \
  'alloca(1)' 'atoi(a)' 'atol(a)' 'atoll(a)' 'atof(a)' 'system(a)' 'popen(a, b)' 'rand()' 'srand(1)' 'random()' 'srandom(1)'; do
  if compiles "$call" || ! grep -q "this_function_is_banned_${call%%(*}" "$work/cc"; then
    complain "banned.h: $call compiles"
  else
    passed=$((passed + 1))
  fi
done
if compiles 'if (strlen(a) < 3) snprintf(a, 3, "%s", b)'; then
  passed=$((passed + 1))
else
  complain "banned.h: snprintf does not compile"
fi
