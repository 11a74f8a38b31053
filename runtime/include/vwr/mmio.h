/* SPDX-License-Identifier: MIT */
#ifndef VWR_MMIO_H
#define VWR_MMIO_H

#include "vwr/dev.h"
#include "vwr/gen/mmio.h"

VWR_BEGIN_C

/*
 * virtio-mmio, driver side. Section: Virtio Over MMIO.
 *
 * Context: one caller at a time, outside of interrupt handlers.
 * Context, stack and loops of each call: docs/contexts.md.
 */
struct vwr_mmio {
    struct vwr_dev dev; /* first: dev.h has the calls that go on from here */
    volatile void *base;
};

/*
 * Looks at the register block of `bytes` bytes at `base`, mapped uncached, and prepares `m`;
 * writes nothing to the device. VWR_OK; VWR_ENODEV: empty slot; VWR_EMAGIC; VWR_EVERSION;
 * VWR_EGONE: all ones; VWR_EINVAL: less than VWR_MMIO_SIZE. vwr_dev_explain(&m->dev)
 * works after an error too.
 * vwr_mmio_probe takes both versions; the other two take one and leave the other's code out.
 */
VWR_MUST_CHECK int vwr_mmio_probe(struct vwr_mmio *m, volatile void *base, size_t bytes);
VWR_MUST_CHECK int vwr_mmio_probe_modern(struct vwr_mmio *m, volatile void *base, size_t bytes);
VWR_MUST_CHECK int vwr_mmio_probe_legacy(struct vwr_mmio *m, volatile void *base, size_t bytes);

/* Where register blocks may be: `count` of them, `stride` bytes apart. A single address has count 1. */
struct vwr_mmio_window {
    volatile void *base;
    uint32_t stride;
    uint32_t count;
};

/* A walk over windows; the caller fills in the first two, the rest is 0. */
struct vwr_mmio_scan {
    const struct vwr_mmio_window *windows;
    size_t count;
    /* private */
    size_t window;
    uint32_t slot;
};

/*
 * The next slot: 1 and *m when there is a device; when there is none an error as vwr_mmio_probe
 * (m->base says where; go on); 0 at the end.
 */
VWR_MUST_CHECK int vwr_mmio_scan_next(struct vwr_mmio_scan *s, struct vwr_mmio *m);

/*
 * The next slots in words, into line[0 .. bytes), always terminated if bytes > 0, without an end of
 * line: what is there by name and version, slots without a device summed up, what is no virtio-mmio at
 * all with what was read. Answers the length that all of it has, at most VWR_MMIO_LINE_BYTES - 1; 0 at
 * the end. Probes each slot as vwr_mmio_probe, so nothing is written to a device, and needs nothing of
 * vwr_mmio_scan_next, which it may not be mixed with in one walk.
 *
 *     0a000000 to 0a003c00 empty (31 slots)
 *     0a003e00 blk v1 (legacy: for modern, QEMU needs -global virtio-mmio.force-legacy=false)
 */
#define VWR_MMIO_LINE_BYTES 200u
size_t vwr_mmio_scan_line(struct vwr_mmio_scan *s, char *line, size_t bytes);

/* For the files of this transport: the verbs of each version. */
extern const struct vwr_transport vwr_mmio_modern;
extern const struct vwr_transport vwr_mmio_legacy;

VWR_END_C

#endif
