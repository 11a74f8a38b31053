/* SPDX-License-Identifier: MIT */
#ifndef VWR_VNET_CARD_H
#define VWR_VNET_CARD_H

#include "vwr/net.h"
#include "vwr/vnet_switch.h"

VWR_BEGIN_C

/**
 * DOC: Uplink of a switch to a physical card
 *
 * An uplink is a port of a switch (vwr/vnet_switch.h) for a physical card, which it accesses through the
 * driver side (vwr/net.h)::
 *
 *     r = vwr_net_open(&net, dev, &net_options);
 *     r = vwr_vnet_card_init(&card, &net, &sw, &card_options);
 *     r = vwr_vnet_card_service(&card);              // after the card's interrupt, or often
 *
 * A packet from a guest is copied once, into the VMM's memory. The guest's buffer is therefore returned
 * immediately, and the card never accesses guest memory. A received packet is copied from the card's buffers
 * to the guest's.
 *
 * Rules:
 *
 * - Guests keep their own addresses, so the card must receive packets for all of them. Most cards do so by
 *   default. Otherwise, if the card has a control queue, call vwr_net_set_mode(n, VWR_NET_CTRL_RX_PROMISC,
 *   true).
 * - If the card is full, guests that send only to the card wait, as they do for any port of a switch. If a
 *   guest has no buffers, a received packet waits for it.
 * - Only pair 0 of the card is used. A card that stops is recovered by vwr_recover(); packets in
 *   flight are lost.
 * - The caller holds the lock of the switch.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 */

/**
 * VWR_VNET_CARD_PASSES - Number of receive passes of a service, each of up to VWR_NET_SLICES slices
 *
 * Set it to 1 if the VMM releases its lock between two calls of the service.
 */
#ifndef VWR_VNET_CARD_PASSES
#define VWR_VNET_CARD_PASSES 4u
#endif

/* A packet for the card; private. The embedder allocates the structures. */
struct vwr_vnet_card_slot {
    struct vwr_net_packet packet; /* first */
    struct vwr_vnet_card_slot *next;
    uint8_t *at;
};

/**
 * struct vwr_vnet_card_options - Options of vwr_vnet_card_init()
 * @slot: Slots; need not be initialised. They and @data must stay valid while the port is connected.
 * @slot_count: Number of entries in @slot, which limits the packets in flight; at most VWR_NET_QUEUE.
 * @data: Memory that the card can access, aligned to VWR_PORT_DMA_ALIGN. Each slot gets an equal share.
 * @data_bytes: Size of @data in bytes. The share of a slot is a multiple of VWR_PORT_DMA_ALIGN, and at least
 *   VWR_NET_BYTES or, with segmentation, 64 KiB + VWR_NET_BYTES.
 * @context: Passed to @again.
 * @again: Called when vwr_vnet_card_service() has work to do for which no interrupt will arrive; may be NULL.
 */
struct vwr_vnet_card_options {
    struct vwr_vnet_card_slot *slot;
    uint16_t slot_count;
    uint8_t *data;
    size_t data_bytes;
    void *context;
    void (*again)(void *context);
};

/**
 * struct vwr_vnet_card_stats - Counters
 * @sent: Packets sent by the card.
 * @received: Packets received by the card.
 * @full: Number of times that the card was full.
 * @waits: Number of times that a received packet waited for a guest.
 * @lost: Packets in flight when the card stopped.
 * @recovered: Recoveries.
 */
struct vwr_vnet_card_stats {
    vwr_count sent;
    vwr_count received;
    vwr_count full;
    vwr_count waits;
    vwr_count lost;
    vwr_count recovered;
};

/**
 * struct vwr_vnet_card - Uplink of a switch
 * @port: Port of the switch; the first member.
 * @stats: Counters.
 * @shortage: The array that was too small, after an init that failed with VWR_ENOMEM.
 */
struct vwr_vnet_card {
    struct vwr_vnet_port port;
    struct vwr_vnet_card_stats stats;
    struct vwr_shortage shortage;
    /* private: */
    struct vwr_net *net;
    void *context;
    void (*again)(void *context);
    struct vwr_vnet_card_slot *free;
    uint32_t slot_bytes;
    bool full;   /* guests wait for a slot, or for space in the card's queue */
    bool unsent; /* packets were submitted since the last kick */
    bool held;   /* a packet waits for a guest */
    uint16_t at; /* slices[at .. count) are not forwarded yet */
    uint16_t count;
    struct vwr_slice slices[VWR_NET_SLICES];
};

/**
 * vwr_vnet_card_init() - Connect a physical card to a switch
 * @c: Uplink.
 * @net: Open card. The uplink takes over its queue pair 0 and uses its MAC address for this port.
 * @sw: Switch.
 * @o: Options.
 *
 * Return: VWR_OK.
 * * VWR_ENOMEM: there are no slots, or a slot's share of @data is too small for a frame (see c->shortage).
 * * VWR_EALIGN: @data is misaligned.
 * * VWR_EFAILED: the card is not open.
 * * Other errors: the same as vwr_vnet_switch_add().
 */
VWR_MUST_CHECK int vwr_vnet_card_init(struct vwr_vnet_card *c, struct vwr_net *net,
                                      struct vwr_vnet_switch *sw, const struct vwr_vnet_card_options *o);

/**
 * vwr_vnet_card_offloads() - Reduce offloads to those that a card supports (for
 *   vwr_vnet_options.offloads)
 * @net: Card.
 * @wanted: Features. The call removes checksum and segmentation features that the card does not support for
 *   guests, and the corresponding GUEST_* features.
 */
void vwr_vnet_card_offloads(const struct vwr_net *net, struct vwr_features *wanted);

/**
 * vwr_vnet_card_service() - Process completions and received packets of the card
 * @c: Uplink.
 *
 * The call resumes waiting guests, delivers received packets, notifies the card once, and enables its
 * interrupt. A card that has stopped is recovered, one step per call. Call the function after each interrupt
 * of the card, or poll by calling it often.
 *
 * Context: The owner of the switch's lock. Does not wait.
 * Return: VWR_OK.
 * * VWR_EBUSY: call it again soon.
 * * Other errors: the same as vwr_recover().
 */
VWR_MUST_CHECK int vwr_vnet_card_service(struct vwr_vnet_card *c);

VWR_END_C

#endif
