/* SPDX-License-Identifier: MIT */
#include "bringup_common.h"

/* Recovering and freezing a device. The state diagram is in vwr/bringup.h; the steps are in vwr_bringup.c. */

/*
 * Gets the reason why the device is stopped from the first queue that has one. VWR_OK: the device is not
 * stopped.
 */
static int recovery_reason(const struct vwr_bringup *v)
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

enum vwr_stage vwr_get_stage(const struct vwr_bringup *v)
{
    if (v == NULL || v->dev == NULL) /* the device was not opened */
        return VWR_STAGE_DEAD;
    if (v->stage == VWR_STAGE_RUNNING && recovery_reason(v) != VWR_OK)
        return VWR_STAGE_STOPPED;
    return (enum vwr_stage)v->stage;
}

static int recovery_begin(struct vwr_bringup *v, enum vwr_stage stage)
{
    if (v->stopped_by == VWR_OK)
        v->stopped_by = stage == VWR_STAGE_FREEZING ? VWR_ERESET : recovery_reason(v);
    for (struct vwr_requestq *q = v->requests; q != NULL; q = q->next)
        vwr_queue_stop(&q->queue, VWR_ERESET);
    bringup_tell(v, VWR_BRINGUP_STOPS);
    v->stage = (uint8_t)stage;
    v->step = BRINGUP_RESET;
    vwr_dev_reset_begin(v->dev);
    return VWR_EBUSY;
}

/* The device has acknowledged the reset and no longer accesses any memory of the driver. */
static int recovery_released(struct vwr_bringup *v)
{
    const bool freezes = v->stage == VWR_STAGE_FREEZING;

    for (struct vwr_requestq *q = v->requests; q != NULL; q = q->next)
        vwr_request_take_back(q, v->stopped_by);
    bringup_tell(v, VWR_BRINGUP_RELEASED);
    v->stage = freezes ? VWR_STAGE_FROZEN : VWR_STAGE_RESETTING;
    if (!freezes)
        return VWR_EBUSY;
    v->tries = 0;
    return VWR_OK;
}

static int recovery_ends(struct vwr_bringup *v)
{
    v->stage = VWR_STAGE_RUNNING;
    v->stopped_by = VWR_OK;
    v->tries = 0;
    for (struct vwr_requestq *q = v->requests; q != NULL; q = q->next)
        vwr_request_resume(q);
    bringup_tell(v, VWR_BRINGUP_RUNS);
    return VWR_OK;
}

/*
 * Performs one step. Retries if the device does not acknowledge the reset or does not start; fails
 * after VWR_RECOVERY_TRIES attempts.
 */
static int recovery_step(struct vwr_bringup *v)
{
    const int step = v->step;
    const int r = vwr_bringup_step_(v, step);

    if (step == BRINGUP_AGREE) /* the device may have been frozen */
        v->stage = VWR_STAGE_RESETTING;
    if (r >= 0)
        v->step = (uint8_t)r;
    if (r == BRINGUP_RUNS)
        return recovery_ends(v);
    if (r >= 0)
        return r == BRINGUP_AGREE ? recovery_released(v) : VWR_EBUSY;
    if (v->stage == VWR_STAGE_LOST) /* the device may still acknowledge its last reset */
        return VWR_EFAILED;
    if (++v->tries < VWR_RECOVERY_TRIES)
        return recovery_begin(v, (enum vwr_stage)v->stage);
    v->stage = step == BRINGUP_RESET ? VWR_STAGE_LOST : VWR_STAGE_DEAD;
    bringup_tell(v, VWR_BRINGUP_STOPS); /* some queues may have been set up before the failure */
    for (struct vwr_requestq *q = v->requests; q != NULL && v->stage == VWR_STAGE_DEAD; q = q->next)
        vwr_request_give_back(q);
    return VWR_EFAILED;
}

static int recovery_restore(struct vwr_bringup *v)
{
    const struct vwr_bringup_class *const cls = VWR_BRINGUP_CLASS_OF(v);

    return cls->restore != NULL ? cls->restore(v) : VWR_OK;
}

int vwr_recover(struct vwr_bringup *v)
{
    const enum vwr_stage stage = vwr_get_stage(v);
    int r = VWR_OK;

    if (stage == VWR_STAGE_STOPPED)
        return recovery_begin(v, VWR_STAGE_RESETTING);
    if (stage == VWR_STAGE_DEAD)
        return VWR_EFAILED;
    if (stage != VWR_STAGE_RUNNING)
        r = recovery_step(v);
    return r == VWR_OK && v->stage == VWR_STAGE_RUNNING ? recovery_restore(v) : r;
}

int vwr_recover_alone_(struct vwr_bringup *v)
{
    const bool alone = v->requests != NULL && v->requests->next == NULL && v->receives == NULL;

    return alone ? vwr_recover(v) : VWR_EFAILED;
}

int vwr_freeze(struct vwr_bringup *v)
{
    const enum vwr_stage stage = vwr_get_stage(v);

    if (stage == VWR_STAGE_RUNNING)
        return recovery_begin(v, VWR_STAGE_FREEZING);
    if (stage == VWR_STAGE_FREEZING)
        return recovery_step(v);
    return stage == VWR_STAGE_FROZEN ? VWR_OK : VWR_EFAILED;
}
