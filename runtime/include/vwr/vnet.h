/* SPDX-License-Identifier: MIT */
#ifndef VWR_VNET_H
#define VWR_VNET_H

#include "vwr/service/net.h"

VWR_BEGIN_C

/**
 * DOC: Network card, device side
 *
 * A network card for a guest. Packets from the guest are passed to a function of the VMM, without copying
 * them out of guest memory. The VMM passes packets for the guest to vwr_vnet_deliver(). vwr/vnet_switch.h
 * connects several cards, and vwr/vnet_card.h connects a switch to a physical card::
 *
 *     options.ops = &vwr_vnet_switch_ops;            // or the VMM's own
 *     options.context = &port;
 *     r = vwr_vnet_init(&net, &setup, &own, &options);
 *     r = vwr_vnet_switch_connect(&sw, &port, &net);
 *
 * A packet is checked once, when it is popped: the header is copied, and its checksum and segmentation fields
 * must be negotiated and lie within the frame. The first bytes of the frame, which determine forwarding and
 * filtering, are copied too. The rest of the frame is read once, when it is copied to the receiver. An
 * invalid packet is dropped and counted.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Network Device.
 */

/* Segments per chain, for 256 descriptors and some boundaries between regions of guest memory. */
#ifndef VWR_VNET_SEGS
#define VWR_VNET_SEGS 260u
#endif
#define VWR_VNET_MACS 32u     /* filter addresses of each kind; with more, all addresses are received */
#define VWR_VNET_BUCKETS 64u  /* number of hash buckets for these addresses */
#define VWR_VNET_VLANS 4096u  /* number of VLAN IDs */
#define VWR_VNET_MERGE 64u    /* maximum number of buffers of a packet */
#define VWR_VNET_STEERS 64u   /* number of addresses that select the pair for a packet */
#define VWR_VNET_HEAD 16u     /* number of bytes copied from the start of a frame: addresses, type and VLAN */
#define VWR_VNET_ETHERNET 14u /* Ethernet header; VLAN tag; longest frame, in bytes */
#define VWR_VNET_VLAN 4u
#define VWR_VNET_MAC 6u /* size of an address in bytes */
#define VWR_VNET_PAIRS_MAX 128u
#define VWR_VNET_FRAME_MAX 65553u

/**
 * VWR_VNET_QUEUES() - Number of queues of a card
 * @pairs: Number of pairs.
 * @control: true if there is a control queue.
 */
#define VWR_VNET_QUEUES(pairs, control) (2u * (pairs) + ((control) ? 1u : 0u))

struct vwr_vnet;

/* The first bytes of a frame, copied. */
union vwr_vnet_head {
    uint8_t byte[VWR_VNET_HEAD];
    uint16_t half[VWR_VNET_HEAD / 2u];
    uint32_t word[VWR_VNET_HEAD / 4u];
    uint64_t pair[VWR_VNET_HEAD / 8u];
};

/**
 * struct vwr_vnet_packet - A packet
 * @head: The first @headed bytes of the frame.
 * @rest: The remaining bytes of the frame.
 * @bytes: Size of the frame in bytes.
 * @work: Budget used by the delivery, to be charged to the sender. Receivers change no other member.
 * @headed: Number of bytes in @head.
 * @flags: VWR_NET_HDR_F_NEEDS_CSUM or 0; from a physical card also VWR_NET_HDR_F_DATA_VALID.
 * @gso_type: enum vwr_net_gso_type, vwr_net_gso_flags.
 * @hdr_len: See vwr/gen/net.h.
 * @gso_size: See vwr/gen/net.h.
 * @csum_start: See vwr/gen/net.h.
 * @csum_offset: See vwr/gen/net.h.
 *
 * Header fields are in CPU order. If @flags and @gso_type are 0, the other header fields are not used. A
 * guest's packet has only offloads that were negotiated: the device drops a packet with another one, and
 * ignores flags that only a device sets. The packet is valid until the function that it was passed to
 * returns.
 */
