/* SPDX-License-Identifier: MIT */
#ifndef VWR_VNET_CARD_H
#define VWR_VNET_CARD_H

#include "vwr/net.h"
#include "vwr/vnet_switch.h"

VWR_BEGIN_C

/*
 * The uplink of a switch: a real card, which our own driver side drives. What guests send to others than
 * guests is copied once, into memory of the VMM's that the card can reach, so that the guest has its buffer
 * back at once and no card ever reaches a guest's memory; what comes is copied from the card's buffers into
 * the guest's. Guests keep their own addresses, so the card has to receive for all of them: most do until a
 * driver says otherwise; with a control queue vwr_net_set_mode(n, VWR_NET_CTRL_RX_PROMISC, true).
 *
 *     r = vwr_net_open(&net, dev, &net_options);
 *     r = vwr_vnet_card_init(&card, &net, &sw, &card_options);
 *     r = vwr_vnet_card_service(&card);              // after the card's interrupt, or often
 *
 * A card without room for more makes guests wait that send to it alone, as any port of a switch; what came
 * for a guest without room waits likewise. Pair 0 of the card is used. One that stops is brought back by
 * vwr_recover; what was in flight then is lost, as on a wire.
 *
 * Locks: that of the switch (vnet_switch.h), held by who calls these.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* Of one service, each of VWR_NET_SLICES at least. A VMM that gives its lock up between two services has one.
 */
#ifndef VWR_VNET_CARD_PASSES
#define VWR_VNET_CARD_PASSES 4u /* not the specification's */
#endif

/* A packet for the card. Private; the embedder places the structures. */
struct vwr_vnet_card_slot {
    struct vwr_net_packet packet; /* first */
    struct vwr_vnet_card_slot *next;
    uint8_t *at;
};

/*
 *   slot     `slots` structures, any content: packets that the card has at once, at most VWR_NET_QUEUE
 *   data     slots * slot_bytes bytes that the card can reach, aligned to VWR_PORT_DMA_ALIGN
 *   slot_bytes  of the longest packet, a multiple of VWR_PORT_DMA_ALIGN: VWR_NET_BYTES, or for segmentation
 * 64 KiB and VWR_NET_BYTES
 */
struct vwr_vnet_card_options {
    struct vwr_vnet_card_slot *slot;
    uint8_t *data;
    uint32_t slot_bytes;
    uint16_t slots;
    int (*recover)(struct vwr_net *net);
    void *context;
    void (*again)(void *context);
};

struct vwr_vnet_card_stats {
    uintptr_t sent;     /* packets to the card */
    uintptr_t received; /* and from it */
    uintptr_t full;     /* times that the card had no room */
    uintptr_t waits;    /* times that a packet from it had to wait for a guest */
    uintptr_t lost;     /* packets that the card had when it stopped */
    uintptr_t recovered;
};

struct vwr_vnet_card {
    struct vwr_vnet_port port; /* first */
    struct vwr_vnet_card_stats stats;
    /* private */
    struct vwr_net *net;
    int (*recover)(struct vwr_net *net);
    void *context;
    void (*again)(void *context);
    struct vwr_vnet_card_slot *free;
    uint32_t slot_bytes;
    bool full;   /* guests wait for a slot, or for room in the card's queue */
    bool unsent; /* packets were submitted since the last kick */
    bool held;   /* a packet waits until a guest has room */
    uint16_t at; /* slices[at .. count) were not forwarded yet */
    uint16_t count;
    struct vwr_slice slices[VWR_NET_SLICES];
};

/*
 * `net` is open, and its pair 0 is the uplink's from here on. The card's address belongs to this port.
 * VWR_OK; VWR_EINVAL: no slot, or a slot_bytes that has no room for a frame; VWR_EALIGN; VWR_EFAILED: not
 * open; and as vwr_vnet_switch_add.
 */
VWR_MUST_CHECK int vwr_vnet_card_init(struct vwr_vnet_card *c, struct vwr_net *net,
                                      struct vwr_vnet_switch *sw, const struct vwr_vnet_card_options *o);

/*
 * What guests on this switch may be offered (vwr_vnet_options.offloads): of `wanted`, those that the card
 * completes and segments for them, and GUEST_... that come with it.
 */
void vwr_vnet_card_offloads(const struct vwr_net *net, struct vwr_features *wanted);

/*
 * Takes back what the card has sent, and lets guests that waited go on; gives guests what came; notifies the
 * card once, asks for the next interrupt; brings a card back that has stopped, a step a call. To be called
 * after the card's interrupt; or just often, which is polling. VWR_OK; VWR_EBUSY: call it again soon;
 * VWR_EFAILED: the card was given up.
 */
VWR_MUST_CHECK int vwr_vnet_card_service(struct vwr_vnet_card *c);

VWR_END_C

#endif
