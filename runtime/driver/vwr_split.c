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
    /* in order this stays as long as each buffer takes one descriptor */
    for (unsigned i = 0; VWR_FAST_PATHS && vwr_queue_is_in_order(q) && i < q->size; i++)
        vwr_ring_store16(&ring->avail->ring[i], vwr_guest16(vwr_queue_is_legacy(q), (uint16_t)i));
}

uint64_t vwr_split_fill_row(struct vwr_virtq_desc *desc, uint32_t mask, uint32_t first,
                            const struct vwr_seg *seg, unsigned out, unsigned count, bool legacy)
{
    struct vwr_split_run run;

    run.desc = desc;
    run.mask = mask;
    run.at = first;
    run.tail = desc;
    run.legacy = legacy;
    return vwr_split_fill(&run, seg, out, count, false);
}

int vwr_split_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                  struct vwr_chain *chain)
{
    const struct vwr_seg table = {chain->table_addr, (uint32_t)VWR_TABLE_BYTES(count)};
    const bool legacy = vwr_queue_is_legacy(q);
    const bool uses_table = vwr_queue_uses_table(q, chain, count);
    uint64_t writable = 0;
    int r;

    if ((uses_table ? 1 : count) > q->split.num_free)
        return queue_full(q);
    if (uses_table) {
        writable = vwr_split_fill_row(chain->table, VWR_SPLIT_RING_SIZE_MAX - 1u, 0, seg, out, count, legacy);
        seg = &table;
        out = 1;
        count = 1;
    }
    if (writable >> 32 != 0)
        return VWR_EINVAL;
    if (VWR_FAST_PATHS && uses_table) /* as one segment the compiler makes it shorter */
        r = vwr_split_add_segments(q, &table, 1, 1, chain);
    else
        r = vwr_split_add_segments(q, seg, out, count, chain);
    if (r != VWR_OK || !uses_table)
        return r;
    chain->writable = (uint32_t)writable;
    vwr_ring_store16(&q->split.ring.desc[chain->head].flags, vwr_guest16(legacy, VWR_VIRTQ_DESC_F_INDIRECT));
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

void vwr_split_unbind(struct vwr_queue *q, struct vwr_chain *chain)
{
    if (chain->limit == 0)
        return;
    chain->limit = 0;
    q->slot[chain->head] = NULL;
    vwr_split_free(q, chain);
}

bool vwr_split_get_unbound(struct vwr_queue *q, struct vwr_chain *c, uint32_t written)
{
    return vwr_split_get_other(q, q->slot, c, written);
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

    for (; to != end && (c = vwr_split_get(q, slot, used, mask, false)) != NULL;
         used = vwr_split_used_from(used, 1))
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

static void split_set_used_event(const struct vwr_queue *q, uint16_t event)
{
    uint8_t *const avail = (uint8_t *)q->split.ring.avail + vwr_virtq_avail_used_event_offset(q->size);

    vwr_ring_store16((vwr_le16 *)(void *)avail, vwr_guest16(vwr_queue_is_legacy(q), event));
}

bool vwr_split_arm(struct vwr_queue *q, uint16_t count)
{
    const struct vwr_split_ring *const ring = &q->split.ring;
    const bool legacy = vwr_queue_is_legacy(q);
    uint16_t idx;

    if (vwr_queue_has_event_idx(q))
        split_set_used_event(q, (uint16_t)(q->last_used + count - 1u));
    else
        vwr_ring_store16(&ring->avail->flags, 0);
    vwr_ring_mb(); /* the suppression before the index, or the last buffer comes between them unseen */
    idx = vwr_guest16(legacy, vwr_ring_load16(&ring->used->idx));
    return (uint16_t)(idx - q->last_used) < count;
}

void vwr_split_disarm(struct vwr_queue *q)
{
    if (vwr_queue_has_event_idx(q)) /* passed already, and for a long time not again */
        split_set_used_event(q, (uint16_t)(q->last_used - 1u));
    else
        vwr_ring_store16(&q->split.ring.avail->flags,
                         vwr_guest16(vwr_queue_is_legacy(q), VWR_VIRTQ_AVAIL_F_NO_INTERRUPT));
}
