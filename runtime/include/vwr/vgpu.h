/* SPDX-License-Identifier: MIT */
#ifndef VWR_VGPU_H
#define VWR_VGPU_H

#include "vwr/service/gpu.h"
#include "vwr/vindex.h"

VWR_BEGIN_C

/**
 * DOC: GPU, device side (2D)
 *
 * A GPU has screens, on which the guest draws, and a cursor::
 *
 *     ops.scanout = show;
 *     ops.flush = redraw;
 *     options.scanout[0].width = 1280, options.scanout[0].height = 800;
 *     r = vwr_vgpu_init(&g, &setup, &own, &options);     // and vwr_vm_add of vwr_vgpu_dev(&g)
 *     r = vwr_vgpu_resize(&g, 0, 1920, 1080);      // request another size from the guest
 *
 * The guest creates resources: images in the VMM's memory (options.memory), into which it copies from its own
 * memory. A scanout displays a part of a resource. The address of the first pixel of that part and its stride
 * are passed to ops.scanout; changed areas are passed to ops.flush. A VMM with its own framebuffer calls
 * vwr_vgpu_draw() in ops.flush.
 *
 * Commands in the control queue are executed one after the other. Long commands (creating a resource,
 * attaching a long list of backing memory, transfers, flushes) are split into parts that fit the byte budget
 * (vwr/vdev.h). Commands in the cursor queue do not wait for them. Guest memory is translated anew for each
 * part of a transfer.
 *
 * Invalid commands are answered with an error defined by the specification: ERR_INVALID_PARAMETER,
 * ERR_INVALID_RESOURCE_ID, ERR_INVALID_SCANOUT_ID; ERR_OUT_OF_MEMORY if @memory, @entry or @resource is used
 * up; ERR_UNSPEC for unsupported commands (3D, blobs), for backing memory that is already attached or is
 * missing, and for a flush that the VMM could not display.
 *
 * vwr_vgpu_state saves screens and resources with their pixels (docs/state.md). After a load, ops.scanout,
 * ops.flush and ops.cursor are called for everything that is displayed. If the guest had deleted the cursor's
 * resource before the save, the cursor is not shown until the guest sets a new one.
 *
 * A reset of the device turns off all screens and the cursor, and deletes all resources. Only
 * modern devices are supported; the GPU has no legacy interface.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: GPU Device.
 */

/* Limits of this implementation. */
#define VWR_VGPU_QUEUES 2u   /* control and cursor */
#define VWR_VGPU_SEGS 68u    /* segments per chain, for 64 descriptors and some boundaries between regions */
#define VWR_VGPU_MESSAGES 2u /* one per queue */
#define VWR_VGPU_SIDE_MAX 4095u    /* maximum width and height of a scanout, the limit of an EDID */
#define VWR_VGPU_EDGE_MAX 16384u   /* maximum width and height of a resource */
#define VWR_VGPU_CURSOR_PIXELS 64u /* width and height of a cursor image */
#define VWR_VGPU_PIXEL_BYTES 4u    /* bytes per pixel, in every format */
#define VWR_VGPU_EDID_BYTES 128u
#define VWR_VGPU_ALIGN 64u /* alignment of a resource in `memory` */

/**
 * VWR_VGPU_BYTES() - Number of bytes that a resource occupies in options.memory
 * @width: Width in pixels.
 * @height: Height in pixels.
 */
#define VWR_VGPU_BYTES(width, height)                                                           \
    (((size_t)(width) * (height)*VWR_VGPU_PIXEL_BYTES + VWR_VGPU_ALIGN - 1u) / VWR_VGPU_ALIGN * \
     VWR_VGPU_ALIGN)

struct vwr_vgpu;

/**
 * struct vwr_vgpu_pixels - An image
 * @base: First pixel. Row y starts at @base + y * @stride.
 * @stride: Distance between rows in bytes.
 * @width: Width in pixels.
 * @height: Height in pixels.
 * @format: VWR_GPU_FORMAT_*, which is the byte order of a pixel.
 */
struct vwr_vgpu_pixels {
    uint8_t *base;
    uint32_t stride;
    uint32_t width;
    uint32_t height;
    uint32_t format;
};

/**
 * struct vwr_vgpu_area - A rectangle in pixels
 * @x: Distance from the left edge.
 * @y: Distance from the upper edge.
 * @width: Width.
 * @height: Height.
 */
struct vwr_vgpu_area {
    uint32_t x, y, width, height;
};

/**
 * struct vwr_vgpu_flush - A part of a screen that has changed
 * @pixels: Whole screen.
 * @area: Part, within @pixels.
 * @scanout: Scanout.
 * @ticket: For vwr_vgpu_done(). 0: the flush covers the whole screen after a state was loaded, and the
 *   result is ignored.
 * @last: This is the last part on this screen for the guest's command.
 */
