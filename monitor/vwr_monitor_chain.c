/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/bytes.h"

/* Maximum number of pieces of a segment that are translated. */
#define MONITOR_PIECES 64u

void vwr_monitor_find_chain_(struct monitor_chain *c, enum vwr_rule_number rule, uint64_t a, uint64_t b)
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
 * Translates a range of guest memory; NULL: it is not contiguous in the host. Most ranges lie in the area
 * that was found last.
 */
static inline const uint8_t *monitor_reach(struct vwr_monitor *m, uint64_t addr, uint64_t bytes)
{
    const struct vwr_monitor_range *const r = &m->range;

    if (addr - r->addr >= r->bytes && !monitor_find_range(m, addr))
        return NULL;
    return bytes <= r->bytes - (addr - r->addr) ? r->host + (addr - r->addr) : NULL;
}

const uint8_t *vwr_monitor_translate_(struct vwr_monitor *m, uint64_t addr, uint64_t bytes)
{
    return monitor_reach(m, addr, bytes);
}

static inline bool monitor_is_near(const struct vwr_monitor_range *r, uint64_t addr, uint64_t bytes)
{
    return addr - r->addr < r->bytes && bytes <= r->bytes - (addr - r->addr);
}

/*
 * Whether a range that is not contiguous in the host is guest memory. Pieces beyond the maximum are not
 * checked.
 */
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

bool vwr_monitor_is_memory_(struct vwr_monitor *m, uint64_t addr, uint64_t bytes)
{
    return monitor_is_memory(m, addr, bytes);
}

/* Whether the device would write near the areas of the queue. */
static inline bool monitor_is_near_ring(const struct vwr_monitor_queue *q, uint64_t addr, uint32_t bytes)
{
    return monitor_overlaps(addr, bytes, q->low, q->span);
}

/* Whether the device would write to an area of the queue. */
static bool monitor_hits_ring(const struct vwr_monitor_queue *q, uint64_t addr, uint32_t bytes)
{
    bool hits = false;

    for (unsigned i = 0; i < MONITOR_AREAS && bytes != 0; i++)
        hits |= monitor_overlaps(addr, bytes, q->addr[i], q->area_bytes[i]);
    return hits;
}

static inline void monitor_copy_head(uint8_t *to, const uint8_t *from)
{
    VWR_STATIC_ASSERT(sizeof(((struct monitor_chain *)0)->head) == 2u * sizeof(uint64_t), "two words");
    vwr_store_anywhere64(to, vwr_load_anywhere64(from));
    vwr_store_anywhere64(to + sizeof(uint64_t), vwr_load_anywhere64(from + sizeof(uint64_t)));
}

/* Copies a few bytes that need not be contiguous in the host. Returns whether they are in guest memory. */
static VWR_OUT_OF_LINE bool monitor_copy_pieces(struct vwr_monitor *m, uint8_t *to, uint64_t addr,
                                                uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++) {
        const uint8_t *const host = monitor_reach(m, addr + i, 1);

        if (host == NULL)
            return false;
        to[i] = *host;
    }
    return true;
}

/*
 * Copies the first readable bytes of a request, which are usually its first segment; `have` bytes were
 * already copied. The range is known to be in guest memory.
 */
static VWR_OUT_OF_LINE void monitor_keep_head(struct monitor_chain *c, uint64_t have, uint64_t addr,
                                              uint32_t bytes)
{
    const uint8_t *host;

    if (have >= sizeof(c->head) || bytes == 0)
        return;
    if (bytes > sizeof(c->head) - have)
        bytes = (uint32_t)(sizeof(c->head) - have);
    host = monitor_reach(c->m, addr, bytes);
    if (host == NULL)
        (void)monitor_copy_pieces(c->m, c->head + have, addr, bytes);
    else if (bytes != sizeof(c->head))
        vwr_copy(c->head + have, host, bytes);
    else
        monitor_copy_head(c->head, host);
}

static void monitor_segment(struct monitor_chain *c, uint64_t addr, uint32_t bytes, bool is_writable)
{
    const bool is_memory = monitor_is_memory(c->m, addr, bytes);

    if (is_memory && c->m->reads && !is_writable)
        monitor_keep_head(c, c->bytes - c->writable, addr, bytes);
    else if (is_writable && c->writable == 0)
        c->data = addr;
    monitor_begin_segment(c, bytes, is_writable);
    if (c->q->counts)
        monitor_count_segment(c, c->bytes - c->writable, bytes, is_writable);
    c->bytes += bytes;
    if (is_writable)
        c->writable += bytes;
    else if (c->writes)
        vwr_monitor_find_chain_(c, c->q->packed ? VWR_RULE_PACKED_ORDER : VWR_RULE_CHAIN_ORDER, 0, 0);
    c->writes |= is_writable;
    if (!is_memory)
        vwr_monitor_find_chain_(c, VWR_RULE_BUFFER_MEMORY, addr, bytes);
    else if (is_writable && monitor_is_near_ring(c->q, addr, bytes) && !c->broken &&
             monitor_hits_ring(c->q, addr, bytes)) {
        vwr_monitor_find_chain_(c, VWR_RULE_BUFFER_RING, addr, bytes);
        c->hits_ring = true;
    }
}

