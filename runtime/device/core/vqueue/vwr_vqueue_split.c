/* SPDX-License-Identifier: MIT */
#include "vqueue_common.h"

/*
 * Split ring, device side. Section: Basic Facilities of a Virtio Device / Split Virtqueues.
 *
 * From the driver's area, the available index is loaded once for all entries that it makes available, and
 * each entry and each field of a descriptor is loaded once. The used ring is only written.
 */

void vwr_vsplit_enable_(struct vwr_vqueue *q, void *desc, void *driver, void *device)
{
    q->split.desc = desc;
    q->split.avail = driver;
    q->split.used = device;
    q->split.mask = q->size - 1u;
}

/*
 * Starts at the index of the used ring, so buffers that another device took and did not return are taken
 * again.
 */
int vwr_vsplit_set_base_(struct vwr_vqueue *q, uint16_t avail)
{
    const uint16_t used = vwr_guest16(q->legacy, vwr_ring_load16(&q->split.used->idx));

    if (vwr_ring_distance(avail, used) > q->size)
        return VWR_ERANGE;
    q->last_avail = used;
    q->avail_idx = used;
    q->used_idx = used;
    q->signalled_used = used;
    return VWR_OK;
}

/* used_event follows the available ring. */
static const vwr_le16 *vsplit_used_event(const struct vwr_vqueue *q)
{
    return (const vwr_le16 *)(const void *)((const uint8_t *)q->split.avail +
                                            vwr_virtq_avail_used_event_offset(q->size));
}

/*
 * Sets avail_event (after the used ring) or the flags, which the driver reads before it sends a notification.
 */
static void vsplit_suppress(struct vwr_vqueue *q, uint16_t avail_event, uint16_t flags)
{
    const bool event = q->event_idx;
    void *const at = event ? (uint8_t *)q->split.used + vwr_virtq_used_avail_event_offset(q->size)
                           : (uint8_t *)&q->split.used->flags;

    vwr_ring_store16(at, vwr_guest16(q->legacy, event ? avail_event : flags));
}

int vwr_vsplit_poll_(struct vwr_vqueue *q)
{
    return vwr_vsplit_poll_here(q);
}

void vwr_vsplit_unpop_(struct vwr_vqueue *q, const struct vwr_vchain *c)
{
    q->held[c->id] = false;
}

/* ---- a chain that consists only of a table, as built by most drivers ---- */

/* Continues on the slow path, starting at the loaded entry and with `left` free segments. The earlier entries
 * are already in the chain. */
static VWR_COLD int vsplit_leave_table(struct vwr_vqueue *q, struct vwr_vchain *c,
                                       const struct vwr_virtq_desc *host, uint32_t count, uint64_t off,
                                       uint64_t half, uint32_t left)
{
    struct vwr_vtable table;

    table.host = host;
    table.addr = 0; /* not used, because `host` is not NULL */
    table.count = count;
    table.room = left + c->out + c->in;
    return vwr_vchain_slow_(q, c, &table, off, half, left);
}

/* Pops a chain whose only descriptor points to a table that is not plain. */
static VWR_COLD int vsplit_pop_any_table(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t off,
                                         uint32_t len)
{
    struct vwr_vchain_walk w;

    vwr_vchain_start(c, &w);
    w.off = off;
    w.len = len;
    w.flags = VWR_VIRTQ_DESC_F_INDIRECT;
    w.next = 0;
    (void)vwr_vchain_count(q, c, &w, w.out_bytes, true, false); /* the chain has no bytes yet */
    return vwr_vchain_slow_(q, c, NULL, off, VWR_VCHAIN_HALF(&w), w.left);
}

/* Completes a chain whose segments end before `end`; the first `out` of them are readable. */
VWR_ALWAYS_INLINE void vsplit_set_counts(struct vwr_vchain *c, const struct vwr_vseg *end, uint32_t out)
{
    c->out = (uint16_t)out;
    c->in = (uint16_t)((uint32_t)(end - c->seg) - out);
}

/* Like vwr_vchain_walk(). Entries may be linked in any order, and the table may have more entries than the
   chain.
 */
