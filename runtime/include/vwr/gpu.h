/* SPDX-License-Identifier: MIT */
#ifndef VWR_GPU_H
#define VWR_GPU_H

#include "vwr/bytes.h"
#include "vwr/client.h"
#include "vwr/gen/gpu.h"

VWR_BEGIN_C

/**
 * DOC: GPU, driver side (2D)
 *
 * The driver displays framebuffers in the caller's memory, updates rectangles of them, and shows a
 * cursor::
 *
 *     r = vwr_gpu_open(g, d, options);
 *     n = vwr_gpu_read_displays(g, display, 16);       // preferred sizes
 *     fb->pixels = memory;                             // and so on: struct vwr_gpu_framebuffer
 *     r = vwr_gpu_show(g, fb);                         // once: its content is on the screen
 *     r = vwr_gpu_flush(g, fb, &area);                 // after each change; or without waiting:
 *
 *     struct vwr_gpu_controlq *q = vwr_gpu_get_controlq(g, 0);
 *     vwr_gpu_fill(update, fb, &area);                 // for each rectangle
 *     r = vwr_gpu_submit(q, update);
 *     vwr_gpu_kick(q);                                 // once
 *     while ((n = vwr_gpu_reap(q, done, 8)) >= 0)      // done[0 .. n) are on the screen
 *         ...
 *
 * Rules:
 *
 * - The GPU has one owner at a time. An interrupt handler may be the owner if it calls only
 *   functions that do not wait.
 * - A blocking function waits until the deadline of its requests. If the queue stops, the function returns
 *   the same errors as vwr_request_wait(), and vwr/result.h describes who owns the memory. After a recovery,
 *   vwr_gpu_reap() returns the updates that were in flight.
 * - While a call sleeps (struct vwr_waiter), another thread may own the GPU. If that thread calls
 *   vwr_gpu_reap(), it also gets the update for which the sleeping call waits.
 * - A framebuffer belongs to the GPU from vwr_gpu_show() to vwr_gpu_hide(), not just during a call.
 * - A call with an invalid argument sends nothing.
 * - Only modern devices are supported: the GPU has no legacy interface. A build without VWR_WITH_ASYNC has no
 *   GPU driver, because updating a rectangle requires two requests in flight.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: GPU Device.
 */

/** VWR_GPU_QUEUE - Number of descriptors of the control queue, a power of 2 */
#ifndef VWR_GPU_QUEUE
#define VWR_GPU_QUEUE 64u
#endif

/** VWR_GPU_REQUESTS - Number of requests in flight in the control queue; an update takes two */
#ifndef VWR_GPU_REQUESTS
#define VWR_GPU_REQUESTS 16u
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_GPU_QUEUE), "VWR_GPU_QUEUE must be a power of 2");
VWR_STATIC_ASSERT(VWR_GPU_QUEUE >= 4 && VWR_GPU_REQUESTS >= 2,
                  "VWR_GPU_QUEUE or VWR_GPU_REQUESTS is too small for an update");
#define VWR_GPU_CURSOR_QUEUE 4u                 /* descriptors of the cursor queue */
#define VWR_GPU_PIXEL_BYTES 4u                  /* bytes per pixel, in every format */
#define VWR_GPU_CURSOR_PIXELS 64u               /* width and height of a cursor image in pixels */
#define VWR_GPU_NO_SCANOUT VWR_GPU_MAX_SCANOUTS /* scanout of a framebuffer that is not displayed */

/**
 * VWR_GPU_ENTRIES() - Number of list entries for a framebuffer whose pages are not contiguous
 * @width: Width in pixels.
 * @height: Height in pixels.
 * @page_bytes: Page size in bytes. The framebuffer may start anywhere within a page.
 */
#define VWR_GPU_ENTRIES(width, height, page_bytes) \
    (((size_t)(width) * (height)*VWR_GPU_PIXEL_BYTES + (page_bytes)-1u) / (page_bytes) + 1u)

/* Answers of the device; private. */
union vwr_gpu_answer {
    struct vwr_gpu_ctrl_hdr hdr; /* first in each */
    struct vwr_gpu_resp_display_info displays;
    struct vwr_gpu_resp_edid edid;
};

