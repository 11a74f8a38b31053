/* SPDX-License-Identifier: MIT */
#ifndef VWR_NET_H
#define VWR_NET_H

#include "vwr/bytes.h"
#include "vwr/receive.h"
#include "vwr/bringup.h"
#include "vwr/gen/net.h"

VWR_BEGIN_C

/*
 * A network card: packets are sent out of the caller's memory, and read in the buffers in which they came;
 * nothing is copied. net_control.h has the settings of its control queue.
 *
 *     r = vwr_net_open(n, d, options);
 *
 *     struct vwr_net_sendq *out = vwr_net_sendq(n, 0);
 *     vwr_net_fill(packet, frame, bytes);                  // an Ethernet frame without its checksum
 *     r = vwr_net_submit(out, packet);                     // for each of them
 *     vwr_net_kick(out);                                   // once
 *     r = vwr_net_reap(out, done, 32);                     // done[0 .. r) were sent
 *
 *     struct vwr_net_receiveq *in = vwr_net_receiveq(n, 0);
 *     r = vwr_net_receive_reap(in, slices, 64);
 *     for (int i = 0; i < r; i++)
 *         vwr_net_receive_submit(in, &slices[i]);          // once it was read: the device's again
 *     vwr_net_receive_kick(in);                            // once
 *
 * A frame that is sent is the device's until vwr_net_reap hands its packet out, or vwr_net_close answers
 * VWR_OK; slices that came are the caller's until vwr_net_receive_submit.
 *
 * Context, if a call does not say otherwise: it does not wait, and an interrupt handler may call it. Each
 * queue has one owner at a time: who sends on a pair and who receives from it may be two, at once and without
 * a lock. open, close and those of vwr/bringup.h belong to the owner of all queues. Loops: over the segments
 * of a packet, and over at most `max` buffers.
 *
 * Section: Network Device.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* Descriptors of each queue, a power of two; and so many packets are in flight in a pair each way. */
#ifndef VWR_NET_QUEUE
#define VWR_NET_QUEUE 128u /* not the specification's */
#endif
/* Of a receive buffer, with its header: a multiple of VWR_PORT_DMA_ALIGN. */
#ifndef VWR_NET_BYTES
#define VWR_NET_BYTES 2048u /* not the specification's */
#endif
/* Of a packet that is sent, at most. */
#ifndef VWR_NET_SEGMENTS
#define VWR_NET_SEGMENTS 4u
#endif

/* Not the specification's: an Ethernet header; what it has more with a VLAN; a frame where no MTU is said;
 * the longest with segmentation. */
#define VWR_NET_ETHERNET 14u
#define VWR_NET_VLAN 4u
#define VWR_NET_FRAME 1518u
#define VWR_NET_FRAME_MAX 65553u

VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_NET_QUEUE), "VWR_NET_QUEUE has to be a power of 2");
VWR_STATIC_ASSERT(VWR_NET_SEGMENTS > 0 && VWR_NET_SEGMENTS <= VWR_REQUEST_SEGMENTS,
                  "VWR_NET_SEGMENTS has to be from 1 to VWR_REQUEST_SEGMENTS");
VWR_STATIC_ASSERT(VWR_NET_SEGMENTS < VWR_NET_QUEUE,
                  "VWR_NET_QUEUE has no room for a packet: a header and VWR_NET_SEGMENTS");
VWR_STATIC_ASSERT(VWR_NET_BYTES >= sizeof(struct vwr_net_hdr) + VWR_NET_FRAME,
                  "VWR_NET_BYTES has no room for a header and a frame");
VWR_STATIC_ASSERT(VWR_NET_BYTES % VWR_PORT_DMA_ALIGN == 0,
                  "VWR_NET_BYTES has to be a multiple of VWR_PORT_DMA_ALIGN");

/* Slices of a packet that came, at most: what `max` of vwr_net_receive_reap is at least. */
#define VWR_NET_SLICES ((VWR_NET_FRAME_MAX + VWR_NET_SLOT_BYTES + VWR_NET_BYTES - 1u) / VWR_NET_BYTES)

#define VWR_NET_SLOT_BYTES 32u /* room for the header of a packet that is sent */
#define VWR_NET_OWN_WORDS ((VWR_REQUEST_OWN_BYTES(VWR_NET_QUEUE, VWR_NET_QUEUE) + 7u) / 8u)

/*
 * The header of a packet, in CPU order; vwr/gen/net.h says what its fields mean. Where flags and gso_type are
 * 0 the others mean nothing, and it is a frame as it is.
 */
struct vwr_net_header {
    uint8_t flags;    /* enum vwr_net_hdr_flags */
    uint8_t gso_type; /* enum vwr_net_gso_type, vwr_net_gso_flags */
    uint16_t hdr_len;
    uint16_t gso_size;
    uint16_t csum_start;
    uint16_t csum_offset;
    uint16_t hash_report; /* enum vwr_net_hash_report, of a packet that came; NONE without HASH_REPORT */
    uint32_t hash_value;
};

/* A packet to be sent: the caller's, zeroed before its first use, in memory that the device cannot reach. */
struct vwr_net_packet {
    struct vwr_req req; /* first; its data are the frame */
    struct vwr_net_header header;
};