int vwr_vsplit_pop_table_(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t off, uint32_t len)
{
    const struct vwr_virtq_desc *const host = vqueue_plain_table(q, off, len);
    const uint32_t count = len / (uint32_t)sizeof(struct vwr_virtq_desc);
    const uint32_t other = ~(uint32_t)(VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE);
    const struct vwr_vseg *end;
    struct vwr_vchain_walk w;
    uint32_t out = 0;

    if (VWR_VQUEUE_WRONG(host == NULL))
        return vsplit_pop_any_table(q, c, off, len);
    vwr_vchain_start(c, &w);
    end = w.seg + (w.left < q->size ? w.left : q->size);
    w.bytes = w.out_bytes;
    w.next = 0;
    for (;;) {
        if (VWR_VQUEUE_WRONG((uint32_t)w.next >= count)) {
            c->id = (uint16_t)w.next;
            return vwr_vqueue_bad_id_(q, c, VWR_VFAULT_NEXT);
        }
        vwr_vsplit_load(q, &w, &host[w.next]);
        if (VWR_VQUEUE_WRONG(w.seg == end) || !vwr_vchain_put(q, &w) ||
            VWR_VQUEUE_WRONG((w.flags & other) != 0))
            break;
        if ((w.flags & VWR_VIRTQ_DESC_F_WRITE) == 0) {
            if (w.out_bytes != w.bytes)
                break;
            w.out_bytes += w.len;
            out++;
        }
        w.bytes += w.len;
        w.seg++;
        if ((w.flags & VWR_VIRTQ_DESC_F_NEXT) == 0) {
            vsplit_set_counts(c, w.seg, out);
            return vwr_vchain_count(q, c, &w, w.bytes, true, false);
        }
    }
    vsplit_set_counts(c, w.seg, out);
    if (vwr_vchain_count(q, c, &w, w.bytes, true, false) != 1)
        return VWR_EBADRING;
    return vsplit_leave_table(q, c, host, count, w.off, VWR_VCHAIN_HALF(&w), (uint32_t)(end - w.seg));
}

/* Publishes the index. Returns whether the driver wants an interrupt. */
VWR_ALWAYS_INLINE bool vsplit_publish(struct vwr_vqueue *q, uint16_t old, uint16_t now)
{
    vwr_ring_publish16(&q->split.used->idx,
                       vwr_guest16(q->legacy, now)); /* release: used elements and buffers before the index */
    vwr_ring_mb(); /* store the index before loading the driver's event suppression */
    if (!q->event_idx)
        return (vwr_guest16(q->legacy, vwr_ring_load16(&q->split.avail->flags)) &
                VWR_VIRTQ_AVAIL_F_NO_INTERRUPT) == 0;
    return vwr_ring_need_event(vwr_guest16(q->legacy, vwr_ring_load16(vsplit_used_event(q))), now, old);
}

bool vwr_vsplit_signal_(struct vwr_vqueue *q)
{
    const uint32_t old = q->signalled_used;
    const uint32_t now = q->used_idx;

    if (now == old)
        return false;
    vwr_count_add(&q->stats.used, now - old);
    q->signalled_used = now;
    return vqueue_count_signal(q, vsplit_publish(q, (uint16_t)old, (uint16_t)now));
}

bool vwr_vsplit_arm_(struct vwr_vqueue *q)
{
    if (q->last_avail != q->avail_idx)
        return false;
    q->quiet = q->event_idx;
    vsplit_suppress(q, (uint16_t)q->last_avail, 0);
    vwr_ring_mb(); /* store the event suppression before loading the index; otherwise a buffer could be missed
                    */
    return vwr_vsplit_poll_(q) <= 0;
}

void vwr_vsplit_disarm_(struct vwr_vqueue *q)
{
    /*
     * With an event index, sets an index that was just passed, which the driver reaches again only after 2^16
     * buffers.
     */
    vsplit_suppress(q, vwr_ring_distance(q->last_avail, 1), VWR_VIRTQ_USED_F_NO_NOTIFY);
}
