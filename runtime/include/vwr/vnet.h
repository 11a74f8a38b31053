/* SPDX-License-Identifier: MIT */
#ifndef VWR_VNET_H
#define VWR_VNET_H

#include "vwr/service/net.h"

VWR_BEGIN_C

/*
 * A network card for a guest. What the guest transmits goes to a function of the VMM, segment by segment in
 * the guest's memory; what it shall receive comes by vwr_vnet_deliver. vnet_switch.h joins several of them,
 * vnet_card.h joins such a switch to a real card.
 *
 *     options.ops = &vwr_vnet_switch_ops;            // or the VMM's own
 *     options.context = &port;
 *     r = vwr_vnet_init(&net, &setup, &options);
 *     r = vwr_vnet_switch_connect(&sw, &port, &net);
 *
 * A packet is checked once, when it is taken out of the ring: its header is copied, and what that says of the
 * frame (checksum, segmentation) lies within the frame and was negotiated; the first bytes of the frame, by
 * which it is forwarded and filtered, are copied too. The rest of the frame is read once, when it is copied
 * to whoever gets it. A packet that is wrong is dropped and counted, as on a wire, and nothing else happens.
 *
 * Section: Network Device.
 * Context, stack and loops of each call: docs/contexts.md.
 */

#ifndef VWR_VNET_SEGS
#define VWR_VNET_SEGS                                                                                   \
    260u /* not the specification's: segments of one chain: for queues of 256 and some borders of guest \
            memory */
#endif
#define VWR_VNET_MACS 32u     /* addresses of each kind that the driver lists; with more all are received */
#define VWR_VNET_BUCKETS 64u  /* not the specification's: by which they are found */
#define VWR_VNET_VLANS 4096u  /* not the specification's: identifiers that there can be */
#define VWR_VNET_MERGE 64u    /* buffers that a packet fills, at most */
#define VWR_VNET_STEERS 64u   /* addresses by which packets find the pair that sent to them */
#define VWR_VNET_HEAD 16u     /* bytes of a frame that are copied: addresses, type and a VLAN */
#define VWR_VNET_ETHERNET 14u /* header of a frame; what it has more with a VLAN; the longest frame */
#define VWR_VNET_VLAN 4u
#define VWR_VNET_MAC 6u     /* bytes of an address */
#define VWR_VNET_PAIRS 128u /* not the specification's: at most */
#define VWR_VNET_FRAME_MAX 65553u

/* Queues for `pairs` pairs: VWR_VNET_QUEUES(1, true) is 3. */
#define VWR_VNET_QUEUES(pairs, control) (2u * (pairs) + ((control) ? 1u : 0u))

struct vwr_vnet;

/* The first bytes of a frame, copied. */
union vwr_vnet_head {
    uint8_t byte[VWR_VNET_HEAD];
    uint16_t half[VWR_VNET_HEAD / 2u];
    uint32_t word[VWR_VNET_HEAD / 4u];
    uint64_t pair[VWR_VNET_HEAD / 8u];
};

/*
 * A packet: a frame of `bytes` bytes, of which the first `headed` are in `head`, and what its
 * header says, in CPU order; vwr/gen/net.h says what the fields mean. Where flags and gso_type are 0 the
 * others mean nothing. `rest` is where the other bytes are. Valid while the function that has got it runs,
 * which changes nothing of it but `work`.
 */
struct vwr_vnet_packet {
    union vwr_vnet_head head;
    struct vwr_reader rest;
    /* private: where `rest` is, if all of it is in one segment, the head is whole, and the header asks for
     * nothing; NULL: that is not known */
    const uint8_t *plain;
    uint32_t bytes;
    uint32_t work; /* of the budget, what it took to deliver it: charged to who sends it */
    uint16_t headed;
    uint8_t flags;    /* VWR_NET_HDR_F_NEEDS_CSUM, or 0; from a real card also VWR_NET_HDR_F_DATA_VALID */
    uint8_t gso_type; /* enum vwr_net_gso_type, vwr_net_gso_flags */
    uint16_t hdr_len;
    uint16_t gso_size;
    uint16_t csum_start;
    uint16_t csum_offset;
};

