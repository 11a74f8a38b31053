/* SPDX-License-Identifier: MIT */
#ifndef VWR_VGPU_H
#define VWR_VGPU_H

#include "vwr/service/gpu.h"
#include "vwr/vindex.h"

VWR_BEGIN_C

/*
 * A graphics adapter for a guest, 2D: screens that the guest draws, and a cursor. Section: GPU Device.
 *
 *     ops.scanout = show;
 *     ops.flush = redraw;
 *     options.scanout[0].width = 1280, options.scanout[0].height = 800;
 *     r = vwr_vgpu_init(&g, &setup, &options);     // and vwr_vm_add of vwr_vgpu_dev(&g)
 *     r = vwr_vgpu_resize(&g, 0, 1920, 1080);      // the guest is asked for another size
 *
 * The guest makes resources, images in memory of the VMM's, and copies into them from its own memory; a
 * scanout shows a part of one. So `memory` is what the VMM shows: `scanout` says where the first pixel is,
 * and how far it is from row to row, and `flush` which part has changed. A VMM with a framebuffer of its own
 * calls vwr_vgpu_draw there.
 *
 * Commands of the control queue are done one after the other. What is long (a new resource, a long list of
 * backing, a transfer, a flush) is done in parts of what is left of the budget of bytes (vdev.h), and others
 * have the lock in between; commands of the cursor queue do not wait for it.
 *
 * The guest's memory is looked up at each part of a transfer, never kept. What the guest asks for that cannot
 * be is answered by an error of the specification, and harms nobody: ERR_INVALID_PARAMETER,
 * ERR_INVALID_RESOURCE_ID, ERR_INVALID_SCANOUT_ID; ERR_OUT_OF_MEMORY where `memory`, `entry` or `resource` is
 * used up; ERR_UNSPEC for what the device does not know (3D, blobs), for a resource that has backing and gets
 * some, or has none and needs it, and for a flush that the VMM could not do.
 *
 * A reset of the device hides all screens and the cursor, and forgets all resources.
 *
 * Modern only: the specification has no legacy gpu. Offered: EDID, if options.edid.
 * Context: any thread; each call takes the lock of the device unless it says otherwise. Nothing waits.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* Not the specification's, of these: */
#define VWR_VGPU_QUEUES 2u      /* control and cursor */
#define VWR_VGPU_SEGS 68u       /* segments of one chain, for queues of 64 and some borders of guest memory */
#define VWR_VGPU_MESSAGES 2u    /* one of each queue */
#define VWR_VGPU_SIDE_MAX 4095u /* width and height of a scanout: as many pixels as an EDID can say */
#define VWR_VGPU_EDGE_MAX 16384u   /* not the specification's: of a resource */
#define VWR_VGPU_CURSOR_PIXELS 64u /* width and height of a cursor's image */
#define VWR_VGPU_PIXEL_BYTES 4u    /* of each format */
#define VWR_VGPU_EDID_BYTES 128u   /* not the specification's */
#define VWR_VGPU_ALIGN 64u         /* of each resource in `memory` */

/* Bytes of `memory` that one resource of so many pixels takes. */
#define VWR_VGPU_BYTES(width, height)                                                           \
    (((size_t)(width) * (height)*VWR_VGPU_PIXEL_BYTES + VWR_VGPU_ALIGN - 1u) / VWR_VGPU_ALIGN * \
     VWR_VGPU_ALIGN)

struct vwr_vgpu;

/* An image: row y begins at base + y * stride. */
struct vwr_vgpu_pixels {
    uint8_t *base;   /* the pixel at the upper left */
    uint32_t stride; /* bytes from a row to the next */
    uint32_t width;
    uint32_t height;
    uint32_t format; /* VWR_GPU_FORMAT_...: the order of the bytes of a pixel */
};

/* In pixels, from the upper left. */
struct vwr_vgpu_area {
    uint32_t x, y, width, height;
};

/* A part of a screen has changed. */
struct vwr_vgpu_flush {
    struct vwr_vgpu_pixels pixels; /* the whole screen */
    struct vwr_vgpu_area area;     /* the part, which is inside */
    unsigned scanout;
    uint64_t ticket; /* for vwr_vgpu_flushed */
    bool last;       /* of this screen and the command that the guest has given: the rest came before */
};

