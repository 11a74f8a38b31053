/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/bytes.h"

/* Pieces of a segment that are looked up. */
#define MONITOR_PIECES 64u /* not the specification's */

/* Whether a range is guest memory; of more pieces than that the rest is not looked at. */
static bool monitor_is_memory(const struct vwr_monitor *m, uint64_t addr, uint64_t bytes)
{
    const void *host;

    for (unsigned i = 0; i < MONITOR_PIECES && bytes > 0; i++) {
        const uint64_t run = m->s.run(m->s.context, addr, &host);

        if (run == 0)
            return false;
        if (run >= bytes)
            return true;
        addr += run;
        bytes -= run;
    }
    return true;
}

/* Keeps the first readable bytes of a disk's request. */
static void monitor_keep_head(struct monitor_chain *c, uint64_t addr, uint32_t bytes)
{
    const uint64_t have = c->bytes - c->writable;
    const void *host;

    if (c->m->s.requests == NULL || have >= sizeof(c->head))
        return;
    if (bytes > sizeof(c->head) - have)
        bytes = (uint32_t)(sizeof(c->head) - have);
    if (c->m->s.run(c->m->s.context, addr, &host) >= bytes)
        vwr_copy(c->head + have, host, bytes);
    else
        c->broken = true; /* a border of memory in the header: not looked at */
}

void vwr_monitor_segment(struct monitor_chain *c, uint64_t addr, uint32_t bytes, bool is_writable)
{
    if (!is_writable)
        monitor_keep_head(c, addr, bytes);
    c->bytes += bytes;
    if (is_writable)
        c->writable += bytes;
    else if (c->writes)
        monitor_find_chain(c, c->q->packed ? VWR_RULE_PACKED_ORDER : VWR_RULE_CHAIN_ORDER, 0, 0);
    c->writes |= is_writable;
    if (!monitor_is_memory(c->m, addr, bytes))
        monitor_find_chain(c, VWR_RULE_BUFFER_MEMORY, addr, bytes);
    if (!c->q->packed && c->bytes > (uint64_t)1 << 32) /* not the specification's: 4 GiB */
        monitor_find_chain(c, VWR_RULE_CHAIN_BYTES, c->bytes, 0);
}

/* Copies a descriptor of a table, whose address need not be aligned. */
static bool monitor_fetch(const struct vwr_monitor *m, uint64_t addr, void *to, uint32_t bytes)
{
    const void *host;

    if (m->s.run(m->s.context, addr, &host) < bytes)
        return false; /* a border of memory in a descriptor: not looked at */
    vwr_copy(to, host, bytes);
    return true;
}

static void monitor_packed_table(struct monitor_chain *c, uint64_t addr, uint32_t count)
{
    struct vwr_pvirtq_desc d;

    for (uint32_t i = 0; i < count; i++) {
        const uint64_t at = addr + i * (uint64_t)sizeof(d);
        uint16_t flags;

        if (!monitor_fetch(c->m, at, &d, sizeof(d)))
            continue;
        flags = vwr_le16_to_cpu(vwr_ring_load16(&d.flags));
        if ((flags & (VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_INDIRECT)) != 0)
            monitor_find_chain(c, VWR_RULE_PACKED_INDIRECT_FLAGS, flags, 0);
        vwr_monitor_segment(c, vwr_le64_to_cpu(vwr_ring_load64(&d.addr)),
                            vwr_le32_to_cpu(vwr_ring_load32(&d.len)), (flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
    }
}

static void monitor_split_table(struct monitor_chain *c, uint64_t addr, uint32_t count)
{
    const bool legacy = c->m->s.legacy;
    struct vwr_virtq_desc d;
    uint32_t at = 0;

    for (uint32_t i = 0; i < count; i++) {
        uint16_t flags, next;

        if (!monitor_fetch(c->m, addr + at * (uint64_t)sizeof(d), &d, sizeof(d)))
            return;
        flags = vwr_guest16(legacy, vwr_ring_load16(&d.flags));
        next = vwr_guest16(legacy, vwr_ring_load16(&d.next));
        if ((flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0) {
            monitor_find_chain(c, VWR_RULE_INDIRECT_NESTED, 0, 0);
            return;
        }
        vwr_monitor_segment(c, vwr_guest64(legacy, vwr_ring_load64(&d.addr)),
                            vwr_guest32(legacy, vwr_ring_load32(&d.len)),
                            (flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
        if ((flags & VWR_VIRTQ_DESC_F_NEXT) == 0)
            return;
        if (next >= count) {
            monitor_find_chain(c, VWR_RULE_NEXT, next, 0);
            return;
        }
        if (monitor_in_order(c->m) && next != at + 1u)
            monitor_find_chain(c, VWR_RULE_INDIRECT_ORDER, next, 0);
        at = next;
    }
    monitor_find_chain(c, VWR_RULE_CHAIN_LOOP, 0, 0);
}

void vwr_monitor_table(struct monitor_chain *c, uint64_t addr, uint32_t bytes)
{
    const uint32_t count = bytes / sizeof(struct vwr_virtq_desc);
    const bool packed = c->q->packed;

    if (!monitor_has(c->m, VWR_F_INDIRECT_DESC)) {
        monitor_find_chain(c, packed ? VWR_RULE_PACKED_INDIRECT_REFUSED : VWR_RULE_INDIRECT_REFUSED, 0, 0);
    } else if (count == 0 || bytes % sizeof(struct vwr_virtq_desc) != 0) {
        monitor_find_chain(c, VWR_RULE_INDIRECT_SIZE, bytes, 0);
    } else if (!monitor_is_memory(c->m, addr, bytes)) {
        monitor_find_chain(c, VWR_RULE_BUFFER_MEMORY, addr, bytes);
    } else if (packed) {
        monitor_packed_table(c, addr, count <= c->q->size ? count : c->q->size);
    } else if (count > c->q->size) {
        monitor_find_chain(c, VWR_RULE_INDIRECT_LONG, count, 0);
    } else {
        monitor_split_table(c, addr, count);
    }
}

/* The chain is the driver's again. */
void vwr_monitor_release(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t id)
{
    struct vwr_monitor_entry *const e = q->entry;
    uint32_t at = id;

    for (uint32_t i = 0; !q->packed && i < e[id].count; i++) {
        e[at].owner = MONITOR_NONE;
        at = e[at].next;
    }
    q->covered -= e[id].count;
    q->in_flight--;
    e[id].count = 0;
    monitor_count(&m->buffers);
}
