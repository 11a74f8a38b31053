/* SPDX-License-Identifier: MIT */
#include "pattern.h"
#include "check.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LINE_BYTES 16u
#define LINES (SECTOR_BYTES / LINE_BYTES)
#define WORDS 40

static const char *script;

static void put_digits(char *p, unsigned digits, uint64_t value)
{
    while (digits-- > 0) {
        p[digits] = (char)('0' + value % 10);
        value /= 10;
    }
}

/* "A 00000012 0003\n" */
static void put_line(char *p, char tag, uint64_t sector, unsigned line)
{
    p[0] = tag;
    p[1] = ' ';
    put_digits(p + 2, 8, sector);
    p[10] = ' ';
    put_digits(p + 11, 4, line);
    p[15] = '\n';
}

void pattern_fill(void *p, char tag, uint64_t sector, uint32_t count)
{
    char *at = p;

    for (uint64_t s = sector; s < sector + count; s++)
        for (unsigned line = 0; line < LINES; line++, at += LINE_BYTES)
            put_line(at, tag, s, line);
}

void pattern_check_at(const char *file, int line, const void *p, char tag, uint64_t sector, uint32_t count)
{
    const char *at = p;
    char want[LINE_BYTES];

    for (uint64_t s = sector; s < sector + count; s++)
        for (unsigned i = 0; i < LINES; i++, at += LINE_BYTES) {
            put_line(want, tag, s, i);
            if (memcmp(at, want, LINE_BYTES) != 0)
                check_failed(file, line, "sector %" PRIu64 " line %u has \"%.15s\", not \"%.15s\"", s, i, at,
                             want);
        }
}

void image_script(const char *path)
{
    script = path;
}

static void run(char *const argv[])
{
    int status = 0;
    pid_t pid = fork();

    CHECK_SYS(pid >= 0);
    if (pid == 0) {
        execvp(argv[0], argv);
        _exit(127);
    }
    CHECK_SYS(waitpid(pid, &status, 0) == pid);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        check_failed(__FILE__, __LINE__, "%s %s %s ended with wait status 0x%x", argv[0], argv[1], argv[2],
                     (unsigned)status);
}

void image_make(const char *file, const char *runs)
{
    char words[256];
    char *argv[WORDS] = {"sh", (char *)script, (char *)file};
    char *rest = NULL;
    int n = 3;

    CHECK_SYS(unlink(file) == 0 || errno == ENOENT);
    CHECK(strlen(runs) < sizeof(words));
    strcpy(words, runs);
    for (char *word = strtok_r(words, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        CHECK(n < WORDS - 1);
        argv[n++] = word;
    }
    argv[n] = NULL;
    run(argv);
}

void image_compare(const char *file)
{
    char *const argv[] = {"cmp", (char *)file, "expected.img", NULL};

    run(argv);
}

void image_check(const char *file, const char *runs)
{
    image_make("expected.img", runs);
    image_compare(file);
}