struct vwr_vgpu_cursor {
    struct vwr_vgpu_pixels image; /* VWR_VGPU_CURSOR_PIXELS squared; base NULL: none is shown */
    bool moved;                   /* the place alone is new, `image` and the point in it are not set */
    unsigned scanout;
    uint32_t x, y;         /* where it points; whatever the guest says, also outside of the screen */
    uint32_t hot_x, hot_y; /* that point of the image, inside of it */
};

/*
 * What the VMM does; each may be NULL. Called with the lock of the device held; may call nothing of this
 * device.
 */
struct vwr_vgpu_ops {
    /*
     * A screen shows other pixels from now on, which lie in `memory`; NULL: nothing, it is black. They may be
     * read until the next call for this scanout; the guest changes them meanwhile, and says what it has
     * changed by a flush. The first flush after it brings all that is to be shown.
     */
    void (*scanout)(struct vwr_vgpu *g, unsigned scanout, const struct vwr_vgpu_pixels *pixels);
    /*
     * A part is to be shown, no more rows of it than the budget of bytes has left, or one. VWR_OK: it is
     * shown; VWR_LATER: it will be, and vwr_vgpu_flushed says so: until then the guest's next commands wait;
     * negative: it cannot be, the guest gets ERR_UNSPEC and no further part of this command comes.
     */
    int (*flush)(struct vwr_vgpu *g, const struct vwr_vgpu_flush *f);
    /* The cursor has another image, or another place, or is hidden. `image` may be read in this call only. */
    void (*cursor)(struct vwr_vgpu *g, const struct vwr_vgpu_cursor *c);
};

/* A part of what the VMM gives, in units, its neighbours, and the gap behind it; private. */
struct vwr_vgpu_span {
    struct vwr_vindex_node gap; /* first: its key is how long that is; 0: there is none */
    uint32_t first;
    uint32_t count; /* 0: none */
    struct vwr_vgpu_span *before;
    struct vwr_vgpu_span *next;
};

/* All of it: parts in use behind one of 0 units, and gaps by their length; private. */
struct vwr_vgpu_pool {
    struct vwr_vgpu_span none;
    struct vwr_vindex_node *gaps;
};

/* Guest memory behind a resource, a range; private. */
struct vwr_vgpu_entry {
    uint64_t base; /* guest-physical address of byte 0 of the backing, if all of it were so contiguous */
    uint64_t end;  /* where the range ends in the backing */
};

/* An image of the guest's: the VMM's memory, any content; private. */
struct vwr_vgpu_resource {
    struct vwr_vindex_node by_id;   /* first: its key is the id */
    struct vwr_vindex_node *heads;  /* those whose id leads to this index */
    struct vwr_vgpu_resource *next; /* that is free */
    uint32_t id;                    /* 0: none */
    uint32_t format;
    uint32_t width;
    uint32_t height;
    struct vwr_vgpu_span pixels;
    struct vwr_vgpu_span backing; /* count 0: it has none */
};

/* A screen: the VMM's memory. */
struct vwr_vgpu_scanout {
    uint32_t width; /* the VMM's to set before init, then vwr_vgpu_resize; 0 and 0: it is switched off */
    uint32_t height;
    /* private */
    uint32_t resource; /* id; 0: nothing is shown */
    struct vwr_vgpu_area area;
};

/*
 * All memory stays the VMM's, and is in use until the device is no longer. None of it may be where the guest
 * can write.
 *   scanout    1 to VWR_GPU_MAX_SCANOUTS of them, each up to VWR_VGPU_SIDE_MAX
 *   resource   images that the guest can have at once: two for each screen and one for the cursor at least
 *   entry      parts of backing of all of them together. A guest's pages lie anywhere, so each 4 KiB of an
 * image may need one; what is contiguous needs less memory     pixels of all of them together: a part for
 * each, VWR_VGPU_BYTES. Parts are not moved, so leave some more than that
 */
struct vwr_vgpu_options {
    const struct vwr_vgpu_ops *ops;
    void *context;
    struct vwr_vgpu_scanout *scanout;
    struct vwr_vgpu_resource *resource;
    struct vwr_vgpu_entry *entry;
    void *memory; /* aligned to VWR_VGPU_ALIGN, or copies are slower */
    size_t memory_bytes;
    uint32_t entries;
    uint16_t resources;
    uint16_t scanouts;
    bool edid; /* offer EDID: a guest finds sizes and names of screens as it does on a real one */
};

