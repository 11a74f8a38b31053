/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_CHANNEL_H
#define VWR_QEMU_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>

/* Lines of text to and from QEMU over a Unix socket. No call waits for ever. */
struct channel {
    const char *name;
    int fd;
    char *buffer;
    size_t used; /* bytes of the buffer that have come */
    size_t done; /* of these: what has been given out */
};

/* A socket of this name in the current folder; QEMU will connect to it. */
int channel_listen(const char *file);

/* Waits for QEMU, as long as it has not ended. The listening socket is closed. */
void channel_accept(struct channel *c, const char *name, int listening, bool (*has_ended)(void));

void channel_send(struct channel *c, const char *line);

/* The next line, without its end; valid until the next call. */
const char *channel_receive(struct channel *c);

void channel_close(struct channel *c);

#endif
