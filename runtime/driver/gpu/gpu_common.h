/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_GPU_COMMON_H
#define VWR_DRIVER_GPU_COMMON_H

#include "vwr/bytes.h"
#include "vwr/gpu.h"

/* Between the files of the gpu's driver. */

/* A kind of message: its fields, and the answer to it. */
struct vwr_gpu_row {
    uint16_t type;
    uint8_t bytes;
    uint8_t count_at; /* of the number of entries behind it; 0: it has none */
    uint16_t answer;  /* the right one's type */
    uint16_t more;    /* bytes of it behind its header */
    struct {
        uint8_t to;   /* in the message, of which the rest is 0 */
        uint8_t from; /* a word of the request, or of what begins with it; 0: no field */
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

/* An answer's type until the device has written one. */
#define GPU_NO_ANSWER 0xffffffffu /* not the specification's */

/* The life of a framebuffer. */
enum gpu_state { GPU_GONE, GPU_SHOWING, GPU_SHOWN, GPU_HIDING };

/* vwr_gpu_request.c: puts a message into the queue, as vwr_request_submit; and waits for its answer, as
 * vwr_request_do. */
extern const struct vwr_request_class vwr_gpu_class;
extern const struct vwr_gpu_row vwr_gpu_transfer_row;
extern const struct vwr_gpu_row vwr_gpu_flush_row;
int vwr_gpu_send(struct vwr_requestq *q, struct vwr_gpu_request *x, const struct vwr_gpu_row *row);
int vwr_gpu_do(struct vwr_requestq *q, struct vwr_gpu_request *x, const struct vwr_gpu_row *row);

/* vwr_gpu_show.c. begin_show: from its first message on. build: sends the next message of each framebuffer
 * that has one. stepped: it has come back; what was reaped before does nothing. settle: until the framebuffer
 * is what it should be; waits. */
void vwr_gpu_begin_show(struct vwr_gpu_framebuffer *fb);
void vwr_gpu_build(struct vwr_gpu *g);
void vwr_gpu_stepped(struct vwr_gpu_framebuffer *fb);
int vwr_gpu_settle(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb);

/* vwr_gpu_update.c: waits for one message that was sent, whoever sent it. VWR_OK: it has come back. */
int vwr_gpu_wait(struct vwr_gpu *g, struct vwr_gpu_request *x);

/* vwr_gpu_cursor.c. restore: sets it again after a recovery. drop: its image is being hidden, and so is the
 * cursor, now and after a recovery; waits. */
void vwr_gpu_restore_cursor(struct vwr_gpu *g);
void vwr_gpu_drop_cursor(struct vwr_gpu *g);

/* The queue of updates is a part of its gpu. */
static inline struct vwr_gpu *gpu_of_queue(struct vwr_gpu_updateq *q)
{
    return (struct vwr_gpu *)(void *)((uint8_t *)q - __builtin_offsetof(struct vwr_gpu, control));
}

#endif
