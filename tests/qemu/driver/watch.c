/* SPDX-License-Identifier: MIT */
#include "vwr/base.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"

#include "watch.h"
#include "board.h"
#include "bus.h"
#include "bus_pci.h"
#include "check.h"
#include "guest.h"
#include "machine.h"

#include <inttypes.h>
#include <string.h>

/* Copied by hand from the specification instead of the generated headers, in order to check these, too. */
enum { TYPE_IN = 0, TYPE_OUT = 1, TYPE_FLUSH = 4, TYPE_DISCARD = 11, TYPE_WRITE_ZEROES = 13 };
enum { HEADER_BYTES = 16, STATUS_BYTES = 1, RANGE_BYTES = 16, DESC_BYTES = 16 };

#define SEGMENTS_MOST 64u
#define RANGES_MOST 16u

static struct watch {
    struct watch_ring ring;
    struct watch_seen seen;
    uint16_t next; /* split: next unread entry of the available ring; packed: position */
    bool wrap;     /* packed: the driver's wrap counter there */
    bool indirect;
    bool event_idx;
    uint32_t segments_limit; /* maximum data segments of a request, 0: no limit */
    uint32_t block_bytes;
    uint64_t config; /* address of the device's configuration space */
} watches[MACHINE_SLOTS][WATCH_QUEUES];

/* A request as seen by the device, independent of the ring format. */
struct segment {
    uint64_t addr;
    uint32_t len;
    bool writable;
};

struct buffer {
    struct segment segment[SEGMENTS_MOST];
    unsigned count;
};

static struct watch *watch_at(unsigned slot, unsigned queue)
{
    CHECK(slot < MACHINE_SLOTS && queue < WATCH_QUEUES);
    return &watches[slot][queue];
}

const struct watch_ring *watch_ring(unsigned slot, unsigned queue)
{
    return &watch_at(slot, queue)->ring;
}

const struct watch_seen *watch_seen(unsigned slot, unsigned queue)
{
    return &watch_at(slot, queue)->seen;
}

/* Converts a number in memory: little-endian, or in guest order for a legacy device. */
static uint16_t of16(uint16_t v)
{
    return vwr_guest16(machine_is_legacy(), v);
}

static uint32_t of32(uint32_t v)
{
    return vwr_guest32(machine_is_legacy(), v);
}

static uint64_t of64(uint64_t v)
{
    return vwr_guest64(machine_is_legacy(), v);
}

static void *ram(uint64_t addr, uint64_t bytes, const char *what)
{
    void *p = guest_at(addr, bytes);

    if (p == NULL || bytes == 0)
        check_failed(__FILE__, __LINE__, "%s: %" PRIu64 " bytes at 0x%" PRIx64 " are not guest RAM", what,
                     bytes, addr);
    return p;
}

/* A 64-bit address that the driver has written in two halves. */
static uint64_t address(unsigned slot, unsigned low)
{
    return bus_written(slot, low) | (uint64_t)bus_written(slot, low + 4) << 32;
}

static void find_split(unsigned slot, struct watch_ring *r)
{
    uint64_t desc = address(slot, VWR_MMIO_QUEUE_DESC_LOW);
    uint64_t avail = address(slot, VWR_MMIO_QUEUE_DRIVER_LOW);
    uint64_t used = address(slot, VWR_MMIO_QUEUE_DEVICE_LOW);

    if (machine_is_legacy()) {
        const uint64_t align = bus_written(slot, VWR_MMIO_QUEUE_ALIGN);

        CHECK(align != 0 && (align & (align - 1)) == 0);
        desc = (uint64_t)bus_written(slot, VWR_MMIO_QUEUE_PFN) * bus_written(slot, VWR_MMIO_GUEST_PAGE_SIZE);
        avail = desc + 16u * r->size;
        used = (avail + 6u + 2u * r->size + align - 1) / align * align;
    }
    CHECK(r->size != 0 && (r->size & (r->size - 1)) == 0);
    CHECK(desc % 16 == 0 && avail % 2 == 0 && used % 4 == 0);
    r->desc = ram(desc, 16u * r->size, "descriptors");
    r->avail = ram(avail, 6u + 2u * r->size, "available ring");
    r->used = ram(used, 6u + 8u * r->size, "used ring");
    CHECK_NUMBER(r->avail->idx, 0);
    CHECK_NUMBER(r->used->idx, 0);
}