/* A frame of one segment, as it is. */
static inline void vwr_net_fill(struct vwr_net_packet *p, const void *frame, size_t bytes)
{
    p->req.vec.p = (void *)(uintptr_t)frame;
    p->req.vec.bytes = bytes;
    p->req.vec_count = 0;
    p->header.flags = 0;
    p->header.gso_type = VWR_NET_HDR_GSO_NONE;
}

/* Faults of a network card; see vwr/fault.h. */
enum vwr_net_fault {
    VWR_FAULT_NET_BUFFERS = VWR_FAULT(VWR_FAULT_CLASS, VWR_EBADRING), /* where: queue; got: num_buffers */
};

struct vwr_net;

/* Both `stats` may be read by anybody; the rest is private. */
struct vwr_net_sendq {
    struct vwr_requestq requests;
    struct vwr_net *net;
    size_t payload_max; /* of a frame that is sent as it is: bytes behind VWR_NET_ETHERNET */
};

/* `buffers.stats`, `buffers.queue.stats` and `buffers.fault` may be read by anybody; the rest is private. */
struct vwr_net_receiveq {
    struct vwr_receiveq buffers;
    uint16_t header;      /* as in *net */
    uint16_t buffers_max; /* that a packet can fill */
    uint16_t kept_count;
    struct vwr_slice kept[VWR_NET_SLICES]; /* of a packet that the last reap had no room for */
};

/* A pair of queues, in memory that the device cannot reach, any content. */
struct vwr_net_pair {
    struct vwr_net_receiveq receive;
    struct vwr_net_sendq send;
    struct vwr_receive_buffer buffer[VWR_NET_QUEUE];
    uint64_t receive_own[(VWR_QUEUE_OWN_BYTES(VWR_NET_QUEUE) + 7u) / 8u];
    uint64_t send_own[VWR_NET_OWN_WORDS];
};

