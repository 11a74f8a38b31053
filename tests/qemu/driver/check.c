/* SPDX-License-Identifier: MIT */
#include "check.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void (*check_clean_up)(void);

void check_failed(const char *file, int line, const char *format, ...)
{
    const char *name = strrchr(file, '/');
    va_list rest;

    fflush(stdout);
    fprintf(stderr, "%s:%d: FAILED: ", name != NULL ? name + 1 : file, line);
    va_start(rest, format);
    vfprintf(stderr, format, rest);
    va_end(rest);
    fputc('\n', stderr);
    if (check_clean_up != NULL)
        check_clean_up();
    fflush(stderr);
    _exit(1);
}

void check_number(const char *file, int line, const char *what, uint64_t got, uint64_t want)
{
    if (got != want)
        check_failed(file, line, "%s is %" PRIu64 " (0x%" PRIx64 "), not %" PRIu64 " (0x%" PRIx64 ")", what,
                     got, got, want, want);
}

void check_at_most(const char *file, int line, const char *what, uint64_t got, uint64_t most)
{
    if (got > most)
        check_failed(file, line, "%s is %" PRIu64 ", more than %" PRIu64, what, got, most);
}

void check_text(const char *file, int line, const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        check_failed(file, line, "\"%s\" is not in \"%s\"", part, text);
}
