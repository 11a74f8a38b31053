/* SPDX-License-Identifier: MIT */
#ifndef VWR_NET_H
#define VWR_NET_H

#include "vwr/bytes.h"
#include "vwr/receive.h"
#include "vwr/bringup.h"
#include "vwr/gen/net.h"

VWR_BEGIN_C

/**
 * DOC: Network card, driver side
 *
 * Nothing is copied: the card sends packets directly from the caller's memory, and the caller reads received
 * packets from the buffers that the device filled::
 *
 *     r = vwr_net_open(n, d, options);
 *
 *     struct vwr_net_transmitq *out = vwr_net_get_transmitq(n, 0);
 *     vwr_net_fill(packet, frame, bytes);                  // an Ethernet frame without its checksum
 *     r = vwr_net_submit(out, packet);                     // for each of them
 *     vwr_net_kick(out);                                   // once
 *     r = vwr_net_reap(out, done, 32);                     // done[0 .. r) were sent
 *
 *     struct vwr_net_receiveq *in = vwr_net_get_receiveq(n, 0);
 *     r = vwr_net_receive(in, into, 1518);                 // copies one frame, or without a copy:
 *     r = vwr_net_receive_reap(in, slices, 64);
 *     for (int i = 0; i < r; i++)
 *         vwr_net_receive_submit(in, &slices[i]);          // after reading it: return it to the device
 *     vwr_net_receive_kick(in);                            // once
 *
 * Rules:
 *
 * - The device owns a submitted frame until vwr_net_reap() returns its packet, or vwr_close()
 *   returns VWR_OK. The caller owns received slices until vwr_net_receive_submit().
 * - Each queue has one owner at a time. The sender and the receiver of a pair may be two threads,
 *   which need no lock.
 * - Only the owner of all queues may open and close the card and call the functions of vwr/bringup.h.
 *
 * vwr/net_control.h contains the functions that use the control queue. generated/docs/contexts.md lists the
 * calling context, stack use and loop bounds of each function.
 *
 * Section: Network Device.
 */

/**
 * VWR_NET_QUEUE - Number of descriptors of each queue, and maximum number of packets in flight in each
 *   direction; a power of 2
 *
 * A source file may define this macro and VWR_NET_SEGMENTS before its first include.
 */
#ifndef VWR_NET_QUEUE
#define VWR_NET_QUEUE 128u
#endif

/**
 * VWR_NET_BYTES - Size of a receive buffer in bytes, including the packet's header
 *
 * It must be a multiple of VWR_PORT_DMA_ALIGN, and the same in the library and all source files.
 */
#ifndef VWR_NET_BYTES
#define VWR_NET_BYTES 2048u
#endif

/** VWR_NET_SEGMENTS - Maximum number of segments of a sent packet */
#ifndef VWR_NET_SEGMENTS
#define VWR_NET_SEGMENTS 4u
#endif

/*
 * Sizes in bytes: an Ethernet header, a VLAN tag, the longest frame if no MTU is reported, and the longest
 * segmented packet.
 */
#define VWR_NET_ETHERNET 14u
#define VWR_NET_VLAN 4u
#define VWR_NET_FRAME 1518u
#define VWR_NET_FRAME_MAX 65553u

VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_NET_QUEUE), "VWR_NET_QUEUE must be a power of 2");
VWR_STATIC_ASSERT(VWR_NET_SEGMENTS > 0 && VWR_NET_SEGMENTS <= VWR_REQUEST_SEGMENTS,
                  "VWR_NET_SEGMENTS must be 1 to VWR_REQUEST_SEGMENTS");
VWR_STATIC_ASSERT(VWR_NET_SEGMENTS < VWR_NET_QUEUE,
                  "VWR_NET_QUEUE is too small for a packet: a header and VWR_NET_SEGMENTS");
VWR_STATIC_ASSERT(VWR_NET_BYTES >= sizeof(struct vwr_net_hdr) + VWR_NET_FRAME,
                  "VWR_NET_BYTES is too small for a header and a frame");