struct vwr_vgpu_flush {
    struct vwr_vgpu_pixels pixels;
    struct vwr_vgpu_area area;
    unsigned scanout;
    uint64_t ticket;
    bool last;
};

/**
 * struct vwr_vgpu_cursor - A cursor
 * @image: Image, VWR_VGPU_CURSOR_PIXELS wide and high; if its base is NULL, no cursor is shown.
 * @moved: Only the position has changed; @image and the hot spot are not set.
 * @scanout: Scanout.
 * @x: Position of the hot spot in pixels, as sent by the guest; it may be outside of the screen.
 * @y: Position of the hot spot in pixels.
 * @hot_x: Hot spot within the image.
 * @hot_y: Hot spot within the image.
 */
struct vwr_vgpu_cursor {
    struct vwr_vgpu_pixels image;
    bool moved;
    unsigned scanout;
    uint32_t x, y;
    uint32_t hot_x, hot_y;
};

/**
 * struct vwr_vgpu_ops - Hooks of the VMM; each may be NULL
 * @scanout: Called when a screen displays other pixels, which are in options.memory. If @pixels is NULL, the
 *   screen is black. The VMM may read the pixels until the next call for this scanout. The guest may change
 *   the pixels meanwhile, and reports changes with flushes. The first flush after the call covers everything
 *   to display.
 * @flush: Display a part of a screen. The part has as many rows as the budget allows, but at least one.
 *   VWR_OK: it is displayed. VWR_LATER: the VMM will display it and then call vwr_vgpu_done(); until then,
 *   the guest's next commands wait. Negative: it cannot be displayed; the command fails with ERR_UNSPEC, and
 *   no further part of it follows.
 * @cursor: The cursor has a new image or position, or is hidden. @image may be read only during the call.
 *
 * The hooks are called with the device's lock held, and must not call functions of this device.
 */
struct vwr_vgpu_ops {
    void (*scanout)(struct vwr_vgpu *g, unsigned scanout, const struct vwr_vgpu_pixels *pixels);
    int (*flush)(struct vwr_vgpu *g, const struct vwr_vgpu_flush *f);
    void (*cursor)(struct vwr_vgpu *g, const struct vwr_vgpu_cursor *c);
};

/* A part of memory, counted in units, with its neighbours and the gap after it; private. */
struct vwr_vgpu_span {
    struct vwr_vindex_node gap; /* first; its key is the length of the gap; 0: there is none */
    uint32_t first;
    uint32_t count; /* 0: none */
    struct vwr_vgpu_span *before;
    struct vwr_vgpu_span *next;
};

/*
 * A memory pool: a list of the parts in use, which starts with an empty part, and an index of gaps by length;
 * private.
 */
struct vwr_vgpu_pool {
    struct vwr_vgpu_span none;
    struct vwr_vindex_node *gaps;
};

/* A range of guest memory that backs a resource; private. */
struct vwr_vgpu_entry {
    uint64_t base; /* guest-physical address that byte 0 of the backing memory would have if all of it were
                      contiguous */
    uint64_t end;  /* end of the range in the backing memory */
};

/* A resource of the guest; private. In the VMM's memory; need not be initialised. */
struct vwr_vgpu_resource {
    struct vwr_vindex_node by_id;   /* first: its key is the ID */
    struct vwr_vindex_node *heads;  /* resources whose ID maps to this index */
    struct vwr_vgpu_resource *next; /* next free one */
    uint32_t id;                    /* 0: none */
    uint32_t format;
    uint32_t width;
    uint32_t height;
    struct vwr_vgpu_span pixels;
    struct vwr_vgpu_span backing; /* if count is 0, there is none */
};

/**
 * struct vwr_vgpu_scanout - A screen; in the VMM's memory
 * @width: Width in pixels. Set by the VMM before init; afterwards call vwr_vgpu_resize(). If width and height
 *   are 0, the screen is off.
 * @height: Height in pixels.
 */
struct vwr_vgpu_scanout {
    uint32_t width;
    uint32_t height;
    /* private: */
    uint32_t resource; /* ID of the displayed resource; 0: nothing is shown */
    struct vwr_vgpu_area area;
    uint32_t cursor; /* ID of the cursor's resource; 0: there is none, or it was deleted */
    uint32_t hot_x, hot_y;
    uint32_t x, y; /* of the cursor */
};