/* What a pair shares with the device: memory as vwr_queue_memory.shared, any content. */
struct vwr_net_shared {
    uint8_t send[VWR_QUEUE_SHARED_BYTES_WITH(
        VWR_NET_QUEUE, VWR_NET_QUEUE *VWR_REQUEST_SLOT_BYTES(VWR_NET_SLOT_BYTES, VWR_NET_SEGMENTS))]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t receive[VWR_QUEUE_SHARED_BYTES(VWR_NET_QUEUE)] __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t data[VWR_NET_QUEUE][VWR_NET_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
};

struct vwr_net_control;

struct vwr_net_options {
    struct vwr_net_pair *pair;       /* `pairs` of them */
    struct vwr_net_shared *shared;   /* `pairs` of them; both until vwr_net_close */
    unsigned pairs;                  /* at least 1; as many of them are used as the device has */
    struct vwr_net_control *control; /* for the control queue, see net_control.h; NULL: none */
    int (*set_up_control)(struct vwr_net *n, unsigned index); /* with it: vwr_net_control_set_up */
    /*
     * What the caller does with headers, taken where the device offers it; otherwise each packet is a whole
     * frame with its checksums: CSUM and HOST_...: it asks the device to complete and to segment; GUEST_...:
     * it takes packets that are not complete or not segmented; HASH_REPORT.
     */
    struct vwr_features offloads;
    struct vwr_features need;           /* VWR_EFEATURE without them */
    struct vwr_features avoid;          /* not taken although offered */
    struct vwr_request_options request; /* replay: vwr_net_replay, or NULL: packets in flight come back */
};

struct vwr_net {
    struct vwr_bringup bringup;
    struct vwr_net_config_info info; /* as the configuration was read last */
    struct vwr_net_options options;
    /* private */
    unsigned pairs;            /* that have queues */
    uint32_t frame_max;        /* bytes of a packet that the device does not segment */
    uint16_t header;           /* bytes in front of each packet */
    struct vwr_net_sendq none; /* of a pair that is not there: stopped */
    struct vwr_net_receiveq none_receive;
};

/*
 * From reset to DRIVER_OK of a device that was probed; waits for the reset, at most VWR_RESET_TIMEOUT_US. *n
 * may have any content. VWR_OK; VWR_EBUSY: it is open; VWR_EFAILED: only a reset helps; VWR_ETYPE: no network
 * card; VWR_EINVAL: no pair, or `control` without `set_up_control`; and as vwr_dev_reset, vwr_dev_agree,
 * vwr_dev_read_config, vwr_dev_add_queue, vwr_dev_start. GUEST_TSO4 and the like are not taken, nor is MTU,
 * if neither MRG_RXBUF is there nor a buffer has room for such a packet.
 */
VWR_MUST_CHECK int vwr_net_open(struct vwr_net *n, struct vwr_dev *d, const struct vwr_net_options *options);

/*
 * For vwr_recover(&n->bringup, &vwr_net_bringup), a step of bringing a card back of which a queue is
 * stopped, or that has failed (vwr_dev_check), for vwr_freeze and vwr_bringup_stage. Packets that had come
 * and were not received are lost, as on a wire; of one of which a part was got receive.buffers.stats.dropped
 * counts the buffers; those that the caller holds stay the caller's.
 */
extern const struct vwr_bringup_class vwr_net_bringup;

/* Resets the device: results as vwr_dev_reset, which waits. What was not sent or read is dropped. */
VWR_MUST_CHECK static inline int vwr_net_close(struct vwr_net *n)
{
    return vwr_bringup_close(&n->bringup, &vwr_net_bringup);
}

/* How many pairs there are, at most options->pairs: those below have queues. */
static inline unsigned vwr_net_pairs(const struct vwr_net *n)
{
    return n->pairs;
}

static inline bool vwr_net_has(const struct vwr_net *n, unsigned feature)
{
    return n->bringup.dev != NULL && vwr_dev_has(n->bringup.dev, feature);
}

/* Whether the link was up when the configuration was read last. */
static inline bool vwr_net_link_is_up(const struct vwr_net *n)
{
    return (n->info.status & VWR_NET_S_LINK_UP) != 0;
}

/* ---- packets that are sent ---- */

/* `pair` is below vwr_net_pairs, or the queue that it answers is stopped. */
static inline struct vwr_net_sendq *vwr_net_sendq(struct vwr_net *n, unsigned pair)
{
    return pair < n->pairs ? &n->options.pair[pair].send : &n->none;
}

/*
 * Puts a packet into the queue; the device sees it with the next kick. VWR_OK: it and its frame are in flight
 * until reap. VWR_ERANGE: the frame is shorter than VWR_NET_ETHERNET, or longer than the MTU and no gso_type
 * says how it is segmented; VWR_EFEATURE: the header asks for what was not negotiated; and as
 * vwr_request_submit. On an error nothing is sent. Section: Network Device / Device Operation / Packet
 * Transmission.
 */
VWR_MUST_CHECK int vwr_net_submit(struct vwr_net_sendq *q, struct vwr_net_packet *p);

/* Tells the device of all packets since the last kick. True if it had to be notified. */
static inline bool vwr_net_kick(struct vwr_net_sendq *q)
{
    return vwr_request_kick(&q->requests);
}

/* Takes back up to `max` packets that the device has sent: results as vwr_request_reap, but never
 * VWR_ETIMEOUT, as a link may be down for any time. */
VWR_MUST_CHECK int vwr_net_reap(struct vwr_net_sendq *q, struct vwr_net_packet **done, unsigned max);

/* As vwr_request_arm. */
VWR_MUST_CHECK static inline bool vwr_net_arm(struct vwr_net_sendq *q, unsigned count)
{
    return vwr_request_arm(&q->requests, count);
}

/* ---- packets that came ---- */

/* `pair` is below vwr_net_pairs, or the queue that it answers is stopped. */
static inline struct vwr_net_receiveq *vwr_net_receiveq(struct vwr_net *n, unsigned pair)
{
    return pair < n->pairs ? &n->options.pair[pair].receive : &n->none_receive;
}

/*
 * Takes packets, in the order in which they came: how many slices; 0: none now. A slice is a frame, or with
 * MRG_RXBUF a part of it: `more` of those that follow it in slices[] belong to the same packet. `max` is at
 * least VWR_NET_SLICES. Negative, for good: VWR_EBADRING: also of a packet with buffers that have not come;
 * VWR_EINVAL: `max` is too small; and as vwr_receive_reap. Section: Network Device / Device Operation /
 * Processing of Incoming Packets.
 */
VWR_MUST_CHECK int vwr_net_receive_reap(struct vwr_net_receiveq *q, struct vwr_slice *slices, unsigned max);

/* The header of a packet, from its first slice, before that is returned. */
void vwr_net_read_header(const struct vwr_net *n, const struct vwr_slice *s, struct vwr_net_header *h);

/* Puts a slice's buffer into the queue again, as vwr_receive_submit; the device sees it with the next kick.
 */
static inline int vwr_net_receive_submit(struct vwr_net_receiveq *q, const struct vwr_slice *s)
{
    return vwr_receive_submit(&q->buffers, s->buffer);
}

/* Tells the device of all buffers since the last kick. True if it had to be notified. */
static inline bool vwr_net_receive_kick(struct vwr_net_receiveq *q)
{
    return vwr_receive_kick(&q->buffers);
}

/* As vwr_receive_arm. False: something may have come, reap again. */
VWR_MUST_CHECK static inline bool vwr_net_receive_arm(struct vwr_net_receiveq *q, unsigned count)
{
    return vwr_receive_arm(&q->buffers, count);
}

/* ---- the device ---- */

/*
 * What the configuration says now, after an interrupt that says that it has changed: link, speed,
 * announcement. Results as vwr_bringup_read_info. Context: the owner of all queues.
 */
VWR_MUST_CHECK int vwr_net_read_info(struct vwr_net *n);

/* For options->request.replay: what was in flight is sent again. */
extern const struct vwr_replay vwr_net_replay;

/* What went wrong last, in words, as vwr_bringup_explain. Context: the owner of all queues. */
size_t vwr_net_explain(const struct vwr_net *n, char *text, size_t bytes);

VWR_END_C

#endif
