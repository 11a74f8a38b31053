/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_CHANNEL_H
#define VWR_QEMU_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>

/* Lines of text to and from QEMU over a Unix socket. Every call has a timeout. */
struct channel {
    const char *name;
    int fd;
    char *buffer;
    size_t used;    /* bytes received into the buffer */
    size_t done;    /* number of bytes already returned to the caller */
    char last[200]; /* start of the last line sent, for the message about a missing answer */
};

/* Creates a socket of this name in the current folder, to which QEMU will connect. */
int channel_listen(const char *file);

/* Waits until QEMU connects or has ended. Closes the listening socket. */
void channel_accept(struct channel *c, const char *name, int listening, bool (*has_ended)(void));

void channel_send(struct channel *c, const char *line);

/* The next line, without its end; valid until the next call. */
const char *channel_receive(struct channel *c);

void channel_close(struct channel *c);

#endif
