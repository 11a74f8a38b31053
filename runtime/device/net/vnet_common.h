/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VNET_COMMON_H
#define VWR_DEVICE_VNET_COMMON_H

#include "vwr/vnet.h"

/* Shared by the files of a guest's network card. The caller holds the device's lock. */

/* State of the transmit queues. */
enum vnet_state {
    VNET_RUNS,
    VNET_BUSY,       /* the VMM is processing a packet of the guest */
    VNET_BUSY_AGAIN, /* and vwr_vnet_resume() was called in the meantime */
    VNET_STOPPED     /* a packet waits for vwr_vnet_resume */
};

/*
 * Budget charges for a receive buffer, unless it is a single segment for the whole packet, and for each of
 * its segments. Each charge is the number of bytes that could be copied in the same time.
 */
#define VNET_BUFFER_BYTES 416u
#define VNET_SEG_BYTES (8u * VWR_VDEV_SEG_BYTES)
/* Charge for filtering, because a guest may set filter addresses that share a bucket. */
#define VNET_FILTER_BYTES VNET_SEG_BYTES

/* Queue index for "no control queue". */
#define VNET_NO_QUEUE 0xffffu

/* vwr_vnet_transmit.c: `serve` and `flush` of the class */
uint16_t vwr_vnet_serve_(struct vwr_vdev *v, struct vwr_vqueue *q);
void vwr_vnet_flush_(struct vwr_vdev *v, uint16_t queue);

/* vwr_vnet_config.c: offered features; negotiated features; offloads of a packet, in both directions */
void vwr_vnet_choose_features_(struct vwr_features *f, const struct vwr_vnet *n,
                               const struct vwr_vnet_options *o);
VWR_MUST_CHECK int vwr_vnet_write_config_(struct vwr_vnet *n, const struct vwr_vnet_options *o, bool legacy,
                                          const struct vwr_features *offered);
int vwr_vnet_negotiated_(struct vwr_vdev *v);
bool vwr_vnet_may_send_(const struct vwr_vnet *n, const struct vwr_vnet_packet *p);
bool vwr_vnet_may_get_(const struct vwr_vnet *n, const struct vwr_vnet_packet *p);
extern const uint64_t vwr_vnet_guest_offloads;

/*
 * vwr_vnet_filter.c: whether the filter passes a packet; stores `count` consecutive addresses at `macs`;
 * resets the filter; updates it after a change of the receive modes
 */
bool vwr_vnet_wants_(const struct vwr_vnet *n, const struct vwr_vnet_packet *p);
void vwr_vnet_set_list_(struct vwr_vnet_list *l, const uint8_t *macs, unsigned count);
void vwr_vnet_reset_filter_(struct vwr_vnet *n);
void vwr_vnet_changed_filter_(struct vwr_vnet *n);

/*
 * vwr_vnet_receive.c: receive queue for a packet; counts a packet that the guest does not accept;
 * recomputes the fast path conditions after a change of link, filter, pairs or header
 */
struct vwr_vqueue *vwr_vnet_queue_for_(struct vwr_vnet *n, const struct vwr_vnet_packet *p);
int vwr_vnet_unfit_(struct vwr_vnet *n, int result);
void vwr_vnet_choose_direct_(struct vwr_vnet *n);

/*
 * vwr_vnet_put.c: copies a packet to the next buffers, like vwr_vnet_deliver(); does the same if the first
 * descriptor is already loaded (vqueue_one_common.h)
 */
int vwr_vnet_put_any_(struct vwr_vnet *n, struct vwr_vqueue *q, struct vwr_vnet_packet *p);
int vwr_vnet_put_loaded_(struct vwr_vnet *n, struct vwr_vnet_packet *p, uint16_t head, uint64_t off,
                         uint32_t len, uint32_t flags);

/* vwr_vnet_control.c: commands from the guest; NULL for unsupported ones */
extern const struct vwr_net_vservice_calls vwr_vnet_calls;

/*
 * vwr_vnet_packet.c: copies the first bytes of the frame from p->rest, which contains p->bytes bytes;
 * advances p->rest
 */
void vwr_vnet_take_head_(struct vwr_vnet_packet *p);

static inline struct vwr_vnet *vnet_of(struct vwr_vdev *v)
{
    return (struct vwr_vnet *)(void *)v; /* each structure is the first member of the next */
}

static inline struct vwr_vdev *vnet_dev(struct vwr_vnet *n)
{
    return &n->service.service.dev;
}

static inline bool vnet_has(const struct vwr_vnet *n, unsigned feature)
{
    return vwr_vdev_has(&n->service.service.dev, feature);
}

static inline struct vwr_vseg *vnet_receive_segs(struct vwr_vnet *n)
{
    return &n->seg[VWR_VNET_SEGS];
}

static inline struct vwr_vseg *vnet_transmit_segs(struct vwr_vnet *n)
{
    return &n->seg[2u * VWR_VNET_SEGS];
}

/* Destination address of a frame as a number, in the byte order of the frame. */
static inline uint64_t vnet_destination(const union vwr_vnet_head *h)
{
    return VWR_BIG_ENDIAN ? (uint64_t)h->word[0] << 16 | h->half[2] : h->word[0] | (uint64_t)h->half[2] << 32;
}

/* An address at any alignment, as the same number. */
static inline uint64_t vnet_mac_number(const uint8_t *mac)
{
    union vwr_vnet_head head;

    vwr_copy(head.byte, mac, VWR_VNET_MAC);
    return vnet_destination(&head);
}

static inline bool vnet_is_multicast(const union vwr_vnet_head *head)
{
    return (head->byte[0] & 1u) != 0;
}

/* Counts a packet that the guest has received. */
static inline void vnet_received(struct vwr_vnet *n, struct vwr_vnet_packet *p)
{
    p->work += p->bytes;
    vwr_count_add(&n->stats.received, 1);
    vwr_count_add(&n->stats.received_bytes, p->bytes);
}

/* Steering table index for an address: a hash of its last bytes. */
static inline unsigned vnet_steer_of(const uint8_t *mac)
{
    return (mac[5] ^ (unsigned)mac[4] << 2 ^ mac[3]) % VWR_VNET_STEERS;
}

#endif
