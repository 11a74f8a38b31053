/* SPDX-License-Identifier: MIT */
#include "disk.h"
#include "check.h"
#include "pattern.h"
#include "ram.h"
#include "vmm.h"

#include "vwr/gen/features.h"

#include <stdio.h>
#include <string.h>

#define MARGIN 0x5a

static const struct {
    unsigned flag;
    unsigned feature;
    const char *name;
} parts[] = {
    {DISK_PACKED, VWR_F_RING_PACKED, "packed"},   {DISK_INDIRECT, VWR_F_INDIRECT_DESC, "indirect"},
    {DISK_EVENT, VWR_F_EVENT_IDX, "event"},       {DISK_IN_ORDER, VWR_F_IN_ORDER, "in_order"},
    {DISK_DATA, VWR_F_NOTIFICATION_DATA, "data"},
};

#define PARTS (sizeof(parts) / sizeof(parts[0]))

const char *disk_kind_name(unsigned kind)
{
    static char name[80];

    snprintf(name, sizeof(name), "%s%s", (kind & DISK_LEGACY) != 0 ? "legacy" : "modern",
             (kind & DISK_PACKED) != 0 ? "" : "_split");
    for (size_t i = 0; i < PARTS; i++)
        if ((kind & parts[i].flag) != 0)
            snprintf(name + strlen(name), sizeof(name) - strlen(name), "_%s", parts[i].name);
    return name;
}

bool disk_kind_exists(unsigned kind)
{
    return (kind & DISK_LEGACY) == 0 || (kind & (DISK_PACKED | DISK_IN_ORDER | DISK_DATA)) == 0;
}

uint8_t *disk_bytes(struct disk *d)
{
    return d->bytes + DISK_MARGIN * VWR_BLK_SECTOR_BYTES;
}

void disk_check_margins(const struct disk *d)
{
    const size_t margin = DISK_MARGIN * VWR_BLK_SECTOR_BYTES;

    for (size_t i = 0; i < margin; i++)
        CHECK(d->bytes[i] == MARGIN && d->bytes[sizeof(d->bytes) - 1 - i] == MARGIN);
}

static struct disk *working; /* progresses at each step of the VM */

static bool work(void)
{
    return store_step(&working->store, &working->device);
}

void disk_offer(struct vwr_features *f, unsigned kind)
{
    vwr_vdev_features(f);
    vwr_features_add(f, VWR_F_IN_ORDER);
    for (size_t i = 0; i < PARTS; i++) {
        CHECK(vwr_features_have(f, parts[i].feature));
        if ((kind & parts[i].flag) == 0)
            vwr_features_remove(f, parts[i].feature);
    }
}

void disk_avoid(struct vwr_features *avoid, unsigned kind)
{
    vwr_features_clear(avoid);
    for (size_t i = 0; i < PARTS; i++)
        if ((kind & parts[i].flag) == 0)
            vwr_features_add(avoid, parts[i].feature);
}

void disk_check_features(const struct vwr_dev *d, const struct vwr_vdev *v, unsigned kind)
{
    for (size_t i = 0; i < PARTS; i++) {
        const bool lacks = parts[i].flag == DISK_DATA && vmm_has_bell(v);
        const bool want = (kind & parts[i].flag) != 0 && !lacks;

        CHECK_NUMBER(vwr_dev_has(d, parts[i].feature), want);
        CHECK_NUMBER(vwr_vdev_has(v, parts[i].feature), want);
    }
    CHECK_NUMBER(d->version, ((kind & DISK_LEGACY) != 0 ? 1 : 2) -
                                 (v->bus != NULL && !vmm_has_bell(v))); /* PCI: revision */
}

