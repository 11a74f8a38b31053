/* SPDX-License-Identifier: MIT */
#ifndef VWR_BRINGUP_H
#define VWR_BRINGUP_H

#include "vwr/request.h"

VWR_BEGIN_C

/*
 * Bringing a device up, for any class: reset, features, configuration, queues, DRIVER_OK. vwr_bringup_open
 * makes these steps one after the other; vwr_recover makes one a call, and resets the device again where one
 * fails; vwr_freeze stops behind the reset, and vwr_recover goes on from there.
 *
 * What is in flight stays the device's until it has acknowledged a reset; only then are requests taken back.
 * No step waits for the device: each makes at most 64 accesses to its registers and configuration, and a
 * reset that was acknowledged is not made again.
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
VWR_STATIC_ASSERT(VWR_RECOVERY_TRIES > 0, "VWR_RECOVERY_TRIES has to be 1 at least");

enum vwr_stage {
    VWR_STAGE_RUNNING = 0,
    VWR_STAGE_STOPPED = 1,   /* what is in flight is the device's: vwr_recover, or close */
    VWR_STAGE_RESETTING = 2, /* the reset is not acknowledged yet, or the device not started yet */
    VWR_STAGE_DEAD = 3,      /* it did not come back, and requests were returned; or it was never opened */
    VWR_STAGE_LOST = 4,      /* it acknowledged no reset, and may still read and write what is in flight */
    VWR_STAGE_FREEZING = 5,
    VWR_STAGE_FROZEN = 6 /* reset; requests that were in flight wait for vwr_recover */
};

/*
 * Calls that wait while somebody else recovers or freezes the device go on waiting, until their deadline: for
 * the acknowledgement of the reset, and then for the answer to what was sent again. What they answer if it
 * does not come in time, and how memory is got back then, vwr/result.h says: it is the caller's in
 * VWR_STAGE_RUNNING and VWR_STAGE_DEAD, and of a call that has ended in VWR_STAGE_FROZEN too.
 */

/* A class with queues of buffers gives each of them to vwr_receive_all. */
enum vwr_bringup_event {
    VWR_BRINGUP_STOPS,    /* its queues are stopped */
    VWR_BRINGUP_RELEASED, /* the device has released all memory */
    VWR_BRINGUP_RUNS,     /* the device runs */
    VWR_BRINGUP_CLOSED    /* and then was closed: nothing that the class has is in use */
};

/*
 * A class's part, its functions in the order in which they are called. None of them waits, and each makes at
 * most 64 accesses to the device; of an error the device is reset once more, or given up.
 */
struct vwr_bringup_class {
    uint32_t type;                        /* of its devices: VWR_..._ID */
    uint16_t bytes;                       /* of the class's device, which begins with struct vwr_bringup */
    uint16_t info_at, info_bytes;         /* of it: what `read` fills */
    const struct vwr_features *want;      /* taken where offered; NULL: none */
    const struct vwr_feature_rule *rules; /* vwr_..._feature_rules, `rule_count` of them; NULL: none */
    uint16_t rule_count;
    /* What the configuration says, into info, which was zeroed; again if it changed meanwhile. NULL: nothing.
     */
    void (*read)(const struct vwr_config *c, void *info);
    /* Checks it; VWR_ERESET: reset the device, and agree anew. NULL: nothing. */
    int (*configure)(struct vwr_bringup *v);
    /*
     * The n-th call: makes queues, by vwr_request_setup, vwr_receive_setup, vwr_transmit_setup. VWR_OK; 1:
     * call again.
     */
    int (*set_up)(struct vwr_bringup *v, unsigned n);
    /* Something has happened to all queues, in an open and a close too. NULL: the class does nothing then. */
    void (*event)(struct vwr_bringup *v, enum vwr_bringup_event event);
};

/*
 * The first member of a class's device. Of a device that is zeroed, as static memory is, and was never
 * opened, `dev` is NULL: each call of its class answers an error then, VWR_EFAILED where it does not say
 * otherwise.
 */
