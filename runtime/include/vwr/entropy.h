/* SPDX-License-Identifier: MIT */
#ifndef VWR_ENTROPY_H
#define VWR_ENTROPY_H

#include "vwr/message.h"
#include "vwr/receive.h"
#include "vwr/bringup.h"
#include "vwr/gen/entropy.h"

VWR_BEGIN_C

/*
 * A source of random bytes. The device fills a pool of buffers before anybody asks; what is read from it is
 * filled again.
 *
 *     r = vwr_entropy_open(e, d, options);
 *     n = vwr_entropy_read(e, bytes, 16);          // what has come, 0 if none
 *     r = vwr_entropy_fill(e, seed, 32, 1000000);  // all of it, or VWR_ETIMEOUT
 *
 * How good the bytes are nobody here judges, and the device knows them: they are to be mixed into a
 * generator that has other sources too. Each byte is handed out once; a reset drops what was not read, but
 * for the buffer that was begun.
 *
 * Context, if a call does not say otherwise: it does not wait, and an interrupt handler may call it; one
 * owner at a time, of all of it. Loops end after the bytes asked for, or VWR_ENTROPY_QUEUE buffers.
 *
 * Section: Entropy Device.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* Descriptors of the queue, and buffers, a power of 2: that many times VWR_ENTROPY_BYTES are in the pool. */
#ifndef VWR_ENTROPY_QUEUE
#define VWR_ENTROPY_QUEUE 8u
#endif
/* Of a buffer, a multiple of VWR_PORT_DMA_ALIGN; the device may fill less of it. */
#ifndef VWR_ENTROPY_BYTES
#define VWR_ENTROPY_BYTES (VWR_PORT_DMA_ALIGN > 64u /* not the specification's */ ? VWR_PORT_DMA_ALIGN : 64u)
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_ENTROPY_QUEUE), "VWR_ENTROPY_QUEUE has to be a power of 2");
VWR_STATIC_ASSERT(VWR_ENTROPY_BYTES > 0 && VWR_ENTROPY_BYTES % VWR_PORT_DMA_ALIGN == 0,
                  "VWR_ENTROPY_BYTES has to be a multiple of VWR_PORT_DMA_ALIGN");

/* What is shared with the device: memory as vwr_queue_memory.shared, any content. */
struct vwr_entropy_shared {
    uint8_t ring[VWR_QUEUE_SHARED_BYTES(VWR_ENTROPY_QUEUE)];
    uint8_t data[VWR_ENTROPY_QUEUE][VWR_ENTROPY_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

struct vwr_entropy_options {
    struct vwr_entropy_shared *shared; /* until vwr_entropy_close */
    struct vwr_features avoid;         /* not taken although offered */
};

/*
 * A device, in memory that it cannot reach, any content. receive.stats says how many bytes have come in how
 * many buffers, and how many answers of 0 bytes there were (`dropped`), receive.fault why it is stopped; the
 * rest is private.
 */
struct vwr_entropy {
    struct vwr_bringup bringup;
    struct vwr_receiveq receive;
    struct vwr_slice rest; /* of the oldest buffer what was not read yet; 0 bytes: there is none */
    struct vwr_entropy_options options;
    struct vwr_receive_buffer buffer[VWR_ENTROPY_QUEUE];
    uint64_t own[(VWR_QUEUE_OWN_BYTES(VWR_ENTROPY_QUEUE) + 7u) / 8u];
};

/*
 * From reset to DRIVER_OK of a device that was probed, and its buffers are posted; waits for the reset, at
 * most VWR_RESET_TIMEOUT_US. *e may have any content. VWR_OK; VWR_EBUSY: it is open; VWR_EFAILED: only a
 * reset helps; VWR_ETYPE: another device; and as vwr_bringup_open.
 */
VWR_MUST_CHECK int vwr_entropy_open(struct vwr_entropy *e, struct vwr_dev *d,
                                    const struct vwr_entropy_options *options);

/*
 * For vwr_recover(&e->bringup, &vwr_entropy_bringup), a step of bringing a device back that is stopped, or
 * has failed (vwr_dev_check), for vwr_freeze and vwr_bringup_stage.
 */
extern const struct vwr_bringup_class vwr_entropy_bringup;

/* Resets the device: results as vwr_dev_reset, which waits. What was not read is dropped. */
VWR_MUST_CHECK static inline int vwr_entropy_close(struct vwr_entropy *e)
{
    return vwr_bringup_close(&e->bringup, &vwr_entropy_bringup);
}

/*
 * Bytes that have come, at most n: how many there were; 0: none now. Negative: none, and the queue is
 * stopped, results as vwr_receive_reap.
 */
VWR_MUST_CHECK static inline int vwr_entropy_read(struct vwr_entropy *e, void *bytes, size_t n)
{
    return vwr_receive_read(&e->receive, &e->rest, bytes, n);
}

/*
 * Waits until bytes[0 .. n) are full, at most `us` microseconds. VWR_OK; negative: they are not, and what
 * they hold is of no use: VWR_ETIMEOUT: fewer came, as a host does not have more now, or because of a device
 * that is dead: which of the two, only time tells (vwr_entropy_give_up); as vwr_entropy_read; as
 * vwr_dev_check, which looks at the status when the time is up. Whatever the result, `bytes` are never the
 * device's: they are copied. Not in an interrupt handler.
 */
VWR_MUST_CHECK int vwr_entropy_fill(struct vwr_entropy *e, void *bytes, size_t n, uint32_t us);

/* Asks for an interrupt when bytes come. False: there may be some, read again. */
VWR_MUST_CHECK static inline bool vwr_entropy_arm(struct vwr_entropy *e)
{
    return vwr_receive_arm(&e->receive, 1);
}

/* A device that has been silent for too long is stopped, for a recovery; until then reads answer VWR_ERESET.
 */
static inline void vwr_entropy_give_up(struct vwr_entropy *e)
{
    vwr_receive_stop(&e->receive, VWR_ERESET);
}

/*
 * What went wrong last, in words, into text[0 .. bytes), always terminated if bytes > 0: why the device does
 * not start or come back, as vwr_dev_explain, or the fault of its queue. Answers the length that all of it
 * has.
 */
static inline size_t vwr_entropy_explain(const struct vwr_entropy *e, char *text, size_t bytes)
{
    return vwr_bringup_explain(&e->bringup, &vwr_dev_messages, NULL, text, bytes);
}

VWR_END_C

#endif