struct vwr_vnet_packet {
    union vwr_vnet_head head;
    struct vwr_reader rest;
    /* private: */
    const uint8_t *
        plain; /* `rest`, if it is one segment, the head is complete and the header is empty; NULL: unknown */
    /* public: */
    uint32_t bytes;
    uint32_t work;
    uint16_t headed;
    uint8_t flags;
    uint8_t gso_type;
    uint16_t hdr_len;
    uint16_t gso_size;
    uint16_t csum_start;
    uint16_t csum_offset;
};

/**
 * vwr_vnet_fill() - Describe a frame in the VMM's memory; pass the result to vwr_vnet_deliver()
 * @p: Packet to fill in; its header is empty.
 * @seg: Segments, none of them empty.
 * @segs: Number of segments.
 *
 * Return: VWR_OK.
 * * VWR_ERANGE: the frame is shorter than VWR_VNET_ETHERNET or longer than VWR_VNET_FRAME_MAX.
 */
VWR_MUST_CHECK int vwr_vnet_fill(struct vwr_vnet_packet *p, const struct vwr_vseg *seg, unsigned segs);

/**
 * vwr_vnet_copy() - Copy a frame
 * @p: Packet.
 * @to: Memory of the caller for @p->bytes bytes.
 *
 * Context: The packet's owner: within the function that it was passed to. Does not wait.
 */
void vwr_vnet_copy(const struct vwr_vnet_packet *p, void *to);

/**
 * struct vwr_vnet_ops - Hooks of the VMM
 * @transmit: The guest sends a packet on a pair. VWR_OK: the packet was sent or dropped, and the buffer is
 *   returned to the guest. VWR_EFULL: the packet cannot be sent now. The packet stays in the guest's ring,
 *   and no transmit queue of this device is served until vwr_vnet_resume().
 * @transmitted: Called when no further packets follow for now. The VMM should then send deferred packets. May
 *   be NULL.
 * @receive_wanted: Called when the guest has added receive buffers. The VMM should then deliver waiting
 *   packets. The hook is also called if there was space before. May be NULL.
 * @reset: Called when the guest has reset the device. The VMM should then forget the addresses that it
 *   learned from the device. May be NULL.
 *
 * The hooks are called with the device's lock held. They may call the _locked functions of this device. Any
 * other function of the device would deadlock.
 */
struct vwr_vnet_ops {
    int (*transmit)(struct vwr_vnet *n, unsigned pair, struct vwr_vnet_packet *p);
    void (*transmitted)(struct vwr_vnet *n);
    void (*receive_wanted)(struct vwr_vnet *n);
    void (*reset)(struct vwr_vnet *n);
};

/**
 * struct vwr_vnet_options - Options of vwr_vnet_init()
 * @ops: Hooks; @transmit must be set.
 * @context: Stored in the card.
 * @mac: MAC address; all zeroes: no address is offered, and the driver chooses one.
 * @mtu: MTU, 68 or more; 0: none is offered.
 * @control: Offer the control queue, for receive modes, addresses, VLANs, announcements and queue pairs.
 * @full_duplex: Duplex mode; used only with @speed.
 * @speed: Link speed in Mbit/s; 0: neither is offered.
 * @offloads: Checksum and segmentation features to offer. CSUM, HOST_*: work that the guest may leave to the
 *   receivers of its packets. GUEST_*: kinds of packets that the guest may receive. The device neither
 *   completes checksums nor segments packets, so offer only what all connected ends support. With GUEST_* and
 *   @control, the guest can switch the GUEST_* features at run time.
 * @avoid: Features of the class that are not offered, such as MRG_RXBUF or CTRL_VLAN.
 *
 * The number of queue pairs follows from the number of queues in the setup: VWR_VNET_QUEUES(). If there are
 * several pairs, MQ is offered, which requires @control.
 */
struct vwr_vnet_options {
    const struct vwr_vnet_ops *ops;
    void *context;
    uint8_t mac[VWR_VNET_MAC];
    uint16_t mtu;
    bool control;
    bool full_duplex;
    uint32_t speed;
    struct vwr_features offloads;
    struct vwr_features avoid;
};

