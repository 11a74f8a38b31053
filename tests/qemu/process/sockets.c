/* SPDX-License-Identifier: MIT */
#include <sys/socket.h> /* before the next header, which uses struct sockaddr */

#include <linux/vm_sockets.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

/*
 * In the guest: connects to port 52 of the host, sends a line, and prints the line that comes back. With
 * arguments, the first is a number of bytes, and the others are sizes of the socket's buffer: for each size,
 * a connection on which that many bytes of a pattern go to the host, and then as many to the guest. While one
 * end sends, the other one is silent, so that no packet of data carries credit.
 * On a last connection, the guest begins to read after a second, while the host has written single bytes.
 */

#define PATIENCE 10 /* seconds until the guest gives up */
#define PART 8192u
#define TINY 5000u

/* Opens a connection to the host. size: of the socket's buffer; 0: the kernel's default. -1: no such host. */
static int connected(uint64_t size)
{
    const struct sockaddr_vm host = {.svm_family = AF_VSOCK, .svm_port = 52, .svm_cid = VMADDR_CID_HOST};
    const struct timeval patience = {PATIENCE, 0};
    const int fd = socket(AF_VSOCK, SOCK_STREAM, 0);
    bool ok = fd >= 0;

    if (size != 0)
        ok = ok && setsockopt(fd, AF_VSOCK, SO_VM_SOCKETS_BUFFER_MAX_SIZE, &size, sizeof(size)) == 0 &&
             setsockopt(fd, AF_VSOCK, SO_VM_SOCKETS_BUFFER_SIZE, &size, sizeof(size)) == 0 &&
             setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience)) == 0 &&
             setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) == 0;
    return ok && connect(fd, (const struct sockaddr *)&host, sizeof(host)) == 0 ? fd : -1;
}

static uint8_t pattern(size_t at)
{
    return (uint8_t)(at ^ at >> 8 ^ at >> 16);
}

static size_t give(int fd, size_t bytes)
{
    uint8_t part[PART];
    size_t done = 0;
    ssize_t n = 1;

    for (; done < bytes && n > 0; done += n > 0 ? (size_t)n : 0) {
        for (size_t i = 0; i < PART; i++)
            part[i] = pattern(done + i);
        n = write(fd, part, bytes - done < PART ? bytes - done : PART);
    }
    return done;
}

/* Returns the number of bytes up to the first wrong one. */
static size_t take(int fd, size_t bytes)
{
    uint8_t part[PART];
    size_t done = 0;
    ssize_t n = 1;

    while (done < bytes && n > 0) {
        n = read(fd, part, PART);
        for (ssize_t i = 0; i < n; i++, done++)
            if (part[i] != pattern(done))
                return done;
    }
    return done;
}

static void exchange(const char *size, size_t bytes)
{
    const int fd = connected(strtoull(size, NULL, 10));
    const size_t sent = give(fd, bytes);
    const size_t got = take(fd, bytes);

    printf("guest: %s sent %zu received %zu\n", size, sent, got);
    (void)fflush(stdout);
    (void)close(fd);
}

static void read_late(void)
{
    const int fd = connected(0);

    (void)sleep(1);
    printf("guest: tiny received %zu\n", take(fd, TINY));
    (void)fflush(stdout);
    (void)close(fd);
}

int main(int count, char **words)
{
    char line[128];
    size_t n = 0;
    int fd;

    for (int i = 2; i < count; i++)
        exchange(words[i], strtoull(words[1], NULL, 10));
    if (count > 2) {
        read_late();
        return 0;
    }
    fd = connected(0);
    if (fd < 0) {
        puts("absent");
        return 1;
    }
    if (write(fd, "from the guest\n", 15) != 15)
        return 1;
    while (n + 1 < sizeof(line) && read(fd, line + n, 1) == 1 && line[n] != '\n')
        n++;
    line[n] = 0;
    puts(line);
    return 0;
}