static void find_packed(unsigned slot, struct watch_ring *r)
{
    const uint64_t ring = address(slot, VWR_MMIO_QUEUE_DESC_LOW);
    const uint64_t driver = address(slot, VWR_MMIO_QUEUE_DRIVER_LOW);
    const uint64_t device = address(slot, VWR_MMIO_QUEUE_DEVICE_LOW);

    CHECK(r->size != 0 && r->size <= 32768);
    CHECK(ring % 16 == 0 && driver % 4 == 0 && device % 4 == 0);
    r->packed = ram(ring, 16u * r->size, "descriptor ring");
    r->driver_event = ram(driver, 4, "driver event suppression");
    r->device_event = ram(device, 4, "device event suppression");
    for (uint32_t i = 0; i < r->size; i++)
        CHECK_NUMBER(r->packed[i].flags, 0);
}

static uint32_t config32(const struct watch *w, unsigned offset)
{
    return of32(vwr_cpu_to_le32(machine_read(w->config + offset, 4)));
}

/* Reads the limits from the device, not from the driver's state. */
static void find_limits(unsigned slot, struct watch *w)
{
    const uint64_t base = MACHINE_SLOT_BASE + slot * MACHINE_SLOT_BYTES;
    const uint64_t config = board->pci ? bus_pci_config(slot) : base + VWR_MMIO_CONFIG;

    if ((board->pci ? bus_pci_type(slot) : machine_read(base + VWR_MMIO_DEVICE_ID, 4)) != VWR_BLK_ID)
        return;
    w->config = config;
    w->segments_limit = config32(w, VWR_BLK_CONFIG_SEG_MAX);
    w->block_bytes = config32(w, VWR_BLK_CONFIG_BLK_SIZE);
}

void watch_queue(unsigned slot)
{
    struct watch *w = watch_at(slot, bus_written(slot, VWR_MMIO_QUEUE_SEL));

    *w = (struct watch){.wrap = true};
    w->indirect = bus_accepted(slot, VWR_F_INDIRECT_DESC);
    w->event_idx = bus_accepted(slot, VWR_F_EVENT_IDX);
    w->ring.size = bus_written(slot, VWR_MMIO_QUEUE_SIZE);
    w->ring.is_packed = bus_accepted(slot, VWR_F_RING_PACKED);
    if (w->ring.is_packed)
        find_packed(slot, &w->ring);
    else
        find_split(slot, &w->ring);
    find_limits(slot, w);
}

/* Checks the segments around the data: a readable header first, and a writable byte last. */
static void check_frame(struct watch *w, const struct segment *first, const struct segment *last)
{
    const struct vwr_blk_req_out *header = ram(first->addr, first->len, "request header");

    CHECK_NUMBER(first->len, HEADER_BYTES);
    CHECK(!first->writable);
    CHECK_NUMBER(last->len, STATUS_BYTES);
    CHECK(last->writable);
    w->seen.type = of32(header->type);
    w->seen.sector = of64(header->sector);
    w->seen.requests++;
    w->seen.flushes += w->seen.type == TYPE_FLUSH;
}

/* May change at any time. */
static uint64_t capacity(const struct watch *w)
{
    const uint64_t first = config32(w, VWR_BLK_CONFIG_CAPACITY);
    const uint64_t second = config32(w, VWR_BLK_CONFIG_CAPACITY + 4);

    return vwr_guest_is_big(machine_is_legacy()) ? first << 32 | second : second << 32 | first;
}

/*
 * Checks that the ranges of a discard or write zeroes lie on the disk, and that only flags of the type are
 * set.
 */
static void check_ranges(const struct watch *w, const struct buffer *b, uint32_t bytes)
{
    struct vwr_blk_discard_write_zeroes range[RANGES_MOST];
    const uint64_t sectors = capacity(w);
    uint32_t at = 0;

    CHECK(bytes != 0 && bytes % RANGE_BYTES == 0);
    CHECK_AT_MOST(bytes, sizeof(range));
    for (unsigned i = 1; i + 1 < b->count; at += b->segment[i].len, i++)
        memcpy((uint8_t *)range + at, ram(b->segment[i].addr, b->segment[i].len, "ranges"),
               b->segment[i].len);
    for (uint32_t i = 0; i < bytes / RANGE_BYTES; i++) {
        CHECK(range[i].num_sectors != 0);
        CHECK_AT_MOST(of64(range[i].sector), sectors);
        CHECK_AT_MOST(of32(range[i].num_sectors), sectors - of64(range[i].sector));
        CHECK_AT_MOST(of32(range[i].flags), w->seen.type == TYPE_WRITE_ZEROES ? 1 : 0);
    }
}