/**
 * struct vwr_vgpu_options - Options of vwr_vgpu_init()
 * @ops: Hooks.
 * @context: Stored in the GPU.
 * @scanout: Screens, each up to VWR_VGPU_SIDE_MAX.
 * @scanout_count: Number of entries in @scanout, 1 to VWR_GPU_MAX_SCANOUTS.
 * @resource: Memory for resources.
 * @resource_count: Number of entries in @resource, at least 1. Use at least two per screen and one for the
 *   cursor.
 * @entry: Memory for the ranges of backing memory of all resources. The guest's pages may be scattered, so
 *   each 4 KiB of an image may need an entry.
 * @entry_count: Number of entries in @entry.
 * @memory: Memory for the pixels of all resources, which need VWR_VGPU_BYTES() each. Provide more than the
 *   sum, since resources are never moved and the memory may become fragmented. Copying is slower if the
 *   memory is not aligned to VWR_VGPU_ALIGN.
 * @memory_bytes: Size of @memory in bytes.
 * @edid: Offer EDID. The guest then reads the size and name of each screen as from a physical display.
 * @width_max: Width of the VMM's window or framebuffer in pixels; 0: no limit. A guest may display an image
 *   that is larger than its screen, such as Linux's mode of 1024x768: the hooks then get the upper left part
 *   of it, as on a physical display, and never a pixel beyond the limit.
 * @height_max: Its height in pixels; 0: no limit.
 *
 * All memory belongs to the VMM and stays in use as long as the device. The guest must not be able
 * to write to it. vwr_vgpu_init() replaces @resource to @memory_bytes.
 */
struct vwr_vgpu_options {
    const struct vwr_vgpu_ops *ops;
    void *context;
    struct vwr_vgpu_scanout *scanout;
    uint16_t scanout_count;
    struct vwr_vgpu_resource *resource;
    uint16_t resource_count;
    struct vwr_vgpu_entry *entry;
    uint32_t entry_count;
    void *memory;
    size_t memory_bytes;
    bool edid;
    uint32_t width_max;
    uint32_t height_max;
};

/* A command that is executed in parts; private. */
struct vwr_vgpu_job {
    int (*step)(struct vwr_vgpu *g); /* executes a part; returns VWR_LATER or the command's result */
    struct vwr_vmessage *x;
    struct vwr_gpu_ctrl_hdr back;
    struct vwr_vgpu_resource *resource;
    struct vwr_vgpu_resource *attaching; /* its backing memory is incomplete */
    struct vwr_vgpu_area area;
    uint64_t offset;    /* transfer: offset of the area's first pixel in the backing memory */
    uint32_t row_bytes; /* transfer */
    uint32_t rows;      /* number of rows, entries or bytes */
    uint32_t row;       /* next row, entry or byte */
    uint32_t at;        /* byte within the row */
    uint32_t entry;     /* index of a range of the backing memory */
    uint32_t scanout;   /* flush */
    uint32_t id;        /* new resource */
    uint64_t ticket;    /* ticket of the part that the VMM is displaying */
    int result;         /* result of the VMM */
    bool waiting;       /* the job waits for vwr_vgpu_done() */
};

/**
 * struct vwr_vgpu - A GPU
 * @service: Service; the first member. vwr_vgpu_dev() returns the device.
 * @context: For the VMM.
 */
struct vwr_vgpu {
    struct vwr_gpu_vservice service;
    void *context;
    /* private: */
    const struct vwr_vgpu_ops *ops;
    struct vwr_vgpu_scanout *scanout;
    struct vwr_vgpu_resource *resource;
    struct vwr_vgpu_resource *free;
    struct vwr_vgpu_entry *entry;
    uint8_t *memory;
    struct vwr_vgpu_pool pixels; /* units of VWR_VGPU_ALIGN bytes */
    struct vwr_vgpu_pool backing;
    uint32_t cursors; /* mask of scanouts that show a cursor */
    uint16_t resources;
    uint16_t scanouts;
    uint16_t saved;     /* number of resources in a saved state */
    uint32_t width_max; /* of what the VMM displays; ~0: no limit */
    uint32_t height_max;
    struct vwr_vgpu_job job;
    struct vwr_gpu_resp_edid answer;
    struct vwr_vmessage message[VWR_VGPU_MESSAGES];
    struct vwr_vseg seg[(VWR_VGPU_MESSAGES + 1u) * VWR_VGPU_SEGS];
};

/**
 * vwr_vgpu_dev() - Get the device to pass to vwr_vm_add()
 * @g: GPU.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vgpu_dev(struct vwr_vgpu *g)
{
    return &g->service.service.dev;
}

/**
 * vwr_vgpu_init_with() - Initialise a GPU with memory of any size
 * @g: GPU. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @o: Options.
 *
 * Regardless of queue_size, a queue has at most VWR_VGPU_SEGS descriptors, minus one for each boundary
 * between adjacent regions of guest memory.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there are no hooks, there are too many scanouts, a scanout has an invalid size, or
 *   setup.legacy is set.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vgpu_init_with(struct vwr_vgpu *g, const struct vwr_vdev_setup *s,
                                      const struct vwr_vgpu_options *o);

/** VWR_VGPU_QUEUE - Number of descriptors of a queue */
#ifndef VWR_VGPU_QUEUE
#define VWR_VGPU_QUEUE 64u
#endif

