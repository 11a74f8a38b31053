/* SPDX-License-Identifier: MIT */
#include "vwr/vmmio.h"
#include "vwr/gen/status.h"
#include "vmmio_common.h"

static void write_ready(struct vwr_vdev *v, struct vwr_vqueue *q, uint32_t ready)
{
    if (ready == 0)
        vwr_vdev_stop_queue_(v, q);
    else if (ready == 1)
        vwr_vdev_start_queue_(v, q);
    else
        vwr_vdev_ignore(v);
}

/* The location of a queue in use is fixed. */
static void write_page_size(struct vwr_vdev *v, uint32_t bytes)
{
    bool in_use = false;

    for (uint16_t i = 0; i < v->queues; i++)
        in_use = in_use || v->queue[i].ready;
    if (in_use)
        vwr_vdev_ignore(v);
    else
        v->guest_page_size = bytes;
}

/* Writes a register of the selected queue; write_register() handles the others. */
static void write_queue(struct vwr_vdev *v, enum vwr_mmio_reg reg, uint32_t value)
{
    struct vwr_vqueue *const q = vwr_vdev_selected(v);

    if (q == NULL) {
        vwr_vdev_ignore(v);
        return;
    }
    /* clang-format off */
    switch ((unsigned)reg) {
    case VWR_MMIO_REG_QUEUE_SIZE: q->size = value; break;
    case VWR_MMIO_REG_QUEUE_ALIGN: q->align = value; break;
    case VWR_MMIO_REG_QUEUE_PFN: if (vwr_vdev_is_legacy(v)) vwr_vdev_set_pfn_(v, q, value); break;
    case VWR_MMIO_REG_QUEUE_READY: write_ready(v, q, value); break;
    case VWR_MMIO_REG_QUEUE_RESET: vdev_write_reset(v, q, value); break;
    case VWR_MMIO_REG_QUEUE_DESC_LOW: vdev_set_low(&q->desc_addr, value); break;
    case VWR_MMIO_REG_QUEUE_DESC_HIGH: vdev_set_high(&q->desc_addr, value); break;
    case VWR_MMIO_REG_QUEUE_DRIVER_LOW: vdev_set_low(&q->driver_addr, value); break;
    case VWR_MMIO_REG_QUEUE_DRIVER_HIGH: vdev_set_high(&q->driver_addr, value); break;
    case VWR_MMIO_REG_QUEUE_DEVICE_LOW: vdev_set_low(&q->device_addr, value); break;
    case VWR_MMIO_REG_QUEUE_DEVICE_HIGH: vdev_set_high(&q->device_addr, value); break;
    default: break;
    }
    /* clang-format on */
}

/* Handles a write that the table allows. The switch has no default, as above. */
VWR_ALWAYS_INLINE void write_register(struct vwr_vdev *v, enum vwr_mmio_reg reg, uint32_t value)
{
    /* clang-format off */
    switch (reg) {
    case VWR_MMIO_REG_DEVICE_FEATURES_SEL: v->device_sel = value; v->selected = true; break;
    case VWR_MMIO_REG_DRIVER_FEATURES: vwr_vdev_set_features_(v, v->driver_sel, value); break;
    case VWR_MMIO_REG_DRIVER_FEATURES_SEL: v->driver_sel = value; break;
    case VWR_MMIO_REG_GUEST_PAGE_SIZE: write_page_size(v, value); break;
    case VWR_MMIO_REG_QUEUE_SEL: v->queue_sel = value; break;
    case VWR_MMIO_REG_QUEUE_NOTIFY: vwr_vdev_notified(v, value); break;
    case VWR_MMIO_REG_INTERRUPT_ACK: vwr_vdev_acknowledge(v, value); break;
    case VWR_MMIO_REG_STATUS: vwr_vdev_set_status_(v, value); break;
    case VWR_MMIO_REG_SHM_SEL: v->shm_sel = value; break;
    case VWR_MMIO_REG_QUEUE_SIZE: case VWR_MMIO_REG_QUEUE_ALIGN: case VWR_MMIO_REG_QUEUE_PFN:
    case VWR_MMIO_REG_QUEUE_READY: case VWR_MMIO_REG_QUEUE_RESET: case VWR_MMIO_REG_QUEUE_DESC_LOW:
    case VWR_MMIO_REG_QUEUE_DESC_HIGH: case VWR_MMIO_REG_QUEUE_DRIVER_LOW:
    case VWR_MMIO_REG_QUEUE_DRIVER_HIGH: case VWR_MMIO_REG_QUEUE_DEVICE_LOW:
    case VWR_MMIO_REG_QUEUE_DEVICE_HIGH: write_queue(v, reg, value); break;
    case VWR_MMIO_REG_MAGIC_VALUE: case VWR_MMIO_REG_VERSION: case VWR_MMIO_REG_DEVICE_ID:
    case VWR_MMIO_REG_VENDOR_ID: case VWR_MMIO_REG_DEVICE_FEATURES: case VWR_MMIO_REG_QUEUE_SIZE_MAX:
    case VWR_MMIO_REG_INTERRUPT_STATUS: case VWR_MMIO_REG_SHM_LEN_LOW: case VWR_MMIO_REG_SHM_LEN_HIGH:
    case VWR_MMIO_REG_SHM_BASE_LOW: case VWR_MMIO_REG_SHM_BASE_HIGH: case VWR_MMIO_REG_CONFIG_GENERATION:
    case VWR_MMIO_REG_CONFIG: /* the configuration is a window of its own */
        break; /* only read */
    }
    /* clang-format on */
}

