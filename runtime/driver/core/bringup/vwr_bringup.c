/* SPDX-License-Identifier: MIT */
#include "bringup_common.h"

/* Brings up a device of any class from reset to DRIVER_OK, step by step; open and close. */

static int bringup_agree(struct vwr_bringup *v)
{
    const struct vwr_bringup_class *const cls = VWR_BRINGUP_CLASS_OF(v);
    const struct vwr_feature_policy policy = {cls->want,  v->need,         v->avoid,
                                              cls->rules, cls->rule_count, cls->needs};
    int r;

    v->reads = 0;
    v->started = 0;
    vwr_zero((uint8_t *)v + cls->info_at, cls->info_bytes); /* with padding, because two reads are compared */
    r = vwr_dev_agree(v->dev, &policy);
    return r == VWR_OK ? BRINGUP_CONFIGURE : r;
}

static int bringup_configure(struct vwr_bringup *v)
{
    const struct vwr_bringup_class *const cls = VWR_BRINGUP_CLASS_OF(v);
    int r;

    /* the configuration may change in the meantime; each attempt reads it twice */
    if (cls->read != NULL &&
        vwr_dev_try_config(v->dev, cls->read, (uint8_t *)v + cls->info_at, cls->info_bytes) != VWR_OK)
        return ++v->reads < VWR_CONFIG_TRIES / 2
                   ? BRINGUP_CONFIGURE
                   : vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG, 0, VWR_CONFIG_TRIES);
    if (cls->configure == NULL)
        return BRINGUP_SET_UP;
    r = cls->configure(v);
    if (r == VWR_OK)
        return BRINGUP_SET_UP;
    if (r != VWR_ERESET)
        return r;
    vwr_dev_reset_begin(v->dev);
    return BRINGUP_RESET;
}

static int bringup_set_up(struct vwr_bringup *v)
{
    int r = VWR_BRINGUP_CLASS_OF(v)->set_up(v, v->started++);

    if (r > 0)
        return BRINGUP_SET_UP;
    if (r == VWR_OK)
        r = vwr_dev_start(v->dev);
    return r == VWR_OK ? BRINGUP_RUNS : r;
}

int vwr_bringup_step_(struct vwr_bringup *v, int step)
{
    int r;

    switch (step) {
    case BRINGUP_RESET:
        r = vwr_dev_reset_poll(v->dev);
        if (r == VWR_EBUSY)
            return BRINGUP_RESET;
        return r == VWR_OK ? BRINGUP_AGREE : r;
    case BRINGUP_AGREE:
        return bringup_agree(v);
    case BRINGUP_CONFIGURE:
        return bringup_configure(v);
    default:
        return bringup_set_up(v);
    }
}

int vwr_bringup_begin(struct vwr_bringup *v, const struct vwr_bringup_class *cls, struct vwr_dev *d)
{
    if (d->state != VWR_DEV_PROBED)
        return d->state == VWR_DEV_LIVE ? VWR_EBUSY : VWR_EFAILED;
    vwr_zero(v, cls->bytes);
    v->dev = d;
#ifndef VWR_ONE_BRINGUP
    v->cls = cls;
#endif
    v->recover = VWR_RECOVERY(vwr_recover_alone_, NULL);
    return d->type == cls->type ? VWR_OK : vwr_dev_note(d, VWR_FAULT_TYPE, cls->type, d->type);
}

int vwr_bringup_open(struct vwr_bringup *v)
{
    int r = BRINGUP_RESET;

    vwr_dev_reset_begin(v->dev);
    while (r >= 0 && r != BRINGUP_RUNS)
        r = vwr_bringup_step_(v, r);
    if (r < 0)
        return r;
    for (struct vwr_requestq *q = v->requests; q != NULL; q = VWR_ASYNC(q->next, NULL))
        vwr_request_set_runs_(q, true);
    bringup_tell(v, VWR_BRINGUP_RUNS);
    return VWR_OK;
}

int vwr_close(struct vwr_bringup *v)
{
    const int r = v != NULL && v->dev != NULL ? vwr_dev_reset(v->dev) : VWR_EINVAL;

    if (r != VWR_OK)
        return r;
    for (struct vwr_requestq *q = v->requests; q != NULL; q = VWR_ASYNC(q->next, NULL))
        vwr_request_drop(q);
    bringup_tell(v, VWR_BRINGUP_RELEASED);
    bringup_tell(v, VWR_BRINGUP_CLOSED);
    return VWR_OK;
}

int vwr_bringup_read_info(struct vwr_bringup *v, void *info)
{
    const struct vwr_bringup_class *const cls = VWR_BRINGUP_CLASS_OF(v);
    struct vwr_requestq *const q = v->requests;
    struct vwr_fault fault; /* for a device without requests */
    int r;

    if (v->dev == NULL || v->dev->state != VWR_DEV_LIVE)
        return VWR_EFAILED;
    vwr_zero(info, cls->info_bytes);
    r = vwr_dev_poll_status(v->dev, q != NULL ? &q->fault : &fault);
    if (r == VWR_OK)
        r = vwr_dev_read_config(v->dev, cls->read, info, cls->info_bytes);
    return r == VWR_OK || q == NULL ? r : vwr_request_stop(q, r);
}
