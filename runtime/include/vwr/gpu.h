/* SPDX-License-Identifier: MIT */
#ifndef VWR_GPU_H
#define VWR_GPU_H

#include "vwr/client.h"
#include "vwr/gen/gpu.h"

VWR_BEGIN_C

/*
 * A graphics adapter in 2D: framebuffers in the caller's memory, what of them has changed, a cursor.
 *
 *     r = vwr_gpu_open(g, d, options);
 *     n = vwr_gpu_read_displays(g, display, 16);       // how large they want to be
 *     fb->pixels = memory;                             // and so on: struct vwr_gpu_framebuffer
 *     r = vwr_gpu_show(g, fb);                         // once: what is in memory is on the screen
 *     r = vwr_gpu_flush(g, fb, &area);                 // after each change; or without waiting:
 *
 *     struct vwr_gpu_updateq *q = vwr_gpu_updateq(g);
 *     vwr_gpu_fill(update, fb, &area);                 // for each rectangle
 *     r = vwr_gpu_submit(q, update);
 *     vwr_gpu_kick(q);                                 // once
 *     while ((n = vwr_gpu_reap(q, done, 8)) >= 0)      // done[0 .. n) are on the screen
 *         ...
 *
 * Context, if a call does not say otherwise: the owner of the gpu, one at a time, which may be an interrupt
 * handler; it does not wait. Calls that wait do so for at most the deadline of their requests, and not in an
 * interrupt handler; of a stopped queue they answer as vwr_request_wait, by the table of vwr/result.h, and
 * what the device still has then comes back with the reaps after a recovery. While a call sleeps (struct
 * vwr_waiter), another thread may own the gpu: a reap of its takes what the call waits for, too. A
 * framebuffer is lent for longer than a call: see there. A call with a wrong argument sends nothing. The
 * device has to be modern: there is no legacy interface. Loops end after as many turns as there are
 * framebuffers, or requests in flight. A build without VWR_WITH_ASYNC has no more than one request in flight,
 * and no driver for a gpu.
 *
 * Section: GPU Device.
 * Context, stack and loops of each call: docs/contexts.md.
 */

#ifndef VWR_GPU_QUEUE
#define VWR_GPU_QUEUE 64u /* descriptors of the control queue, a power of 2 */
#endif
#ifndef VWR_GPU_REQUESTS
#define VWR_GPU_REQUESTS 16u /* in flight in it at once: an update has two */
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_GPU_QUEUE), "VWR_GPU_QUEUE has to be a power of 2");
VWR_STATIC_ASSERT(VWR_GPU_QUEUE >= 4 && VWR_GPU_REQUESTS >= 2,
                  "VWR_GPU_QUEUE or VWR_GPU_REQUESTS has no room for an update");
#define VWR_GPU_CURSOR_QUEUE 4u                 /* descriptors of the cursor queue */
#define VWR_GPU_PIXEL_BYTES 4u                  /* of each format */
#define VWR_GPU_CURSOR_PIXELS 64u               /* width and height of a cursor's image */
#define VWR_GPU_NO_SCANOUT VWR_GPU_MAX_SCANOUTS /* of a framebuffer that no display shows */

/* Entries of a framebuffer whose pages lie anywhere, wherever in a page it begins. */
#define VWR_GPU_ENTRIES(width, height, page_bytes) \
    (((size_t)(width) * (height)*VWR_GPU_PIXEL_BYTES + (page_bytes)-1u) / (page_bytes) + 1u)

/* What a device answers; private. */
union vwr_gpu_answer {
    struct vwr_gpu_ctrl_hdr hdr; /* first in each of them */
    struct vwr_gpu_resp_display_info displays;
    struct vwr_gpu_resp_edid edid;
};