VWR_STATIC_ASSERT(VWR_NET_BYTES % VWR_PORT_DMA_ALIGN == 0,
                  "VWR_NET_BYTES must be a multiple of VWR_PORT_DMA_ALIGN");

/**
 * VWR_NET_SLICES - Maximum number of slices of a received packet, and minimum of @max for
 *   vwr_net_receive_reap()
 */
#define VWR_NET_SLICES ((VWR_NET_FRAME_MAX + VWR_NET_SLOT_BYTES + VWR_NET_BYTES - 1u) / VWR_NET_BYTES)

#define VWR_NET_SLOT_BYTES 32u /* space for the header of a sent packet */

/**
 * struct vwr_net_header - Header of a packet, in CPU order
 * @flags: enum vwr_net_hdr_flags.
 * @gso_type: enum vwr_net_gso_type, vwr_net_gso_flags.
 * @hdr_len: See vwr/gen/net.h.
 * @gso_size: See vwr/gen/net.h.
 * @csum_start: See vwr/gen/net.h.
 * @csum_offset: See vwr/gen/net.h.
 * @hash_report: enum vwr_net_hash_report of a received packet; NONE without HASH_REPORT.
 * @hash_value: Hash.
 *
 * If @flags and @gso_type are 0, the packet is a complete frame, and @hdr_len to @csum_offset are
 * not used.
 */
struct vwr_net_header {
    uint8_t flags;
    uint8_t gso_type;
    uint16_t hdr_len;
    uint16_t gso_size;
    uint16_t csum_start;
    uint16_t csum_offset;
    uint16_t hash_report;
    uint32_t hash_value;
};

/**
 * struct vwr_net_packet - A packet to send
 * @req: Request; the first member. Its data segments contain the frame.
 * @header: Header.
 *
 * The caller must zero the packet before its first use and keep it in private memory.
 */
struct vwr_net_packet {
    struct vwr_req req;
    struct vwr_net_header header;
};

/**
 * vwr_net_fill() - Prepare a complete frame in one segment
 * @p: Packet that is not in flight.
 * @frame: Frame, which starts with the destination address.
 * @bytes: Size in bytes.
 */
static inline void vwr_net_fill(struct vwr_net_packet *p, const void *frame, size_t bytes)
{
    p->req.vec.p = (void *)(uintptr_t)frame;
    p->req.vec.bytes = bytes;
    p->req.vec_count = 0;
    p->header.flags = 0;
    p->header.gso_type = VWR_NET_HDR_GSO_NONE;
}

/** enum vwr_net_fault - Faults of a network card: see vwr/fault.h */
enum vwr_net_fault {
    VWR_FAULT_NET_BUFFERS = VWR_FAULT(VWR_FAULT_CLASS, VWR_EBADRING), /* where: queue; got: num_buffers */
};

struct vwr_net;

/**
 * struct vwr_net_transmitq - A transmit queue
 * @requests: Request queue. Any thread may read its counters (stats and queue.stats); the rest is private.
 */
struct vwr_net_transmitq {
    struct vwr_requestq requests;
    /* private: */
    struct vwr_net *net;
    size_t payload_max; /* bytes after the Ethernet header of an unsegmented frame */
};

/**
 * struct vwr_net_receiveq - A receive queue
 * @buffers: Receive queue. Any thread may read buffers.stats, buffers.queue.stats and
 *   buffers.fault; the rest is private.
 */
struct vwr_net_receiveq {
    struct vwr_receiveq buffers;
    /* private: */
    uint16_t header;      /* as in *net */
    uint16_t buffers_max; /* maximum per packet */
    uint16_t kept_count;
    struct vwr_slice kept[VWR_NET_SLICES]; /* a packet that did not fit in the last reap */
};

