/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VMMIO_COMMON_H
#define VWR_DEVICE_VMMIO_COMMON_H

#include "../../core/vdev/vdev_common.h"
#include "vwr/tables.h"
#include "vwr/vmmio.h"

/* Shared by the files that decode a guest's accesses; not for embedders. */

/* An access with the lock held; always returns true, for vwr_vm_access(). */
bool vwr_vmmio_trap_(struct vwr_vdev *v, uint64_t offset, unsigned bytes, bool is_write, uint64_t *value);

/* ---- what a driver reads from a register, without the effects of an access; the lock is held ---- */

static inline uint64_t vmmio_shm_bytes(const struct vwr_vdev *v)
{
    return v->shm_sel < v->shms ? v->shm[v->shm_sel].bytes : VWR_MMIO_SHM_LEN_ABSENT;
}

static inline uint64_t vmmio_shm_addr(const struct vwr_vdev *v)
{
    return v->shm_sel < v->shms ? v->shm[v->shm_sel].addr : VWR_MMIO_SHM_BASE_ABSENT;
}

/* Value for the selected queue; 0 if it does not exist. */
static inline uint32_t vmmio_size_max(const struct vwr_vdev *v)
{
    const struct vwr_vqueue *const q = vwr_vdev_selected(v);

    return q != NULL ? v->size_max : 0;
}

static inline uint32_t vmmio_pfn(const struct vwr_vdev *v)
{
    const struct vwr_vqueue *const q = vwr_vdev_selected(v);

    return q != NULL ? q->pfn : 0;
}

static inline uint32_t vmmio_ready(const struct vwr_vdev *v)
{
    const struct vwr_vqueue *const q = vwr_vdev_selected(v);

    return q != NULL && (q->ready || q->resetting) ? 1 : 0;
}

/* The reset completes within the write, unless hardware still holds buffers of the queue. */
static inline uint32_t vmmio_queue_reset(const struct vwr_vdev *v)
{
    const struct vwr_vqueue *const q = vwr_vdev_selected(v);

    return q != NULL && q->resetting ? 1 : 0;
}

/* Value of a register. The switch has no default, so the compiler reports a missing register. */
VWR_ALWAYS_INLINE uint32_t vmmio_read_register(const struct vwr_vdev *v, enum vwr_mmio_reg reg)
{
    /* clang-format off */
    switch (reg) {
    case VWR_MMIO_REG_MAGIC_VALUE: return VWR_MMIO_MAGIC_VALUE_VALUE;
    case VWR_MMIO_REG_VERSION: return v->legacy ? VWR_MMIO_VERSION_LEGACY : VWR_MMIO_VERSION_MODERN;
    case VWR_MMIO_REG_DEVICE_ID: return v->kind->id;
    case VWR_MMIO_REG_VENDOR_ID: return v->vendor;
    case VWR_MMIO_REG_DEVICE_FEATURES: return vdev_feature_word(&v->offered, v->device_sel);
    case VWR_MMIO_REG_QUEUE_SIZE_MAX: return vmmio_size_max(v);
    case VWR_MMIO_REG_QUEUE_PFN: return VWR_WITH_LEGACY ? vmmio_pfn(v) : 0;
    case VWR_MMIO_REG_QUEUE_READY: return vmmio_ready(v);
    case VWR_MMIO_REG_INTERRUPT_STATUS: return v->interrupt;
    case VWR_MMIO_REG_STATUS: return v->status;
    case VWR_MMIO_REG_SHM_LEN_LOW: return vdev_low(vmmio_shm_bytes(v));
    case VWR_MMIO_REG_SHM_LEN_HIGH: return vdev_high(vmmio_shm_bytes(v));
    case VWR_MMIO_REG_SHM_BASE_LOW: return vdev_low(vmmio_shm_addr(v));
    case VWR_MMIO_REG_SHM_BASE_HIGH: return vdev_high(vmmio_shm_addr(v));
    case VWR_MMIO_REG_QUEUE_RESET: return vmmio_queue_reset(v);
    case VWR_MMIO_REG_CONFIG_GENERATION: return v->generation;
    case VWR_MMIO_REG_DEVICE_FEATURES_SEL: case VWR_MMIO_REG_DRIVER_FEATURES:
    case VWR_MMIO_REG_DRIVER_FEATURES_SEL: case VWR_MMIO_REG_GUEST_PAGE_SIZE: case VWR_MMIO_REG_QUEUE_SEL:
    case VWR_MMIO_REG_QUEUE_SIZE: case VWR_MMIO_REG_QUEUE_ALIGN: case VWR_MMIO_REG_QUEUE_NOTIFY:
    case VWR_MMIO_REG_INTERRUPT_ACK: case VWR_MMIO_REG_QUEUE_DESC_LOW: case VWR_MMIO_REG_QUEUE_DESC_HIGH:
    case VWR_MMIO_REG_QUEUE_DRIVER_LOW: case VWR_MMIO_REG_QUEUE_DRIVER_HIGH:
    case VWR_MMIO_REG_QUEUE_DEVICE_LOW: case VWR_MMIO_REG_QUEUE_DEVICE_HIGH: case VWR_MMIO_REG_SHM_SEL:
    case VWR_MMIO_REG_CONFIG: /* the configuration is a window of its own */
        return 0; /* only written */
    }
    /* clang-format on */
    return 0;
}

#endif
