/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/vm_sockets.h>

#include "tool.h"

/*
 * vsock echo PORT: sends standard input to a port of the host; what comes back goes to standard output.
 *
 * vsock take PORT: the same, with a connection that the host opens to this port.
 *
 * vsock sink MIB: sends a pattern to port 9 of the host; prints how many bytes it received, and how many of
 * them were wrong.
 *
 * vsock source MIB: compares what port 19 sends with the pattern, and closes the connection while more comes.
 *
 * vsock many COUNT: connections to port 7, AT_ONCE of them open at a time.
 *
 * vsock hold COUNT: connections to port 7, which stay open until the program or the guest ends.
 *
 * vsock messages COUNT: messages (seqpacket) to port 7 and back.
 *
 * vsock closed PORT: how a port refuses connections.
 */
enum { ECHO = 7, SINK = 9, SOURCE = 19 };
#define BLOCK (64u << 10)
#define MIB_IN_BLOCKS 16u
#define AT_ONCE 50u
#define SMALL 100u        /* number of bytes on each of many connections */
#define MESSAGE_MAX 9000u /* number of bytes: several of the host's parts */
#define ANSWER_WORDS 2u

static uint8_t block[BLOCK];
static uint8_t right[BLOCK];

static int socket_to(int type, unsigned port)
{
    const struct sockaddr_vm at = {.svm_family = AF_VSOCK, .svm_cid = VMADDR_CID_HOST, .svm_port = port};
    const int s = socket(AF_VSOCK, type, 0);

    if (s >= 0 && connect(s, (const struct sockaddr *)&at, sizeof(at)) == 0)
        return s;
    if (s >= 0) {
        const int why = errno;

        (void)close(s);
        errno = why;
    }
    return -1;
}

static int connected(int type, unsigned port)
{
    const int s = socket_to(type, port);

    if (s < 0)
        fail("vsock: connect");
    return s;
}

static void write_all(int to, const uint8_t *bytes, size_t count)
{
    for (size_t done = 0; done < count;) {
        const ssize_t n = write(to, bytes + done, count - done);

        if (n <= 0)
            fail("vsock: write");
        done += (size_t)n;
    }
}

static void read_all(int from, uint8_t *bytes, size_t count)
{
    for (size_t done = 0; done < count;) {
        const ssize_t n = read(from, bytes + done, count - done);

        if (n <= 0)
            fail("vsock: read");
        done += (size_t)n;
    }
}

static void copy(int from, int to)
{
    ssize_t n;

    while ((n = read(from, block, BLOCK)) > 0)
        write_all(to, block, (size_t)n);
    if (n < 0)
        fail("vsock: copy");
}

/* Sends and receives at the same time. */
static int both_ways(int s)
{
    const pid_t sender = fork();
    int status = 1;

    if (sender < 0)
        fail("vsock: fork");
    if (sender == 0) {
        copy(STDIN_FILENO, s);
        _exit(shutdown(s, SHUT_WR) != 0);
    }
    copy(s, STDOUT_FILENO);
    (void)waitpid(sender, &status, 0);
    return status != 0;
}

static int taken(unsigned port)
{
    const struct sockaddr_vm at = {.svm_family = AF_VSOCK, .svm_cid = VMADDR_CID_ANY, .svm_port = port};
    const int listener = socket(AF_VSOCK, SOCK_STREAM, 0);
    int s;

    if (listener < 0 || bind(listener, (const struct sockaddr *)&at, sizeof(at)) != 0 ||
        listen(listener, 1) != 0)
        fail("vsock: listen");
    fprintf(stderr, "vsock listens\n");
    s = accept(listener, NULL, NULL);
    if (s < 0)
        fail("vsock: accept");
    return s;
}

static void pattern(uint8_t *to, size_t bytes)
{
    for (size_t at = 0; at < bytes; at++)
        to[at] = (uint8_t)(at ^ (at >> 8) * 3u);
}

