/* SPDX-License-Identifier: MIT */
#include "../memory/memory_common.h"
#include "vqueue_common.h"
#include "vwr/bytes.h"

/* Descriptor chains: segments at any guest address, and indirect tables. */

#define VCHAIN_PART 0x80000000u /* less than 2^32, see vwr_vchain_is_in() */
/* Only one of 16 misses remembers a part: if a guest uses many regions, this takes longer than a search. */
#define VCHAIN_MISSES 16u
#define VCHAIN_WORD_PAGES 32u /* pages per word of a balloon's bitmap */

/*
 * Remembers the part of guest memory that contains `addr`: region `r`, or a part of it if the region is too
 * large. The two remembered parts are replaced in turn. If the size is not a power of 2, the fast path's
 * comparison rejects some segments inside, which only costs time. It never accepts a segment outside, because
 * the OR of two numbers is not less than either of them.
 */
static VWR_COLD void vchain_renew(struct vwr_vqueue *q, const struct vwr_memory_region *r, uint64_t addr)
{
    struct vwr_memory_region *const part = &q->recent[q->misses / VCHAIN_MISSES & 1u];
    const uint64_t most = VCHAIN_PART;
    uint64_t from;
    const uint64_t room = vwr_memory_room(q->memory, r, addr, &from);
    const uint64_t begin = (addr - from) & ~(most - 1u);

    part->addr = from + begin;
    part->bytes = room - begin < most ? room - begin : most;
    part->host = (uint8_t *)r->host + (from + begin - r->addr);
    q->between = q->recent[0].addr - q->recent[1].addr;
}

/* Remembers the part for one segment in VCHAIN_MISSES. */
static inline void vchain_remember(struct vwr_vqueue *q, const struct vwr_memory_region *r, uint64_t addr)
{
    if (VWR_IS_FAST && q->misses++ % VCHAIN_MISSES == 0)
        vchain_renew(q, r, addr);
}

uint8_t *vwr_vchain_find_(struct vwr_vqueue *q, uint64_t addr, uint32_t len)
{
    const struct vwr_memory_region *const r =
        VWR_IS_FAST ? memory_search(q->memory, addr) : vwr_memory_find(q->memory, addr);

    /* In 64 bits, so that an empty segment is outside of a region of any size. */
    if (r == NULL || (uint64_t)len - 1u >= r->bytes - (addr - r->addr) || vwr_memory_has_balloon(q->memory))
        return NULL;
    vchain_remember(q, r, addr);
    return (uint8_t *)r->host + (addr - r->addr);
}

/* Appends a segment of host memory. */
static void vchain_append(struct vwr_vchain *c, uint8_t *at, uint32_t len, bool write)
{
    struct vwr_vseg *const seg = &c->seg[c->out + c->in];

    seg->at = at;
    seg->len = len;
    if (write) {
        c->in++;
        c->in_bytes += len;
    } else {
        c->out++;
        c->out_bytes += len;
    }
}

/*
 * For a stream: removes finished segments from the chain. false: there are none, or the queue is not a
 * stream.
 */
static bool vchain_move_window(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    struct vwr_vwindow *const w = &q->window;
    uint32_t gone = 0;
    uint16_t n = 0;

    if (!w->is_open || c->in != 0)
        return false;
    for (; n < c->out && w->before + gone + c->seg[n].len <= w->done; n++)
        gone += (uint32_t)c->seg[n].len;
    for (uint16_t i = n; i < c->out; i++) {
        c->seg[i - n].at = c->seg[i].at;
        c->seg[i - n].len = c->seg[i].len;
    }
    if (VWR_WITH_IOMMU && q->memory->iommu != NULL)
        vwr_vqueue_unpin_first_(q, n);
    c->out = (uint16_t)(c->out - n);
    c->out_bytes -= gone;
    w->before += gone;
    q->extra += n;
    return n != 0;
}

/* Stops the queue. Returns false. */
static VWR_COLD bool vchain_bad(struct vwr_vqueue *q, enum vwr_vfault fault, uint64_t a, uint64_t b)
{
    (void)vwr_vqueue_bad_(q, fault, a, b);
    return false;
}