/**
 * struct vwr_vnet_stats - Counters
 * @sent: Packets that the guest sent.
 * @sent_bytes: Bytes that the guest sent.
 * @received: Packets that the guest received.
 * @received_bytes: Bytes that the guest received.
 * @waits: Number of times that a packet waited in the guest's ring.
 * @no_room: Number of times that vwr_vnet_deliver() returned VWR_EFULL.
 * @bad: Packets from the guest that were dropped because of an invalid header or frame.
 * @down: Packets in either direction that were dropped because there was no link, no driver, or no
 *   receive buffer yet.
 * @filtered: Packets for the guest that its filters dropped.
 * @unfit: Packets for the guest that were dropped because they were too long, or had an unsupported
 *   or invalid offload.
 */
struct vwr_vnet_stats {
    vwr_count sent;
    vwr_count sent_bytes;
    vwr_count received;
    vwr_count received_bytes;
    vwr_count waits;
    vwr_count no_room;
    vwr_count bad;
    vwr_count down;
    vwr_count filtered;
    vwr_count unfit;
};

/* Filter addresses that the driver has set; private. */
struct vwr_vnet_list {
    uint64_t mac[VWR_VNET_MACS];
    uint8_t first[VWR_VNET_BUCKETS]; /* by bucket: index of an address + 1 */
    uint8_t next[VWR_VNET_MACS];     /* by address: index of the next one + 1; 0: none */
    bool overflow;
};

/* Settings made through the control queue; private. */
struct vwr_vnet_filter {
    bool promisc;
    bool all[2]; /* receive all: unicast, multicast */
    bool none[2];
    bool no_broadcast;
    struct vwr_vnet_list list[2];
    uint8_t vlan[VWR_VNET_VLANS / 8u];
};

/* A guest's buffer that receives a part of a packet; private. */
struct vwr_vnet_buffer {
    struct vwr_vchain chain;
    struct vwr_writer in;
};

/**
 * struct vwr_vnet - A network card
 * @service: Service; the first member. vwr_vnet_dev() returns the device.
 * @context: For the VMM.
 * @stats: Counters.
 */
struct vwr_vnet {
    struct vwr_net_vservice service;
    void *context;
    struct vwr_vnet_stats stats;
    /* private: */
    const struct vwr_vnet_ops *ops;
    uint64_t offloads;         /* mask of GUEST_* features that are enabled */
    uint32_t frame_max;        /* maximum size of an unsegmented frame for the guest */
    uint16_t pairs;            /* number of pairs */
    uint16_t active;           /* number of pairs that the guest uses */
    uint8_t header;            /* size of the header of each packet in bytes */
    bool merge;                /* MRG_RXBUF */
    bool filters;              /* some packets are filtered */
    bool link;                 /* link is up */
    uint8_t state;             /* state of the transmit queues */
    uint16_t controlq;         /* index of the control queue, or an index that no queue has */
    bool notes;                /* transmitted packets are recorded (vnet_note) */
    struct vwr_vqueue *direct; /* receive queue for all packets that need no special handling, or NULL */
    uint8_t mac[VWR_VNET_MAC]; /* set by the VMM */
    uint8_t steer[VWR_VNET_STEERS];
    struct vwr_vnet_filter filter;
    struct vwr_vmessage message;
    struct vwr_vnet_buffer merged[VWR_VNET_MERGE];
    struct vwr_vseg seg[3u * VWR_VNET_SEGS]; /* segments of a control command, of a buffer being filled and of
                                                a buffer being sent */
};

/**
 * vwr_vnet_init_with() - Initialise a network card with memory of any size; the link is up
 * @n: Card. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @o: Options.
 *
 * Regardless of queue_size, a queue has at most VWR_VNET_SEGS descriptors, minus one for each boundary
 * between adjacent regions of guest memory.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there are no hooks or no @transmit, or the MTU is below 68.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vnet_init_with(struct vwr_vnet *n, const struct vwr_vdev_setup *s,
                                      const struct vwr_vnet_options *o);

/** VWR_VNET_PAIRS - Number of queue pairs of a card */
#ifndef VWR_VNET_PAIRS
#define VWR_VNET_PAIRS 1u
#endif

/** VWR_VNET_QUEUE - Number of descriptors of a queue */
#ifndef VWR_VNET_QUEUE
#define VWR_VNET_QUEUE 64u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VNET_QUEUE), "VWR_VNET_QUEUE must be a power of 2");

