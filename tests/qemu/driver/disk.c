/* SPDX-License-Identifier: MIT */
#include "disk.h"
#include "board.h"
#include "bus.h"
#include "check.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"
#include "watch.h"

#include "vwr/gen/features.h"

#include <stdlib.h>
#include <string.h>

#define GUARD_BYTES 64u

void disk_result(const char *file, int line, const char *what, struct disk *d, int result, int want)
{
    char text[300];

    if (result == want)
        return;
    if (d->blk.bringup.dev != NULL)
        (void)vwr_blk_explain(&d->blk, text, sizeof(text));
    else
        (void)vwr_dev_explain(&d->found.dev, text, sizeof(text));
    check_failed(file, line, "%s answered %d (%s), not %d (%s); the driver says: %s", what, result,
                 vwr_strerror(result), want, vwr_strerror(want), text);
}

void disk_explains(const char *file, int line, const struct disk *d, const char *part)
{
    char text[300];

    CHECK_AT_MOST(vwr_blk_explain(&d->blk, text, sizeof(text)), sizeof(text) - 1);
    check_text(file, line, text, part);
}

void disk_find(struct disk *d, unsigned slot, uint16_t size)
{
    memset(d, 0, sizeof(*d));
    slot_probe(&d->found, slot);
    size = slot_queue_size(&d->found, 0, size);
    d->memory.shared_bytes = VWR_BLK_SHARED_BYTES(size, 1, 1);
    d->memory.shared = guest_alloc(d->memory.shared_bytes);
    d->memory.own = d->own;
    d->memory.own_bytes = VWR_QUEUE_OWN_BYTES(size);
    d->memory.size = size;
    CHECK(d->memory.own_bytes <= sizeof(d->own));
}

void disk_find_many(struct disk *d, unsigned slot, uint16_t size, unsigned queues, unsigned requests,
                    struct vwr_blk_options *o)
{
    static _Alignas(8) uint8_t own[DISK_QUEUES][VWR_BLK_OWN_BYTES(DISK_QUEUE_MOST, DISK_REQUESTS)];
    static struct vwr_blk_requestq queue[DISK_QUEUES];
    static struct vwr_blk_more more[DISK_QUEUES];
    size_t bytes;

    CHECK(queues >= 1 && queues <= DISK_QUEUES && requests <= DISK_REQUESTS);
    disk_find(d, slot, size);
    size = d->memory.size;
    CHECK(size <= DISK_QUEUE_MOST);
    bytes = VWR_BLK_SHARED_BYTES(size, requests, VWR_REQUEST_SEGMENTS);
    for (unsigned i = 0; i < queues; i++) {
        const struct vwr_queue_memory memory = {guest_alloc(bytes), bytes, own[i],
                                                VWR_BLK_OWN_BYTES(size, requests), size};

        memset(own[i], GUEST_POISON, sizeof(own[i]));
        memset(&queue[i], GUEST_POISON, sizeof(queue[i]));
        more[i] = (struct vwr_blk_more){&queue[i], memory};
    }
    d->memory = more[0].memory;
    o->request.requests = (uint16_t)requests;
    o->request.segments = VWR_REQUEST_SEGMENTS;
    o->more = more + 1;
    o->more_count = (uint8_t)(queues - 1);
}

void disk_open(struct disk *d, const struct vwr_blk_options *options)
{
    /* the driver accepts any content */
    memset(d->memory.shared, GUEST_POISON, d->memory.shared_bytes);
    memset(d->own, GUEST_POISON, sizeof(d->own));
    DISK_OK(d, vwr_blk_open_with(&d->blk, &d->found.dev, &d->memory, options));
}

static const struct {
    unsigned kind;
    unsigned feature;
} kinds[] = {
    {DISK_INDIRECT, VWR_F_INDIRECT_DESC},
    {DISK_EVENT, VWR_F_EVENT_IDX},
    {DISK_PACKED, VWR_F_RING_PACKED},
};

unsigned disk_kinds(void)
{
    return machine_is_legacy() ? DISK_PACKED : DISK_KINDS;
}

bool disk_runs_all_kinds;

bool disk_runs_kind(bool legacy, unsigned kind)
{
    const unsigned features = (kind & 1u) + (kind >> 1 & 1u) + (kind >> 2 & 1u);

    return (!legacy || (kind & DISK_PACKED) == 0) &&
           (disk_runs_all_kinds || features % 2 == (board->pci ? 1u : 0u));
}

void disk_break_ring(struct vwr_queue *q, unsigned kind)
{
    if ((kind & DISK_PACKED) != 0) {
        struct vwr_pvirtq_desc *const d = q->packed.oldest;

        d->id = 0xffff;
        d->flags = (uint16_t)q->packed.used_flags;
    } else {
        ((struct vwr_virtq_used *)(uintptr_t)q->split.used)->idx += (uint16_t)(vwr_queue_size(q) + 1u);
    }
}

void disk_avoid(struct vwr_features *avoid, unsigned kind)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if ((kind & kinds[i].kind) == 0)
            vwr_features_add(avoid, kinds[i].feature);
}

void disk_check_kind(const struct vwr_dev *d, unsigned kind)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (vwr_dev_has(d, kinds[i].feature) != ((kind & kinds[i].kind) != 0))
            check_failed(__FILE__, __LINE__, "kind %u: feature %u is negotiated: %d", kind, kinds[i].feature,
                         vwr_dev_has(d, kinds[i].feature));
}

void disk_open_kind(struct disk *d, unsigned kind)
{
    struct vwr_blk_options o = {0};

    disk_avoid(&o.avoid, kind);
    disk_open(d, &o);
    disk_check_kind(&d->found.dev, kind);
}

void disk_close(struct disk *d)
{
    DISK_OK(d, vwr_close(&d->blk.bringup));
    /* the device's own status shows the reset */
    CHECK_NUMBER(slot_status(&d->found), 0);
}

void disk_begin(struct disk *d, bool legacy, const char *runs, const char *drive, const char *device)
{
    image_make("disk.img", runs);
    machine_begin(legacy);
    machine_add_disk(DISK_SLOT, drive, device);
    machine_start();
    disk_find(d, DISK_SLOT, 64);
    disk_open(d, NULL);
}

void disk_read_check(struct disk *d, char tag, uint64_t sector, uint32_t count)
{
    const size_t bytes = (size_t)count * SECTOR_BYTES;
    const size_t mark = guest_mark();
    uint8_t *p = guest_alloc(bytes + 2 * GUARD_BYTES);

    DISK_OK(d, vwr_blk_read(&d->blk, sector, p + GUARD_BYTES, count));
    PATTERN_CHECK(p + GUARD_BYTES, tag, sector, count);
    for (size_t i = 0; i < GUARD_BYTES; i++)
        CHECK(p[i] == GUEST_POISON && p[GUARD_BYTES + bytes + i] == GUEST_POISON);
    guest_release(mark);
}
