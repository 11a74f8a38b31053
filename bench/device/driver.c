/* SPDX-License-Identifier: MIT */
#include "bench_device.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

#include <string.h>

/*
 * The scripted driver. A chain is a disk read: the header, one page per data segment, and the status, in ring
 * descriptors or in a table. Each chain in flight has separate pages for header, status and table. If there
 * are too few data pages, chains share them, because nothing reads or writes the data.
 */

#define PAGE 4096u
#define SLOTS_AT 0x10000u
#define STATUS_AT 0x100u
#define TABLE_AT 0x200u
#define DATA_AT (RAM_BYTES / 2u)
#define DATA_PAGES (RAM_BYTES / 2u / PAGE)

#define SLOT_PAGES 2u /* with the longest table */

_Static_assert(TABLE_AT + SEGMENTS_MAX * sizeof(struct vwr_virtq_desc) <= SLOT_PAGES * PAGE,
               "a table of the longest chain");
_Static_assert(SLOTS_AT + QUEUE / SEGMENTS * SLOT_PAGES * PAGE <= DATA_AT, "slots are below the data");
_Static_assert(sizeof(struct vwr_virtq_desc) == sizeof(struct vwr_pvirtq_desc), "one table size");

struct segment {
    uint64_t addr;
    uint32_t len;
    unsigned flags; /* WRITE, and NEXT for all but the last */
};

/* Descriptors of the ring that a chain has. */
static uint32_t each(const struct bench_ring *b)
{
    return b->tables ? 1 : b->segments;
}

/* The slot of chain `n`; its number is the packed ring's buffer ID. */
static uint32_t slot_of(const struct bench_ring *b, uint32_t n)
{
    return n % (b->tables ? QUEUE / SEGMENTS : b->size / b->segments);
}

static uint64_t page_of(uint32_t slot)
{
    return RAM_ADDR + SLOTS_AT + (uint64_t)slot * (SLOT_PAGES * PAGE);
}

/* A pseudorandom number that depends only on a position. */
static uint32_t mixed(uint32_t x)
{
    x = (x ^ (x >> 16)) * 0x7feb352du;
    x = (x ^ (x >> 15)) * 0x846ca68bu;
    return x ^ (x >> 16);
}

/* The region of segment i of the next chain; that of its table if i is the number of segments. */
static uint32_t region_of(const struct bench_ring *b, uint32_t i)
{
    const uint32_t position = b->made * (b->segments + 1u) + i;
    const bool is_data = i != 0 && i + 1u < b->segments;

    switch (b->place) {
    case PLACE_SAME:
        return b->made % b->regions;
    case PLACE_ALTERNATING:
        return position % b->regions;
    case PLACE_RANDOM:
        return mixed(position) % b->regions;
    case PLACE_APART:
        return is_data ? b->regions - 1u : 0;
    default:
        return i == b->segments ? b->regions - 1u : 0;
    }
}

/* Converts an address in the first region to one in the region of segment i. */
static uint64_t moved(const struct bench_ring *b, uint64_t addr, uint32_t i)
{
    return addr + region_of(b, i) * REGION_STEP;
}

static uint64_t table_of(const struct bench_ring *b, uint32_t slot)
{
    return moved(b, page_of(slot) + TABLE_AT, b->segments);
}

static struct segment segment(const struct bench_ring *b, uint32_t slot, uint32_t i)
{
    const uint32_t data = (slot * (b->segments - 2u) + i - 1u) % DATA_PAGES;

    if (i == 0)
        return (struct segment){moved(b, page_of(slot), i), BENCH_HEADER, VWR_VIRTQ_DESC_F_NEXT};
    if (i + 1u == b->segments)
        return (struct segment){moved(b, page_of(slot) + STATUS_AT, i), 1, VWR_VIRTQ_DESC_F_WRITE};
    return (struct segment){moved(b, RAM_ADDR + DATA_AT + (uint64_t)data * PAGE, i), BENCH_DATA,
                            VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE};
}

/* All regions have the same host memory. */
static void *at(const struct bench_ring *b, uint64_t addr)
{
    return b->ram + (addr - b->ram_addr) % REGION_STEP;
}

/* Writes the chain to `desc`, starting at entry `first`: a ring position, or 0 for a table. */
static void write_split(const struct bench_ring *b, uint32_t slot, struct vwr_virtq_desc *desc,
                        uint32_t first)
{
    for (uint32_t i = 0; i < b->segments; i++) {
        const struct segment s = segment(b, slot, i);
        const uint32_t next = i + 1u < b->segments ? first + i + 1u : 0;

        desc[first + i] = (struct vwr_virtq_desc){s.addr, s.len, (uint16_t)s.flags, (uint16_t)next};
    }
}

/* AVAIL and USED for the ring descriptor at this position, which is counted from the start of the run. */
static unsigned available(const struct bench_ring *b, uint32_t position)
{
    return position / b->size % 2 == 0 ? VWR_VIRTQ_DESC_F_AVAIL : VWR_VIRTQ_DESC_F_USED;
}

/* Descriptors in a table have neither NEXT nor a buffer ID. */
static void write_packed_table(const struct bench_ring *b, uint32_t slot, struct vwr_pvirtq_desc *desc)
{
    for (uint32_t i = 0; i < b->segments; i++) {
        const struct segment s = segment(b, slot, i);

        desc[i] = (struct vwr_pvirtq_desc){s.addr, s.len, 0, (uint16_t)(s.flags & VWR_VIRTQ_DESC_F_WRITE)};
    }
}