static int sink(unsigned long blocks)
{
    const int s = connected(SOCK_STREAM, SINK);
    uint64_t answer[ANSWER_WORDS];

    pattern(block, BLOCK);
    for (unsigned long i = 0; i < blocks; i++)
        write_all(s, block, BLOCK);
    if (shutdown(s, SHUT_WR) != 0)
        fail("vsock: shutdown");
    read_all(s, (uint8_t *)answer, sizeof(answer));
    printf("vsock sink %llu bytes %llu wrong\n", (unsigned long long)answer[0],
           (unsigned long long)answer[1]);
    return 0;
}

static int source(unsigned long blocks)
{
    const int s = connected(SOCK_STREAM, SOURCE);
    unsigned long wrong = 0;

    pattern(right, BLOCK);
    for (unsigned long i = 0; i < blocks; i++) {
        read_all(s, block, BLOCK);
        wrong += memcmp(block, right, BLOCK) != 0;
    }
    printf("vsock source %lu bytes %lu blocks wrong\n", blocks * BLOCK, wrong);
    return close(s); /* the host still sends */
}

static void small_bytes(uint8_t *bytes, unsigned number)
{
    for (unsigned i = 0; i < SMALL; i++)
        bytes[i] = (uint8_t)(number * 7u + i);
}

static void open_together(unsigned first, unsigned count)
{
    uint8_t sent[SMALL];
    uint8_t got[SMALL];
    int s[AT_ONCE];

    for (unsigned i = 0; i < count; i++) {
        s[i] = connected(SOCK_STREAM, ECHO);
        small_bytes(sent, first + i);
        write_all(s[i], sent, SMALL);
    }
    for (unsigned i = 0; i < count; i++) {
        small_bytes(sent, first + i);
        read_all(s[i], got, SMALL);
        if (memcmp(sent, got, SMALL) != 0)
            fail("vsock: another connection's bytes");
        if (close(s[i]) != 0)
            fail("vsock: close");
    }
}

static int many(unsigned count)
{
    for (unsigned first = 0; first < count; first += AT_ONCE)
        open_together(first, count - first < AT_ONCE ? count - first : AT_ONCE);
    printf("vsock %u connections\n", count);
    return 0;
}

static int hold(unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        (void)connected(SOCK_STREAM, ECHO);
    printf("vsock holds %u connections\n", count);
    (void)fflush(stdout);
    return pause();
}

static int messages(unsigned count)
{
    const int s = connected(SOCK_SEQPACKET, ECHO);

    pattern(right, MESSAGE_MAX);
    for (unsigned i = 0; i < count; i++) {
        const size_t bytes = 1u + i * 997u % MESSAGE_MAX;

        if (send(s, right, bytes, MSG_EOR) != (ssize_t)bytes)
            fail("vsock: send");
        if (recv(s, block, BLOCK, 0) != (ssize_t)bytes || memcmp(block, right, bytes) != 0)
            fail("vsock: another message");
    }
    printf("vsock %u messages\n", count);
    return close(s);
}

static int closed(unsigned port)
{
    printf("vsock port %u is %s\n", port, socket_to(SOCK_STREAM, port) < 0 ? strerror(errno) : "open");
    return 0;
}

int vsock_main(int argc, char **argv)
{
    const unsigned long number = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;

    if (argc == 2 && strcmp(argv[0], "echo") == 0)
        return both_ways(connected(SOCK_STREAM, (unsigned)number));
    if (argc == 2 && strcmp(argv[0], "take") == 0)
        return both_ways(taken((unsigned)number));
    if (argc == 2 && strcmp(argv[0], "sink") == 0)
        return sink(number * MIB_IN_BLOCKS);
    if (argc == 2 && strcmp(argv[0], "source") == 0)
        return source(number * MIB_IN_BLOCKS);
    if (argc == 2 && strcmp(argv[0], "many") == 0)
        return many((unsigned)number);
    if (argc == 2 && strcmp(argv[0], "hold") == 0)
        return hold((unsigned)number);
    if (argc == 2 && strcmp(argv[0], "messages") == 0)
        return messages((unsigned)number);
    if (argc == 2 && strcmp(argv[0], "closed") == 0)
        return closed((unsigned)number);
    errno = EINVAL;
    fail("vsock echo PORT, take PORT, sink MIB, source MIB, many COUNT, hold COUNT, messages COUNT, closed "
         "PORT");
}
