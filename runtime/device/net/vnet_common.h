/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VNET_COMMON_H
#define VWR_DEVICE_VNET_COMMON_H

#include "vwr/vnet.h"

/* Between the files of a guest's network card. All with the device's lock held. */

/* Whether the transmit queues are served. */
enum vnet_state {
    VNET_RUNS,
    VNET_BUSY,       /* the VMM has a packet of the guest in its hands */
    VNET_BUSY_AGAIN, /* and vwr_vnet_resume was called meanwhile */
    VNET_STOPPED     /* a packet waits until vwr_vnet_resume */
};

/* Of the budget: for a buffer that is not one segment with room for all, and for each segment of such a one,
 * to which a frame is copied, or from which, by itself. It takes as long as to copy so many bytes. */
#define VNET_BUFFER_BYTES 416u /* not the specification's */
#define VNET_SEG_BYTES (8u * VWR_VDEV_SEG_BYTES)
/* And for a guest that does not receive all: it may list addresses of one bucket. */
#define VNET_FILTER_BYTES VNET_SEG_BYTES

/* Of queues: no control queue. */
#define VNET_NO_QUEUE 0xffffu

/* vwr_vnet_transmit.c: a transmit queue of the guest, as the class's `serve` */
uint16_t vwr_vnet_serve_transmit(struct vwr_vnet *n, struct vwr_vqueue *q);

/* vwr_vnet_config.c: what is offered; what was negotiated; the offloads of a packet, in both directions */
void vwr_vnet_choose_features(struct vwr_features *f, const struct vwr_vnet_options *o);
VWR_MUST_CHECK int vwr_vnet_write_config(struct vwr_vnet *n, const struct vwr_vnet_options *o, bool legacy,
                                         const struct vwr_features *offered);
int vwr_vnet_negotiated(struct vwr_vdev *v);
bool vwr_vnet_may_send(const struct vwr_vnet *n, const struct vwr_vnet_packet *p);
bool vwr_vnet_may_get(const struct vwr_vnet *n, const struct vwr_vnet_packet *p);
extern const uint64_t vwr_vnet_guest_offloads;

/* vwr_vnet_filter.c: is the packet for the guest? a list of `count` addresses, one behind the other at
 * `macs`, all of them known; as after a reset; after each change of what it asks */
bool vwr_vnet_wants(const struct vwr_vnet *n, const struct vwr_vnet_packet *p);
void vwr_vnet_set_list(struct vwr_vnet_list *l, const uint8_t *macs, unsigned count);
void vwr_vnet_reset_filter(struct vwr_vnet *n);
void vwr_vnet_changed_filter(struct vwr_vnet *n);

/*
 * vwr_vnet_receive.c: the queue of a packet; one that the guest cannot take is counted; after each change of
 * link, filter, pairs or header, which decide whether plain packets go to one queue, and what is sent is
 * looked at
 */
struct vwr_vqueue *vwr_vnet_queue_for(struct vwr_vnet *n, const struct vwr_vnet_packet *p);
int vwr_vnet_unfit(struct vwr_vnet *n, int result);
void vwr_vnet_choose_direct(struct vwr_vnet *n);

/* vwr_vnet_put.c: a packet into the next buffers, as vwr_vnet_deliver; the same with the first descriptor
 * loaded: vqueue_one_common.h */
int vwr_vnet_put_any(struct vwr_vnet *n, struct vwr_vqueue *q, struct vwr_vnet_packet *p);
int vwr_vnet_put_loaded(struct vwr_vnet *n, struct vwr_vnet_packet *p, uint16_t head, uint64_t off,
                        uint32_t len, uint32_t flags);

/* vwr_vnet_control.c: commands of the guest; NULL where there is none */
extern const struct vwr_net_vservice_calls vwr_vnet_calls;

/* vwr_vnet_packet.c: copies the first bytes of the frame at p->rest, p->bytes of it, behind which that is
 * then */
void vwr_vnet_take_head(struct vwr_vnet_packet *p);

static inline struct vwr_vnet *vnet_of(struct vwr_vdev *v)
{
    return (struct vwr_vnet *)(void *)v; /* it is the first of the first of the first */
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

/* The address that a frame is for as a number, of these bytes in this order. */
static inline uint64_t vnet_destination(const union vwr_vnet_head *h)
{
    return VWR_BIG_ENDIAN ? (uint64_t)h->word[0] << 16 | h->half[2] : h->word[0] | (uint64_t)h->half[2] << 32;
}

/* An address that lies anywhere, likewise. */
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

/* The guest has got it. */
static inline void vnet_received(struct vwr_vnet *n, struct vwr_vnet_packet *p)
{
    p->work += p->bytes;
    vwr_count_add(&n->stats.received, 1);
    vwr_count_add(&n->stats.received_bytes, p->bytes);
}

/* Where it is known which pair has sent to an address: by its last bytes. */
static inline unsigned vnet_steer_of(const uint8_t *mac)
{
    return (mac[5] ^ (unsigned)mac[4] << 2 ^ mac[3]) % VWR_VNET_STEERS;
}

#endif