void disk_make(struct disk *d, const struct disk_plan *plan, bool fresh)
{
    static const struct vwr_blk_get_lifetime_answer wear = {VWR_BLK_PRE_EOL_INFO_NORMAL, 3, 0};
    struct vwr_vdev_setup s = {.vm = &vmm, .line = DISK_SLOT, .queue = d->queue, .queue_count = DISK_QUEUES};
    struct vwr_vblk_options o = {.backend = &d->store.backend, .first = DISK_MARGIN, .sectors = DISK_SECTORS};

    CHECK(disk_kind_exists(plan->kind));
    d->plan = *plan;
    if (fresh) {
        memset(d->bytes, MARGIN, sizeof(d->bytes));
        pattern_fill(disk_bytes(d), 'A', 0, DISK_SECTORS);
    }
    vmm_begin(plan->deferred);
    store_init(&d->store, d->bytes, sizeof(d->bytes) / VWR_BLK_SECTOR_BYTES, plan->later, plan->kind + 1);
    vwr_vblk_memory_init(&d->memory_store, d->bytes, sizeof(d->bytes), false, NULL);
    d->memory_store.backend.lifetime = &wear;
    if (plan->memory)
        o.backend = &d->memory_store.backend;
    if (plan->zones) {
        memset(&d->zones, 0, sizeof(d->zones));
        d->zones.zone = d->zone;
        d->zones.zone_count = DISK_ZONES;
        d->zones.zone_sectors = DISK_SECTORS / DISK_ZONES;
        d->zones.append_sectors_max = DISK_SECTORS;
        d->zones.model = VWR_BLK_Z_HM;
        vwr_vblk_zones_format(&d->zones, 0);
        o.zones = &d->zones;
    }
    working = d;
    vmm_work = work;
    s.legacy = (plan->kind & DISK_LEGACY) != 0;
    s.budget = plan->budget;
    s.queue_size =
        s.legacy && vmm_bus != VMM_MMIO ? plan->size : DISK_QUEUE_SIZE; /* there the device chooses it */
    s.own = d->own;
    s.own_count = VWR_COUNT(d->own);
    disk_offer(&s.features, plan->by_driver ? ~0u : plan->kind);
    o.id = DISK_ID;
    s.queue_count = (uint16_t)plan->queues;
    o.req = d->req;
    o.req_count = plan->reqs;
    o.seg = d->seg;
    o.seg_count = (uint32_t)plan->reqs * (plan->segs != 0 ? plan->segs : DISK_SEGS);
    o.read_only = plan->read_only;
    o.write_through = plan->write_through;
    memset(d->queue, 0xee, sizeof(d->queue)); /* arbitrary contents */
    CHECK_NUMBER(vwr_vblk_init_with(&d->device, &s, &o), VWR_OK);
    vmm_add(DISK_SLOT, &d->device.dev);
}

/* Memory for one queue of the driver. */
static void lend(struct disk *d, unsigned queue, struct vwr_queue_memory *m)
{
    m->size = d->plan.size;
    m->shared_bytes = VWR_BLK_SHARED_BYTES((size_t)d->plan.size, (size_t)DISK_REQUESTS, 5);
    m->shared = ram_alloc_ring(m->shared_bytes);
    m->own = d->driver_own[queue];
    m->own_bytes = sizeof(d->driver_own[queue]);
}

static void check_negotiated(const struct disk *d)
{
    disk_check_features(&d->end.dev, &d->device.dev, d->plan.kind);
    CHECK_NUMBER(d->blk.queue_count, d->plan.queues);
    CHECK_NUMBER(d->blk.info.queues, d->plan.queues);
    CHECK_NUMBER(d->blk.info.sectors, DISK_SECTORS);
    CHECK_NUMBER(vwr_queue_size(&d->blk.first.requests.queue), d->plan.size);
}

void disk_open(struct disk *d)
{
    DISK_OK(d, vmm_find(&d->end, DISK_SLOT));
    disk_open_found(d);
}

void disk_open_found(struct disk *d)
{
    struct vwr_blk_options *const o = &d->options;

    ram_reset();
    o->request.requests = DISK_REQUESTS;
    o->request.segments = 5; /* only some requests fit in a table */
    o->request.timeout_us = 20000000;
    disk_avoid(&o->avoid, d->plan.kind);
    lend(d, 0, &d->memory);
    for (unsigned i = 1; i < d->plan.queues; i++) {
        d->more[i - 1].queue = &d->more_queue[i - 1];
        lend(d, i, &d->more[i - 1].memory);
    }
    o->more = d->more;
    o->more_count = (uint8_t)(d->plan.queues - 1);
    DISK_OK(d, vwr_blk_open_with(&d->blk, &d->end.dev, &d->memory, o));
    check_negotiated(d);
}

void disk_close(struct disk *d)
{
    DISK_OK(d, vwr_close(&d->blk.bringup));
}

void disk_result(const char *file, int line, const char *what, struct disk *d, int result, int want)
{
    char driver[300];
    char device[300];

    if (result == want)
        return;
    (void)vwr_dev_explain(&d->end.dev, driver, sizeof(driver));
    (void)vwr_vdev_explain(&d->device.dev, device, sizeof(device));
    check_failed(file, line, "%s: %s, not %s; driver: %s; device: %s", what, vwr_strerror(result),
                 vwr_strerror(want), driver, device);
}
