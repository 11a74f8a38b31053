/* SPDX-License-Identifier: MIT */
#include "recovery_common.h"

/* The steps of a recovery; the picture is in recovery.h. */

enum recovery_step { RECOVERY_RESET, RECOVERY_CONFIGURE, RECOVERY_START };

static struct vwr_receiveq *recovery_receiveq(struct vwr_recovery *v, const struct vwr_recovery_class *cls,
                                              unsigned n)
{
    return cls->receiveq != NULL ? cls->receiveq(v, n) : NULL;
}

/* Why the device is stopped: as the first queue has it that knows. VWR_OK: it is not. */
static int recovery_reason(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    bool stopped = v->dev->state != VWR_DEV_LIVE;
    const struct vwr_requestq *q;
    const struct vwr_receiveq *r;

    for (unsigned n = 0; (q = cls->requestq(v, n)) != NULL; n++) {
        if (q->stopped_by != VWR_OK)
            return q->stopped_by;
        stopped |= vwr_request_is_stopped(q);
    }
    for (unsigned n = 0; (r = recovery_receiveq(v, cls, n)) != NULL; n++)
        if (vwr_queue_state(&r->queue) != VWR_OK)
            return vwr_queue_state(&r->queue);
    if (!stopped)
        return VWR_OK;
    return v->dev->fault.kind != VWR_FAULT_NONE ? VWR_FAULT_RESULT(v->dev->fault.kind) : VWR_EFAILED;
}

enum vwr_stage vwr_recovery_stage(const struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    if (v->stage == VWR_STAGE_RUNNING && recovery_reason((struct vwr_recovery *)(uintptr_t)v, cls) != VWR_OK)
        return VWR_STAGE_STOPPED;
    return (enum vwr_stage)v->stage;
}

static void recovery_stop(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    struct vwr_requestq *q;
    struct vwr_receiveq *r;

    for (unsigned n = 0; (q = cls->requestq(v, n)) != NULL; n++)
        vwr_queue_stop(&q->queue, VWR_ERESET);
    for (unsigned n = 0; (r = recovery_receiveq(v, cls, n)) != NULL; n++)
        vwr_receive_stop(r, VWR_ERESET);
}

static void recovery_take_back(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    struct vwr_requestq *q;

    for (unsigned n = 0; (q = cls->requestq(v, n)) != NULL; n++)
        vwr_request_take_back(q, v->stopped_by);
    if (cls->released != NULL)
        cls->released(v);
}

static void recovery_resume(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    struct vwr_requestq *q;

    for (unsigned n = 0; (q = cls->requestq(v, n)) != NULL; n++)
        vwr_request_resume(q);
    if (cls->resume != NULL)
        cls->resume(v);
}

static void recovery_give_back(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    struct vwr_requestq *q;

    for (unsigned n = 0; (q = cls->requestq(v, n)) != NULL; n++)
        vwr_request_give_back(q);
}

static int recovery_begin_reset(struct vwr_recovery *v, enum vwr_stage stage)
{
    vwr_dev_reset_begin(v->dev);
    v->stage = (uint8_t)stage;
    v->step = RECOVERY_RESET;
    return VWR_EBUSY;
}

static int recovery_begin(struct vwr_recovery *v, const struct vwr_recovery_class *cls, enum vwr_stage stage)
{
    if (v->stopped_by == VWR_OK)
        v->stopped_by = stage == VWR_STAGE_FREEZING ? VWR_ERESET : recovery_reason(v, cls);
    recovery_stop(v, cls);
    return recovery_begin_reset(v, stage);
}

/* A reset has not been answered, or the device does not start: once more, or it is given up. */
static int recovery_retry(struct vwr_recovery *v, const struct vwr_recovery_class *cls,
                          enum vwr_stage otherwise)
{
    if (++v->tries < VWR_RECOVERY_TRIES)
        return recovery_begin(v, cls, (enum vwr_stage)v->stage);
    v->stage = (uint8_t)otherwise;
    if (otherwise == VWR_STAGE_DEAD)
        recovery_give_back(v, cls);
    return VWR_EFAILED;
}

static int recovery_agree(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    v->stage = VWR_STAGE_RESETTING;
    v->reads = 0;
    v->started = 0;
    if (cls->agree(v) != VWR_OK)
        return recovery_retry(v, cls, VWR_STAGE_DEAD);
    v->step = RECOVERY_CONFIGURE;
    return VWR_EBUSY;
}

/* The device has released everything. */
static int recovery_after_reset(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    recovery_take_back(v, cls);
    if (v->stage != VWR_STAGE_FREEZING)
        return recovery_agree(v, cls);
    v->stage = VWR_STAGE_FROZEN;
    v->tries = 0;
    return VWR_OK;
}

/* A lost device may acknowledge its last reset yet. */
static int recovery_poll_reset(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    const int r = vwr_dev_reset_poll(v->dev);

    if (r == VWR_OK)
        return recovery_after_reset(v, cls);
    if (r == VWR_EBUSY)
        return r;
    return v->stage == VWR_STAGE_LOST ? VWR_EFAILED : recovery_retry(v, cls, VWR_STAGE_LOST);
}

static int recovery_configure(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    const int r = vwr_recovery_configure(v, cls);

    if (r == VWR_EBUSY)
        return r;
    if (r == VWR_ERESET)
        return recovery_begin_reset(v, VWR_STAGE_RESETTING);
    if (r != VWR_OK)
        return recovery_retry(v, cls, VWR_STAGE_DEAD);
    v->step = RECOVERY_START;
    return VWR_EBUSY;
}

static int recovery_start(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    const int r = vwr_recovery_start(v, cls);

    if (r > 0)
        return VWR_EBUSY;
    if (r != VWR_OK)
        return recovery_retry(v, cls, VWR_STAGE_DEAD);
    v->tries = 0;
    v->stage = VWR_STAGE_RUNNING;
    v->stopped_by = VWR_OK;
    recovery_resume(v, cls);
    return VWR_OK;
}

int vwr_recover(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    switch (vwr_recovery_stage(v, cls)) {
    case VWR_STAGE_RUNNING:
        return VWR_OK;
    case VWR_STAGE_STOPPED:
        return recovery_begin(v, cls, VWR_STAGE_RESETTING);
    case VWR_STAGE_RESETTING:
        if (v->step == RECOVERY_RESET)
            return recovery_poll_reset(v, cls);
        return v->step == RECOVERY_CONFIGURE ? recovery_configure(v, cls) : recovery_start(v, cls);
    case VWR_STAGE_LOST:
    case VWR_STAGE_FREEZING:
        return recovery_poll_reset(v, cls);
    case VWR_STAGE_FROZEN:
        return recovery_agree(v, cls);
    default:
        return VWR_EFAILED;
    }
}

int vwr_freeze(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    switch (vwr_recovery_stage(v, cls)) {
    case VWR_STAGE_RUNNING:
        return recovery_begin(v, cls, VWR_STAGE_FREEZING);
    case VWR_STAGE_FREEZING:
        return recovery_poll_reset(v, cls);
    case VWR_STAGE_FROZEN:
        return VWR_OK;
    default:
        return VWR_EFAILED;
    }
}
