/* SPDX-License-Identifier: MIT */
#ifndef VWR_VMMIO_H
#define VWR_VMMIO_H

#include "vwr/vdev.h"
#include "vwr/gen/mmio.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A guest's access to the register window of a device, `bytes` wide (1, 2, 4 or 8) at `offset` from
 * its begin: a write of *value, or a read into it. The byte at offset + i is bits 8 * i and on of *value,
 * whatever the byte order of guest and host: a big-endian VMM hands over what the guest's CPU has, with its
 * bytes swapped. What the tables of the specification do not allow (direction, width, version, device status,
 * state of the queue, a feature) is counted and has no effect; a read then answers 0. True if the window has
 * a register or configuration byte there. Never waits; takes the VM's lock hook. Context: a trap handler.
 * Section: Virtio Over MMIO / MMIO Device Register Layout; Legacy interface.
 */
bool vwr_vmmio_access(struct vwr_vdev *v, uint64_t offset, unsigned bytes, bool is_write, uint64_t *value);

#ifdef __cplusplus
}
#endif

#endif