/*
 * Describes a frame in memory of the VMM's to vwr_vnet_deliver: `segs` segments, none empty, with no header.
 * VWR_OK; VWR_ERANGE: shorter than VWR_VNET_ETHERNET, or longer than VWR_VNET_FRAME_MAX. Context: any.
 */
VWR_MUST_CHECK int vwr_vnet_fill(struct vwr_vnet_packet *p, const struct vwr_vseg *seg, unsigned segs);

/* Copies the frame from its first byte on to `to`, all p->bytes of it. Context: as of the packet. */
void vwr_vnet_copy(const struct vwr_vnet_packet *p, void *to);

/*
 * What the VMM does. Called with the lock of the device held. Each of them may call the _locked functions of
 * this device below; with lock hooks none of the others: that would wait for ever.
 */
struct vwr_vnet_ops {
    /*
     * The guest sends a packet on a pair. VWR_OK: it is taken, or dropped for good, and the guest gets its
     * buffer back. VWR_EFULL: not now: it stays in the guest's ring, and no queue of this device is asked for
     * more until vwr_vnet_resume.
     */
    int (*transmit)(struct vwr_vnet *n, unsigned pair, struct vwr_vnet_packet *p);
    /* That was all for now: what was put off to be sent together goes now. May be NULL. */
    void (*transmitted)(struct vwr_vnet *n);
    /* The guest has put buffers into a receive queue: deliver what waited. May be NULL. Comes also when there
     * was room before. */
    void (*receive_wanted)(struct vwr_vnet *n);
    /* The guest has reset the device: what was learned of it is void. May be NULL. */
    void (*gone)(struct vwr_vnet *n);
};

struct vwr_vnet_options {
    const struct vwr_vnet_ops *ops;
    void *context;
    uint8_t mac[VWR_VNET_MAC]; /* all zeroes: none is offered, and the driver makes one up */
    uint16_t mtu;              /* 0: none is offered; otherwise 68 or more */
    uint16_t pairs;            /* at least 1; MQ is offered if there are more, which needs `control` */
    bool control; /* offer the control queue: receive modes, addresses, VLANs, announcement, pairs */
    bool full_duplex;
    uint32_t speed; /* Mbit/s, with full_duplex; 0: none is offered */
    /*
     * What of checksums and segmentation is offered: CSUM, HOST_... what the guest may leave to who gets its
     * packets; GUEST_... what it may be given so. Nothing is completed or segmented here: offer what all that
     * are joined take. With GUEST_... and `control` the guest may switch them while it runs.
     */
    struct vwr_features offloads;
    struct vwr_features avoid; /* of the class's own features, not offered: MRG_RXBUF, CTRL_VLAN, … */
};

struct vwr_vnet_stats {
    uintptr_t sent; /* packets of the guest that were taken */
    uintptr_t sent_bytes;
    uintptr_t received; /* packets that the guest has got */
    uintptr_t received_bytes;
    uintptr_t waits;   /* times that a packet of the guest waited in its ring */
    uintptr_t no_room; /* vwr_vnet_deliver answered VWR_EFULL */
    /* dropped */
    uintptr_t bad;      /* of the guest: header, or frame, that cannot be */
    uintptr_t down;     /* either way: no link, or no driver of the guest's, or one without a buffer so far */
    uintptr_t filtered; /* not for the guest, by what it has set */
    uintptr_t unfit; /* too long for the guest, or with an offload that it does not take, or that cannot be */
};

/* Addresses that the driver lists; private. */
struct vwr_vnet_list {
    uint64_t mac[VWR_VNET_MACS];
    uint8_t first[VWR_VNET_BUCKETS]; /* of a bucket: which address, from 1 on, */
    uint8_t next[VWR_VNET_MACS];     /* and which is behind it; 0: none */
    bool overflow;
};

/* What the guest has set by its control queue; private. */
struct vwr_vnet_filter {
    bool promisc;
    bool all[2]; /* unicast, multicast: all of them */
    bool none[2];
    bool no_broadcast;
    struct vwr_vnet_list list[2];
    uint8_t vlan[VWR_VNET_VLANS / 8u];
};

