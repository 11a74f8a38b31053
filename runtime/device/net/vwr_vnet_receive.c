/* SPDX-License-Identifier: MIT */
#include "vnet_common.h"
#include "../core/vqueue/vqueue_one_common.h"

/*
 * Packets for a guest: selects the queue and, in the common case, copies a plain packet to a buffer of one
 * descriptor. vwr_vnet_put.c handles the others.
 * Section: Network Device / Device Operation / Processing of Incoming Packets.
 */

#define VNET_WORD ((uint32_t)sizeof(uint64_t))
#define VNET_TWO (2u * VNET_WORD)
#define VNET_FOUR (4u * VNET_WORD)
#define VNET_EIGHT (8u * VNET_WORD)
#define VNET_FEW (16u * VNET_WORD) /* shorter frames are copied inline */
/* Length of a header that ends after num_buffers. */
#define VNET_PLAIN_HEADER __builtin_offsetof(struct vwr_net_hdr, hash_value)

/* ---- plain packets ---- */

VWR_ALWAYS_INLINE void vnet_copy_two(uint8_t *to, const uint8_t *from)
{
    const uint64_t first = vwr_load_anywhere64(from);
    const uint64_t second = vwr_load_anywhere64(from + VNET_WORD);

    vwr_store_anywhere64(to, first);
    vwr_store_anywhere64(to + VNET_WORD, second);
}

VWR_ALWAYS_INLINE void vnet_copy_four(uint8_t *to, const uint8_t *from)
{
    vnet_copy_two(to, from);
    vnet_copy_two(to + VNET_TWO, from + VNET_TWO);
}

/* vwr_copy() for fewer than 16 words, unrolled by the bits of the length. */
VWR_ALWAYS_INLINE void vnet_copy_few(uint8_t *to, const uint8_t *from, uint32_t bytes)
{
    if ((bytes & VNET_EIGHT) != 0) {
        vnet_copy_four(to, from);
        vnet_copy_four(to + VNET_FOUR, from + VNET_FOUR);
        to += VNET_EIGHT;
        from += VNET_EIGHT;
    }
    if ((bytes & VNET_FOUR) != 0) {
        vnet_copy_four(to, from);
        to += VNET_FOUR;
        from += VNET_FOUR;
    }
    if ((bytes & VNET_TWO) != 0) {
        vnet_copy_two(to, from);
        to += VNET_TWO;
        from += VNET_TWO;
    }
    if ((bytes & VNET_WORD) != 0) {
        vwr_store_anywhere64(to, vwr_load_anywhere64(from));
        to += VNET_WORD;
        from += VNET_WORD;
    }
    if (bytes % VNET_WORD != 0)
        vwr_copy(to, from, bytes % VNET_WORD);
}

/* Writes header and frame, which fit; `left` is the number of bytes after the head. */
VWR_ALWAYS_INLINE void vnet_write_plain(const struct vwr_vnet *n, uint8_t *at,
                                        const struct vwr_vnet_packet *p, uint32_t left)
{
    const uint64_t one = vwr_guest16(n->service.service.dev.legacy, 1);
    uint8_t *const frame = at + VNET_PLAIN_HEADER;

    vwr_store_anywhere64(at, 0);
    vwr_store_anywhere64(at + VNET_PLAIN_HEADER - sizeof(one),
                         VWR_BIG_ENDIAN ? one : one << (8u * (sizeof(one) - sizeof(vwr_le16))));
    for (unsigned i = 0; i < sizeof(p->head.pair) / sizeof(p->head.pair[0]); i++)
        vwr_store_anywhere64(frame + i * sizeof(p->head.pair[0]), p->head.pair[i]);
    if (left < VNET_FEW)
        vnet_copy_few(frame + VWR_VNET_HEAD, p->plain, left);
    else
        vwr_copy(frame + VWR_VNET_HEAD, p->plain, left);
}

/*
 * Copies to the next buffer if it is a single descriptor that is long enough. Adds the used entry before the
 * copy, which shortens live ranges. The driver sees neither before both are published.
 */
VWR_FAST_INLINE int vnet_put_one(struct vwr_vnet *n, struct vwr_vnet_packet *p, struct vwr_vqueue *q,
                                 bool packed)
{
    struct vwr_vone b;
    uint32_t left;
    uint32_t bytes;

    if (!vwr_vone_load(q, &b, VWR_VIRTQ_DESC_F_WRITE, packed))
        return vwr_vnet_put_any_(n, q, p);
    left = p->bytes - VWR_VNET_HEAD;
    bytes = VNET_PLAIN_HEADER + VWR_VNET_HEAD + left;
    if (b.w.len < bytes || !vwr_vone_is(q, &b, VWR_VIRTQ_DESC_F_WRITE))
        return vwr_vnet_put_loaded_(n, p, b.head, b.w.off, (uint32_t)b.w.len, b.w.flags);
    vnet_received(n, p);
    vwr_vone_use(q, &b, bytes, packed);
    vnet_write_plain(n, b.at, p, left);
    return VWR_OK;
}

static VWR_OUT_OF_LINE int vnet_put_packed(struct vwr_vnet *n, struct vwr_vnet_packet *p,
                                           struct vwr_vqueue *q)
{
    return vnet_put_one(n, p, q, true);
}