/* Handles a segment that does not fit the chain. false: it would have to fit, so the queue is broken. */
static bool vchain_leave(struct vwr_vqueue *q, const struct vwr_vchain *c, uint32_t len, bool write)
{
    struct vwr_vwindow *const w = &q->window;

    if (!w->is_open)
        return vchain_bad(q, VWR_VFAULT_SEGMENTS, c->room, 0);
    w->more = w->more || !write;
    w->has_in = w->has_in || write;
    w->beyond += len;
    q->extra++;
    return true;
}

/* Number of bytes of the buffer that are outside of the window. */
static uint32_t vchain_left_out(const struct vwr_vqueue *q)
{
    return q->window.before + q->window.beyond;
}

/*
 * Counts the work of the slow path, in addition to the segments that the device counts, because a step takes
 * longer and an empty descriptor is not counted as a segment.
 */
static void vchain_charge(struct vwr_vqueue *q, uint32_t segs)
{
    q->extra += segs;
}

/*
 * Counts a search for pages in a balloon: 32 pages cost as much as a segment. A search for a block has the
 * cost of one segment, whatever its size.
 */
static void vchain_charge_search(struct vwr_vqueue *q, uint32_t bytes)
{
    const struct vwr_memory_balloon *const b = q->memory->balloon;

    if (vwr_memory_has_balloon(q->memory))
        vchain_charge(q, 1u + (b != NULL ? (bytes >> b->shift) / VCHAIN_WORD_PAGES : 0));
}

/* Whether a part of this segment is in a balloon, or in a block that is not plugged. */
static bool vchain_is_ballooned(struct vwr_vqueue *q, const struct vwr_memory_region *r, uint64_t addr,
                                uint32_t bytes)
{
    vchain_charge_search(q, bytes);
    return vwr_memory_has_balloon(q->memory) && vwr_memory_is_ballooned(q->memory, r, addr, bytes);
}

/* Records that the driver gave an address that the device cannot reach. Returns false. */
static VWR_COLD bool vchain_bad_address(struct vwr_vqueue *q, uint64_t addr, uint64_t len, unsigned access)
{
    struct vwr_memory_iommu *const i = q->memory->iommu;

    if (!VWR_WITH_IOMMU || i == NULL)
        return vchain_bad(q, VWR_VFAULT_ADDRESS, addr, len);
    i->fault(i, addr, access);
    return vchain_bad(q, VWR_VFAULT_MAPPING, addr, len);
}

/* Behind an IOMMU: appends the rest of a segment, in as many pieces as it has in host memory. */
static __attribute__((noinline)) bool vchain_add_mapped(struct vwr_vqueue *q, struct vwr_vchain *c,
                                                        uint64_t addr, uint32_t len, bool write)
{
    struct vwr_memory_iommu *const i = q->memory->iommu;
    const unsigned access = write ? VWR_MEMORY_WRITE : VWR_MEMORY_READ;

    for (uint32_t n; len != 0; addr += n, len -= n) {
        void *host = NULL;
        const uint64_t run = i != NULL ? i->run(i, addr, len, access, &host) : 0;

        if (run == 0)
            return vchain_bad_address(q, addr, len, access);
        n = run < len ? (uint32_t)run : len;
        vchain_charge(q, i->steps);
        if (c->out + c->in == c->room && !vchain_move_window(q, c)) {
            if (!vchain_leave(q, c, n, write))
                return false;
            continue;
        }
        if (!vwr_vqueue_pin_(q, addr, n))
            return vchain_bad(q, VWR_VFAULT_SEGMENTS, i->pins, 0);
        vchain_append(c, host, n, write);
    }
    return true;
}

/*
 * Slow path: appends a segment to the chain with all checks: guest memory, in one region or several; readable
 * before writable; fewer than 2^32 bytes in total; space in the chain. Skips an empty segment. false: the
 * queue is broken.
 */
