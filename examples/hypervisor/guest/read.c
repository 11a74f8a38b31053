/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tool.h"

/*
 * read FILE BLOCK TIMES: reads the whole file TIMES times, in blocks of BLOCK bytes; prints bytes and
 * microseconds.
 */
int read_main(int argc, char **argv)
{
    const size_t bytes = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    const unsigned long times = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    char *const block = malloc(bytes + 1u);
    const int fd = argc > 0 ? open(argv[0], O_RDONLY) : -1;
    const uint64_t begin = now_us();
    uint64_t done = 0;
    ssize_t n;

    if (fd < 0 || block == NULL)
        fail("read FILE BLOCK TIMES");
    for (unsigned long i = 0; i < times; i++) {
        for (off_t at = 0; (n = pread(fd, block, bytes, at)) > 0; at += n)
            done += (uint64_t)n;
        if (n < 0)
            fail("read");
    }
    printf("read %llu bytes %llu us\n", (unsigned long long)done, (unsigned long long)(now_us() - begin));
    free(block);
    return close(fd);
}