/* A buffer of the guest's that gets a part of a packet; private. */
struct vwr_vnet_buffer {
    struct vwr_vchain chain;
    struct vwr_writer in;
};

struct vwr_vnet {
    struct vwr_net_vservice service; /* first, which has the struct vwr_vdev first */
    void *context;
    struct vwr_vnet_stats stats;
    /* private */
    const struct vwr_vnet_ops *ops;
    uint64_t offloads;         /* bits of GUEST_... features that are on */
    uint32_t frame_max;        /* that the guest gets; without segmentation */
    uint16_t pairs;            /* that there are */
    uint16_t active;           /* that the guest uses */
    uint8_t header;            /* bytes in front of each packet */
    bool merge;                /* MRG_RXBUF */
    bool filters;              /* not all packets are received */
    bool link;                 /* is up */
    uint8_t state;             /* of the transmit queues */
    uint16_t controlq;         /* its index; or no queue's */
    bool notes;                /* what is sent is more than sent: vnet_note */
    struct vwr_vqueue *direct; /* the receive queue, if all packets go there that are plain; NULL */
    uint8_t mac[VWR_VNET_MAC]; /* that the VMM has set */
    uint8_t steer[VWR_VNET_STEERS];
    struct vwr_vnet_filter filter;
    struct vwr_vmessage message;
    struct vwr_vnet_buffer merged[VWR_VNET_MERGE];
    struct vwr_vseg
        seg[3u * VWR_VNET_SEGS]; /* of a command, of a buffer that is filled, of one that is sent */
};

/*
 * VWR_OK; VWR_EINVAL: no ops, no transmit, no pair or more than 128, several without `control`, an MTU below
 * 68; VWR_ENOQUEUE: setup->queues is below VWR_VNET_QUEUES; and as vwr_vdev_init. Its queues are no longer
 * than VWR_VNET_SEGS, less the borders of guest memory, whatever queue_size is. The link is up.
 */
VWR_MUST_CHECK int vwr_vnet_init(struct vwr_vnet *n, const struct vwr_vdev_setup *s,
                                 const struct vwr_vnet_options *o);

/* As of the transport and vwr/vdev.h. */
static inline struct vwr_vdev *vwr_vnet_dev(struct vwr_vnet *n)
{
    return &n->service.service.dev;
}

/*
 * A packet for the guest, copied into its buffers. VWR_OK: it has it, or it is filtered, by what it has set,
 * or it has no link or no driver, or one that has given no buffer yet; VWR_EFULL: no room now, receive_wanted
 * says when there is; VWR_ERANGE: longer than its buffers, or than its MTU; VWR_EFEATURE: an offload that the
 * guest does not take, or whose numbers are not within the frame. After an error the guest has got nothing;
 * stats count each. The guest sees it with vwr_vnet_signal, at the latest. Both take the lock; the others are
 * for those that hold it.
 */
VWR_MUST_CHECK int vwr_vnet_deliver(struct vwr_vnet *n, struct vwr_vnet_packet *p);
VWR_MUST_CHECK int vwr_vnet_deliver_locked(struct vwr_vnet *n, struct vwr_vnet_packet *p);

/* Interrupts the guest, once a queue, for what was delivered since the last time. */
void vwr_vnet_signal(struct vwr_vnet *n);
void vwr_vnet_signal_locked(struct vwr_vnet *n);

/* The VMM takes packets again, after VWR_EFULL of transmit. Takes the lock; the other does not. */
void vwr_vnet_resume(struct vwr_vnet *n);
void vwr_vnet_resume_locked(struct vwr_vnet *n);

/* The link goes up or down: the guest is notified if its driver took STATUS. While it is down packets of both
 * directions are dropped. Takes the lock. */
void vwr_vnet_set_link(struct vwr_vnet *n, bool up);

/* The guest is asked to announce itself to the network, if its driver took GUEST_ANNOUNCE: after it was moved
 * to another. Takes the lock. */
void vwr_vnet_announce(struct vwr_vnet *n);

VWR_END_C

#endif