struct vwr_bringup {
    struct vwr_dev *dev;
    int stopped_by; /* why the device is stopped */
    /* The class's to set before the open, NULL: none. */
    const struct vwr_features *need;  /* VWR_EFEATURE without them */
    const struct vwr_features *avoid; /* not taken although offered */
    /* private */
    struct vwr_requestq *requests; /* queues, in the order of their setup */
    struct vwr_receiveq *receives;
    uint8_t stage; /* enum vwr_stage; see vwr_bringup_stage */
    uint8_t step;  /* of a recovery: enum bringup_step, what comes next */
    uint8_t tries;
    uint8_t reads;    /* of a configuration that changes */
    uint16_t started; /* calls of set_up since the reset */
};

/*
 * For the class's open, first: zeroes its device, whose bring-up is *v. VWR_OK; VWR_ETYPE: `d` is another
 * type's, and vwr_dev_explain says so; VWR_EBUSY: it is in use; VWR_EFAILED: not as probe, close or reset
 * left it; of these two *v is as it was.
 */
VWR_MUST_CHECK int vwr_bringup_begin(struct vwr_bringup *v, const struct vwr_bringup_class *cls,
                                     struct vwr_dev *d);

/*
 * Then, from a probed device to one that runs. Waits for the reset, at most VWR_RESET_TIMEOUT_US. VWR_OK;
 * VWR_EFAILED: buffers cannot be posted; and as vwr_dev_reset, vwr_dev_agree, vwr_dev_read_config,
 * vwr_request_setup, vwr_dev_start, and what else the class answers.
 */
VWR_MUST_CHECK int vwr_bringup_open(struct vwr_bringup *v, const struct vwr_bringup_class *cls);

/* For its close: resets the device as vwr_dev_reset, which waits, and drops all that was in flight;
 * VWR_EINVAL also of one that was never opened. */
VWR_MUST_CHECK int vwr_bringup_close(struct vwr_bringup *v, const struct vwr_bringup_class *cls);

/*
 * For a class's call after an interrupt that says that the configuration has changed: looks at the status of
 * the device, and reads what it says now into `info`, info_bytes of the class. VWR_OK; VWR_ENEEDSRESET,
 * VWR_EGONE, VWR_EPROTO, VWR_EUNSTABLE: the first queue of requests is stopped; VWR_EFAILED: the device is
 * not running; VWR_ERESET: that queue is being cancelled.
 */
VWR_MUST_CHECK int vwr_bringup_read_info(struct vwr_bringup *v, const struct vwr_bringup_class *cls,
                                         void *info);

/* Reads nothing but memory. */
enum vwr_stage vwr_bringup_stage(const struct vwr_bringup *v);

/*
 * A step of bringing the device back; for a timer or an interrupt handler that owns all queues, again
 * and again:
 *     while ((r = vwr_recover(v, cls)) == VWR_EBUSY)
 *         other_things();
 * VWR_OK: running; VWR_EBUSY: call again; VWR_EFAILED: given up, after VWR_RECOVERY_TRIES resets. A lost
 * device is looked at once in each later call: if it has acknowledged its reset by then it is started as
 * above.
 */
VWR_MUST_CHECK int vwr_recover(struct vwr_bringup *v, const struct vwr_bringup_class *cls);

/*
 * For a class's struct vwr_replay: the same, as vwr_recover, of a device with one queue; VWR_EFAILED: it has
 * several, which may have other owners.
 */
VWR_MUST_CHECK int vwr_recover_alone(struct vwr_bringup *v, const struct vwr_bringup_class *cls);

/*
 * A step towards a device that makes no access to memory, for a system that goes to sleep or moves: resets
 * it, and keeps the requests that were in flight; vwr_recover starts it again and sends them (or returns
 * them: options->replay). VWR_OK: frozen; VWR_EBUSY: call again; VWR_EFAILED: it is stopped, or acknowledged
 * no reset.
 */
VWR_MUST_CHECK int vwr_freeze(struct vwr_bringup *v, const struct vwr_bringup_class *cls);

/*
 * For a class's explain, with its sentences and the names of its features, or NULL: the device's fault, or
 * that of the queue that has stopped it, or of the first that has one, in words into text[0 .. bytes), always
 * terminated if bytes > 0. Answers the length that all of it has. Loops: over the queues.
 */
size_t vwr_bringup_explain(const struct vwr_bringup *v, const struct vwr_messages *messages,
                           const struct vwr_name *features, char *text, size_t bytes);

VWR_END_C

#endif
