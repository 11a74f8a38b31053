/* SPDX-License-Identifier: MIT */
#ifndef PEER_H
#define PEER_H

#include "vwr/features.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* A back end that is another program, the image of its disk, and the kinds of ring that it is tried with. */

#define PEER_RINGS 16u /* combinations of INDIRECT_DESC, EVENT_IDX, RING_PACKED, IN_ORDER */

struct peer {
    char socket[108];
    char image[300];
    char **command; /* the words SOCKET and IMAGE in it are replaced */
    pid_t pid;
    int io; /* socket to its standard input and output, or -1 */
    int its_io;
};

/* With `talks`, p->io is connected to the program. */
void peer_init(struct peer *p, bool talks);
/* Makes `folder`, in it a folder `files` and an image of `bytes` zeroes, and starts the program; waits until
 * it has a socket. */
bool peer_begin(struct peer *p, const char *folder, char **command, size_t bytes);
/* The same program a second time, with a socket and an `io` of its own and the first one's image and folder.
 */
bool peer_begin_second(struct peer *p, const struct peer *first);
/* Kills the program, and starts it again. */
bool peer_restart(struct peer *p);
/* Starts the program again if it has ended: some serve one connection. */
bool peer_lives(struct peer *p);
void peer_end(struct peer *p);
/* Compares the image with the contents that it should have, by cmp(1). */
bool peer_compare(const struct peer *p, const void *expected, size_t bytes);
/* What a driver avoids so that its rings are of `kind`. false: the back end does not offer that kind. */
bool peer_ring(unsigned kind, const struct vwr_features *offered, struct vwr_features *avoid);
const char *peer_ring_name(unsigned kind);

#endif