static VWR_OUT_OF_LINE int vnet_put_split(struct vwr_vnet *n, struct vwr_vnet_packet *p, struct vwr_vqueue *q)
{
    return vnet_put_one(n, p, q, false);
}

VWR_ALWAYS_INLINE int vnet_put_plain(struct vwr_vnet *n, struct vwr_vnet_packet *p, struct vwr_vqueue *q)
{
    return vwr_layout_is_packed(q->layout) ? vnet_put_packed(n, p, q) : vnet_put_split(n, p, q);
}

/* Whether the packet is plain although its creator has not marked it as such. */
static bool vnet_is_plain(struct vwr_vnet_packet *p)
{
    if (p->plain == NULL && (p->flags | p->gso_type) == 0 && p->headed == VWR_VNET_HEAD &&
        p->rest.left != 0 && p->rest.seg->len - p->rest.skip >= p->rest.left)
        p->plain = p->rest.seg->at + p->rest.skip;
    return p->plain != NULL;
}

/* ---- all packets ---- */

int vwr_vnet_unfit_(struct vwr_vnet *n, int result)
{
    vwr_count_add(&n->stats.unfit, 1);
    return result;
}

/* Returns false if there is no receiver or the filter drops the packet. */
static bool vnet_is_for_guest(struct vwr_vnet *n, const struct vwr_vqueue *q, struct vwr_vnet_packet *p)
{
    if (!n->link || !vwr_vdev_is_alive(vnet_dev(n), q->index)) {
        vwr_count_add(&n->stats.down, 1);
        return false;
    }
    if (!n->filters)
        return true;
    p->work += VNET_FILTER_BYTES;
    if (vwr_vnet_wants_(n, p))
        return true;
    vwr_count_add(&n->stats.filtered, 1);
    return false;
}

/* Selects the queue of the pair that last transmitted to the packet's source. */
struct vwr_vqueue *vwr_vnet_queue_for_(struct vwr_vnet *n, const struct vwr_vnet_packet *p)
{
    unsigned pair = 0;

    if (n->active > 1)
        pair = n->steer[vnet_steer_of(&p->head.byte[VWR_VNET_MAC])];
    return &vnet_dev(n)->queue[vwr_net_queue_receiveq_at(pair < n->active ? pair : 0u)];
}

/* Delivers any packet in any configuration. */
static VWR_OUT_OF_LINE int vnet_deliver_any(struct vwr_vnet *n, struct vwr_vnet_packet *p)
{
    struct vwr_vqueue *const q = vwr_vnet_queue_for_(n, p);

    if (!vnet_is_for_guest(n, q, p))
        return VWR_OK;
    vwr_vqueue_check_memory(q);
    if ((p->flags | p->gso_type) != 0 && !vwr_vnet_may_get_(n, p))
        return vwr_vnet_unfit_(n, VWR_EFEATURE);
    if (p->gso_type == VWR_NET_HDR_GSO_NONE && p->bytes > n->frame_max)
        return vwr_vnet_unfit_(n, VWR_ERANGE);
    return vnet_is_plain(p) && n->header == VNET_PLAIN_HEADER ? vnet_put_plain(n, p, q)
                                                              : vwr_vnet_put_any_(n, q, p);
}

void vwr_vnet_choose_direct_(struct vwr_vnet *n)
{
    const bool direct = n->link && !n->filters && n->active == 1u && n->header == VNET_PLAIN_HEADER;

    n->notes = n->active > 1 || !n->link;
    n->direct = direct ? &vnet_dev(n)->queue[vwr_net_queue_receiveq_at(0)] : NULL;
}

int vwr_vnet_deliver_locked(struct vwr_vnet *n, struct vwr_vnet_packet *p)
{
    struct vwr_vqueue *const q = n->direct;

    if (q != NULL && p->plain != NULL && p->bytes <= n->frame_max && vnet_dev(n)->live &&
        vwr_vqueue_is_current(q))
        return vnet_put_plain(n, p, q);
    return vnet_deliver_any(n, p);
}

int vwr_vnet_deliver(struct vwr_vnet *n, struct vwr_vnet_packet *p)
{
    int r;

    vwr_vdev_lock(vnet_dev(n));
    r = vwr_vnet_deliver_locked(n, p);
    vwr_vdev_unlock(vnet_dev(n));
    return r;
}

static VWR_OUT_OF_LINE void vnet_signal_pairs(struct vwr_vnet *n)
{
    for (unsigned i = 0; i < n->active; i++)
        (void)vwr_vdev_signal(vnet_dev(n), &vnet_dev(n)->queue[vwr_net_queue_receiveq_at(i)]);
}

void vwr_vnet_signal_locked(struct vwr_vnet *n)
{
    if (n->active == 1u)
        (void)vwr_vdev_signal(vnet_dev(n), &vnet_dev(n)->queue[vwr_net_queue_receiveq_at(0)]);
    else
        vnet_signal_pairs(n);
}

void vwr_vnet_signal(struct vwr_vnet *n)
{
    vwr_vdev_lock(vnet_dev(n));
    vwr_vnet_signal_locked(n);
    vwr_vdev_unlock(vnet_dev(n));
}
