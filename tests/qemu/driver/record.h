/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_RECORD_H
#define VWR_QEMU_RECORD_H

#include <stdint.h>

/*
 * Records what the driver and QEMU's device send each other, in the form of ../exchanges, on virtio-mmio in
 * a split ring. After each notification it waits until the device has used the new buffers, so that nothing
 * has reused their memory; a buffer with no part that the device reads may stay in the ring, and is recorded
 * at a later notification.
 */

/* Records the device in `slot`, from before it is opened. */
void record_begin(unsigned slot);

/*
 * Writes the file, while the device is still open: its id, and this many bytes of its configuration, those
 * that the
 * driver knows.
 */
void record_end(uint32_t device, uint32_t config_bytes, const char *name);

#endif
