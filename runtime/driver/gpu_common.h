/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_GPU_COMMON_H
#define VWR_DRIVER_GPU_COMMON_H

#include "vwr/bytes.h"
#include "vwr/gpu.h"

/* Between the files of the gpu's driver. */

/* The life of a framebuffer: each step but SHOWN and GONE is a message. */
enum gpu_step {
    GPU_GONE,
    GPU_CREATE,
    GPU_ATTACH,
    GPU_TRANSFER,
    GPU_SCANOUT,
    GPU_FLUSH,
    GPU_SHOWN,
    GPU_OFF,
    GPU_UNREF,
    GPU_STEPS
};

/* vwr_gpu_request.c. send: puts a message of the type into the queue; results as vwr_request_submit. */
extern const struct vwr_request_class vwr_gpu_class;
int vwr_gpu_send(struct vwr_requestq *q, struct vwr_gpu_request *x, uint32_t type);
int vwr_gpu_send_part(struct vwr_requestq *q, struct vwr_gpu_request *x, uint32_t type); /* of an update */

/* vwr_gpu_show.c. build: sends the next message of each framebuffer that has one. */
void vwr_gpu_build(struct vwr_gpu *g);
int vwr_gpu_settle(struct vwr_gpu *g,
                   struct vwr_gpu_framebuffer *fb); /* until it is what it should be; waits */

/* vwr_gpu_cursor.c: sets it again after a recovery. */
void vwr_gpu_restore_cursor(struct vwr_gpu *g);

static inline struct vwr_gpu *gpu_of(struct vwr_recovery *v)
{
    return (struct vwr_gpu *)(void *)v;
}

static inline struct vwr_gpu_request *gpu_request(struct vwr_req *r)
{
    return (struct vwr_gpu_request *)(void *)r;
}

/* Has it neither a message in flight nor one to send? */
static inline bool gpu_is_settled(const struct vwr_gpu_framebuffer *fb)
{
    return fb->step == GPU_GONE || fb->step == GPU_SHOWN;
}

static inline struct vwr_gpu_area gpu_whole(const struct vwr_gpu_framebuffer *fb)
{
    const struct vwr_gpu_area whole = {0, 0, fb->width, fb->height};

    return whole;
}

#endif