/** VWR_VGPU_RESOURCES - Number of resources */
#ifndef VWR_VGPU_RESOURCES
#define VWR_VGPU_RESOURCES 16u
#endif

/** VWR_VGPU_MEMORY - Number of bytes for the pixels of all resources */
#ifndef VWR_VGPU_MEMORY
#define VWR_VGPU_MEMORY (3u * VWR_VGPU_BYTES(1024u, 768u))
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VGPU_QUEUE), "VWR_VGPU_QUEUE must be a power of 2");

/**
 * struct vwr_vgpu_own - Memory of a GPU that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 * @resource: Resources.
 * @entry: Ranges of backing memory, for images of scattered pages.
 * @memory: Pixels of the resources.
 */
struct vwr_vgpu_own {
    struct vwr_vqueue queue[VWR_VGPU_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VGPU_QUEUES, VWR_VGPU_QUEUE)];
    struct vwr_vgpu_resource resource[VWR_VGPU_RESOURCES];
    struct vwr_vgpu_entry entry[VWR_VGPU_MEMORY / 4096u + VWR_VGPU_RESOURCES];
    uint8_t memory[VWR_VGPU_MEMORY] __attribute__((aligned(VWR_VGPU_ALIGN)));
};

/** vwr_vgpu_init() - Initialise a GPU for a guest; see vwr_vgpu_init_with() */
VWR_MUST_CHECK static inline int vwr_vgpu_init(struct vwr_vgpu *g, const struct vwr_vdev_setup *setup,
                                               struct vwr_vgpu_own *own, const struct vwr_vgpu_options *o)
{
    struct vwr_vdev_setup with;
    struct vwr_vgpu_options options;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VGPU_QUEUE);
    vwr_copy(&options, o, sizeof(options));
    options.resource = own->resource;
    options.resource_count = VWR_COUNT(own->resource);
    options.entry = own->entry;
    options.entry_count = VWR_COUNT(own->entry);
    options.memory = own->memory;
    options.memory_bytes = sizeof(own->memory);
    return vwr_vgpu_init_with(g, &with, &options);
}

/**
 * vwr_vgpu_resize() - Change the size of a screen
 * @g: GPU.
 * @scanout: Scanout.
 * @width: Width in pixels.
 * @height: Height in pixels. If both are 0, the screen is off or unplugged.
 *
 * The display info and the EDID are updated, and the guest receives an event. The screen keeps its contents
 * until the guest displays something else.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there is no such scanout, or the size is invalid.
 */
VWR_MUST_CHECK int vwr_vgpu_resize(struct vwr_vgpu *g, unsigned scanout, uint32_t width, uint32_t height);

/**
 * vwr_vgpu_done() - Complete a part of a flush that returned VWR_LATER
 * @g: GPU.
 * @ticket: Ticket of the part. If it is invalid because the part is already complete or a reset has discarded
 *   the command, the call only increments the device's stats.late.
 * @result: VWR_OK, or a negative value, with the same meaning as for ops.flush.
 *
 * Context: The device's owner, or any thread if the VM has locks. Takes the device's lock. Does not
 *   wait, except for the VM's lock. Not within the flush.
 */
void vwr_vgpu_done(struct vwr_vgpu *g, uint64_t ticket, int result);

/**
 * vwr_vgpu_draw() - Copy a changed part into a framebuffer (for ops.flush)
 * @to: Framebuffer; its format may differ. Pixels outside of it are skipped.
 * @f: Part.
 */
void vwr_vgpu_draw(const struct vwr_vgpu_pixels *to, const struct vwr_vgpu_flush *f);

/**
 * vwr_vgpu_edid() - Create the EDID of a display
 * @to: Filled in with VWR_VGPU_EDID_BYTES bytes.
 * @scanout: Number of the display.
 * @width: Width in pixels, at most VWR_VGPU_SIDE_MAX.
 * @height: Height in pixels, at most VWR_VGPU_SIDE_MAX. If one is 0, the mode is 640x480.
 *
 * The mode has 60 Hz, or 30 Hz if its pixel clock would be too high for an EDID. A display with a side
 * shorter than 10 cm at 96 pixels per inch has no physical size.
 */
void vwr_vgpu_edid(uint8_t *to, unsigned scanout, uint32_t width, uint32_t height);

VWR_END_C

#endif
