/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_CARD_H
#define VWR_PAIR_CARD_H

#include "vwr/gen/net.h"
#include "vwr/vdev.h"

/*
 * A network card to test a driver: it keeps the last transmitted packet, and delivers packets to the driver's
 * buffers correctly or with an error that the case chooses.
 */

#define CARD_SLOT 2u
#define CARD_PAIRS 2u
#define CARD_QUEUES (2u * CARD_PAIRS + 1u)
#define CARD_COMMANDS 8u
#define CARD_COMMAND 512u
#define CARD_RSS_ENTRIES 128u
#define CARD_HASH_KEY 40u
#define CARD_QUEUE_SIZE 256u /* twice VWR_NET_QUEUE */
#define CARD_SEGS 8u
#define CARD_FRAME 65600u

struct card {
    struct vwr_vdev dev; /* must be first */
    struct vwr_net_config config;
    struct vwr_vqueue queue[CARD_QUEUES];
    struct vwr_vqueue_entry own[CARD_QUEUES * CARD_QUEUE_SIZE];
    struct vwr_vseg seg[CARD_SEGS];
    bool holds; /* transmitted packets stay in the queue */
    unsigned sent;
    uint8_t last[CARD_FRAME]; /* last transmitted packet, with its header */
    uint32_t last_bytes;
    struct {
        uint32_t bytes;
        uint8_t message[CARD_COMMAND];
    } command[CARD_COMMANDS]; /* number of commands on the control queue since the count was cleared */
    unsigned commands;
    bool refuses; /* refuse the next command */
};

/* Error in a delivered packet. */
struct card_lie {
    bool counts; /* num_buffers is `buffers` */
    uint16_t buffers;
    bool cuts; /* the first buffer has the used length `bytes`, including the header */
    uint32_t bytes;
};

/* For a driver with these rings; `mergeable`: offers MRG_RXBUF. All offloads and an MTU are offered. */
void card_init(struct card *c, unsigned kind, bool mergeable, uint16_t mtu);

/* Delivers a packet to as many buffers as it needs; `header` has its first bytes. False if there are too
 * few. */
bool card_deliver(struct card *c, const struct vwr_net_hdr *header, const uint8_t *frame, uint32_t bytes,
                  const struct card_lie *lie);

/* Processes the held packets. */
void card_go_on(struct card *c);

#endif