/* Checks the data: number of segments, whole blocks, and direction. */
static void check_data(struct watch *w, const struct buffer *b, unsigned writable, uint32_t bytes)
{
    const uint32_t type = w->seen.type;
    const bool transfer = type == TYPE_IN || type == TYPE_OUT;
    const bool ranges = type == TYPE_DISCARD || type == TYPE_WRITE_ZEROES;
    const unsigned segments = b->count - 2;

    w->seen.bytes = bytes;
    if (segments > w->seen.segments_most)
        w->seen.segments_most = segments;
    CHECK_NUMBER(writable, type == TYPE_OUT || ranges ? 0 : segments);
    CHECK(!transfer || (bytes != 0 && bytes % w->block_bytes == 0));
    CHECK(type != TYPE_FLUSH || segments == 0);
    CHECK(transfer || w->seen.sector == 0);
    if (ranges)
        check_ranges(w, b, bytes);
    if (w->segments_limit != 0 && segments > w->segments_limit)
        check_failed(__FILE__, __LINE__, "a request has %u segments of data, seg_max is %u", segments,
                     w->segments_limit);
}

static void check_request(struct watch *w, const struct buffer *b)
{
    uint32_t bytes = 0;
    unsigned writable = 0;

    CHECK(b->count >= 2);
    CHECK_AT_MOST(b->count, w->ring.size); /* including those in a table */
    for (unsigned i = 0; i < b->count; i++) {
        (void)ram(b->segment[i].addr, b->segment[i].len, "descriptor");
        CHECK(writable == 0 || b->segment[i].writable); /* readable segments come first */
        writable += b->segment[i].writable;
        bytes += b->segment[i].len;
    }
    check_frame(w, &b->segment[0], &b->segment[b->count - 1]);
    check_data(w, b, writable - 1, bytes - HEADER_BYTES - STATUS_BYTES);
}

static void add_segment(struct buffer *b, uint64_t addr, uint32_t len, unsigned flags)
{
    CHECK(b->count < SEGMENTS_MOST);
    b->segment[b->count++] = (struct segment){addr, len, (flags & VWR_VIRTQ_DESC_F_WRITE) != 0};
}

/* Checks an indirect table, which contains the whole chain. Returns its length. */
static uint32_t check_table(struct watch *w, uint32_t len, unsigned flags)
{
    CHECK(w->indirect);
    CHECK_NUMBER(flags, VWR_VIRTQ_DESC_F_INDIRECT);
    CHECK(len != 0 && len % DESC_BYTES == 0);
    w->seen.tables++;
    return len / DESC_BYTES;
}

/* Walks the chain that starts at `id` in a descriptor table. Returns the number of descriptors. */
static unsigned walk_split(const struct vwr_virtq_desc *table, uint32_t size, uint16_t id, struct buffer *b)
{
    const struct vwr_virtq_desc *d;
    unsigned count = 0;

    do {
        CHECK_AT_MOST(id, size - 1);
        CHECK_AT_MOST(count + 1, size);
        d = &table[id];
        CHECK((of16(d->flags) & ~(VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE)) == 0);
        add_segment(b, of64(d->addr), of32(d->len), of16(d->flags));
        count++;
        id = of16(d->next);
    } while ((of16(d->flags) & VWR_VIRTQ_DESC_F_NEXT) != 0);
    return count;
}

static void check_split(struct watch *w, uint16_t head)
{
    const struct vwr_virtq_desc *first = &w->ring.desc[head];
    struct buffer b = {.count = 0};

    CHECK_AT_MOST(head, w->ring.size - 1);
    w->seen.head = head;
    w->seen.count = 1;
    if ((of16(first->flags) & VWR_VIRTQ_DESC_F_INDIRECT) != 0) {
        const uint32_t bytes = of32(first->len);
        const uint32_t size = check_table(w, bytes, of16(first->flags));

        CHECK_NUMBER(walk_split(ram(of64(first->addr), bytes, "indirect table"), size, 0, &b), size);
    } else {
        w->seen.count = (uint16_t)walk_split(w->ring.desc, w->ring.size, head, &b);
    }
    check_request(w, &b);
}

