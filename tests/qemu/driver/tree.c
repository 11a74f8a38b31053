/* SPDX-License-Identifier: MIT */
#include "tree.h"
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define HASH                                                                                              \
    "sh -c 'for t in tree back; do (cd share/$t && find . -type f | sort | xargs -d \"\\n\" sha256sum | " \
    "sha256sum); done'"

static double begun, ended;
static uint64_t tree_bytes;

void tree_run(const char *command)
{
    if (system(command) != 0)
        check_failed(__FILE__, __LINE__, "%s", command);
}

static void make_file(const char *path, size_t bytes)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    uint32_t x = (uint32_t)bytes * 2654435761u + 1u;
    uint8_t *const content = malloc(bytes + 1);

    CHECK_SYS(fd >= 0 && content != NULL);
    for (size_t i = 0; i < bytes; i++) {
        x = x * 1664525u + 1013904223u;
        content[i] = (uint8_t)(x >> 24);
    }
    CHECK_SYS(write(fd, content, bytes) == (ssize_t)bytes);
    CHECK_SYS(close(fd) == 0);
    free(content);
    tree_bytes += bytes;
}

/* Sizes close to the size of a message and of a page. */
void tree_make(uint32_t message, unsigned more)
{
    const size_t sizes[] = {0, 1, 4095, 4096, message - 24, message - 23, message, TREE_BIG};
    char path[100];

    tree_bytes = 0;
    tree_run("rm -rf share && mkdir -p share/tree/deep/er/and/deeper share/tree/many");
    for (unsigned i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        snprintf(path, sizeof(path), "share/tree/deep/er/and/%zu", sizes[i]);
        make_file(path, sizes[i]);
    }
    for (unsigned i = 0; i < TREE_MANY; i++) {
        snprintf(path, sizeof(path), "share/tree/many/a longer name with the number %u", i);
        make_file(path, i);
    }
    for (unsigned i = 0; i < more; i++) {
        snprintf(path, sizeof(path), "share/tree/many/more %u", i);
        make_file(path, TREE_BIG - i % 100);
    }
}

static double seconds(void)
{
    struct timespec now;

    CHECK_SYS(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void tree_clock(void)
{
    begun = seconds();
}

void tree_compare(void)
{
    ended = seconds();
    tree_run("diff -r share/tree share/back");
}

void tree_report(const char *what)
{
    printf("%s: %.1f MiB there and back, %.0f bytes/s; sha256 of both:\n", what,
           (double)tree_bytes / (1 << 20), 2.0 * (double)tree_bytes / (ended - begun));
    (void)fflush(stdout);
    tree_run(HASH);
}
