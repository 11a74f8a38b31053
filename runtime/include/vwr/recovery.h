/* SPDX-License-Identifier: MIT */
#ifndef VWR_RECOVERY_H
#define VWR_RECOVERY_H

#include "vwr/receive.h"
#include "vwr/request.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Bringing a stopped device back, for any class. What is in flight stays the device's until it has
 * acknowledged a reset; only then are requests taken back. No step waits for the device: each makes at most
 * 64 accesses to its registers and configuration, and a reset that was acknowledged is not made again.
 *
 *     RUNNING -> STOPPED -> RESETTING -> RUNNING
 *                             |   ^  |
 *                   no answer +---+  +-> DEAD: reset acknowledged, and it does not start
 *                             +--------> LOST: no reset acknowledged, memory stays owned by the device.
 *                                              To RUNNING or DEAD, if it acknowledges one late
 *     RUNNING -> FREEZING -> FROZEN -> RESETTING -> RUNNING
 *
 * Context: the owner of all queues of the device.
 *
 * Context, stack and loops of each call: docs/contexts.md.
 */

#ifndef VWR_RECOVERY_TRIES
#define VWR_RECOVERY_TRIES 3u /* resets before a device that does not come back is given up */
#endif

enum vwr_stage {
    VWR_STAGE_RUNNING = 0,
    VWR_STAGE_STOPPED = 1,   /* what is in flight is the device's: vwr_recover, or close */
    VWR_STAGE_RESETTING = 2, /* the reset is not acknowledged yet, or the device not started yet */
    VWR_STAGE_DEAD = 3,      /* it did not come back; requests were returned */
    VWR_STAGE_LOST = 4,      /* it acknowledged no reset, and may still read and write what is in flight */
    VWR_STAGE_FREEZING = 5,
    VWR_STAGE_FROZEN = 6 /* reset; requests that were in flight wait for vwr_recover */
};

/*
 * A class's part, in the order in which it is called. Nothing here waits, and each call makes at most 64
 * accesses to the device; of an error the device is reset once more, or given up.
 */
struct vwr_recovery_class {
    /* The n-th of the queues that are in use since the device was opened; NULL: there are no more. */
    struct vwr_requestq *(*requestq)(struct vwr_recovery *v, unsigned n);
    struct vwr_receiveq *(*receiveq)(struct vwr_recovery *v, unsigned n); /* NULL: the class has none */
    /* The device has released all memory: reclaims what it had to fill. NULL: nothing. */
    void (*released)(struct vwr_recovery *v);
    int (*agree)(struct vwr_recovery *v);     /* on features: vwr_dev_agree */
    int (*configure)(struct vwr_recovery *v); /* VWR_EBUSY: once more; VWR_ERESET: reset, then agree anew */
    int (*set_up)(struct vwr_recovery *v, unsigned n); /* queues, the n-th call; 1: call again; VWR_OK */
    void (*resume)(struct vwr_recovery *v);            /* it runs: kicks what it is to fill. NULL: nothing */
};

/* The first member of a class's device, zeroed, with `dev` set. */
struct vwr_recovery {
    struct vwr_dev *dev;
    int stopped_by; /* why the device is stopped */
    /* private */
    uint8_t stage; /* enum vwr_stage; see vwr_recovery_stage */
    uint8_t step;
    uint8_t tries;
    uint8_t reads;    /* of a configuration that changes */
    uint16_t started; /* calls of set_up since the reset */
};

/*
 * For the class's open, with *v zeroed and `dev` set: from a probed device to one that runs; `resume` is not
 * called. Waits for the reset, at most VWR_RESET_TIMEOUT_US. VWR_OK; VWR_EFAILED: buffers cannot be posted;
 * and as vwr_dev_reset, vwr_dev_agree, vwr_dev_read_config, vwr_request_setup, vwr_dev_start, and what else
 * the class answers.
 */
VWR_MUST_CHECK int vwr_recovery_open(struct vwr_recovery *v, const struct vwr_recovery_class *cls);

/* For its close: resets the device as vwr_dev_reset, which waits, and drops all that was in flight. */
VWR_MUST_CHECK int vwr_recovery_close(struct vwr_recovery *v, const struct vwr_recovery_class *cls);

/* Reads nothing but memory. */
enum vwr_stage vwr_recovery_stage(const struct vwr_recovery *v, const struct vwr_recovery_class *cls);

/*
 * A step of bringing the device back; for a timer or an interrupt handler that owns all queues, again
 * and again:
 *     while ((r = vwr_recover(v, cls)) == VWR_EBUSY)
 *         other_things();
 * VWR_OK: running; VWR_EBUSY: call again; VWR_EFAILED: given up, after VWR_RECOVERY_TRIES resets. A lost
 * device is looked at once in each later call: if it has acknowledged its reset by then it is started as
 * above.
 */
VWR_MUST_CHECK int vwr_recover(struct vwr_recovery *v, const struct vwr_recovery_class *cls);

/*
 * A step towards a device that makes no access to memory, for a system that goes to sleep or moves: resets
 * it, and keeps the requests that were in flight; vwr_recover starts it again and sends them (or returns
 * them: options->replay). VWR_OK: frozen; VWR_EBUSY: call again; VWR_EFAILED: it is stopped, or acknowledged
 * no reset.
 */
VWR_MUST_CHECK int vwr_freeze(struct vwr_recovery *v, const struct vwr_recovery_class *cls);

#ifdef __cplusplus
}
#endif

#endif
