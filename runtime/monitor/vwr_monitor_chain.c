/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/bytes.h"

/* Pieces of a segment that are looked up. */
#define MONITOR_PIECES 64u /* not the specification's */

void vwr_monitor_find_chain(struct monitor_chain *c, enum vwr_rule_number rule, uint64_t a, uint64_t b)
{
    if (!c->broken) {
        c->found = true;
        c->rule = rule;
        c->at = c->place;
        c->a = a;
        c->b = b;
    }
    c->broken = true;
}

static VWR_OUT_OF_LINE bool monitor_find_range(struct vwr_monitor *m, uint64_t addr)
{
    const void *host;
    const uint64_t run = m->s.run(m->s.context, addr, &host);

    if (run == 0)
        return false;
    m->range.addr = addr;
    m->range.bytes = run;
    m->range.host = host;
    return true;
}

/*
 * Where a range is, if it is contiguous in the host; NULL: it is not. It mostly lies in the range in which
 * something was found before.
 */
static inline const uint8_t *monitor_reach(struct vwr_monitor *m, uint64_t addr, uint64_t bytes)
{
    const struct vwr_monitor_range *const r = &m->range;

    if (addr - r->addr >= r->bytes && !monitor_find_range(m, addr))
        return NULL;
    return bytes <= r->bytes - (addr - r->addr) ? r->host + (addr - r->addr) : NULL;
}

const uint8_t *vwr_monitor_reach(struct vwr_monitor *m, uint64_t addr, uint64_t bytes)
{
    return monitor_reach(m, addr, bytes);
}

static inline bool monitor_is_near(const struct vwr_monitor_range *r, uint64_t addr, uint64_t bytes)
{
    return addr - r->addr < r->bytes && bytes <= r->bytes - (addr - r->addr);
}

/* Whether a range that is not contiguous is memory; of more pieces than that the rest is not looked at. */
static VWR_OUT_OF_LINE bool monitor_is_in_pieces(const struct vwr_monitor *m, uint64_t addr, uint64_t bytes)
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

static inline bool monitor_is_memory(struct vwr_monitor *m, uint64_t addr, uint64_t bytes)
{
    return monitor_is_near(&m->range, addr, bytes) || monitor_reach(m, addr, bytes) != NULL ||
           monitor_is_in_pieces(m, addr, bytes);
}

/* Keeps the first readable bytes of a request. */
static VWR_OUT_OF_LINE void monitor_keep_head(struct monitor_chain *c, uint64_t addr, uint32_t bytes)
{
    const uint64_t have = c->bytes - c->writable;
    const uint8_t *host;

    if (have >= sizeof(c->head) || bytes == 0)
        return;
    if (bytes > sizeof(c->head) - have)
        bytes = (uint32_t)(sizeof(c->head) - have);
    host = monitor_reach(c->m, addr, bytes);
    if (host != NULL)
        vwr_copy(c->head + have, host, bytes);
    else
        c->broken = true; /* a border of memory in the header: not looked at */
}

static inline void monitor_segment(struct monitor_chain *c, uint64_t addr, uint32_t bytes, bool is_writable)
{
    if (c->m->reads && !is_writable)
        monitor_keep_head(c, addr, bytes);
    else if (c->m->reads && c->writable == 0)
        c->data = addr;
    c->bytes += bytes;
    if (is_writable)
        c->writable += bytes;
    else if (c->writes)
        vwr_monitor_find_chain(c, c->q->packed ? VWR_RULE_PACKED_ORDER : VWR_RULE_CHAIN_ORDER, 0, 0);
    c->writes |= is_writable;
    if (!monitor_is_memory(c->m, addr, bytes))
        vwr_monitor_find_chain(c, VWR_RULE_BUFFER_MEMORY, addr, bytes);
    if (!c->q->packed && c->bytes > (uint64_t)1 << 32) /* not the specification's: 4 GiB */
        vwr_monitor_find_chain(c, VWR_RULE_CHAIN_BYTES, c->bytes, 0);
}

void vwr_monitor_segment(struct monitor_chain *c, uint64_t addr, uint32_t bytes, bool is_writable)
{
    monitor_segment(c, addr, bytes, is_writable);
}