/*
 * Accesses the configuration byte by byte, since drivers read an 8-byte field in one, two or eight
 * accesses.
 */
static void access_config(struct vwr_vdev *v, uint64_t at, unsigned bytes, bool is_write, uint64_t *value)
{
    const uint32_t offset = at < v->config_bytes ? (uint32_t)at : v->config_bytes;

    if (is_write)
        vwr_vdev_config_write_(v, offset, bytes, *value);
    else
        *value = vwr_vdev_config_read_(v, offset, bytes);
}

/* Gets the table row for an offset below the configuration; NULL: there is no register. */
static const struct vwr_register *row_at(uint64_t offset)
{
    const uint8_t row = vwr_mmio_register_at[offset / sizeof(uint32_t)];

    return row != VWR_REGISTER_NONE ? &vwr_mmio_registers[row] : NULL;
}

/* Whether the table allows an access. */
static bool is_allowed(struct vwr_vdev *v, const struct vwr_register *r, uint64_t offset, unsigned bytes,
                       bool is_write)
{
    const uint8_t idle = r->idle[v->legacy ? 0 : 1];

    if (is_write && idle != VWR_REGISTER_NONE && vmmio_read_register(v, (enum vwr_mmio_reg)idle) != 0)
        return false;
    return vwr_vdev_allows_(v, v->legacy, r, offset, bytes, is_write);
}

VWR_ALWAYS_INLINE void access_register(struct vwr_vdev *v, uint8_t reg, bool is_write, uint64_t *value)
{
    if (is_write)
        write_register(v, (enum vwr_mmio_reg)reg, (uint32_t)*value);
    else
        *value = vmmio_read_register(v, (enum vwr_mmio_reg)reg);
}

/* Handles the first access of its kind since the status or the features changed. */
static VWR_COLD void access_anew(struct vwr_vdev *v, uint64_t offset, unsigned bytes, bool is_write,
                                 uint64_t *value)
{
    const struct vwr_register *const r = offset < VWR_MMIO_CONFIG ? row_at(offset) : NULL;
    const bool suspends = vdev_is_suspending(v);

    if (suspends)
        vwr_vdev_continue_suspend_(v); /* the driver polls the status until it is set */
    if (offset >= VWR_MMIO_CONFIG) {
        access_config(v, offset - VWR_MMIO_CONFIG, bytes, is_write, value);
    } else if (r != NULL && is_allowed(v, r, offset, bytes, is_write)) {
        /* nothing can forbid it any more */
        if (VWR_WITH_SPEED && r->idle[v->legacy ? 0 : 1] == VWR_REGISTER_NONE && !suspends)
            v->allowed[is_write][offset / sizeof(uint32_t)] = r->reg;
        if (r->reg == VWR_MMIO_REG_DEVICE_FEATURES && !v->selected)
            vwr_tolerate_(&v->tolerated, VWR_TOLERATED_NO_SELECTOR);
        access_register(v, r->reg, is_write, value);
    } else {
        vdev_refuse(v, is_write, value);
    }
}

/*
 * Consults the table once per register and direction, and caches the result until status or features
 * change.
 */
VWR_ALWAYS_INLINE void access_window(struct vwr_vdev *v, uint64_t offset, unsigned bytes, bool is_write,
                                     uint64_t *value)
{
    const bool cached = VWR_WITH_SPEED && bytes == sizeof(uint32_t) && vwr_vmmio_is_register(offset);
    const size_t word = (size_t)offset / sizeof(uint32_t);

    vwr_count_add(&v->stats.accesses, 1);
    if (cached && is_write && v->allowed[1][word] != VWR_REGISTER_NONE)
        access_register(v, v->allowed[1][word], true, value);
    else if (cached && !is_write && v->allowed[0][word] != VWR_REGISTER_NONE)
        access_register(v, v->allowed[0][word], false, value);
    else
        access_anew(v, offset, bytes, is_write, value);
}

static VWR_COLD void access_with_lock(struct vwr_vdev *v, uint64_t offset, unsigned bytes, bool is_write,
                                      uint64_t *value)
{
    vwr_vdev_lock(v);
    access_window(v, offset, bytes, is_write, value);
    vwr_vdev_unlock(v);
}

/* The work that a release of the lock would do is done after the access. */
VWR_ALWAYS_INLINE void access_without_lock(struct vwr_vdev *v, uint64_t offset, unsigned bytes, bool is_write,
                                           uint64_t *value)
{
    access_window(v, offset, bytes, is_write, value);
    if (VWR_RARELY(v->unfinished))
        vwr_vdev_run_deferred(v);
}

bool vwr_vmmio_trap_(struct vwr_vdev *v, uint64_t offset, unsigned bytes, bool is_write, uint64_t *value)
{
    if (v->locks)
        access_with_lock(v, offset, bytes, is_write, value);
    else
        access_without_lock(v, offset, bytes, is_write, value);
    return true;
}

bool vwr_vmmio_access(struct vwr_vdev *v, uint64_t offset, unsigned bytes, bool is_write, uint64_t *value)
{
    (void)vwr_vmmio_trap_(v, offset, bytes, is_write, value);
    if (offset >= VWR_MMIO_CONFIG)
        return offset - VWR_MMIO_CONFIG < v->config_bytes;
    return row_at(offset) != NULL;
}
