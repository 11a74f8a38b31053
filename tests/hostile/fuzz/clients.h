/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_CLIENTS_H
#define VWR_FUZZ_CLIENTS_H

#include "world.h"

#include "vwr/client.h"

/* All generated clients, as calls by number (clients.c.j2 makes the table out of the description). */

#define CLIENTS_SIZE 16u    /* of a queue */
#define CLIENTS_CALLS 4u    /* in flight */
#define CLIENTS_SEGMENTS 4u /* of data */
#define CLIENTS_BUFFERS 4u
#define CLIENTS_FAMILY 2u /* queues of a kind of which the device says how many it has */

struct client_row {
    uint32_t id; /* of the device */
    size_t bytes;
    int (*open)(void *client, struct vwr_dev *d, const struct vwr_features *avoid);
    const struct vwr_bringup_class *bringup;
    /* A call: a message that waits for its answer; the next number is the same, which is submitted. `n`: of
     * the queue, if it is one of a family. */
    int (*call)(void *client, unsigned which, unsigned n);
    /* What the device sends, and what has come back, of all queues. */
    int (*poll)(void *client);
    unsigned calls;
};

extern const struct client_row client_rows[];
extern const unsigned client_rows_count;

/* For the table: memory of a queue, and of its buffers, of at least `least` bytes each; of the queues of a
 * family. */
struct vwr_queue_memory clients_memory(size_t shared_bytes);
struct vwr_receive_memory clients_receive(uint32_t least);
struct vwr_transmit_memory clients_transmit(void);
void *clients_family(size_t bytes);

/* Any content for a message; memory for data and how many bytes of it; a call of so many bytes. */
void clients_fill(void *m, size_t bytes);
void *clients_data(void);
size_t clients_bytes(void);
void *clients_call(size_t bytes);

/* What a queue of messages gives back, and events that came. */
int clients_reap(struct vwr_requestq *q);
void clients_touch(const void *p, size_t bytes);

#endif
