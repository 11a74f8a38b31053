/* SPDX-License-Identifier: MIT */
#include "world.h"
#include "check.h"

#include "vwr/blk.h"
#include "vwr/gen/features.h"
#include "vwr/mmio.h"
#include "vwr/vblk_memory.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"

#include <string.h>

/* The library's device and the library's driver. */

#define REQUESTS 4u
#define SEGMENTS 6u
#define SHARED (RAM_ADDR + 0x1000u) /* rings of the driver */
#define SHARED_BYTES 0x8000u
#define DATA (RAM_ADDR + 0x20000u)

/* ---- the device ---- */

static struct {
    struct vwr_vm vm;
    struct vwr_vdev *slot[1];
    struct vwr_vblk disk;
    struct vwr_vblk_memory memory;
    struct vwr_vqueue queue[1];
    struct vwr_vqueue_entry own[QUEUE_SIZE];
    struct vwr_vblk_req req[REQUESTS];
    struct vwr_vseg seg[REQUESTS * SEGMENTS];
    uint32_t reasons; /* of the interrupt, so far */
    bool is_kicked;
} d;

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    const uint32_t reasons = d.disk.dev.interrupt;

    (void)vm;
    (void)line;
    if (level && (reasons & ~d.reasons) != 0)
        world_interrupt(reasons & ~d.reasons);
    w.interrupted = level;
    d.reasons = reasons;
}

/* Notifications are served when the device works, not within the access. */
static void kicked(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    (void)v;
    d.is_kicked |= queue == 0;
}

static void access_library(uint32_t offset, unsigned bytes, bool is_write, uint64_t *value)
{
    CHECK(vwr_vm_access(&d.vm, offset, bytes, is_write, value));
    d.reasons &= d.disk.dev.interrupt;
}

static bool work_library(void)
{
    const bool done = d.is_kicked;

    d.is_kicked = false;
    d.reasons &= d.disk.dev.interrupt;
    if (done)
        vwr_vdev_serve(&d.disk.dev, 0);
    return done;
}

const struct device *library_device(void)
{
    static const struct device device = {access_library, work_library};
    static const struct vwr_memory_region region = {RAM_ADDR, RAM_BYTES, w.ram};
    static const struct vwr_vm_ops ops = {.irq = irq, .kicked = kicked, .again = kicked};
    const struct vwr_vm_setup of_vm = {.ops = &ops,
                                       .name = "mutants",
                                       .region = &region,
                                       .region_count = 1,
                                       .slot = d.slot,
                                       .slot_count = 1,
                                       .stride = VWR_MMIO_SIZE};
    struct vwr_vdev_setup s = {.vm = &d.vm, .queue = d.queue, .queue_count = 1, .queue_size = QUEUE_SIZE};
    struct vwr_vblk_options o = {
        .req = d.req, .req_count = REQUESTS, .seg = d.seg, .seg_count = VWR_COUNT(d.seg)};

    memset(&d, 0, sizeof(d));
    CHECK_NUMBER(vwr_vm_init(&d.vm, &of_vm), VWR_OK);
    vwr_vblk_memory_init(&d.memory, w.disk, sizeof(w.disk), false, NULL);
    o.backend = &d.memory.backend;
    s.own = d.own;
    s.own_count = VWR_COUNT(d.own);
    world_features(&s.features);
    CHECK_NUMBER(vwr_vblk_init_with(&d.disk, &s, &o), VWR_OK);
    CHECK_NUMBER(vwr_vm_add(&d.vm, 0, &d.disk.dev), VWR_OK);
    return &device;
}

/* ---- the driver ---- */

static struct {
    struct vwr_mmio mmio;
    struct vwr_blk blk;
    _Alignas(8) uint8_t own[VWR_BLK_OWN_BYTES(QUEUE_SIZE, REQUESTS)];
} c;

void client_run(void)
{
    const struct vwr_queue_memory m = {at(SHARED), SHARED_BYTES, c.own, sizeof(c.own), QUEUE_SIZE};
    const struct vwr_blk_options o = {.request = {.requests = REQUESTS, .timeout_us = 20000}};
    int result;

    memset(&c, 0, sizeof(c));
    result = vwr_mmio_probe(&c.mmio, world_window(), VWR_MMIO_SIZE);
    vwr_dev_want(&c.mmio.dev, VWR_F_IN_ORDER);
    if (result == VWR_OK)
        result = vwr_blk_open_with(&c.blk, &c.mmio.dev, &m, &o);
    for (uint32_t i = 0; i < 20 && result == VWR_OK; i++)
        result = vwr_blk_read(&c.blk, i % SECTORS, at(DATA), 1);
    if (result == VWR_OK)
        result = vwr_blk_config_changed(&c.blk);
    if (result == VWR_OK)
        result = vwr_blk_flush(&c.blk);
    if (result == VWR_OK)
        result = vwr_close(&c.blk.bringup);
    CHECK(result == VWR_OK || w.has_mistaken); /* the driver finds some of the mistakes itself */
    vwr_monitor_idle(&w.m);
}