void vwr_monitor_segment_(struct monitor_chain *c, uint64_t addr, uint32_t bytes, bool is_writable)
{
    monitor_segment(c, addr, bytes, is_writable);
}

/* Gets a descriptor of a table that is not contiguous or not aligned, in place or from the copy. */
static VWR_OUT_OF_LINE const void *monitor_fetch_piece(struct vwr_monitor *m, uint64_t addr, void *copy,
                                                       uint32_t bytes)
{
    const uint8_t *const host = monitor_reach(m, addr, bytes);

    if (host != NULL && ((uintptr_t)host & (sizeof(uint64_t) - 1u)) == 0)
        return host;
    return monitor_copy_pieces(m, copy, addr, bytes) ? copy : NULL;
}

/* An indirect table. */
struct monitor_table {
    uint64_t addr;
    const uint8_t *host; /* NULL: the table is not contiguous, or not aligned */
};

/* Descriptors of both layouts have the same size. NULL: the descriptor is not in guest memory. */
static inline const void *monitor_fetch(struct vwr_monitor *m, const struct monitor_table *t, uint32_t at,
                                        struct vwr_virtq_desc *copy)
{
    const size_t offset = at * sizeof(*copy);

    return t->host != NULL ? t->host + offset : monitor_fetch_piece(m, t->addr + offset, copy, sizeof(*copy));
}

/* Gets a descriptor of a table in either layout. */
VWR_ALWAYS_INLINE struct monitor_desc monitor_load_entry(const void *table, uint32_t i, bool packed,
                                                         bool legacy)
{
    const struct vwr_virtq_desc *const d = (const struct vwr_virtq_desc *)table + i;
    const struct vwr_pvirtq_desc *const p = (const struct vwr_pvirtq_desc *)table + i;

    return (struct monitor_desc){vwr_guest64(legacy, vwr_ring_load64(&d->addr)),
                                 vwr_guest32(legacy, vwr_ring_load32(&d->len)),
                                 vwr_guest16(legacy, vwr_ring_load16(packed ? &p->flags : &d->flags)),
                                 packed ? 0 : vwr_guest16(legacy, vwr_ring_load16(&d->next))};
}

/*
 * Whether a descriptor's buffer lies in the known area and cannot break a rule; `next` is the index of the
 * following descriptor, or 0.
 */
VWR_ALWAYS_INLINE bool monitor_is_plain(const struct vwr_monitor_queue *q,
                                        const struct vwr_monitor_range *known, const struct monitor_desc *d,
                                        uint32_t next)
{
    const uint64_t first = d->addr - known->addr, last = first + d->len - 1u;
    const unsigned flags = next != 0 ? VWR_VIRTQ_DESC_F_NEXT : 0;

    return (d->flags & ~(unsigned)VWR_VIRTQ_DESC_F_WRITE) == flags && (next == 0 || d->other == next) &&
           d->len != 0 &&
           (first | last) < known->bytes && /* both are below the end, except possibly for a few bytes */
           ((d->flags & VWR_VIRTQ_DESC_F_WRITE) == 0 || !monitor_is_near_ring(q, d->addr, d->len));
}

/*
 * Walks over the first descriptors of a table, as long as their buffers lie in the known area and cannot
 * break a rule. The sums stay in CPU registers. Returns the index of the first descriptor that was not
 * processed.
 */
VWR_ALWAYS_INLINE uint32_t monitor_plain(struct monitor_chain *c, const void *table, uint32_t count,
                                         bool packed)
{
    const uint64_t head = c->m->reads ? sizeof(c->head) : 0; /* number of readable bytes to copy */
    const struct vwr_monitor_range known = {c->m->range.addr, c->m->range.bytes, NULL};
    const bool legacy = c->m->s.legacy, counts = c->q->counts;
    uint64_t readable = c->bytes - c->writable, writable = c->writable;
    uint32_t i;

    if (c->writes != (writable != 0))
        return 0;
    for (i = 0; i < count; i++) {
        const struct monitor_desc d = monitor_load_entry(table, i, packed, legacy);
        const bool is_writable = (d.flags & VWR_VIRTQ_DESC_F_WRITE) != 0;

        if (!monitor_is_plain(c->q, &known, &d, packed || i + 1u == count ? 0 : i + 1u) ||
            (!is_writable && writable != 0))
            break;
        if (counts)
            monitor_count_segment(c, readable, d.len, is_writable);
        if (is_writable) {
            c->data = writable == 0 ? d.addr : c->data;
            writable += d.len;
            continue;
        }
        if (readable < head)
            monitor_keep_head(c, readable, d.addr, d.len);
        readable += d.len;
    }
    if (i != 0)
        monitor_begin_segment(c, monitor_load_entry(table, 0, packed, legacy).len, readable == 0);
    c->bytes = readable + writable;
    c->writable = writable;
    c->writes = writable != 0;
    return i;
}