static void notify_split(struct watch *w)
{
    const uint16_t idx = of16(*(volatile uint16_t *)&w->ring.avail->idx);

    CHECK(idx != w->next); /* a notification needs new buffers */
    CHECK_AT_MOST((uint16_t)(idx - w->next), w->ring.size);
    CHECK_AT_MOST(of16(w->ring.avail->flags), w->event_idx ? 0 : VWR_VIRTQ_AVAIL_F_NO_INTERRUPT);
    for (; w->next != idx; w->next++)
        check_split(w, of16(w->ring.avail->ring[w->next % w->ring.size]));
}

/* The descriptor at w->next, if the driver has made it available with the current wrap counter. */
static const struct vwr_pvirtq_desc *next_packed(const struct watch *w, unsigned *flags)
{
    const struct vwr_pvirtq_desc *d = &w->ring.packed[w->next];

    *flags = of16(*(volatile const uint16_t *)&d->flags);
    if (((*flags & VWR_VIRTQ_DESC_F_AVAIL) != 0) != w->wrap ||
        ((*flags & VWR_VIRTQ_DESC_F_USED) != 0) == w->wrap)
        return NULL;
    *flags &= ~(unsigned)(VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED);
    return d;
}

static void step_packed(struct watch *w)
{
    w->seen.count++;
    if (++w->next == w->ring.size) {
        w->next = 0;
        w->wrap = !w->wrap;
    }
}

/* Checks one buffer of a packed ring, whose first descriptor is `d`. */
static void check_packed(struct watch *w, const struct vwr_pvirtq_desc *d, unsigned flags)
{
    struct buffer b = {.count = 0};

    w->seen.at = w->next;
    w->seen.count = 0;
    if ((flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0) {
        const uint32_t size = check_table(w, of32(d->len), flags);
        const struct vwr_pvirtq_desc *table = ram(of64(d->addr), of32(d->len), "indirect table");

        for (uint32_t i = 0; i < size; i++) {
            CHECK((of16(table[i].flags) & ~VWR_VIRTQ_DESC_F_WRITE) == 0);
            add_segment(&b, of64(table[i].addr), of32(table[i].len), of16(table[i].flags));
        }
    }
    for (; b.count < SEGMENTS_MOST; d = next_packed(w, &flags)) {
        CHECK(d != NULL); /* if the first descriptor of a chain is available, all of them are */
        CHECK((flags & ~(VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE | VWR_VIRTQ_DESC_F_INDIRECT)) == 0);
        if ((flags & VWR_VIRTQ_DESC_F_INDIRECT) == 0)
            add_segment(&b, of64(d->addr), of32(d->len), flags);
        step_packed(w);
        if ((flags & VWR_VIRTQ_DESC_F_NEXT) == 0)
            break;
    }
    CHECK_AT_MOST(of16(d->id), w->ring.size - 1);
    w->seen.head = of16(d->id);
    check_request(w, &b);
}

static void notify_packed(struct watch *w)
{
    const unsigned suppression = of16(w->ring.driver_event->flags);
    const struct vwr_pvirtq_desc *d;
    unsigned count = 0;
    unsigned flags;

    CHECK_AT_MOST(suppression, w->event_idx ? VWR_RING_EVENT_FLAGS_DESC : VWR_RING_EVENT_FLAGS_DISABLE);
    for (; count < w->ring.size && (d = next_packed(w, &flags)) != NULL; count += w->seen.count)
        check_packed(w, d, flags);
    CHECK(count != 0); /* a notification needs new buffers */
    CHECK_AT_MOST(count, w->ring.size);
}

void watch_notify(unsigned slot)
{
    struct watch *w = watch_at(slot, bus_written(slot, VWR_MMIO_QUEUE_NOTIFY));

    CHECK(w->ring.size != 0); /* the queue is enabled */
    w->seen.notifies++;
    if (w->config == 0) /* not a disk: other tests check its buffers */
        return;
    if (w->ring.is_packed)
        notify_packed(w);
    else
        notify_split(w);
}