static bool vchain_add(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint32_t len, bool write)
{
    if (c->out_bytes + c->in_bytes + vchain_left_out(q) + len < len)
        return vchain_bad(q, VWR_VFAULT_LENGTH, addr, len);
    if (len != 0 && !write && (c->in != 0 || q->window.has_in))
        return vchain_bad(q, VWR_VFAULT_ORDER, addr, len);
    vchain_charge(q, len != 0 ? 1 : 2);
    while (len != 0) {
        const struct vwr_memory_region *const r = vwr_memory_find(q->memory, addr);
        uint64_t off;
        uint32_t run;

        if (VWR_WITH_IOMMU && r == NULL)
            return vchain_add_mapped(q, c, addr, len, write);
        if (r == NULL)
            return vchain_bad(q, VWR_VFAULT_ADDRESS, addr, len);
        off = addr - r->addr;
        run = r->bytes - off < len ? (uint32_t)(r->bytes - off) : len;
        if (vchain_is_ballooned(q, r, addr, run))
            return vchain_bad(q, VWR_VFAULT_ADDRESS, addr, len);
        if (c->out + c->in == c->room && !vchain_move_window(q, c)) {
            if (!vchain_leave(q, c, run, write))
                return false;
        } else {
            vchain_append(c, (uint8_t *)r->host + off, run, write);
        }
        if (vwr_memory_has_balloon(q->memory)) /* otherwise the search has */
            vchain_remember(q, r, addr);
        addr += run;
        len -= run;
    }
    return true;
}

/* Whether the whole range is guest memory, possibly in several regions. `bytes` is not 0. */
static bool vchain_table_in_memory(const struct vwr_memory *memory, uint64_t addr, uint64_t bytes)
{
    for (;;) {
        void *host = NULL;
        const uint64_t run = vwr_memory_run(memory, addr, &host); /* readable: tables are */

        if (run == 0 || run >= bytes)
            return run != 0;
        addr += run;
        bytes -= run;
    }
}

/*
 * Each of the two searches is charged, because a table can have almost 4 GiB, of which the chain may be only
 * a small part.
 */
static bool vchain_find_table(struct vwr_vqueue *q, struct vwr_vtable *table, uint32_t len)
{
    vchain_charge_search(q, len);
    if (!vchain_table_in_memory(q->memory, table->addr, len))
        return false;
    vchain_charge_search(q, len);
    table->host = vwr_memory_ptr(q->memory, table->addr, len);
    return true;
}

static bool vchain_open_table(struct vwr_vqueue *q, struct vwr_vtable *table, uint64_t addr, uint32_t len)
{
    const bool packed = vwr_layout_is_packed(q->layout);

    VWR_STATIC_ASSERT(sizeof(struct vwr_virtq_desc) == sizeof(struct vwr_pvirtq_desc),
                      "one entry size for both rings");
    table->addr = addr;
    table->count = len / (uint32_t)sizeof(struct vwr_virtq_desc);
    /* In a packed ring, the chain is the whole table; in a split ring, it may be a part of the table. */
    if (!q->indirect && q->tolerated != NULL)
        vwr_tolerate_(q->tolerated, VWR_TOLERATED_TABLE);
    if ((!q->indirect && q->tolerated == NULL) || len == 0 || len % sizeof(struct vwr_virtq_desc) != 0 ||
        (packed && table->count > q->size))
        return vchain_bad(q, VWR_VFAULT_INDIRECT, len, 0);
    if (!vchain_find_table(q, table, len))
        return vchain_bad_address(q, addr, len, VWR_MEMORY_READ);
    if ((addr & (sizeof(vwr_le64) - 1u)) != 0)
        table->host = NULL;
    if (table->host == NULL)
        /* descriptors are copied one by one */
        vchain_charge(q, table->count < q->size ? table->count : q->size);
    return true;
}

const struct vwr_virtq_desc *vwr_vtable_desc_(const struct vwr_vqueue *q, struct vwr_vtable *table,
                                              uint32_t at)
{
    const uint64_t addr = table->addr + sizeof(table->copy) * (uint64_t)at;
    uint8_t *const byte = (uint8_t *)&table->copy;
    const uint8_t *all;

    if (table->host != NULL)
        return &table->host[at];
    vwr_zero(byte, sizeof(table->copy));
    all = vwr_memory_ptr(q->memory, addr, sizeof(table->copy)); /* not aligned; NULL: split across regions */
    for (unsigned i = 0; all != NULL && i < sizeof(table->copy); i += sizeof(uint64_t))
        vwr_store_anywhere64(byte + i, vwr_load_anywhere64(all + i));
    for (unsigned i = 0; all == NULL && i < sizeof(table->copy); i++) {
        const void *const one = vwr_memory_ptr(q->memory, addr + i, 1);

        if (one != NULL) /* the page may be in a balloon by now */
            byte[i] = vwr_ring_load8(one);
    }
    return &table->copy;
}