static void add_split(struct bench_ring *b, uint32_t slot)
{
    struct vwr_virtq_desc *const desc = at(b, b->desc);
    struct vwr_virtq_avail *const avail = at(b, b->driver);
    const uint32_t head = slot * each(b);
    const uint64_t table = table_of(b, slot);

    if (b->tables) {
        write_split(b, slot, at(b, table), 0);
        desc[head] = (struct vwr_virtq_desc){table, b->segments * (uint32_t)sizeof(*desc),
                                             VWR_VIRTQ_DESC_F_INDIRECT, 0};
    } else {
        write_split(b, slot, desc, head);
    }
    avail->flags = b->interrupts ? 0 : VWR_VIRTQ_AVAIL_F_NO_INTERRUPT;
    avail->ring[b->made % b->size] = (uint16_t)head;
    avail->idx = (uint16_t)(b->made + 1u);
}

static void add_packed(struct bench_ring *b, uint32_t slot)
{
    struct vwr_pvirtq_desc *const desc = at(b, b->desc);
    struct vwr_pvirtq_event_suppress *const event = at(b, b->driver);
    const uint64_t table = table_of(b, slot);

    event->flags = b->interrupts ? VWR_RING_EVENT_FLAGS_ENABLE : VWR_RING_EVENT_FLAGS_DISABLE;
    if (b->tables) {
        write_packed_table(b, slot, at(b, table));
        desc[b->made % b->size] =
            (struct vwr_pvirtq_desc){table, b->segments * (uint32_t)sizeof(*desc), (uint16_t)slot,
                                     (uint16_t)(available(b, b->made) | VWR_VIRTQ_DESC_F_INDIRECT)};
        return;
    }
    for (uint32_t i = b->segments; i-- > 0;) { /* the first one last */
        const uint32_t position = b->made * b->segments + i;
        const struct segment s = segment(b, slot, i);

        desc[position % b->size] = (struct vwr_pvirtq_desc){s.addr, s.len, (uint16_t)slot,
                                                            (uint16_t)(available(b, position) | s.flags)};
    }
}

void driver_add(struct bench_ring *b)
{
    (b->packed ? add_packed : add_split)(b, slot_of(b, b->made));
    b->made++;
}

uint32_t driver_written(const struct bench_ring *b)
{
    return (b->segments - 2u) * BENCH_DATA + 1u;
}

bool driver_is_used(const struct bench_ring *b)
{
    const struct vwr_virtq_used *const used = at(b, b->device);
    const struct vwr_pvirtq_desc *const desc = at(b, b->desc);
    const uint32_t last = b->made - 1u, slot = slot_of(b, last);
    const struct vwr_pvirtq_desc *const d = &desc[last * each(b) % b->size];
    const struct vwr_virtq_used_elem *const e = &used->ring[last % b->size];

    if (b->packed)
        return d->len == driver_written(b) && d->id == slot;
    return used->idx == (uint16_t)b->made && e->len == driver_written(b) && e->id == slot * each(b);
}

/* In a table, packed descriptors have their flags where split descriptors have `next`, and vice versa.
 */
static vwr_le16 *flags_of(const struct bench_ring *b, struct vwr_virtq_desc *d)
{
    return b->packed ? &d->next : &d->flags;
}

bool driver_break(const struct bench_ring *b, const char *fault)
{
    const uint32_t last = b->made - 1u;
    struct vwr_virtq_desc *const ring = at(b, b->desc);
    struct vwr_virtq_desc *const d = &ring[b->packed ? last % b->size : slot_of(b, last)];
    struct vwr_virtq_desc *const table = at(b, d->addr);
    struct vwr_virtq_desc *const end = &table[b->segments - 1u];

    if (strcmp(fault, "empty") == 0)
        d->len = 0;
    else if (strcmp(fault, "length") == 0)
        d->len += (uint32_t)sizeof(vwr_le64);
    else if (strcmp(fault, "more") == 0)
        *flags_of(b, d) |= VWR_VIRTQ_DESC_F_NEXT;
    else if (strcmp(fault, "place") == 0)
        d->addr = b->ram_addr + b->ram_bytes - sizeof(*d);
    else if (strcmp(fault, "nested") == 0)
        *flags_of(b, end) |= VWR_VIRTQ_DESC_F_INDIRECT;
    else if (strcmp(fault, "first") == 0)
        *flags_of(b, table) |= VWR_VIRTQ_DESC_F_INDIRECT;
    else if (strcmp(fault, "order") == 0)
        *flags_of(b, end) &= (vwr_le16)~VWR_VIRTQ_DESC_F_WRITE;
    else if (strcmp(fault, "address") == 0)
        end->addr = b->ram_addr + b->ram_bytes;
    else if (strcmp(fault, "below") == 0)
        table->addr = b->ram_addr - 1u;
    else if (strcmp(fault, "next") == 0 && !b->packed)
        table->next = (uint16_t)b->segments;
    else if (strcmp(fault, "loop") == 0 && !b->packed)
        *end = (struct vwr_virtq_desc){end->addr, end->len, end->flags | VWR_VIRTQ_DESC_F_NEXT, 1};
    else if (strcmp(fault, "long") == 0 && b->packed)
        d->len = (b->size + 1u) * (uint32_t)sizeof(*d);
    else
        return false;
    return true;
}