/* A message and its answer, in shared memory: the part of a slot; private. */
struct vwr_gpu_slot {
    union {
        struct vwr_gpu_ctrl_hdr hdr; /* first in each of them */
        struct vwr_gpu_transfer_to_host_2d transfer;
        struct vwr_gpu_resource_flush flush;
        struct vwr_gpu_set_scanout_blob longest;
        uint64_t align;
    } out;
    struct vwr_gpu_mem_entry entry; /* behind a message that has one */
    union vwr_gpu_answer answer;
};

/* What the queues share with the device: memory as vwr_queue_memory.shared, any content. */
struct vwr_gpu_shared {
    uint8_t control[VWR_QUEUE_SHARED_BYTES_WITH(
        VWR_GPU_QUEUE, VWR_GPU_REQUESTS *VWR_REQUEST_SLOT_BYTES(sizeof(struct vwr_gpu_slot), 1))];
    uint8_t cursor[VWR_QUEUE_SHARED_BYTES_WITH(VWR_GPU_CURSOR_QUEUE,
                                               VWR_REQUEST_SLOT_BYTES(sizeof(struct vwr_gpu_slot), 1))]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

/* What a gpu alone can have go wrong: see vwr/fault.h; where: a message is VWR_GPU_CMD_... */
enum vwr_gpu_fault {
    VWR_FAULT_GPU_REFUSED = VWR_FAULT(VWR_FAULT_CLASS, VWR_EIO), /* where: message; got: RESP_ERR_... */
    VWR_FAULT_GPU_FENCE =
        VWR_FAULT(VWR_FAULT_CLASS + 1, VWR_EPROTO), /* where: message; got: fence, low half */
    VWR_FAULT_GPU_SHORT = VWR_FAULT(VWR_FAULT_CLASS + 2, VWR_EPROTO), /* where: message; got: bytes */
    VWR_FAULT_GPU_EDID = VWR_FAULT(VWR_FAULT_CLASS + 3, VWR_EPROTO),  /* where: message; got: its size */
};

/* In pixels, from the upper left. */
struct vwr_gpu_area {
    uint32_t x, y, width, height;
};

struct vwr_gpu_display {
    struct vwr_gpu_area area; /* the size that it would like, and where it stands among the others */
    bool enabled;
};

/* What a display says of itself. */
struct vwr_gpu_edid {
    uint32_t bytes; /* that there are; behind them 0 */
    bool valid;     /* it begins as an EDID does, and the checksum of each of its blocks is right */
    uint16_t width; /* of the mode that the display prefers; 0: it says none */
    uint16_t height;
    uint8_t data[sizeof(((struct vwr_gpu_resp_edid *)0)->edid)];
};

struct vwr_gpu_update;
struct vwr_gpu_row;

/* A message in flight, and what it says; private. */
struct vwr_gpu_request {
    struct vwr_req req; /* first */
    uint32_t type;      /* VWR_GPU_CMD_... */
    uint32_t id;        /* of a resource */
    uint64_t fence;     /* 0: none */
    const struct vwr_gpu_row *row;
    struct vwr_gpu_update *update; /* it is a part of this one */
    struct vwr_gpu_area area;
    uint32_t offset; /* in bytes, of the area's first pixel */
    uint32_t scanout;
};

/*
 * An image that the device may read: the caller's, zeroed before its first use, in memory that the device
 * cannot reach. From vwr_gpu_show until vwr_gpu_hide or vwr_gpu_close has answered VWR_OK it is the gpu's,
 * and `pixels` may be read by the device, which sees changes of them after a flush. A recovery does not give
 * it back: it is shown again.
 */
struct vwr_gpu_framebuffer {
    struct vwr_gpu_request request; /* private; first */
    void *pixels;                   /* rows of width * VWR_GPU_PIXEL_BYTES bytes, one behind the other */
    struct vwr_gpu_mem_entry
        *entry;             /* where `pixels` are not contiguous for the device: memory for a list of */
    uint32_t entries;       /* their parts, which the device can reach; see VWR_GPU_ENTRIES */
    uint32_t width, height; /* together less than 2^31 bytes */
    uint32_t format;        /* VWR_GPU_FORMAT_... */
    uint32_t scanout;       /* display that shows it; VWR_GPU_NO_SCANOUT: none, as of a cursor */
    bool blob;              /* the device has no copy of its own: with RESOURCE_BLOB */
    /* not private: */
    int result; /* VWR_OK; or why it could not be shown again after a recovery */
    /* private */
    uint8_t state;
    bool sent;                           /* `at` was, since the last reset, and nobody has its answer yet */
    const struct vwr_gpu_row *const *at; /* what is sent next */
    uint32_t memory, use;                /* of a blob: VWR_GPU_BLOB_MEM_..., VWR_GPU_BLOB_FLAG_... */
    uint32_t stride, bytes;
    struct vwr_vec vec[2]; /* a message, and the list behind it */
    struct vwr_gpu_framebuffer *next;
};

/*
 * A rectangle on its way to the screen: the caller's, zeroed before its first use, in memory that the device
 * cannot reach; in flight from submit until reap gives it back.
 */
struct vwr_gpu_update {
    struct vwr_gpu_framebuffer *framebuffer; /* these two: vwr_gpu_fill */
    struct vwr_gpu_area area;
    int result;  /* VWR_OK: it is on the screen; or what went wrong */
    void *token; /* the caller's */
    uint64_t
        fence; /* that the device has signalled then: fences of a gpu are numbered in the order of submit */
    /* private */
    unsigned left; /* requests in flight */
    struct vwr_gpu_request transfer;
    struct vwr_gpu_request flush;
};

/* A rectangle of the framebuffer; NULL: all of it. Of an update that is not in flight. */
static inline void vwr_gpu_fill(struct vwr_gpu_update *u, struct vwr_gpu_framebuffer *fb,
                                const struct vwr_gpu_area *area)
{
    u->framebuffer = fb;
    u->area.x = area != NULL ? area->x : 0;
    u->area.y = area != NULL ? area->y : 0;
    u->area.width = area != NULL ? area->width : fb->width;
    u->area.height = area != NULL ? area->height : fb->height;
}

/* The control queue, where updates go. `client.requests.stats` and `client.requests.queue.stats` may be read
 * by anybody; the rest is private. */
struct vwr_gpu_updateq {
    struct vwr_clientq client;
    uint32_t room;   /* requests that fit into it */
    uint64_t fences; /* so far */
};

struct vwr_gpu_pointer {
    struct vwr_gpu_framebuffer
        *image; /* of VWR_GPU_CURSOR_PIXELS squared, with VWR_GPU_NO_SCANOUT; NULL: none */
    uint32_t scanout;
    uint32_t x, y;         /* where it points */
    uint32_t hot_x, hot_y; /* that point of the image */
};

/* The message of the cursor; private. */
struct vwr_gpu_point {
    struct vwr_gpu_request request; /* first */
    struct vwr_gpu_pointer pointer;
};

struct vwr_gpu_options {
    struct vwr_gpu_shared *shared;      /* until vwr_gpu_close */
    struct vwr_features avoid;          /* not taken although offered */
    struct vwr_request_options request; /* timeout_us, spin and waiter; the rest is the gpu's */
};

#define VWR_GPU_WORDS(bytes) (((bytes) + 7u) / 8u)

struct vwr_gpu {
    struct vwr_bringup bringup;
    struct vwr_gpu_config_info info; /* events_read: as it was read last */
    struct vwr_gpu_options options;
    struct vwr_gpu_updateq control; /* vwr_gpu_updateq */
    /* private but for `cursor.requests.stats` and `cursor.requests.queue.stats` */
    struct vwr_clientq cursor;
    struct vwr_gpu_framebuffer *first;
    uint32_t ids;      /* resources so far */
    bool building;     /* some framebuffer is not yet what it should be */
    bool cursor_again; /* the cursor has to be set again */
    struct vwr_gpu_point point;
    struct vwr_gpu_request ask;
    union vwr_gpu_answer answer; /* to it */
    struct vwr_gpu_update own;
    uint64_t own_control[VWR_GPU_WORDS(VWR_REQUEST_OWN_BYTES(VWR_GPU_QUEUE, VWR_GPU_REQUESTS))];
    uint64_t own_cursor[VWR_GPU_WORDS(VWR_QUEUE_OWN_BYTES(VWR_GPU_CURSOR_QUEUE))];
};

/*
 * From reset to DRIVER_OK of a device that was probed; waits for the reset, at most VWR_RESET_TIMEOUT_US. *g
 * may have any content. VWR_OK; VWR_EBUSY: it is open; VWR_EFAILED: only a reset helps; VWR_ETYPE: no gpu;
 * VWR_EFEATURE: it is legacy; and as vwr_dev_reset, vwr_dev_agree, vwr_dev_read_config, vwr_dev_add_queue,
 * vwr_dev_start.
 */
VWR_MUST_CHECK int vwr_gpu_open(struct vwr_gpu *g, struct vwr_dev *d, const struct vwr_gpu_options *options);

/*
 * For vwr_recover(&g->bringup, &vwr_gpu_bringup), a step of bringing a gpu back of which a queue is
 * stopped, or that has failed (vwr_dev_check), for vwr_freeze and vwr_bringup_stage. Framebuffers are shown
 * again by the reaps after it, or by the next call that waits for one of them.
 */
extern const struct vwr_bringup_class vwr_gpu_bringup;

/*
 * Resets the device: results as vwr_dev_reset, which waits. Screens are black then, framebuffers and updates
 * the caller's.
 */
VWR_MUST_CHECK static inline int vwr_gpu_close(struct vwr_gpu *g)
{
    return vwr_bringup_close(&g->bringup, &vwr_gpu_bringup);
}

/*
 * Asks what displays there are, into display[0 .. count): how many scanouts there are, which may be more than
 * `count`. Waits. Negative: VWR_EIO: the device refuses; VWR_EPROTO: an answer that cannot be; VWR_EBUSY: an
 * earlier question is in flight; otherwise as vwr_request_do.
 */
VWR_MUST_CHECK int vwr_gpu_read_displays(struct vwr_gpu *g, struct vwr_gpu_display *display, unsigned count);

/*
 * Asks for the EDID of a display. Waits. VWR_OK; VWR_EFEATURE: EDID is not negotiated; VWR_EINVAL: no such
 * scanout; VWR_EPROTO: of a size that it cannot have; otherwise as vwr_gpu_read_displays.
 */
VWR_MUST_CHECK int vwr_gpu_read_edid(struct vwr_gpu *g, unsigned scanout, struct vwr_gpu_edid *edid);

/*
 * Makes a framebuffer of the device out of the caller's, brings what is in it to the screen, and shows it
 * there; each of its steps is a message, and waits for its answer. VWR_OK; VWR_EINVAL: no such scanout, a
 * size of 0 or too large, memory that the port cannot translate; VWR_ERANGE: another one is shown on the
 * scanout, or it is; VWR_ESEGMENTS: it is not contiguous for the device, and there is no list, or a too short
 * one; VWR_EFEATURE: blobs are not negotiated; VWR_EALIGN: the size of a blob is not aligned; VWR_EIO: the
 * device refuses; otherwise as vwr_request_do. Where the table of vwr/result.h says that memory is the
 * device's the framebuffer is the gpu's, and shown after a recovery, unless vwr_gpu_hide is called; after any
 * other error it is the caller's.
 */
VWR_MUST_CHECK int vwr_gpu_show(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb);

/*
 * Takes it from the screen, and the device gives up its memory; a cursor that has it as its image is hidden
 * first, and does not come back after a recovery. Waits. VWR_OK, also if it is not shown: it is the caller's.
 * After any error it stays the gpu's: VWR_EIO: the device refuses; otherwise as vwr_request_do.
 */
VWR_MUST_CHECK int vwr_gpu_hide(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb);

/* The queue of updates. */
static inline struct vwr_gpu_updateq *vwr_gpu_updateq(struct vwr_gpu *g)
{
    return &g->control;
}

/*
 * Puts a rectangle into the queue: its transfer, and its flush with a fence, are two requests, and one
 * notification when the queue is kicked; of a blob the flush alone. VWR_OK: *u is in flight; VWR_ERANGE: the
 * rectangle is not inside, or empty; VWR_EFULL: not enough free descriptors for both now, or after a recovery
 * the framebuffer is not shown again yet: reap; VWR_EBUSY: *u is in flight; VWR_EINVAL: the framebuffer is
 * not shown; VWR_EFAILED, VWR_ERESET: the queue is stopped; or u->framebuffer->result, which is as
 * vwr_gpu_show.
 */
VWR_MUST_CHECK int vwr_gpu_submit(struct vwr_gpu_updateq *q, struct vwr_gpu_update *u);

/* Tells the device of all updates since the last kick. True if it had to be notified. */
static inline bool vwr_gpu_kick(struct vwr_gpu_updateq *q)
{
    return vwr_request_kick(&q->client.requests);
}

/*
 * Takes up to `max` updates back, at least 1: how many, into done[]; 0: none now. Negative: the queue is
 * stopped, as vwr_request_reap. After a recovery it shows framebuffers again, step by step, and updates that
 * were in flight come back with the reason as their result.
 */
VWR_MUST_CHECK int vwr_gpu_reap(struct vwr_gpu_updateq *q, struct vwr_gpu_update **done, unsigned max);

/* Submit, kick, and waits for the answers; where the queue is full it waits for room. VWR_OK: the rectangle
 * is on the screen; VWR_EIO, VWR_EPROTO: as the update's result; otherwise as vwr_gpu_submit, vwr_request_do.
 */
VWR_MUST_CHECK int vwr_gpu_flush(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb,
                                 const struct vwr_gpu_area *area);

/*
 * Asks for an interrupt when `count` more requests have come back, of an update there are two. False: there
 * is something to reap already.
 */
VWR_MUST_CHECK static inline bool vwr_gpu_arm(struct vwr_gpu_updateq *q, unsigned count)
{
    return vwr_request_arm(&q->client.requests, count);
}

/*
 * Sets image and place of the cursor, or hides it; waits. It stays after a recovery, until vwr_gpu_hide hides
 * its image. VWR_OK; VWR_EINVAL: no
 * such scanout, an image that is no cursor's or not shown, a point outside of it; VWR_EIO: the device
 * refuses; otherwise as vwr_request_do.
 */
VWR_MUST_CHECK int vwr_gpu_set_cursor(struct vwr_gpu *g, const struct vwr_gpu_pointer *c);

/*
 * Moves the cursor. VWR_OK: the device has to do it, and nobody need wait; VWR_EBUSY: it has not done the
 * move before yet, try again or leave it; VWR_EINVAL: there is no cursor; VWR_EIO: the device has refused the
 * move before, and of this one nothing was sent; otherwise as vwr_request_do.
 */
VWR_MUST_CHECK int vwr_gpu_move_cursor(struct vwr_gpu *g, uint32_t x, uint32_t y);

/*
 * After an interrupt that says that the configuration has changed: 1: displays have changed, read them, and
 * show framebuffers of the new size; 0: nothing; negative as vwr_bringup_read_info.
 */
VWR_MUST_CHECK int vwr_gpu_poll_event(struct vwr_gpu *g);

/*
 * What went wrong last, in words, into text[0 .. bytes), always terminated if bytes > 0: as
 * vwr_bringup_explain. What is wrong with an argument vwr_strerror says.
 */
size_t vwr_gpu_explain(const struct vwr_gpu *g, char *text, size_t bytes);

VWR_END_C

#endif