/* A descriptor of a table that is not contiguous, or not aligned: in place, or in the copy. */
static VWR_OUT_OF_LINE const void *monitor_fetch_piece(struct vwr_monitor *m, uint64_t addr, void *copy,
                                                       uint32_t bytes)
{
    const uint8_t *const host = monitor_reach(m, addr, bytes);

    if (host == NULL || ((uintptr_t)host & (sizeof(uint64_t) - 1u)) == 0)
        return host; /* NULL: a border of memory in a descriptor: not looked at */
    vwr_copy(copy, host, bytes);
    return copy;
}

/* An indirect table. */
struct monitor_table {
    uint64_t addr;
    const uint8_t *host; /* NULL: it is not contiguous, or not aligned */
};

/* Descriptors of both layouts have the same size. NULL: a border of memory in it. */
static inline const void *monitor_fetch(struct vwr_monitor *m, const struct monitor_table *t, uint32_t at,
                                        struct vwr_virtq_desc *copy)
{
    const size_t offset = at * sizeof(*copy);

    return t->host != NULL ? t->host + offset : monitor_fetch_piece(m, t->addr + offset, copy, sizeof(*copy));
}

/* What is added up of a table while nothing is wrong with it, in registers of the CPU. */
struct monitor_plain {
    struct vwr_monitor_range near;
    uint64_t bytes, writable;
    bool writes;
};

static inline bool monitor_add_plain(struct monitor_plain *p, uint64_t addr, uint32_t bytes, bool is_writable)
{
    if (!monitor_is_near(&p->near, addr, bytes) || (p->writes && !is_writable))
        return false;
    p->writes = is_writable;
    p->bytes += bytes;
    p->writable += is_writable ? bytes : 0;
    return true;
}

/* A table begins its chain. A monitor that reads requests takes each segment by itself. */
static inline bool monitor_begin_plain(const struct monitor_chain *c, const struct monitor_table *t,
                                       struct monitor_plain *p)
{
    p->near = c->m->range;
    p->bytes = c->bytes;
    p->writable = c->writable;
    p->writes = c->writes;
    return t->host != NULL && !c->m->reads;
}

static inline void monitor_end_plain(struct monitor_chain *c, const struct monitor_plain *p)
{
    c->bytes = p->bytes;
    c->writable = p->writable;
    c->writes = p->writes;
}

/* The first descriptors of a table, as far as no rule can be broken. Returns their number. */
static uint32_t monitor_packed_plain(struct monitor_chain *c, const struct monitor_table *t, uint32_t count)
{
    const struct vwr_pvirtq_desc *d = (const void *)t->host;
    struct monitor_plain p;
    uint32_t i;

    if (!monitor_begin_plain(c, t, &p))
        return 0;
    for (i = 0; i < count; i++, d++) {
        const unsigned flags = vwr_le16_to_cpu(vwr_ring_load16(&d->flags));

        if ((flags & (VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_INDIRECT)) != 0 ||
            !monitor_add_plain(&p, vwr_le64_to_cpu(vwr_ring_load64(&d->addr)),
                               vwr_le32_to_cpu(vwr_ring_load32(&d->len)),
                               (flags & VWR_VIRTQ_DESC_F_WRITE) != 0))
            break;
    }
    monitor_end_plain(c, &p);
    return i;
}

