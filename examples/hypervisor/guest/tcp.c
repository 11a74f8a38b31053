/* SPDX-License-Identifier: MIT */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tool.h"

/*
 * tcp receive PORT: receives all data of one connection; prints bytes, and microseconds since the first byte.
 * tcp send ADDRESS PORT MIB: sends zeros.
 * tcp take PORT, tcp give ADDRESS PORT: the same from standard input to standard output.
 */
#define BLOCK (256u << 10)
#define MIB_IN_BLOCKS 4u

static char block[BLOCK];

static void write_all(int to, size_t bytes)
{
    for (size_t done = 0; done < bytes;) {
        const ssize_t n = write(to, block + done, bytes - done);

        if (n <= 0)
            fail("tcp: write");
        done += (size_t)n;
    }
}

/* Receives from a connection, optionally to standard output. */
static int receive(const struct sockaddr_in *at, bool keep)
{
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;
    uint64_t bytes = 0;
    uint64_t begin = 0;
    ssize_t n;
    int from;

    (void)setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (listener < 0 || bind(listener, (const struct sockaddr *)at, sizeof(*at)) != 0 ||
        listen(listener, 1) != 0)
        fail("tcp: listen");
    from = accept(listener, NULL, NULL);
    if (from < 0)
        fail("tcp: accept");
    while ((n = read(from, block, BLOCK)) > 0) {
        begin = bytes == 0 ? now_us() : begin;
        bytes += (uint64_t)n;
        if (keep)
            write_all(STDOUT_FILENO, (size_t)n);
    }
    if (n < 0)
        fail("tcp: read");
    if (!keep)
        printf("tcp %llu bytes %llu us\n", (unsigned long long)bytes, (unsigned long long)(now_us() - begin));
    return 0;
}

/* Connects to the peer, retrying for some seconds. */
static int connected(const struct sockaddr_in *at)
{
    int to;

    for (unsigned tries = 0; tries < 100; tries++) {
        to = socket(AF_INET, SOCK_STREAM, 0);
        if (to >= 0 && connect(to, (const struct sockaddr *)at, sizeof(*at)) == 0)
            return to;
        (void)close(to);
        (void)usleep(50000);
    }
    fail("tcp: connect");
}

static int send_zeroes(const struct sockaddr_in *at, unsigned long blocks)
{
    const int to = connected(at);

    for (unsigned long i = 0; i < blocks; i++)
        write_all(to, BLOCK);
    return close(to);
}

static int give(const struct sockaddr_in *at)
{
    const int to = connected(at);
    ssize_t n;

    while ((n = read(STDIN_FILENO, block, BLOCK)) > 0)
        write_all(to, (size_t)n);
    return close(to);
}

int tcp_main(int argc, char **argv)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    const bool sends = argc > 2 && inet_pton(AF_INET, argv[1], &at.sin_addr) == 1;

    if (argc > 1)
        at.sin_port = htons((uint16_t)atoi(argv[sends ? 2 : 1]));
    if (argc == 2 && (strcmp(argv[0], "receive") == 0 || strcmp(argv[0], "take") == 0))
        return receive(&at, argv[0][0] == 't');
    if (sends && argc == 4 && strcmp(argv[0], "send") == 0)
        return send_zeroes(&at, strtoul(argv[3], NULL, 10) * MIB_IN_BLOCKS);
    if (sends && argc == 3 && strcmp(argv[0], "give") == 0)
        return give(&at);
    errno = EINVAL;
    fail("tcp receive PORT, take PORT, send ADDRESS PORT MIB, give ADDRESS PORT");
}
