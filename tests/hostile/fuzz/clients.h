/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_CLIENTS_H
#define VWR_FUZZ_CLIENTS_H

#include "world.h"

#include "vwr/client.h"

/* All generated clients, with numbered calls (clients.c.j2 generates the table from the description). */

#define CLIENTS_SIZE 16u    /* queue size */
#define CLIENTS_CALLS 4u    /* in flight */
#define CLIENTS_SEGMENTS 4u /* data segments */
#define CLIENTS_BUFFERS 4u
#define CLIENTS_FAMILY 2u /* number of queues of one kind, if the device has a variable number */

struct client_row {
    uint32_t id; /* device id */
    size_t bytes;
    int (*open)(void *client, struct vwr_dev *d, const struct vwr_features *avoid);
    const struct vwr_bringup_class *bringup;
    /*
     * An even number calls and waits for the answer; the next number submits the same message. `n`: index
     * within a queue family.
     */
    int (*call)(void *client, unsigned which, unsigned n);
    /* Polls all queues for messages from the device and for completions. */
    int (*poll)(void *client);
    unsigned calls;
};

extern const struct client_row client_rows[];
extern const unsigned client_rows_count;

/* For the table: memory for a queue; buffers of at least `least` bytes each; the queues of a family. */
struct vwr_queue_memory clients_memory(size_t shared_bytes);
struct vwr_receive_memory clients_receive(uint32_t least);
struct vwr_transmit_memory clients_transmit(void);
void *clients_family(size_t bytes);

/*
 * Fills a message with arbitrary contents; data memory and its length; memory for a call, of this many bytes.
 */
void clients_fill(void *m, size_t bytes);
void *clients_data(void);
size_t clients_bytes(void);
void *clients_call(size_t bytes);

/* Reaps a queue of messages, and events that arrived. */
int clients_reap(struct vwr_requestq *q);
void clients_touch(const void *p, size_t bytes);

#endif