static void monitor_packed_table(struct monitor_chain *c, const struct monitor_table *t, uint32_t count)
{
    struct vwr_virtq_desc copy;

    for (uint32_t i = monitor_packed_plain(c, t, count); i < count; i++) {
        const struct vwr_pvirtq_desc *const d = monitor_fetch(c->m, t, i, &copy);
        uint16_t flags;

        if (d == NULL)
            continue;
        flags = vwr_le16_to_cpu(vwr_ring_load16(&d->flags));
        if ((flags & (VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_INDIRECT)) != 0)
            vwr_monitor_find_chain(c, VWR_RULE_PACKED_INDIRECT_FLAGS, flags, 0);
        monitor_segment(c, vwr_le64_to_cpu(vwr_ring_load64(&d->addr)),
                        vwr_le32_to_cpu(vwr_ring_load32(&d->len)), (flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
    }
}

/* The same of a split ring, where each but the last one names the one behind it: that one is left. */
static uint32_t monitor_split_plain(struct monitor_chain *c, const struct monitor_table *t, uint32_t count)
{
    const bool legacy = c->m->s.legacy;
    const struct vwr_virtq_desc *d = (const void *)t->host;
    struct monitor_plain p;
    uint32_t i;

    if (!monitor_begin_plain(c, t, &p))
        return 0;
    for (i = 0; i + 1u < count; i++, d++) {
        const unsigned flags = vwr_guest16(legacy, vwr_ring_load16(&d->flags));

        if ((flags & (VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_INDIRECT)) != VWR_VIRTQ_DESC_F_NEXT ||
            vwr_guest16(legacy, vwr_ring_load16(&d->next)) != i + 1u ||
            !monitor_add_plain(&p, vwr_guest64(legacy, vwr_ring_load64(&d->addr)),
                               vwr_guest32(legacy, vwr_ring_load32(&d->len)),
                               (flags & VWR_VIRTQ_DESC_F_WRITE) != 0))
            break;
    }
    monitor_end_plain(c, &p);
    return i;
}

static void monitor_split_table(struct monitor_chain *c, const struct monitor_table *t, uint32_t count)
{
    const bool legacy = c->m->s.legacy;
    struct vwr_virtq_desc copy;
    uint32_t at = monitor_split_plain(c, t, count);

    for (uint32_t i = at; i < count; i++) {
        const struct vwr_virtq_desc *const d = monitor_fetch(c->m, t, at, &copy);
        uint16_t flags, next;

        if (d == NULL)
            return;
        flags = vwr_guest16(legacy, vwr_ring_load16(&d->flags));
        next = vwr_guest16(legacy, vwr_ring_load16(&d->next));
        if ((flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0) {
            vwr_monitor_find_chain(c, VWR_RULE_INDIRECT_NESTED, 0, 0);
            return;
        }
        monitor_segment(c, vwr_guest64(legacy, vwr_ring_load64(&d->addr)),
                        vwr_guest32(legacy, vwr_ring_load32(&d->len)), (flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
        if ((flags & VWR_VIRTQ_DESC_F_NEXT) == 0)
            return;
        if (next >= count) {
            vwr_monitor_find_chain(c, VWR_RULE_NEXT, next, 0);
            return;
        }
        if (monitor_in_order(c->m) && next != at + 1u)
            vwr_monitor_find_chain(c, VWR_RULE_INDIRECT_ORDER, next, 0);
        at = next;
    }
    vwr_monitor_find_chain(c, VWR_RULE_CHAIN_LOOP, 0, 0);
}

void vwr_monitor_table(struct monitor_chain *c, uint64_t addr, uint32_t bytes)
{
    const uint32_t count = bytes / sizeof(struct vwr_virtq_desc);
    const bool packed = c->q->packed;
    struct monitor_table t = {addr, monitor_reach(c->m, addr, bytes)};

    if (((uintptr_t)t.host & (sizeof(uint64_t) - 1u)) != 0)
        t.host = NULL;
    if (!monitor_has(c->m, VWR_F_INDIRECT_DESC)) {
        vwr_monitor_find_chain(c, packed ? VWR_RULE_PACKED_INDIRECT_REFUSED : VWR_RULE_INDIRECT_REFUSED, 0,
                               0);
    } else if (count == 0 || bytes % sizeof(struct vwr_virtq_desc) != 0) {
        vwr_monitor_find_chain(c, VWR_RULE_INDIRECT_SIZE, bytes, 0);
    } else if (t.host == NULL && !monitor_is_in_pieces(c->m, addr, bytes)) {
        vwr_monitor_find_chain(c, VWR_RULE_BUFFER_MEMORY, addr, bytes);
    } else if (packed) {
        monitor_packed_table(c, &t, count <= c->q->size ? count : c->q->size);
    } else if (count > c->q->size) {
        vwr_monitor_find_chain(c, VWR_RULE_INDIRECT_LONG, count, 0);
    } else {
        monitor_split_table(c, &t, count);
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
