/* SPDX-License-Identifier: MIT */
#ifndef PEER_H
#define PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* A back end that is another program, and the image of its disk. */

struct peer {
    char socket[108];
    char image[300];
    char **command; /* the words SOCKET and IMAGE in it are replaced */
    pid_t pid;
};

/* Makes an image of `bytes` zeroes in `folder` and starts the program; waits until it has a socket. */
bool peer_begin(struct peer *p, const char *folder, char **command, size_t bytes);
/* Kills the program, and starts it again. */
bool peer_restart(struct peer *p);
/* Starts the program again if it has ended: some serve one connection. */
bool peer_lives(struct peer *p);
void peer_end(struct peer *p);
/* Compares the image with the contents that it should have, by cmp(1). */
bool peer_compare(const struct peer *p, const void *expected, size_t bytes);

#endif
