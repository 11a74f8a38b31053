/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_CARD_H
#define VWR_PAIR_CARD_H

#include "vwr/gen/net.h"
#include "vwr/vdev.h"

/*
 * A network card for a driver that is tried out: it keeps the last packet that was sent, and puts packets
 * into the driver's buffers as a case says, rightly or not.
 */

#define CARD_SLOT 2u
#define CARD_PAIRS 2u
#define CARD_QUEUES (2u * CARD_PAIRS + 1u)
#define CARD_COMMANDS 8u
#define CARD_COMMAND 512u
#define CARD_RSS_ENTRIES 128u
#define CARD_HASH_KEY 40u
#define CARD_QUEUE_SIZE 128u
#define CARD_SEGS 8u
#define CARD_FRAME 65600u

struct card {
    struct vwr_vdev dev; /* first */
    struct vwr_net_config config;
    struct vwr_vqueue queue[CARD_QUEUES];
    struct vwr_vqueue_entry own[CARD_QUEUES * CARD_QUEUE_SIZE];
    struct vwr_vseg seg[CARD_SEGS];
    bool holds; /* what is sent stays in the queue */
    unsigned sent;
    uint8_t last[CARD_FRAME]; /* that was sent, with its header */
    uint32_t last_bytes;
    struct {
        uint32_t bytes;
        uint8_t message[CARD_COMMAND];
    } command[CARD_COMMANDS]; /* the control queue's, since the count was zeroed */
    unsigned commands;
    bool refuses; /* the next command */
};

/* How a packet is not as it should be. */
struct card_lie {
    bool counts; /* num_buffers is `buffers` */
    uint16_t buffers;
    bool cuts; /* the first buffer has `bytes`, with the header */
    uint32_t bytes;
};

/* Of a driver with these rings; `mergeable`: it offers MRG_RXBUF. All offloads and an MTU are offered. */
void card_init(struct card *c, unsigned kind, bool mergeable, uint16_t mtu);

/* Puts a packet into as many buffers as it takes; `header` has its first bytes. False: there are too few. */
bool card_deliver(struct card *c, const struct vwr_net_hdr *header, const uint8_t *frame, uint32_t bytes,
                  const struct card_lie *lie);

/* Deals with what was held. */
void card_go_on(struct card *c);

#endif