/**
 * struct vwr_net_pair - A pair of queues
 * @receive: Receive queue.
 * @send: Transmit queue.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_net_pair {
    struct vwr_net_receiveq receive;
    struct vwr_net_transmitq send;
    /* private: */
    struct vwr_receive_buffer buffer[VWR_NET_QUEUE];
    uint64_t receive_own[(VWR_QUEUE_OWN_BYTES(VWR_NET_QUEUE) + 7u) / 8u];
    uint64_t send_own[(VWR_REQUEST_OWN_BYTES(VWR_NET_QUEUE, VWR_NET_QUEUE) + 7u) / 8u];
};

/**
 * struct vwr_net_shared - Shared memory of a pair (see struct vwr_queue_memory); it need not be
 *   initialised
 * @send: Transmit queue.
 * @receive: Receive queue.
 * @data: Receive buffers.
 */
struct vwr_net_shared {
    uint8_t send[VWR_QUEUE_SHARED_BYTES_WITH(
        VWR_NET_QUEUE, VWR_NET_QUEUE *VWR_REQUEST_SLOT_BYTES(VWR_NET_SLOT_BYTES, VWR_NET_SEGMENTS))]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t receive[VWR_QUEUE_SHARED_BYTES(VWR_NET_QUEUE)] __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t data[VWR_NET_QUEUE][VWR_NET_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
};

/* The memory of a pair, whose size depends on the source file that opens the card. Private. */
struct vwr_net_layout {
    uint16_t queue;
    uint16_t segments;
    uint32_t pair_bytes; /* struct vwr_net_pair, and the offsets of its last members, in their order */
    uint32_t buffer_at;
    uint32_t receive_own_at;
    uint32_t send_own_at;
    uint32_t shared_bytes; /* struct vwr_net_shared, and the offsets of its members, in their order */
    uint32_t send_at;
    uint32_t receive_at;
    uint32_t data_at;
};

struct vwr_net_control;

/**
 * struct vwr_net_options - Options of vwr_net_open()
 * @pair: Queue pairs. They must remain valid until vwr_close() succeeds.
 * @pair_count: Number of entries in @pair, at least 1. If the device has fewer pairs, the driver uses fewer.
 * @shared: Shared memory of the pairs. It must remain valid as long as @pair.
 * @shared_count: Number of entries in @shared, at least @pair_count.
 * @control: Control queue. Set it with vwr_net_use_control() (vwr/net_control.h); NULL: none.
 * @offloads: Packet header features that the caller supports. The driver accepts those that the device
 *   offers. With CSUM and HOST_*, the caller may let the device complete checksums and segment packets. With
 *   GUEST_*, the caller must handle received packets that have incomplete checksums or are unsegmented. With
 *   HASH_REPORT, the device reports the hash of received packets. Without any of these features, each packet
 *   is a complete frame.
 * @need: Required features. If one is missing, vwr_net_open() fails with VWR_EFEATURE.
 * @avoid: Features that the driver must not accept.
 * @request: Request options.
 */
struct vwr_net_options {
    struct vwr_net_pair *pair;
    unsigned pair_count;
    struct vwr_net_shared *shared;
    unsigned shared_count;
    struct vwr_net_control *control;
    struct vwr_features offloads;
    struct vwr_features need;
    struct vwr_features avoid;
    struct vwr_request_options request;
    /* private: */
    int (*set_up_control)(struct vwr_net *n, unsigned index);
    int (*restore)(struct vwr_net *n);
};

/**
 * struct vwr_net - A network card
 * @bringup: Bring-up; the first member.
 * @info: Configuration, as last read. info.mac is zero if MAC is not negotiated; info.speed and info.duplex
 *   are the values that the device reports.
 * @options: Options.
 * @pairs: Number of pairs that have queues, at most options.pair_count; 0: the card is not open.
 */
struct vwr_net {
    struct vwr_bringup bringup;
    struct vwr_net_config_info info;
    struct vwr_net_options options;
    unsigned pairs;
    /* private: */
    struct vwr_net_layout layout;
    uint32_t frame_max; /* maximum size of an unsegmented packet in bytes */
    uint16_t header;    /* size of the header of each packet in bytes */
    struct vwr_request_class send_class;
    struct vwr_net_transmitq none; /* stopped queues, for a card that is not open */
    struct vwr_net_receiveq none_receive;
};

/**
 * vwr_net_open_() - Open a network card (for vwr/net.h)
 * @n: See vwr_net_open().
 * @d: See vwr_net_open().
 * @options: See vwr_net_open().
 * @layout: Memory of a pair.
 *
 * Return: The same as vwr_net_open().
 */
VWR_MUST_CHECK int vwr_net_open_(struct vwr_net *n, struct vwr_dev *d, const struct vwr_net_options *options,
                                 const struct vwr_net_layout *layout);

/**
 * vwr_net_open() - Open a network card
 * @n: Card; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Without MRG_RXBUF, a received packet must fit into one buffer. The driver then does not accept features
 * that allow larger packets (GUEST_TSO4 and similar features, MTU).
 *
 * Return: VWR_OK. The device is live and its buffers are posted.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not a network card.
 * * VWR_EINVAL: options.control was assigned without its functions.
 * * VWR_ENOMEM: an array is too small; vwr_dev_explain() names it.
 * * Other errors: the same as vwr_dev_reset(), vwr_dev_agree(), vwr_dev_read_config(),
 *   vwr_dev_add_queue(), vwr_dev_start().
 */
VWR_MUST_CHECK static inline int vwr_net_open(struct vwr_net *n, struct vwr_dev *d,
                                              const struct vwr_net_options *options)
{
    static const struct vwr_net_layout layout = {VWR_NET_QUEUE,
                                                 VWR_NET_SEGMENTS,
                                                 sizeof(struct vwr_net_pair),
                                                 __builtin_offsetof(struct vwr_net_pair, buffer),
                                                 __builtin_offsetof(struct vwr_net_pair, receive_own),
                                                 __builtin_offsetof(struct vwr_net_pair, send_own),
                                                 sizeof(struct vwr_net_shared),
                                                 __builtin_offsetof(struct vwr_net_shared, send),
                                                 __builtin_offsetof(struct vwr_net_shared, receive),
                                                 __builtin_offsetof(struct vwr_net_shared, data)};

    return vwr_net_open_(n, d, options, &layout);
}

/**
 * vwr_net_bringup - Class of network cards, for vwr/bringup.h
 *
 * A recovery loses packets that were not reaped. receive.buffers.stats.dropped counts the buffers of partly
 * received packets. Slices that the caller still owns stay valid.
 */
extern const struct vwr_bringup_class vwr_net_bringup;

/**
 * vwr_net_has() - Test whether a feature is negotiated
 * @n: Card.
 * @feature: Feature bit number.
 *
 * Return: true if the feature is negotiated; false if the card is not open.
 */
static inline bool vwr_net_has(const struct vwr_net *n, unsigned feature)
{
    return n->bringup.dev != NULL && vwr_dev_has(n->bringup.dev, feature);
}

/**
 * vwr_net_link_is_up() - Test the link status
 * @n: Card.
 *
 * Return: true if the link was up when the configuration was last read.
 */
static inline bool vwr_net_link_is_up(const struct vwr_net *n)
{
    return (n->info.status & VWR_NET_S_LINK_UP) != 0;
}

/**
 * vwr_net_pair_() - Get a pair of a card, which another source file may have opened (for vwr/net.h)
 * @n: Card.
 * @pair: Index of the pair, below @n->options.pair_count.
 *
 * Return: The pair.
 */
static inline struct vwr_net_pair *vwr_net_pair_(const struct vwr_net *n, unsigned pair)
{
    return (struct vwr_net_pair *)(void *)((uint8_t *)n->options.pair + (size_t)pair * n->layout.pair_bytes);
}

/**
 * vwr_net_get_transmitq() - Get the transmit queue of a pair
 * @n: Card.
 * @pair: Index of the pair, below @n->pairs.
 *
 * Return: The queue. NULL: the device has no such queue. Queue 0 always exists; it is stopped while
 *   the device is not open.
 */
static inline struct vwr_net_transmitq *vwr_net_get_transmitq(struct vwr_net *n, unsigned pair)
{
    if (pair < n->pairs)
        return &vwr_net_pair_(n, pair)->send;
    return pair == 0 ? &n->none : NULL;
}

/**
 * vwr_net_submit() - Submit a packet
 * @q: Transmit queue.
 * @p: Packet. The device sees it after the next kick.
 *
 * Return: VWR_OK: @p and its frame are in flight until vwr_net_reap() returns @p. After an error
 *   nothing was submitted.
 * * VWR_ERANGE: the frame is shorter than VWR_NET_ETHERNET, or it is longer than the MTU allows and has no
 *   gso_type.
 * * VWR_EFEATURE: the header uses a feature that was not negotiated.
 * * Other errors: the same as vwr_request_submit().
 * Section: Network Device / Device Operation / Packet Transmission.
 */
VWR_MUST_CHECK int vwr_net_submit(struct vwr_net_transmitq *q, struct vwr_net_packet *p);

/** vwr_net_kick() - Notify the device of all packets since the last kick; see vwr_queue_kick() */
static inline bool vwr_net_kick(struct vwr_net_transmitq *q)
{
    return vwr_request_kick(&q->requests);
}

/**
 * vwr_net_reap() - Return packets that were sent
 * @q: Transmit queue.
 * @done: Filled in with up to @max packets, which belong to the caller again.
 * @max: Size of @done.
 *
 * Packets have no deadline, because the link may be down for any length of time.
 *
 * Return: The number of packets. If the queue is stopped, the same as vwr_request_reap().
 */
VWR_MUST_CHECK int vwr_net_reap(struct vwr_net_transmitq *q, struct vwr_net_packet **done, unsigned max);

/** vwr_net_arm() - Enable the interrupt for sent packets; see vwr_request_arm() */
VWR_MUST_CHECK static inline bool vwr_net_arm(struct vwr_net_transmitq *q, unsigned count)
{
    return vwr_request_arm(&q->requests, count);
}

/**
 * vwr_net_get_receiveq() - Get the receive queue of a pair
 * @n: Card.
 * @pair: Index of the pair, below @n->pairs.
 *
 * Return: The queue. NULL: the device has no such queue. Queue 0 always exists; it is stopped while
 *   the device is not open.
 */
static inline struct vwr_net_receiveq *vwr_net_get_receiveq(struct vwr_net *n, unsigned pair)
{
    if (pair < n->pairs)
        return &vwr_net_pair_(n, pair)->receive;
    return pair == 0 ? &n->none_receive : NULL;
}

/**
 * vwr_net_receive_reap() - Return received packets in order
 * @q: Receive queue.
 * @slices: Filled in with the slices. A slice is a frame, without the header that the device puts before it,
 *   or, with MRG_RXBUF, a part of a frame. The member `more` of a slice is the number of following entries
 *   that belong to the same packet.
 * @max: Size of @slices, at least VWR_NET_SLICES.
 *
 * Return: The number of slices; 0: no packet has arrived.
 * * VWR_EINVAL: @max is too small.
 * * VWR_EBADRING: the queue is stopped, for example because a packet claims more buffers than the device
 *   used.
 * * Other errors: the same as vwr_receive_reap().
 * Section: Network Device / Device Operation / Processing of Incoming Packets.
 */
VWR_MUST_CHECK int vwr_net_receive_reap(struct vwr_net_receiveq *q, struct vwr_slice *slices, unsigned max);

/**
 * vwr_net_receive() - Copy the next received frame, and return its buffers to the device
 * @q: Receive queue. Do not mix this function with vwr_net_receive_reap() in one queue.
 * @frame: Filled in with the frame.
 * @max: Size of @frame in bytes.
 *
 * The call notifies the device. It drops the header: use it if options->offloads is empty.
 *
 * Return: The size of the frame in bytes; 0: no frame has arrived.
 * * VWR_ERANGE: the frame is longer than @max, and was dropped.
 * * VWR_EBADRING: the queue is stopped, for example because a packet claims more buffers than the device
 *   used.
 * * Other errors: the same as vwr_receive_reap().
 */
VWR_MUST_CHECK int vwr_net_receive(struct vwr_net_receiveq *q, void *frame, size_t max);

/**
 * vwr_net_read_header() - Read the header of a received packet
 * @n: Card.
 * @s: First slice of the packet.
 * @h: Filled in with the header.
 *
 * @h contains only what was negotiated: NEEDS_CSUM with GUEST_CSUM, and a gso_type with its GUEST_* feature.
 * Other flags are 0, and another type is NONE. DATA_VALID is kept without GUEST_CSUM, because Linux's vhost
 * sets it for every guest: the device says that it has verified the checksum. Lengths and offsets are the
 * device's: compare them with the packet's length before use.
 *
 * Section: Network Device / Device Operation / Processing of Incoming Packets.
 */
void vwr_net_read_header(const struct vwr_net *n, const struct vwr_slice *s, struct vwr_net_header *h);

/**
 * vwr_net_receive_submit() - Return the buffer of a slice to the device
 * @q: Receive queue.
 * @s: Slice. The device sees its buffer after the next kick.
 *
 * Return: The same as vwr_receive_submit().
 */
static inline int vwr_net_receive_submit(struct vwr_net_receiveq *q, const struct vwr_slice *s)
{
    return vwr_receive_submit(&q->buffers, s->buffer);
}

/** vwr_net_receive_kick() - Notify the device of all buffers since the last kick; see vwr_queue_kick() */
static inline bool vwr_net_receive_kick(struct vwr_net_receiveq *q)
{
    return vwr_receive_kick(&q->buffers);
}

/** vwr_net_receive_arm() - Enable the interrupt for received packets; see vwr_receive_arm() */
VWR_MUST_CHECK static inline bool vwr_net_receive_arm(struct vwr_net_receiveq *q, unsigned count)
{
    return vwr_receive_arm(&q->buffers, count);
}

/**
 * vwr_net_read_info() - Read the configuration again after a change
 * @n: Card. The call updates @n->info (link status, speed, announcement).
 *
 * Return: The same as vwr_bringup_read_info().
 */
VWR_MUST_CHECK int vwr_net_read_info(struct vwr_net *n);

/** vwr_net_explain() - Describe the last fault of the card or its queues; see vwr_dev_explain() */
size_t vwr_net_explain(const struct vwr_net *n, char *text, size_t bytes);

/**
 * struct vwr_net_open_own - Private memory of a network card for vwr_open()
 * @net: Card; the first member.
 * @pair: Pair of queues.
 *
 * The card has one pair of queues and no control queue. Each packet is a complete frame.
 */
struct vwr_net_open_own {
    struct vwr_net net;
    struct vwr_net_pair pair;
};

/**
 * struct vwr_net_open_shared - Shared memory of a network card for vwr_open()
 * @pair: Pair of queues.
 */
struct vwr_net_open_shared {
    struct vwr_net_shared pair;
};

/** vwr_net_open_default() - Open a network card for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_net_open_default(void *own, void *shared, struct vwr_dev *d,
                                                      const struct vwr_features *avoid)
{
    struct vwr_net_open_own *const o = (struct vwr_net_open_own *)own;
    struct vwr_net_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.pair = &o->pair;
    options.shared = (struct vwr_net_shared *)shared;
    options.pair_count = 1;
    options.shared_count = 1;
    return vwr_net_open(&o->net, d, &options);
}

VWR_END_C

#endif
