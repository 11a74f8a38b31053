/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VMMIO_COMMON_H
#define VWR_DEVICE_VMMIO_COMMON_H

#include "../vdev/vdev_common.h"
#include "vwr/tables.h"
#include "vwr/vmmio.h"

/* Between the files that make calls of a guest's accesses; not for the embedder. */

/*
 * vwr_vmmio_access, but always true, as vwr_vm_access answers. Takes the lock.
 */
bool vwr_vmmio_trap(struct vwr_vdev *v, uint64_t offset, unsigned bytes, bool is_write, uint64_t *value);

#endif
