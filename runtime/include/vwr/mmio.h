/* SPDX-License-Identifier: MIT */
#ifndef VWR_MMIO_H
#define VWR_MMIO_H

#include "vwr/dev.h"
#include "vwr/gen/mmio.h"

VWR_BEGIN_C

/**
 * DOC: virtio-mmio, driver side
 *
 * These functions probe a register block or scan windows of register blocks, and prepare a struct vwr_dev. To
 * find devices in a device tree, on a command line or in ACPI tables, use vwr/find.h.
 *
 * A probe does not write to the device. The functions to call after a probe are in vwr/dev.h.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: Virtio Over MMIO.
 */

/**
 * struct vwr_mmio - A virtio-mmio device
 * @dev: Device; the first member.
 * @base: Register block.
 */
struct vwr_mmio {
    struct vwr_dev dev;
    volatile void *base;
};

/**
 * vwr_mmio_probe() - Probe a register block for a device of either version
 * @m: Filled in with the device; @m->dev.type is its type. After an error, vwr_dev_explain(&m->dev) describes
 *   the error. The structure may be copied until the device is opened.
 * @base: Register block, mapped uncached. It must stay mapped while the device is in use.
 * @bytes: Size of the mapping in bytes: at least VWR_MMIO_CONFIG, plus the device configuration that the
 *   class reads. VWR_MMIO_SIZE is enough for every class.
 *
 * Return: VWR_OK. The call reads from the device but does not write to it.
 * * VWR_ENODEV: the slot is empty.
 * * VWR_EMAGIC: @base is not a virtio-mmio register block.
 * * VWR_EVERSION: the version is not supported.
 * * VWR_EGONE: all registers read as ones.
 * * VWR_EINVAL: @bytes is too small.
 */
VWR_MUST_CHECK int vwr_mmio_probe(struct vwr_mmio *m, volatile void *base, size_t bytes);

/**
 * vwr_mmio_probe_modern() - Probe a register block for a modern device
 * @m: Filled in with the device. After an error, vwr_dev_explain(&m->dev) describes the error.
 * @base: Register block, mapped uncached. It must stay mapped while the device is in use.
 * @bytes: Size of the mapping in bytes: at least VWR_MMIO_CONFIG, plus the device configuration that the
 *   class reads. VWR_MMIO_SIZE is enough for every class.
 *
 * A program that calls only this function does not link the code for legacy devices.
 *
 * Return: VWR_OK. The call reads from the device but does not write to it.
 * * VWR_ENODEV: the slot is empty.
 * * VWR_EMAGIC: @base is not a virtio-mmio register block.
 * * VWR_EVERSION: a legacy device, or the version is not supported.
 * * VWR_EGONE: all registers read as ones.
 * * VWR_EINVAL: @bytes is too small.
 */
VWR_MUST_CHECK int vwr_mmio_probe_modern(struct vwr_mmio *m, volatile void *base, size_t bytes);

/**
 * vwr_mmio_probe_legacy() - Probe a register block for a legacy device
 * @m: Filled in with the device. After an error, vwr_dev_explain(&m->dev) describes the error.
 * @base: Register block, mapped uncached. It must stay mapped while the device is in use.
 * @bytes: Size of the mapping in bytes: at least VWR_MMIO_CONFIG, plus the device configuration that the
 *   class reads. VWR_MMIO_SIZE is enough for every class.
 *
 * A program that calls only this function does not link the code for modern devices.
 *
 * Return: VWR_OK. The call reads from the device but does not write to it.
 * * VWR_ENODEV: the slot is empty.
 * * VWR_EMAGIC: @base is not a virtio-mmio register block.
 * * VWR_EVERSION: a modern device, or the version is not supported.
 * * VWR_EGONE: all registers read as ones.
 * * VWR_EINVAL: @bytes is too small.
 */
VWR_MUST_CHECK int vwr_mmio_probe_legacy(struct vwr_mmio *m, volatile void *base, size_t bytes);

/**
 * struct vwr_mmio_window - A range of register blocks
 * @base: First register block, mapped uncached.
 * @stride: Distance between register blocks in bytes. If it is less than VWR_MMIO_SIZE, it is also the size
 *   of each block. 0: there is a single block of VWR_MMIO_SIZE.
 * @count: Number of register blocks.
 */
struct vwr_mmio_window {
    volatile void *base;
    uint32_t stride;
    uint32_t count;
};

/**
 * struct vwr_mmio_scan - Position of a scan over windows
 * @windows: Windows to scan; set by the caller.
 * @count: Number of windows; set by the caller. The caller zeroes the other members.
 */
struct vwr_mmio_scan {
    const struct vwr_mmio_window *windows;
    size_t count;
    /* private: */
    size_t window;
    uint32_t slot;
};

/**
 * vwr_mmio_scan_next() - Probe the next slot
 * @s: Scan.
 * @m: Filled in with the device. @m->base is the slot, even after an error.
 *
 * Return: 1: a device was found. 0: there are no more slots. If the slot contains no usable device, the same
 *   errors as vwr_mmio_probe(); call again for the next slot.
 */
VWR_MUST_CHECK int vwr_mmio_scan_next(struct vwr_mmio_scan *s, struct vwr_mmio *m);

/** VWR_MMIO_LINE_BYTES - Buffer size in bytes that is enough for every line of vwr_mmio_scan_line() */
#define VWR_MMIO_LINE_BYTES 200u

/**
 * vwr_mmio_scan_line() - Describe the next slot or slots in a line of text
 * @s: Scan. Do not mix this function with vwr_mmio_scan_next() in one scan.
 * @line: Buffer for the line, which contains no line feed. It is always null-terminated if @bytes > 0.
 * @bytes: Size of @line in bytes.
 *
 * For a device, the line contains its name and version. Consecutive empty slots share one line. For a slot
 * that is not virtio-mmio, the line contains the value that was read::
 *
 *     0a000000 to 0a003c00 empty (31 slots)
 *     0a003e00 blk v1 (legacy: for modern, QEMU needs -global virtio-mmio.force-legacy=false)
 *
 * The function does not write to the devices.
 *
 * Return: Length of the whole line, below VWR_MMIO_LINE_BYTES; 0: there are no more slots.
 */
size_t vwr_mmio_scan_line(struct vwr_mmio_scan *s, char *line, size_t bytes);

/* Transports, by version. */
extern const struct vwr_transport vwr_mmio_modern;
extern const struct vwr_transport vwr_mmio_legacy;

/**
 * vwr_mmio_get_region() - Find a region of a device on virtio-mmio
 * @m: Probed device, open or not.
 * @id: Region.
 * @region: Filled in with the region.
 *
 * Return: VWR_OK.
 * * VWR_ENODEV: the device does not have the region; a legacy device has none.
 * * VWR_EPROTO: the region is empty, or its end exceeds the largest address.
 * Section: Virtio Over MMIO / MMIO Device Register Layout.
 */
VWR_MUST_CHECK int vwr_mmio_get_region(const struct vwr_mmio *m, uint8_t id, struct vwr_region *region);

VWR_END_C

#endif
