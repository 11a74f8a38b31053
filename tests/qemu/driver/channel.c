/* SPDX-License-Identifier: MIT */
#include "channel.h"
#include "check.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define BUFFER_BYTES ((size_t)1 << 20)
#define SECONDS 30 /* if QEMU is silent for this long, it hangs, even on a slow machine */
#define POLL_MS 50

int channel_listen(const char *file)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    CHECK(strlen(file) < sizeof(address.sun_path));
    strcpy(address.sun_path, file);
    CHECK_SYS(fd >= 0);
    CHECK_SYS(unlink(file) == 0 || errno == ENOENT);
    CHECK_SYS(bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0);
    CHECK_SYS(listen(fd, 1) == 0);
    return fd;
}

/* Returns whether `fd` becomes readable within this many milliseconds. */
static bool comes(int fd, int ms)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    int r = poll(&p, 1, ms);

    CHECK_SYS(r >= 0 || errno == EINTR);
    return r > 0;
}

void channel_accept(struct channel *c, const char *name, int listening, bool (*has_ended)(void))
{
    unsigned polls = 0;

    while (!comes(listening, POLL_MS)) {
        if (has_ended())
            check_failed(__FILE__, __LINE__, "QEMU ended before it connected to %s", name);
        if (++polls > SECONDS * 1000 / POLL_MS)
            check_failed(__FILE__, __LINE__, "QEMU did not connect to %s in %d s", name, SECONDS);
    }
    c->name = name;
    c->fd = accept(listening, NULL, NULL);
    c->used = c->done = 0;
    c->last[0] = '\0';
    c->buffer = malloc(BUFFER_BYTES);
    CHECK_SYS(c->fd >= 0 && c->buffer != NULL);
    close(listening);
}

static void send_all(struct channel *c, const char *text, size_t bytes)
{
    while (bytes > 0) {
        ssize_t sent = send(c->fd, text, bytes, MSG_NOSIGNAL);

        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            check_failed(__FILE__, __LINE__, "%s: QEMU has gone: %s", c->name, strerror(errno));
        text += sent;
        bytes -= (size_t)sent;
    }
}

/* Sends a line in one packet, because two packets would make QEMU wake up twice. */
void channel_send(struct channel *c, const char *line)
{
    char whole[4096];
    const size_t length = strlen(line);

    CHECK(length + 1 < sizeof(whole));
    memcpy(whole, line, length);
    whole[length] = '\n';
    snprintf(c->last, sizeof(c->last), "%s", line);
    send_all(c, whole, length + 1);
}

static void receive_more(struct channel *c)
{
    ssize_t got;

    CHECK(c->used < BUFFER_BYTES);
    if (!comes(c->fd, SECONDS * 1000))
        check_failed(__FILE__, __LINE__, "%s: no answer from QEMU in %d s to %s", c->name, SECONDS, c->last);
    got = recv(c->fd, c->buffer + c->used, BUFFER_BYTES - c->used, 0);
    if (got < 0 && errno == EINTR)
        return;
    if (got <= 0)
        check_failed(__FILE__, __LINE__, "%s: QEMU has gone", c->name);
    c->used += (size_t)got;
}

const char *channel_receive(struct channel *c)
{
    char *end;

    memmove(c->buffer, c->buffer + c->done, c->used - c->done);
    c->used -= c->done;
    c->done = 0;
    while ((end = memchr(c->buffer, '\n', c->used)) == NULL)
        receive_more(c);
    c->done = (size_t)(end - c->buffer) + 1;
    if (end > c->buffer && end[-1] == '\r')
        end--;
    *end = '\0';
    return c->buffer;
}

void channel_close(struct channel *c)
{
    close(c->fd);
    free(c->buffer);
}
