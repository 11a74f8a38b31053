/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VMMIO_COMMON_H
#define VWR_DEVICE_VMMIO_COMMON_H

#include "../../core/vdev/vdev_common.h"
#include "vwr/tables.h"
#include "vwr/vmmio.h"

/* Shared by the files that decode a guest's accesses; not for embedders. */

/* An access with the lock held; always returns true, for vwr_vm_access(). */
bool vwr_vmmio_trap_(struct vwr_vdev *v, uint64_t offset, unsigned bytes, bool is_write, uint64_t *value);

/* What a driver would read from a register now, without the effects of an access; the lock is held. */
uint32_t vwr_vmmio_peek_(const struct vwr_vdev *v, enum vwr_mmio_reg reg);

#endif