/* Continues a chain in a table up to its end. */
static int vchain_indirect(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint32_t len)
{
    struct vwr_vchain_walk w;
    struct vwr_vtable table;

    if (!vchain_open_table(q, &table, addr, len))
        return VWR_EBADRING;
    table.room = q->size;
    vwr_vtable_load(q, &table, &w, 0);
    return vwr_vchain_slow_(q, c, &table, w.off, VWR_VCHAIN_HALF(&w), table.room);
}

/*
 * Enters an indirect table. It must not be within a table or be followed by descriptors; in a packed ring, it
 * must not be preceded by descriptors either.
 */
static int vchain_go_indirect(struct vwr_vqueue *q, struct vwr_vchain *c, const struct vwr_vtable *table,
                              const struct vwr_vchain_walk *w, bool others)
{
    int r;

    if (!VWR_WITH_INDIRECT || table != NULL || others || (w->flags & VWR_VIRTQ_DESC_F_NEXT) != 0)
        return vwr_vqueue_bad_(q, VWR_VFAULT_INDIRECT, w->flags, 0);
    r = vchain_indirect(q, c, w->off + q->recent[0].addr, (uint32_t)w->len);
    return r == 1 && vwr_layout_is_packed(q->layout) ? vwr_vpacked_end_slow_(q, c, 1, w->desc) : r;
}

static int vchain_slow(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vtable *table, uint64_t off,
                       uint64_t half, uint32_t left)
{
    const bool packed = table == NULL && vwr_layout_is_packed(q->layout);
    /* each descriptor has one segment */
    const uint32_t room = VWR_WITH_INDIRECT && table != NULL ? table->room : c->room;
    uint32_t walked = room - left;
    struct vwr_vchain_walk w;

    w.off = off;
    w.len = (uint32_t)half;
    w.flags = (uint16_t)(half >> 32);
    w.next = (size_t)(half >> 48);
    w.available = 0;
    w.desc = NULL;
    if (packed)
        vwr_vpacked_continue_(q, &w, walked);
    for (;;) {
        if (walked >= q->size)
            return vwr_vqueue_bad_(q, VWR_VFAULT_LOOP, c->id, 0);
        if (packed && (w.flags & VWR_PACKED_WRAP_FLAGS) != 0)
            return vwr_vqueue_bad_(q, VWR_VFAULT_WRAP, w.flags, walked);
        if ((w.flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0)
            return vchain_go_indirect(q, c, table, &w, packed && walked != 0);
        if (!vchain_add(q, c, w.off + q->recent[0].addr, (uint32_t)w.len,
                        (w.flags & VWR_VIRTQ_DESC_F_WRITE) != 0))
            return VWR_EBADRING;
        walked++;
        if ((w.flags & VWR_VIRTQ_DESC_F_NEXT) == 0)
            return packed ? vwr_vpacked_end_slow_(q, c, walked, w.desc) : 1;
        if (!vwr_vchain_next(q, c, table, &w, packed))
            return VWR_EBADRING;
    }
}

/* Behind an IOMMU: every chain takes this path from its first descriptor on. */
static __attribute__((noinline)) int vchain_slow_pinned(struct vwr_vqueue *q, struct vwr_vchain *c,
                                                        uint64_t off, uint64_t half, uint32_t left)
{
    int r;

    vwr_vqueue_open_pins_(q);
    r = vchain_slow(q, c, NULL, off, half, left);
    vwr_vqueue_close_pins_(q, c, r == 1);
    return r;
}

int vwr_vchain_slow_(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vtable *table, uint64_t off,
                     uint64_t half, uint32_t left)
{
    if (VWR_WITH_IOMMU && VWR_RARELY(q->memory->iommu != NULL) && table == NULL)
        return vchain_slow_pinned(q, c, off, half, left);
    return vchain_slow(q, c, table, off, half, left);
}

bool vwr_vchain_uses(const struct vwr_vchain *c, const void *host, uint64_t bytes)
{
    bool uses = false;

    for (uint32_t i = 0; i < (uint32_t)c->out + c->in; i++)
        uses = uses || vwr_vseg_meets(c->seg[i].at, c->seg[i].len, host, bytes);
    return uses;
}
