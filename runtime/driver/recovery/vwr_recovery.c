/* SPDX-License-Identifier: MIT */
#include "recovery_common.h"

/* The steps of a recovery; the picture is in recovery.h. */

enum recovery_step { RECOVERY_RESET, RECOVERY_CONFIGURE, RECOVERY_START };

/* Why the device is stopped: as the first queue has it that knows. VWR_OK: it is not. */
static int recovery_reason(const struct vwr_recovery *v)
{
    bool stopped = v->dev->state != VWR_DEV_LIVE;

    for (const struct vwr_requestq *q = v->requests; q != NULL; q = q->next) {
        if (q->stopped_by != VWR_OK)
            return q->stopped_by;
        stopped |= vwr_request_is_stopped(q);
    }
    for (const struct vwr_receiveq *r = v->receives; r != NULL; r = r->next)
        if (vwr_queue_state(&r->queue) != VWR_OK)
            return vwr_queue_state(&r->queue);
    if (!stopped)
        return VWR_OK;
    return v->dev->fault.kind != VWR_FAULT_NONE ? VWR_FAULT_RESULT(v->dev->fault.kind) : VWR_EFAILED;
}

enum vwr_stage vwr_recovery_stage(const struct vwr_recovery *v)
{
    if (v->dev == NULL) /* it was not opened */
        return VWR_STAGE_DEAD;
    if (v->stage == VWR_STAGE_RUNNING && recovery_reason(v) != VWR_OK)
        return VWR_STAGE_STOPPED;
    return (enum vwr_stage)v->stage;
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
        v->stopped_by = stage == VWR_STAGE_FREEZING ? VWR_ERESET : recovery_reason(v);
    for (struct vwr_requestq *q = v->requests; q != NULL; q = q->next)
        vwr_queue_stop(&q->queue, VWR_ERESET);
    recovery_tell(v, cls, VWR_RECOVERY_STOPS);
    return recovery_begin_reset(v, stage);
}

/* A reset has not been answered, or the device does not start: once more, or it is given up. */
static int recovery_retry(struct vwr_recovery *v, const struct vwr_recovery_class *cls,
                          enum vwr_stage otherwise)
{
    if (++v->tries < VWR_RECOVERY_TRIES)
        return recovery_begin(v, cls, (enum vwr_stage)v->stage);
    v->stage = (uint8_t)otherwise;
    recovery_tell(v, cls, VWR_RECOVERY_STOPS); /* queues that were set up before one could not be */
    for (struct vwr_requestq *q = v->requests; q != NULL && otherwise == VWR_STAGE_DEAD; q = q->next)
        vwr_request_give_back(q);
    return VWR_EFAILED;
}

static int recovery_agree(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    v->stage = VWR_STAGE_RESETTING;
    if (vwr_recovery_agree(v, cls) != VWR_OK)
        return recovery_retry(v, cls, VWR_STAGE_DEAD);
    v->step = RECOVERY_CONFIGURE;
    return VWR_EBUSY;
}

/* The device has released everything. */
static int recovery_after_reset(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    for (struct vwr_requestq *q = v->requests; q != NULL; q = q->next)
        vwr_request_take_back(q, v->stopped_by);
    recovery_tell(v, cls, VWR_RECOVERY_RELEASED);
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
    for (struct vwr_requestq *q = v->requests; q != NULL; q = q->next)
        vwr_request_resume(q);
    recovery_tell(v, cls, VWR_RECOVERY_RUNS);
    return VWR_OK;
}

int vwr_recover(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    switch (vwr_recovery_stage(v)) {
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

int vwr_recover_alone(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    const bool alone = v->requests != NULL && v->requests->next == NULL && v->receives == NULL;

    return alone ? vwr_recover(v, cls) : VWR_EFAILED;
}

int vwr_freeze(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    switch (vwr_recovery_stage(v)) {
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
