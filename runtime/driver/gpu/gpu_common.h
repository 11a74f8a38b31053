/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_GPU_COMMON_H
#define VWR_DRIVER_GPU_COMMON_H

#include "vwr/gpu.h"

/* Interface between the files of the GPU driver. */

/* A kind of message: its fields, and the expected answer. */
struct vwr_gpu_row {
    uint16_t type;
    uint8_t bytes;
    uint8_t count_at; /* offset of the number of entries that follow; 0: no entries */
    uint16_t answer;  /* type of the expected answer */
    uint16_t more;    /* number of bytes of the answer after its header */
    struct {
        uint8_t to;   /* offset in the message; other fields are 0 */
        uint8_t from; /* word offset in the request or the structure that contains it; 0: end of the list */
    } field[9];
};

#define GPU_FIELD(message, to, of, from)                                                                     \
    {                                                                                                        \
        __builtin_offsetof(struct vwr_gpu_##message, to), __builtin_offsetof(struct vwr_gpu_##of, from) / 4u \
    }
#define GPU_AREA(message)                                                               \
    GPU_FIELD(message, r.x, request, area.x), GPU_FIELD(message, r.y, request, area.y), \
        GPU_FIELD(message, r.width, request, area.width), GPU_FIELD(message, r.height, request, area.height)
#define GPU_NODATA(TYPE, message, count_at) \
    VWR_GPU_CMD_##TYPE, sizeof(struct vwr_gpu_##message), count_at, VWR_GPU_RESP_OK_NODATA, 0
#define GPU_ASKS(TYPE, message, answer)                                                  \
    VWR_GPU_CMD_GET_##TYPE, sizeof(struct vwr_gpu_##message), 0, VWR_GPU_RESP_OK_##TYPE, \
        sizeof(struct vwr_gpu_resp_##answer) - sizeof(struct vwr_gpu_ctrl_hdr)

/* Type of an answer before the device writes one. */
#define GPU_NO_ANSWER 0xffffffffu

/* States of a framebuffer. */
enum gpu_state { GPU_GONE, GPU_SHOWING, GPU_SHOWN, GPU_HIDING };

/*
 * vwr_gpu_request.c: vwr_gpu_send_() submits a message, like vwr_request_submit(). vwr_gpu_do_() also waits
 * for the answer, like vwr_request_do().
 */
extern const struct vwr_request_class vwr_gpu_class;
extern const struct vwr_gpu_row vwr_gpu_transfer_row;
extern const struct vwr_gpu_row vwr_gpu_flush_row;
int vwr_gpu_send_(struct vwr_requestq *q, struct vwr_gpu_request *x, const struct vwr_gpu_row *row);
int vwr_gpu_do_(struct vwr_requestq *q, struct vwr_gpu_request *x, const struct vwr_gpu_row *row);

/*
 * vwr_gpu_show.c. begin_show: restarts the sequence of messages that shows a framebuffer. build: sends the
 * next message of each framebuffer that has one. stepped: handles the completion of that message; has no
 * effect if this was already done. wait_shown: waits until the framebuffer has reached its final state.
 */
void vwr_gpu_begin_show_(struct vwr_gpu_framebuffer *fb);
void vwr_gpu_build_(struct vwr_gpu *g);
void vwr_gpu_stepped_(struct vwr_gpu_framebuffer *fb);
int vwr_gpu_wait_shown_(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb);

/*
 * vwr_gpu_update.c: waits for a message, which may have been sent by another caller. VWR_OK: the message has
 * completed.
 */
int vwr_gpu_wait_(struct vwr_gpu *g, struct vwr_gpu_request *x);

/* vwr_gpu_cursor.c: sets the cursor again after a recovery. */
void vwr_gpu_restore_cursor_(struct vwr_gpu *g);

/* The device no longer accesses the pixels. */
static inline void gpu_unmap(struct vwr_gpu_framebuffer *fb)
{
#if VWR_PORT_HAS_DMA_MAP
    while (fb->mappings > 0) {
        const struct vwr_mapping *const m = &fb->mapping[--fb->mappings];

        vwr_port_dma_unmap(m->context, m->addr, m->p, m->bytes, VWR_DMA_SHARED);
    }
#else
    (void)fb;
#endif
}

/* The update queue is a member of struct vwr_gpu. */
static inline struct vwr_gpu *gpu_of_queue(struct vwr_gpu_controlq *q)
{
    return (struct vwr_gpu *)(void *)((uint8_t *)q - __builtin_offsetof(struct vwr_gpu, control));
}

#endif