/* Checks the descriptors of a table, starting at `at`. */
static void monitor_packed_table(struct monitor_chain *c, const struct monitor_table *t, uint32_t at,
                                 uint32_t count)
{
    struct vwr_virtq_desc copy;

    for (uint32_t i = at; i < count; i++) {
        const struct vwr_pvirtq_desc *const d = monitor_fetch(c->m, t, i, &copy);
        uint16_t flags;

        if (d == NULL)
            continue;
        flags = vwr_le16_to_cpu(vwr_ring_load16(&d->flags));
        if ((flags & ~(unsigned)VWR_VIRTQ_DESC_F_WRITE) != 0)
            vwr_monitor_find_chain_(c, VWR_RULE_PACKED_INDIRECT_FLAGS, flags, 0);
        monitor_segment(c, vwr_le64_to_cpu(vwr_ring_load64(&d->addr)),
                        vwr_le32_to_cpu(vwr_ring_load32(&d->len)), (flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
    }
}

static void monitor_split_table(struct monitor_chain *c, const struct monitor_table *t, uint32_t at,
                                uint32_t count)
{
    const bool legacy = c->m->s.legacy;
    struct vwr_virtq_desc copy;

    for (uint32_t i = at; i < count; i++) {
        const struct vwr_virtq_desc *const d = monitor_fetch(c->m, t, at, &copy);
        uint16_t flags, next;

        if (d == NULL)
            return;
        flags = vwr_guest16(legacy, vwr_ring_load16(&d->flags));
        next = vwr_guest16(legacy, vwr_ring_load16(&d->next));
        if ((flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0) {
            vwr_monitor_find_chain_(c, VWR_RULE_INDIRECT_NESTED, 0, 0);
            return;
        }
        monitor_segment(c, vwr_guest64(legacy, vwr_ring_load64(&d->addr)),
                        vwr_guest32(legacy, vwr_ring_load32(&d->len)), (flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
        if ((flags & VWR_VIRTQ_DESC_F_NEXT) == 0)
            return;
        if (next >= count) {
            vwr_monitor_find_chain_(c, VWR_RULE_NEXT, next, 0);
            return;
        }
        if (monitor_in_order(c->m) && next != at + 1u)
            vwr_monitor_find_chain_(c, VWR_RULE_INDIRECT_ORDER, next, 0);
        at = next;
    }
    vwr_monitor_find_chain_(c, VWR_RULE_CHAIN_LOOP, 0, 0);
}

static VWR_OUT_OF_LINE void monitor_any_table(struct monitor_chain *c, uint64_t addr, uint32_t bytes,
                                              uint32_t at)
{
    const uint32_t count = bytes / sizeof(struct vwr_virtq_desc);
    const bool packed = c->q->packed;
    struct monitor_table t = {addr, monitor_reach(c->m, addr, bytes)};

    if (((uintptr_t)t.host & (sizeof(uint64_t) - 1u)) != 0)
        t.host = NULL;
    if (!monitor_has(c->m, VWR_F_INDIRECT_DESC)) {
        vwr_monitor_find_chain_(c, packed ? VWR_RULE_PACKED_INDIRECT_REFUSED : VWR_RULE_INDIRECT_REFUSED, 0,
                                0);
    } else if (count == 0 || bytes % sizeof(struct vwr_virtq_desc) != 0) {
        vwr_monitor_find_chain_(c, VWR_RULE_INDIRECT_SIZE, bytes, 0);
    } else if (t.host == NULL && !monitor_is_in_pieces(c->m, addr, bytes)) {
        vwr_monitor_find_chain_(c, VWR_RULE_BUFFER_MEMORY, addr, bytes);
    } else if (packed) {
        monitor_packed_table(c, &t, at, count <= c->q->size ? count : c->q->size);
    } else if (count > c->q->size) {
        vwr_monitor_find_chain_(c, VWR_RULE_INDIRECT_LONG, count, 0);
    } else {
        monitor_split_table(c, &t, at, count);
    }
}

/* Most tables lie in the known area and are valid. */
void vwr_monitor_table_(struct monitor_chain *c, uint64_t addr, uint32_t bytes)
{
    const struct vwr_monitor_range *const r = &c->m->range;
    const uint8_t *const host = monitor_is_near(r, addr, bytes) ? r->host + (addr - r->addr) : NULL;
    const uint32_t count = bytes / sizeof(struct vwr_virtq_desc);
    uint32_t at = 0;

    if (host != NULL && ((uintptr_t)host & (sizeof(uint64_t) - 1u)) == 0 &&
        bytes % sizeof(struct vwr_virtq_desc) == 0 && count - 1u < c->q->size &&
        monitor_has(c->m, VWR_F_INDIRECT_DESC))
        at = c->q->packed ? monitor_plain(c, host, count, true) : monitor_plain(c, host, count, false);
    if (at == 0 || at < count)
        monitor_any_table(c, addr, bytes, at);
}

/* Returns the chain to the driver. */
void vwr_monitor_release_(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t id)
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