/* A command that is done in parts; private. */
struct vwr_vgpu_job {
    int (*step)(struct vwr_vgpu *g); /* a part: VWR_LATER, or how the command ends */
    struct vwr_vmessage *x;
    struct vwr_gpu_ctrl_hdr back;
    struct vwr_vgpu_resource *resource;
    struct vwr_vgpu_area area;
    uint64_t offset;    /* transfer: of the area's first pixel in the backing */
    uint32_t row_bytes; /* transfer */
    uint32_t rows;      /* or entries, or bytes */
    uint32_t row;       /* that is next */
    uint32_t at;        /* byte of it */
    uint32_t entry;     /* of the backing */
    uint32_t scanout;   /* flush */
    uint32_t id;        /* of a new resource */
    uint64_t ticket;    /* of the part that the VMM has */
    int result;         /* what the VMM has answered */
    bool attaching;     /* the backing of the resource is not all there */
    bool waiting;       /* for vwr_vgpu_flushed */
};

/* May be read: context. The rest is private. */
struct vwr_vgpu {
    struct vwr_gpu_vservice service; /* first */
    void *context;
    const struct vwr_vgpu_ops *ops;
    struct vwr_vgpu_scanout *scanout;
    struct vwr_vgpu_resource *resource;
    struct vwr_vgpu_resource *free;
    struct vwr_vgpu_entry *entry;
    uint8_t *memory;
    struct vwr_vgpu_pool pixels; /* units of VWR_VGPU_ALIGN bytes */
    struct vwr_vgpu_pool backing;
    uint32_t cursors; /* that are shown, a bit for each scanout */
    uint16_t resources;
    uint16_t scanouts;
    struct vwr_vgpu_job job;
    struct vwr_gpu_resp_edid answer;
    struct vwr_vmessage message[VWR_VGPU_MESSAGES];
    struct vwr_vseg seg[(VWR_VGPU_MESSAGES + 1u) * VWR_VGPU_SEGS];
};

/* The device, for vwr_vm_add and what else works with any of them. */
static inline struct vwr_vdev *vwr_vgpu_dev(struct vwr_vgpu *g)
{
    return &g->service.service.dev;
}

/*
 * VWR_OK; VWR_EINVAL: no ops, no scanout, resource, entry or memory, more scanouts than there can be, a size
 * of one that cannot be, or setup.legacy; VWR_ENOQUEUE: fewer than VWR_VGPU_QUEUES; and as vwr_vdev_init. Its
 * queues are no longer than VWR_VGPU_SEGS, less the borders of guest memory, whatever queue_size is.
 */
VWR_MUST_CHECK int vwr_vgpu_init(struct vwr_vgpu *g, const struct vwr_vdev_setup *s,
                                 const struct vwr_vgpu_options *o);

/*
 * A screen has another size: its display info and its EDID say so, and the guest gets the event. What it
 * shows stays until the guest shows something else. 0 and 0: the screen was switched off or unplugged.
 * VWR_OK; VWR_EINVAL: no such scanout, or a size that cannot be. Takes the lock.
 */
VWR_MUST_CHECK int vwr_vgpu_resize(struct vwr_vgpu *g, unsigned scanout, uint32_t width, uint32_t height);

/**
 * vwr_vgpu_flushed() - ends a part of a flush that was answered VWR_LATER
 * @g: the device
 * @ticket: of the part. One that is void, since the part has ended or a reset has taken the command away:
 * nothing happens, and stats.late of the device counts it
 * @result: VWR_OK, or negative as a flush answers
 *
 * Context: any thread, not within the flush; takes the lock.
 */
void vwr_vgpu_flushed(struct vwr_vgpu *g, uint64_t ticket, int result);

/*
 * For a flush of the VMM's: copies the part to its place in the framebuffer `to`, whose format may be another
 * one; what lies outside of it is left out. Loops: over the pixels. Context: any.
 */
void vwr_vgpu_draw(const struct vwr_vgpu_pixels *to, const struct vwr_vgpu_flush *f);

/* The EDID of a display of this size, number `scanout`, into to[0 .. VWR_VGPU_EDID_BYTES). Context: any. */
void vwr_vgpu_edid(uint8_t *to, unsigned scanout, uint32_t width, uint32_t height);

VWR_END_C

#endif
