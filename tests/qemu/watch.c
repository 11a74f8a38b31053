/* SPDX-License-Identifier: MIT */
#include "vwr/gen/blk.h"
#include "vwr/gen/mmio.h"

#include "watch.h"
#include "bus.h"
#include "check.h"
#include "guest.h"
#include "machine.h"

#include <inttypes.h>

/* Typed from the document, not taken from the generated headers: a second opinion on them too. */
enum { TYPE_IN = 0, TYPE_OUT = 1, TYPE_FLUSH = 4 };
enum { HEADER_BYTES = 16, STATUS_BYTES = 1 };

static struct watch {
    struct watch_ring ring;
    struct watch_seen seen;
    uint16_t next;         /* entry of the available ring that was not looked at yet */
    uint32_t pieces_limit; /* of data in a request, 0: none */
    uint32_t block_bytes;
} watches[MACHINE_SLOTS];

const struct watch_ring *watch_ring(unsigned slot)
{
    return &watches[slot].ring;
}

const struct watch_seen *watch_seen(unsigned slot)
{
    return &watches[slot].seen;
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

static void find_ring(unsigned slot, struct watch_ring *r)
{
    uint64_t desc = address(slot, VWR_MMIO_QUEUE_DESC_LOW);
    uint64_t avail = address(slot, VWR_MMIO_QUEUE_DRIVER_LOW);
    uint64_t used = address(slot, VWR_MMIO_QUEUE_DEVICE_LOW);

    r->size = bus_written(slot, VWR_MMIO_QUEUE_SIZE);
    if (machine_is_legacy()) {
        const uint64_t align = bus_written(slot, VWR_MMIO_QUEUE_ALIGN);

        CHECK(align != 0 && (align & (align - 1)) == 0);
        desc = (uint64_t)bus_written(slot, VWR_MMIO_QUEUE_PFN) * bus_written(slot, VWR_MMIO_GUEST_PAGE_SIZE);
        avail = desc + 16u * r->size;
        used = (avail + 6u + 2u * r->size + align - 1) / align * align;
    }
    CHECK(desc % 16 == 0 && avail % 2 == 0 && used % 4 == 0);
    r->desc = ram(desc, 16u * r->size, "descriptors");
    r->avail = ram(avail, 6u + 2u * r->size, "available ring");
    r->used = ram(used, 6u + 8u * r->size, "used ring");
}

/* The device's limits are asked from the device, not from the driver. */
static void find_limits(unsigned slot, struct watch *w)
{
    const uint64_t base = MACHINE_SLOT_BASE + slot * MACHINE_SLOT_BYTES;
    const uint64_t config = base + VWR_MMIO_CONFIG;

    if (machine_read(base + VWR_MMIO_DEVICE_ID, 4) != VWR_BLK_ID)
        return;
    w->pieces_limit = machine_read(config + VWR_BLK_CONFIG_SEG_MAX, 4);
    w->block_bytes = machine_read(config + VWR_BLK_CONFIG_BLK_SIZE, 4);
}

void watch_queue(unsigned slot)
{
    struct watch *w = &watches[slot];

    CHECK_NUMBER(bus_written(slot, VWR_MMIO_QUEUE_SEL), 0);
    *w = (struct watch){0};
    find_ring(slot, &w->ring);
    CHECK(w->ring.size != 0 && (w->ring.size & (w->ring.size - 1)) == 0);
    CHECK_NUMBER(w->ring.avail->idx, 0);
    CHECK_NUMBER(w->ring.used->idx, 0);
    find_limits(slot, w);
}

/* What goes around the data: a header to read first, a byte to write last. */
static void check_frame(struct watch *w, const struct vwr_virtq_desc *first,
                        const struct vwr_virtq_desc *last)
{
    const struct vwr_blk_req_out *header = ram(first->addr, first->len, "request header");

    CHECK_NUMBER(first->len, HEADER_BYTES);
    CHECK((first->flags & VWR_VIRTQ_DESC_F_WRITE) == 0);
    CHECK_NUMBER(last->len, STATUS_BYTES);
    CHECK((last->flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
    w->seen.type = header->type;
    w->seen.sector = header->sector;
    w->seen.requests++;
    w->seen.flushes += header->type == TYPE_FLUSH;
}

/* The data: as many pieces as the device takes, whole blocks, in the direction that the type says. */
static void check_data(struct watch *w, unsigned pieces, unsigned writable, uint32_t bytes)
{
    const uint32_t type = w->seen.type;
    const bool transfer = type == TYPE_IN || type == TYPE_OUT;

    w->seen.bytes = bytes;
    if (pieces > w->seen.pieces_most)
        w->seen.pieces_most = pieces;
    CHECK_NUMBER(writable, type == TYPE_OUT ? 0 : pieces);
    CHECK(!transfer || (bytes != 0 && bytes % w->block_bytes == 0));
    CHECK(type != TYPE_FLUSH || (pieces == 0 && w->seen.sector == 0));
    if (w->pieces_limit != 0 && pieces > w->pieces_limit)
        check_failed(__FILE__, __LINE__, "a request has %u pieces of data, seg_max is %u", pieces,
                     w->pieces_limit);
}

static void check_chain(struct watch *w, uint16_t head)
{
    const struct vwr_virtq_desc *first = NULL;
    const struct vwr_virtq_desc *d;
    uint16_t id = head;
    uint32_t bytes = 0;
    unsigned count = 0;
    unsigned writable = 0;

    do {
        CHECK_AT_MOST(id, w->ring.size - 1);
        CHECK_AT_MOST(count + 1, w->ring.size);
        d = &w->ring.desc[id];
        (void)ram(d->addr, d->len, "descriptor");
        CHECK((d->flags & ~(VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE)) == 0);
        CHECK(writable == 0 || (d->flags & VWR_VIRTQ_DESC_F_WRITE) != 0); /* what is read comes first */
        writable += (d->flags & VWR_VIRTQ_DESC_F_WRITE) != 0;
        bytes += d->len;
        count++;
        if (first == NULL)
            first = d;
        id = d->next;
    } while ((d->flags & VWR_VIRTQ_DESC_F_NEXT) != 0);
    CHECK(count >= 2);
    w->seen.head = head;
    check_frame(w, first, d);
    check_data(w, count - 2, writable - 1, bytes - HEADER_BYTES - STATUS_BYTES);
}

void watch_notify(unsigned slot)
{
    struct watch *w = &watches[slot];
    const uint16_t idx = *(volatile uint16_t *)&w->ring.avail->idx;

    CHECK_NUMBER(bus_written(slot, VWR_MMIO_QUEUE_NOTIFY), 0);
    CHECK(idx != w->next); /* nothing new is nothing to notify of */
    CHECK_AT_MOST((uint16_t)(idx - w->next), w->ring.size);
    for (; w->next != idx; w->next++)
        check_chain(w, w->ring.avail->ring[w->next % w->ring.size]);
}