/* A message and its answer in shared memory; private. */
struct vwr_gpu_slot {
    union {
        struct vwr_gpu_ctrl_hdr hdr; /* first in each */
        struct vwr_gpu_transfer_to_host_2d transfer;
        struct vwr_gpu_resource_flush flush;
        struct vwr_gpu_set_scanout_blob longest;
        uint64_t align;
    } out;
    struct vwr_gpu_mem_entry entry; /* after a message that has a list */
    union vwr_gpu_answer answer;
};

/**
 * struct vwr_gpu_shared - Shared memory of the queues (see struct vwr_queue_memory); it need not be
 *   initialised
 * @control: Control queue.
 * @cursor: Cursor queue.
 */
struct vwr_gpu_shared {
    uint8_t control[VWR_QUEUE_SHARED_BYTES_WITH(
        VWR_GPU_QUEUE, VWR_GPU_REQUESTS *VWR_REQUEST_SLOT_BYTES(sizeof(struct vwr_gpu_slot), 1))];
    uint8_t cursor[VWR_QUEUE_SHARED_BYTES_WITH(VWR_GPU_CURSOR_QUEUE,
                                               VWR_REQUEST_SLOT_BYTES(sizeof(struct vwr_gpu_slot), 1))]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

/** enum vwr_gpu_fault - Faults of a GPU: see vwr/fault.h. A message is a VWR_GPU_CMD_* value */
enum vwr_gpu_fault {
    VWR_FAULT_GPU_REFUSED = VWR_FAULT(VWR_FAULT_CLASS, VWR_EIO), /* where: message; got: RESP_ERR_... */
    VWR_FAULT_GPU_FENCE =
        VWR_FAULT(VWR_FAULT_CLASS + 1, VWR_EPROTO), /* where: message; got: lower half of the fence */
    VWR_FAULT_GPU_SHORT = VWR_FAULT(VWR_FAULT_CLASS + 2, VWR_EPROTO), /* where: message; got: bytes */
    VWR_FAULT_GPU_EDID = VWR_FAULT(VWR_FAULT_CLASS + 3, VWR_EPROTO),  /* where: message; got: its size */
};

/**
 * struct vwr_gpu_area - A rectangle in pixels
 * @x: Distance from the left edge.
 * @y: Distance from the top edge.
 * @width: Width.
 * @height: Height.
 */
struct vwr_gpu_area {
    uint32_t x, y, width, height;
};

/**
 * struct vwr_gpu_display - A display
 * @area: Preferred size, and position relative to the other displays.
 * @enabled: The display is enabled.
 */
struct vwr_gpu_display {
    struct vwr_gpu_area area;
    bool enabled;
};

/**
 * struct vwr_gpu_edid - EDID of a display
 * @bytes: Number of bytes; the rest of @data is 0.
 * @data: EDID as sent by the device. VESA's E-EDID standard describes the blocks and their checksums.
 */
struct vwr_gpu_edid {
    uint32_t bytes;
    uint8_t data[sizeof(((struct vwr_gpu_resp_edid *)0)->edid)];
};

struct vwr_gpu_update;
struct vwr_gpu_row;

/* A message in flight; private. */
struct vwr_gpu_request {
    struct vwr_req req; /* first */
    uint32_t type;      /* VWR_GPU_CMD_... */
    uint32_t id;        /* resource ID */
    uint64_t fence;     /* 0: none */
    const struct vwr_gpu_row *row;
    struct vwr_gpu_update *update; /* update that the request belongs to */
    struct vwr_gpu_area area;
    uint32_t offset; /* of the area's first pixel, in bytes */
    uint32_t scanout;
};

/**
 * struct vwr_gpu_framebuffer - An image that the device may read
 * @pixels: Rows of @width * VWR_GPU_PIXEL_BYTES bytes, without gaps.
 * @entry: Array in shared memory for the segment list, if @pixels is not contiguous for the device; otherwise
 *   NULL.
 * @entries: Number of entries; see VWR_GPU_ENTRIES().
 * @width: Width in pixels. The image must be smaller than 2^31 bytes.
 * @height: Height in pixels.
 * @format: VWR_GPU_FORMAT_*.
 * @scanout: Scanout that displays the framebuffer. VWR_GPU_NO_SCANOUT: none, as for a cursor image.
 * @blob: true if the device must not keep a copy of the image. Requires RESOURCE_BLOB.
 * @result: VWR_OK, or the reason why the framebuffer could not be shown again after a recovery.
 *
 * The caller must zero the structure before its first use and keep it in private memory. The framebuffer
 * belongs to the GPU from vwr_gpu_show() until vwr_gpu_hide() or vwr_close() returns VWR_OK. During this
 * time the device may read @pixels. The CPU may write to @pixels; the changes become visible after a flush. A
 * recovery does not return the framebuffer to the caller but shows it again. If the port has
 * vwr_port_dma_map(), it must map @pixels in at most VWR_REQUEST_SEGMENTS parts.
 */
struct vwr_gpu_framebuffer {
    /* private: */
    struct vwr_gpu_request request; /* first */
    /* public: */
    void *pixels;
    struct vwr_gpu_mem_entry *entry;
    uint32_t entries;
    uint32_t width, height;
    uint32_t format;
    uint32_t scanout;
    bool blob;
    int result;
    /* private: */
    uint8_t state;
    bool sent; /* `at` was sent since the last reset, and its answer has not been processed */
    const struct vwr_gpu_row *const *at; /* next message to send */
    uint32_t memory, use;                /* of a blob: VWR_GPU_BLOB_MEM_..., VWR_GPU_BLOB_FLAG_... */
    uint32_t stride, bytes;
    struct vwr_vec vec[2]; /* a message, and the list after it */
    struct vwr_gpu_framebuffer *next;
#if VWR_PORT_HAS_DMA_MAP
    uint32_t mappings;
    struct vwr_mapping mapping[VWR_REQUEST_SEGMENTS]; /* of the pixels */
#endif
};

/**
 * struct vwr_gpu_update - An update of a rectangle on the screen
 * @framebuffer: Framebuffer. Set by vwr_gpu_fill().
 * @area: Rectangle. Set by vwr_gpu_fill().
 * @result: VWR_OK: the rectangle is on the screen; otherwise the error.
 * @token: Value for the caller's use.
 * @fence: Fence that the device signalled. Fences are numbered in the order of submission.
 *
 * The caller must zero the update before its first use and keep it in private memory. The update is in flight
 * from vwr_gpu_submit() until vwr_gpu_reap() returns it.
 */
struct vwr_gpu_update {
    struct vwr_gpu_framebuffer *framebuffer;
    struct vwr_gpu_area area;
    int result;
    void *token;
    uint64_t fence;
    /* private: */
    unsigned left; /* requests in flight */
    struct vwr_gpu_request transfer;
    struct vwr_gpu_request flush;
};

/**
 * vwr_gpu_fill() - Prepare an update
 * @u: Update that is not in flight.
 * @fb: Framebuffer.
 * @area: Rectangle; NULL: the whole framebuffer.
 */
static inline void vwr_gpu_fill(struct vwr_gpu_update *u, struct vwr_gpu_framebuffer *fb,
                                const struct vwr_gpu_area *area)
{
    u->framebuffer = fb;
    u->area.x = area != NULL ? area->x : 0; /* a structure copy may become a call to memcpy() */
    u->area.y = area != NULL ? area->y : 0;
    u->area.width = area != NULL ? area->width : fb->width;
    u->area.height = area != NULL ? area->height : fb->height;
}

/**
 * struct vwr_gpu_controlq - The control queue, which processes updates
 * @client: Queue. Any thread may read client.requests.stats and client.requests.queue.stats; the
 *   rest is private.
 */
struct vwr_gpu_controlq {
    struct vwr_clientq client;
    /* private: */
    uint32_t room;   /* number of requests that fit */
    uint64_t fences; /* number of fences so far */
};

/**
 * struct vwr_gpu_pointer - A cursor
 * @image: Framebuffer of VWR_GPU_CURSOR_PIXELS by VWR_GPU_CURSOR_PIXELS pixels whose scanout is
 *   VWR_GPU_NO_SCANOUT; NULL: no cursor.
 * @scanout: Scanout.
 * @x: Horizontal position of the hot spot in pixels.
 * @y: Vertical position of the hot spot in pixels.
 * @hot_x: Horizontal position of the hot spot in the image.
 * @hot_y: Vertical position of the hot spot in the image.
 */
struct vwr_gpu_pointer {
    struct vwr_gpu_framebuffer *image;
    uint32_t scanout;
    uint32_t x, y;
    uint32_t hot_x, hot_y;
};

/* The message of the cursor; private. */
struct vwr_gpu_point {
    struct vwr_gpu_request request; /* first */
    struct vwr_gpu_pointer pointer;
};

/**
 * struct vwr_gpu_options - Options of vwr_gpu_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @avoid: Features that the driver must not accept.
 * @request: Request options. The caller sets timeout_us, spin and waiter; the driver sets the other
 *   members.
 */
struct vwr_gpu_options {
    struct vwr_gpu_shared *shared;
    struct vwr_features avoid;
    struct vwr_request_options request;
};

/**
 * struct vwr_gpu - A GPU
 * @bringup: Bring-up; the first member.
 * @info: Configuration, without num_capsets. events_read is the value that was last read.
 * @options: Options.
 * @control: Control queue, which processes updates; see vwr_gpu_get_controlq().
 *
 * Any thread may read cursor.requests.stats and cursor.requests.queue.stats.
 */
struct vwr_gpu {
    struct vwr_bringup bringup;
    struct vwr_gpu_config_info info;
    struct vwr_gpu_options options;
    struct vwr_gpu_controlq control;
    /* private: */
    struct vwr_clientq cursor;
    struct vwr_gpu_framebuffer *first;
    uint32_t ids;      /* number of resources so far */
    bool building;     /* some framebuffer is not in its final state yet */
    bool cursor_again; /* the cursor has to be set again */
    struct vwr_gpu_point point;
    struct vwr_gpu_request ask;
    union vwr_gpu_answer answer; /* answer to `ask` */
    struct vwr_gpu_update own;
    uint64_t own_control[(VWR_REQUEST_OWN_BYTES(VWR_GPU_QUEUE, VWR_GPU_REQUESTS) + 7u) / 8u];
    uint64_t own_cursor[(VWR_QUEUE_OWN_BYTES(VWR_GPU_CURSOR_QUEUE) + 7u) / 8u];
};

/**
 * vwr_gpu_open() - Open a GPU
 * @g: GPU; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK: the device is live.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not a GPU.
 * * VWR_EFEATURE: the device is a legacy device.
 * * Other errors: the same as vwr_dev_reset(), vwr_dev_agree(), vwr_dev_read_config(),
 *   vwr_dev_add_queue(), vwr_dev_start().
 */
VWR_MUST_CHECK int vwr_gpu_open(struct vwr_gpu *g, struct vwr_dev *d, const struct vwr_gpu_options *options);

/**
 * vwr_gpu_bringup - Class of GPUs, for vwr/bringup.h
 *
 * After a recovery, vwr_gpu_reap(), or the next blocking call for a framebuffer, shows the framebuffers
 * again.
 */
extern const struct vwr_bringup_class vwr_gpu_bringup;

/**
 * vwr_gpu_read_displays() - Query the displays
 * @g: GPU.
 * @display: Filled in with the displays.
 * @count: Size of @display.
 *
 * Return: The number of scanouts, which may exceed @count.
 * * VWR_EIO: the device rejected the message.
 * * VWR_EPROTO: the answer is invalid.
 * * VWR_EBUSY: an earlier query is in flight.
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_gpu_read_displays(struct vwr_gpu *g, struct vwr_gpu_display *display, unsigned count);

/**
 * vwr_gpu_read_edid() - Query the EDID of a display
 * @g: GPU.
 * @scanout: Scanout.
 * @edid: Filled in with the EDID.
 *
 * Return: VWR_OK.
 * * VWR_EFEATURE: EDID is not negotiated.
 * * VWR_EINVAL: there is no such scanout.
 * * VWR_EPROTO: the EDID has an invalid size.
 * * Other errors: the same as vwr_gpu_read_displays().
 */
VWR_MUST_CHECK int vwr_gpu_read_edid(struct vwr_gpu *g, unsigned scanout, struct vwr_gpu_edid *edid);

/**
 * vwr_gpu_show() - Create a framebuffer on the device, transfer its contents and display it
 * @g: GPU.
 * @fb: Framebuffer.
 *
 * Each step sends a message and waits for its answer.
 *
 * Return: VWR_OK: the framebuffer belongs to the GPU. If the device owns the memory after an error (see
 *   vwr/result.h), the framebuffer also belongs to the GPU, and a recovery shows it unless vwr_gpu_hide() is
 *   called. After any other error the framebuffer belongs to the caller.
 * * VWR_EINVAL: there is no such scanout, the size is 0 or too large, or the port cannot translate
 *   the memory.
 * * VWR_ERANGE: the scanout or the framebuffer is in use.
 * * VWR_ESEGMENTS: the memory is not contiguous for the device, and @fb->entry is NULL or too
 *   short.
 * * VWR_EFEATURE: RESOURCE_BLOB is not negotiated.
 * * VWR_EALIGN: the size of a blob is not aligned.
 * * VWR_EIO: the device rejected a message.
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_gpu_show(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb);

/**
 * vwr_gpu_hide() - Remove a framebuffer from the screen and from the device
 * @g: GPU.
 * @fb: Framebuffer. If it is the image of the cursor, the cursor is removed first, and a recovery
 *   does not restore it.
 *
 * Return: VWR_OK: the framebuffer belongs to the caller, or was not shown. After an error the
 *   framebuffer belongs to the GPU.
 * * VWR_EIO: the device rejected a message.
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_gpu_hide(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb);

/**
 * vwr_gpu_get_controlq() - Get the update queue of a GPU
 * @g: GPU.
 * @n: Index of the queue: 0.
 *
 * Return: The queue. NULL: the device has no such queue. Queue 0 always exists; it is stopped while
 *   the device is not open.
 */
static inline struct vwr_gpu_controlq *vwr_gpu_get_controlq(struct vwr_gpu *g, unsigned n)
{
    return n == 0 ? &g->control : NULL;
}

/**
 * vwr_gpu_submit() - Submit an update of a rectangle
 * @q: Update queue.
 * @u: Update.
 *
 * An update consists of two requests: a transfer, and a flush with a fence. The update of a blob needs only
 * the flush. The next kick sends the requests.
 *
 * Return: VWR_OK: @u is in flight.
 * * VWR_ERANGE: the rectangle is empty or extends beyond the framebuffer.
 * * VWR_EFULL: there are not enough free descriptors, or a recovery has not shown the framebuffer
 *   again yet. Reap first.
 * * VWR_EBUSY: @u is in flight.
 * * VWR_EINVAL: the framebuffer is not shown.
 * * VWR_EFAILED, VWR_ERESET: the queue is stopped.
 * * Other errors: @u->framebuffer->result, with the same values as vwr_gpu_show().
 */
VWR_MUST_CHECK int vwr_gpu_submit(struct vwr_gpu_controlq *q, struct vwr_gpu_update *u);

/** vwr_gpu_kick() - Notify the device of all updates since the last kick; see vwr_queue_kick() */
static inline bool vwr_gpu_kick(struct vwr_gpu_controlq *q)
{
    return vwr_request_kick(&q->client.requests);
}

/**
 * vwr_gpu_reap() - Return completed updates
 * @q: Update queue.
 * @done: Filled in with up to @max updates, which belong to the caller again.
 * @max: Size of @done, at least 1.
 *
 * After a recovery the call also shows the framebuffers again, step by step, and returns the
 * updates that were in flight. Their result is the error that stopped the device.
 *
 * Return: The number of updates. If the queue is stopped, the same as vwr_request_reap().
 */
VWR_MUST_CHECK int vwr_gpu_reap(struct vwr_gpu_controlq *q, struct vwr_gpu_update **done, unsigned max);

/**
 * vwr_gpu_flush() - Update a rectangle and wait until it is on the screen
 * @g: GPU.
 * @fb: Framebuffer.
 * @area: Rectangle; NULL: the whole framebuffer.
 *
 * If the queue is full, the call waits for free descriptors.
 *
 * Return: VWR_OK: the rectangle is on the screen.
 * * VWR_EIO, VWR_EPROTO: the result of the update.
 * * Other errors: the same as vwr_gpu_submit() and vwr_request_do().
 */
VWR_MUST_CHECK int vwr_gpu_flush(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb,
                                 const struct vwr_gpu_area *area);

/**
 * vwr_gpu_arm() - Enable the interrupt for completed requests
 * @q: Update queue.
 * @count: Number of completed requests after which the device interrupts. An update takes two requests.
 *
 * Return: true: the interrupt is enabled. false: requests have completed already; reap again.
 */
VWR_MUST_CHECK static inline bool vwr_gpu_arm(struct vwr_gpu_controlq *q, unsigned count)
{
    return vwr_request_arm(&q->client.requests, count);
}

/**
 * vwr_gpu_set_cursor() - Set the image and position of the cursor
 * @g: GPU.
 * @c: Cursor; it is copied. If its image is NULL, the cursor is removed.
 *
 * A recovery restores the cursor, unless vwr_gpu_hide() has removed its image.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there is no such scanout, the image is not a cursor image or is not shown, or the hot spot is
 *   outside the image.
 * * VWR_EIO: the device rejected the message.
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_gpu_set_cursor(struct vwr_gpu *g, const struct vwr_gpu_pointer *c);

/**
 * vwr_gpu_move_cursor() - Move the cursor without waiting
 * @g: GPU.
 * @x: Horizontal position of the hot spot in pixels.
 * @y: Vertical position of the hot spot in pixels.
 *
 * Context: The GPU's owner, which may be an interrupt handler. Does not wait.
 * Return: VWR_OK: the message was sent.
 * * VWR_EBUSY: the previous move is in flight; try again, or skip this move.
 * * VWR_EINVAL: there is no cursor.
 * * VWR_EIO: the device rejected the previous move, and the new move was not sent.
 * * VWR_EBADRING, VWR_EFAILED, VWR_EFULL, VWR_EGONE, VWR_ENEEDSRESET, VWR_ENODEV, VWR_ENOMEM,
 *   VWR_ENOQUEUE, VWR_EPROTO, VWR_ERANGE, VWR_ERESET, VWR_ESEGMENTS, VWR_ETIMEOUT, VWR_EUNSTABLE,
 *   VWR_EUNSUPP, VWR_EZONE: the result of the previous move, or the queue is stopped.
 */
VWR_MUST_CHECK int vwr_gpu_move_cursor(struct vwr_gpu *g, uint32_t x, uint32_t y);

/**
 * vwr_gpu_poll() - Check for changed displays after a configuration change interrupt
 * @g: GPU.
 *
 * Context: The GPU's owner, which may be an interrupt handler. Does not wait.
 * Return: 1: displays have changed; query them, and show framebuffers of the new sizes. 0: nothing has
 *   changed. Otherwise the same as vwr_bringup_read_info().
 */
VWR_MUST_CHECK int vwr_gpu_poll(struct vwr_gpu *g);

/** vwr_gpu_explain() - Describe the last fault of the GPU or its queues; see vwr_dev_explain() */
size_t vwr_gpu_explain(const struct vwr_gpu *g, char *text, size_t bytes);

/**
 * struct vwr_gpu_open_own - Private memory of a GPU for vwr_open()
 * @gpu: GPU; the first member.
 *
 * The caller provides separate memory for framebuffers.
 */
struct vwr_gpu_open_own {
    struct vwr_gpu gpu;
};

/**
 * struct vwr_gpu_open_shared - Shared memory of a GPU for vwr_open()
 * @queues: Control queue and cursor queue.
 */
struct vwr_gpu_open_shared {
    struct vwr_gpu_shared queues;
};

/** vwr_gpu_open_default() - Open a GPU for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_gpu_open_default(void *own, void *shared, struct vwr_dev *d,
                                                      const struct vwr_features *avoid)
{
    struct vwr_gpu_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_gpu_shared *)shared;
    return vwr_gpu_open((struct vwr_gpu *)own, d, &options);
}

VWR_END_C

#endif
