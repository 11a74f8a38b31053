/* SPDX-License-Identifier: MIT */
#include "../../runtime/device/transport/mmio/vmmio_common.h"
#include "prove.h"

/*
 * The registers of a device on MMIO: vwr_vmmio.c. The functions below replace the device code that it calls.
 */

#define QUEUES 2u
#define REGIONS 2u

static struct vwr_vdev dev;
static struct vwr_vdev_class kind;
static struct vwr_vqueue queue[QUEUES];
static struct vwr_vdev_shm region[REGIONS];
static bool is_written; /* what a read must not do */

static void check_queue(const struct vwr_vqueue *q)
{
    prove_that(q == &queue[0] || q == &queue[1]);
    is_written = true;
}

void vwr_vdev_start_queue_(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    (void)v;
    check_queue(q);
}

void vwr_vdev_stop_queue_(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    (void)v;
    check_queue(q);
}

void vwr_vdev_reset_queue_(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    (void)v;
    check_queue(q);
}

void vwr_vdev_set_pfn_(struct vwr_vdev *v, struct vwr_vqueue *q, uint32_t pfn)
{
    (void)v, (void)pfn;
    check_queue(q);
}

void vwr_vdev_set_features_(struct vwr_vdev *v, uint32_t word, uint32_t value)
{
    (void)v, (void)word, (void)value;
    is_written = true;
}

void vwr_vdev_set_status_(struct vwr_vdev *v, uint32_t value)
{
    (void)v, (void)value;
    is_written = true;
}

void vwr_vdev_notified(struct vwr_vdev *v, uint32_t value)
{
    (void)v, (void)value;
    is_written = true;
}

void vwr_vdev_acknowledge(struct vwr_vdev *v, uint32_t reasons)
{
    (void)v, (void)reasons;
    is_written = true;
}

void vwr_vdev_continue_suspend_(struct vwr_vdev *v)
{
    (void)v;
}

void vwr_vdev_run_deferred(struct vwr_vdev *v)
{
    (void)v;
}

uint64_t vwr_vdev_config_read_(struct vwr_vdev *v, uint32_t offset, unsigned bytes)
{
    PROVE_ANY(uint64_t, value);

    (void)bytes;
    prove_that(offset <= v->config_bytes);
    return value;
}

void vwr_vdev_config_write_(struct vwr_vdev *v, uint32_t offset, unsigned bytes, uint64_t value)
{
    (void)bytes, (void)value;
    prove_that(offset <= v->config_bytes);
    is_written = true;
}

/* Any device, in any state, and with any register in its cache of allowed ones. */
static void any_device(void)
{
    PROVE_ANY(struct vwr_vdev, any);
    PROVE_ANY(struct vwr_vdev_class, any_kind);

    dev = any;
    kind = any_kind;
    dev.kind = &kind;
    dev.queue = queue;
    dev.shm = region;
    prove_assume(dev.queues <= QUEUES && dev.shms <= REGIONS);
    dev.locks = false;
    dev.stats.ignored = 0;
    is_written = false;
}

static bool is_a_register(uint64_t offset, unsigned bytes)
{
    return bytes == sizeof(uint32_t) && offset % sizeof(uint32_t) == 0;
}

void mmio_read(void)
{
    PROVE_ANY(uint64_t, offset);
    PROVE_ANY(unsigned, bytes);
    uint64_t value = 0;

    any_device();
    (void)vwr_vmmio_trap_(&dev, offset, bytes, false, &value);
    prove_that(!is_written);
    prove_that(offset >= VWR_MMIO_CONFIG || value <= UINT32_MAX);
    prove_that(offset >= VWR_MMIO_CONFIG || is_a_register(offset, bytes) || value == 0);
}

void mmio_write(void)
{
    PROVE_ANY(uint64_t, offset);
    PROVE_ANY(unsigned, bytes);
    PROVE_ANY(uint64_t, value);
    PROVE_ANY(uint16_t, queues);

    any_device();
    prove_assume(queues == dev.queues);
    (void)vwr_vmmio_trap_(&dev, offset, bytes, true, &value);
    prove_that(dev.queue == queue && dev.queues == queues);
    prove_that(offset >= VWR_MMIO_CONFIG || is_a_register(offset, bytes) ||
               (!is_written && dev.stats.ignored == 1u));
}
