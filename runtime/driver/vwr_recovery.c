/* SPDX-License-Identifier: MIT */
#include "vwr/recovery.h"

/* The steps of a recovery; the picture is in recovery.h. */

enum recovery_step { RECOVERY_RESET, RECOVERY_CONFIGURE, RECOVERY_START };

enum vwr_stage vwr_recovery_stage(const struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    if (v->stage == VWR_STAGE_RUNNING && (v->dev->state != VWR_DEV_LIVE || cls->is_stopped(v)))
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

/* Why the device is stopped, for queues that do not know. */
static int recovery_reason(const struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    const int reason = cls->reason(v);

    if (reason != VWR_OK)
        return reason;
    return v->dev->fault.kind != VWR_FAULT_NONE ? VWR_FAULT_RESULT(v->dev->fault.kind) : VWR_EFAILED;
}

static int recovery_begin(struct vwr_recovery *v, const struct vwr_recovery_class *cls, enum vwr_stage stage)
{
    if (v->cause == VWR_OK)
        v->cause = stage == VWR_STAGE_FREEZING ? VWR_ERESET : recovery_reason(v, cls);
    cls->stop(v);
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
        cls->give_back(v);
    return VWR_EFAILED;
}

static int recovery_agree(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    v->stage = VWR_STAGE_RESETTING;
    if (cls->agree(v) != VWR_OK)
        return recovery_retry(v, cls, VWR_STAGE_DEAD);
    v->step = RECOVERY_CONFIGURE;
    v->reads = 0;
    return VWR_EBUSY;
}

/* The device has released everything. */
static int recovery_after_reset(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    cls->take_back(v);
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
    const int r = cls->configure(v);

    if (r == VWR_EBUSY && ++v->reads < VWR_CONFIG_TRIES / 2)
        return r;
    if (r == VWR_EBUSY)
        (void)vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG, 0, VWR_CONFIG_TRIES);
    if (r == VWR_ERESET)
        return recovery_begin_reset(v, VWR_STAGE_RESETTING);
    if (r != VWR_OK)
        return recovery_retry(v, cls, VWR_STAGE_DEAD);
    v->step = RECOVERY_START;
    return VWR_EBUSY;
}

static int recovery_start(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    const int r = cls->start(v);

    if (r == VWR_EBUSY)
        return r;
    if (r != VWR_OK)
        return recovery_retry(v, cls, VWR_STAGE_DEAD);
    v->tries = 0;
    v->stage = VWR_STAGE_RUNNING;
    v->cause = VWR_OK;
    cls->resume(v);
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