/**
 * struct vwr_vnet_own - Memory of a card that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 */
struct vwr_vnet_own {
    struct vwr_vqueue queue[VWR_VNET_QUEUES(VWR_VNET_PAIRS, true)];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VNET_QUEUES(VWR_VNET_PAIRS, true), VWR_VNET_QUEUE)];
};

/** vwr_vnet_init() - Initialise a network card for a guest; see vwr_vnet_init_with() */
VWR_MUST_CHECK static inline int vwr_vnet_init(struct vwr_vnet *n, const struct vwr_vdev_setup *setup,
                                               struct vwr_vnet_own *own, const struct vwr_vnet_options *o)
{
    struct vwr_vdev_setup with;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VNET_QUEUE);
    return vwr_vnet_init_with(n, &with, o);
}

/**
 * vwr_vnet_dev() - Get the device to pass to vwr_vm_add()
 * @n: Card.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vnet_dev(struct vwr_vnet *n)
{
    return &n->service.service.dev;
}

/**
 * vwr_vnet_deliver() - Copy a packet into the guest's buffers
 * @n: Card.
 * @p: Packet.
 *
 * The guest sees the packet when vwr_vnet_signal() is called, or earlier.
 *
 * Return: VWR_OK: the guest has received the packet, or the packet was filtered or dropped because there is
 *   no link, no driver or no buffer yet. After an error, the guest has received nothing. Each case is
 *   counted.
 * * VWR_EFULL: there are not enough buffers now; @receive_wanted is called when the guest has added
 *   some.
 * * VWR_ERANGE: the packet is longer than the guest's buffers or its MTU.
 * * VWR_EFEATURE: the packet uses an offload that the guest does not support, or the offload's fields are
 *   outside of the frame.
 */
VWR_MUST_CHECK int vwr_vnet_deliver(struct vwr_vnet *n, struct vwr_vnet_packet *p);

/**
 * vwr_vnet_deliver_locked() - vwr_vnet_deliver() with the lock held
 * @n: Card.
 * @p: Packet.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: The same as vwr_vnet_deliver().
 */
VWR_MUST_CHECK int vwr_vnet_deliver_locked(struct vwr_vnet *n, struct vwr_vnet_packet *p);

/**
 * vwr_vnet_deliver_frame() - Copy one frame into the guest's buffers and interrupt the guest
 * @n: Card.
 * @frame: Frame, in the VMM's memory.
 * @bytes: Size of the frame in bytes.
 *
 * For a frame without offloads. For several frames, vwr_vnet_deliver() with one vwr_vnet_signal() at the end
 * interrupts the guest less often.
 *
 * Return: The same as vwr_vnet_deliver() and vwr_vnet_fill().
 */
VWR_MUST_CHECK int vwr_vnet_deliver_frame(struct vwr_vnet *n, const void *frame, uint32_t bytes);

/**
 * vwr_vnet_signal() - Interrupt the guest for delivered packets, once per queue
 * @n: Card.
 */
void vwr_vnet_signal(struct vwr_vnet *n);

/**
 * vwr_vnet_signal_locked() - vwr_vnet_signal() with the lock held
 * @n: Card.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vnet_signal_locked(struct vwr_vnet *n);

/**
 * vwr_vnet_resume() - Resume sending the guest's packets after @transmit returned VWR_EFULL
 * @n: Card.
 */
void vwr_vnet_resume(struct vwr_vnet *n);

/**
 * vwr_vnet_resume_locked() - vwr_vnet_resume() with the lock held
 * @n: Card.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vnet_resume_locked(struct vwr_vnet *n);

/**
 * vwr_vnet_set_link() - Set the link state
 * @n: Card.
 * @up: true: the link is up. While it is down, packets are dropped in both directions.
 *
 * The guest is notified if its driver accepted STATUS.
 */
void vwr_vnet_set_link(struct vwr_vnet *n, bool up);

/**
 * vwr_vnet_announce() - Make the guest announce itself to the network after a migration
 * @n: Card. Nothing happens unless its driver has accepted GUEST_ANNOUNCE.
 */
void vwr_vnet_announce(struct vwr_vnet *n);

VWR_END_C

#endif
