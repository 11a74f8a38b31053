/* SPDX-License-Identifier: MIT */
#include "queue_common.h"

/*
 * The split ring, driver side; what a bound chain and reaping need is in vwr/queue_hot.h. Section: Basic
 * Facilities of a Virtio Device / Split Virtqueues.
 *
 * Free descriptors are a list, and so are those of a buffer in flight: a buffer that has come
 * back is hooked into the free list as a whole. The descriptor table is written and not read; of what the
 * device writes only used.flags or avail_event, used.idx and the used entries are read, each of them
 * once.
 */

void vwr_split_prepare(struct vwr_queue *q, void *memory)
{
    uint8_t *const desc = memory;
    const size_t used = VWR_SPLIT_RING_USED_OFFSET((size_t)q->size, vwr_split_align(vwr_queue_is_legacy(q)));
    struct vwr_split_ring *const ring = &q->split.ring;

    ring->desc = memory;
    ring->avail = (struct vwr_virtq_avail *)(void *)(desc + vwr_split_ring_desc_bytes(q->size));
    ring->used = (const struct vwr_virtq_used *)(void *)(desc + used);
    ring->mask = q->size - 1u;
    q->split.next = vwr_queue_next(q);
    q->split.num_free = q->size;
}

uint64_t vwr_split_fill_table(const struct vwr_queue *q, const struct vwr_seg *seg, unsigned out,
                              unsigned count, const struct vwr_chain *chain)
{
    struct vwr_split_run run;

    run.desc = (struct vwr_virtq_desc *)chain->table;
    run.at = 0;
    run.tail = run.desc;
    run.legacy = vwr_queue_is_legacy(q);
    return vwr_split_fill(&run, seg, out, count, false);
}

int vwr_split_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                  struct vwr_chain *chain)
{
    const struct vwr_seg table = {chain->table_addr, (uint32_t)VWR_TABLE_BYTES(count)};
    const bool uses_table = vwr_queue_uses_table(q, chain, count);
    uint64_t writable;

    if ((uses_table ? 1 : count) > q->split.num_free)
        return queue_full(q);
    if (!uses_table)
        return vwr_split_add_segments(q, seg, out, count, chain);
    writable = vwr_split_fill_table(q, seg, out, count, chain);
    if (writable >> 32 != 0)
        return VWR_EINVAL;
    (void)vwr_split_add_segments(q, &table, 1, 1, chain);
    chain->writable = (uint32_t)writable;
    vwr_ring_store16(&q->split.ring.desc[chain->head].flags,
                     vwr_guest16(vwr_queue_is_legacy(q), VWR_VIRTQ_DESC_F_INDIRECT));
    return VWR_OK;
}

/*
 * There are descriptors to spare: the chain, which was added just now, keeps those that it is described in,
 * but goes out of the available ring again, of which the device sees nothing before a kick.
 */
void vwr_split_bind(struct vwr_queue *q, struct vwr_chain *chain)
{
    uint32_t id = chain->head;

    q->added--;
    chain->limit = VWR_CHAIN_IDLE;
    chain->writable++; /* and so `fixed` is one more */
    if (vwr_queue_uses_table(q, chain, chain->segs)) {
        split_bind_data(chain, (struct vwr_virtq_desc *)chain->table + chain->changing, chain->changing + 1u);
        return;
    }
    for (unsigned i = 0; i < chain->changing; i++)
        id = q->split.next[id];
    split_bind_data(chain, &q->split.ring.desc[id], q->split.next[id]);
}

/* `n` used entries from `at` on, not past the end of the ring: how many of them are good. */
static uint32_t split_reap_row(struct vwr_queue *q, struct vwr_chain **chains, uint32_t at, uint32_t n)
{
    const struct vwr_virtq_used *used = vwr_split_used_from(q->split.ring.used, at);
    struct vwr_chain **const slot = q->slot;
    const uint32_t mask = q->split.ring.mask;
    struct vwr_chain **const end = chains + n;
    struct vwr_chain **to = chains;
    struct vwr_chain *c;

    for (; to != end && (c = vwr_split_get(q, slot, used, mask)) != NULL; used = vwr_split_used_from(used, 1))
        *to++ = c;
    return (uint32_t)(to - chains);
}

int vwr_split_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    const uint32_t last_used = q->last_used;
    const uint32_t at = last_used & q->split.ring.mask;
    uint32_t row = q->size - at;
    uint32_t n;

    if (q->split.ring.used_idx == last_used) {
        const int found =
            vwr_split_load_used_idx(q, q->split.ring.used, last_used, q->kicked, &q->split.ring.used_idx);

        if (found <= 0)
            return found;
    }
    if (most > q->split.ring.used_idx - last_used)
        most = q->split.ring.used_idx - last_used;
    if (row > most)
        row = most;
    n = split_reap_row(q, chains, at, row);
    if (n == row && n < most)
        n += split_reap_row(q, chains + n, 0, most - n);
    q->last_used = last_used + n;
    if (VWR_RARELY(n < most)) /* what came before is good; the next call says that the queue is stopped */
        vwr_queue_stop(q, VWR_EBADRING);
    return n != 0 || most == 0 ? (int)n : VWR_EBADRING;
}

/* What the device reads before it interrupts: used_event, behind the available ring, or the flags. */
static void split_suppress(const struct vwr_queue *q, uint32_t used_event, uint16_t flags)
{
    struct vwr_virtq_avail *const avail = q->split.ring.avail;
    const bool event = vwr_queue_has_event_idx(q);
    void *const at =
        event ? (uint8_t *)avail + vwr_virtq_avail_used_event_offset(q->size) : (uint8_t *)&avail->flags;

    vwr_ring_store16((vwr_le16 *)at,
                     vwr_guest16(vwr_queue_is_legacy(q), event ? (uint16_t)used_event : flags));
}

bool vwr_split_arm(struct vwr_queue *q, uint16_t count)
{
    uint16_t idx;

    split_suppress(q, q->last_used + count - 1u, 0);
    vwr_ring_mb(); /* the suppression before the index, or the last buffer comes between them unseen */
    idx = vwr_guest16(vwr_queue_is_legacy(q), vwr_ring_load16(&q->split.ring.used->idx));
    return (uint16_t)(idx - q->last_used) < count;
}

void vwr_split_disarm(struct vwr_queue *q)
{
    /* The event has passed already, and does not come again for a long time. */
    split_suppress(q, q->last_used - 1u, VWR_VIRTQ_AVAIL_F_NO_INTERRUPT);
}
