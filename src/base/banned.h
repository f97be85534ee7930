/*
 * Functions that no file of ours calls; the build includes this in front of every one. Each has a bounded, thread-safe
 * or checked counterpart in base/: str.h, buf.h, arena_printf, str_to_int, time.h, random.h. The headers that declare
 * them come first, so that only our own calls meet the macros. malloc and the clocks are a matter of place:
 * script/lint.
 */
#ifndef PPURI_BASE_BANNED_H
#define PPURI_BASE_BANNED_H

#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(name) this_function_is_banned_##name

#undef strcpy
#define strcpy(to, from) BANNED(strcpy)
#undef stpcpy
#define stpcpy(to, from) BANNED(stpcpy)
#undef strcat
#define strcat(to, from) BANNED(strcat)
#undef strncpy
#define strncpy(to, from, n) BANNED(strncpy)
#undef strncat
#define strncat(to, from, n) BANNED(strncat)
#undef sprintf
#define sprintf(...) BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf)
#undef gets
#define gets(to) BANNED(gets)
#undef strtok
#define strtok(text, marks) BANNED(strtok)
#undef strtok_r
#define strtok_r(text, marks, rest) BANNED(strtok_r)

#undef asctime
#define asctime(tm) BANNED(asctime)
#undef asctime_r
#define asctime_r(tm, to) BANNED(asctime_r)
#undef ctime
#define ctime(t) BANNED(ctime)
#undef ctime_r
#define ctime_r(t, to) BANNED(ctime_r)
#undef gmtime
#define gmtime(t) BANNED(gmtime)
#undef localtime
#define localtime(t) BANNED(localtime)

#undef alloca
#define alloca(n) BANNED(alloca)
#undef atoi
#define atoi(text) BANNED(atoi)
#undef atol
#define atol(text) BANNED(atol)
#undef atoll
#define atoll(text) BANNED(atoll)
#undef atof
#define atof(text) BANNED(atof)
#undef system
#define system(command) BANNED(system)
#undef popen
#define popen(command, mode) BANNED(popen)
#undef rand
#define rand() BANNED(rand)
#undef srand
#define srand(seed) BANNED(srand)
#undef random
#define random() BANNED(random)
#undef srandom
#define srandom(seed) BANNED(srandom)

#endif
