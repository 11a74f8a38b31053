/* SPDX-License-Identifier: MIT */
#include "bringup_common.h"

/* A device of any class from a reset to DRIVER_OK, a step at a time; its open and its close. */

void vwr_bringup_reset(struct vwr_bringup *v)
{
    v->step = BRINGUP_RESET;
    vwr_dev_reset_begin(v->dev);
}

static int bringup_agree(struct vwr_bringup *v, const struct vwr_bringup_class *cls)
{
    const struct vwr_wish wish = {cls->want, v->need, v->avoid, cls->rules, cls->rule_count};

    v->step = BRINGUP_CONFIGURE;
    v->reads = 0;
    v->started = 0;
    vwr_zero((uint8_t *)v + cls->info_at, cls->info_bytes); /* padding too: what is read is compared */
    return vwr_dev_agree(v->dev, &wish);
}

static int bringup_configure(struct vwr_bringup *v, const struct vwr_bringup_class *cls)
{
    int r = VWR_OK;

    if (cls->read != NULL)
        r = vwr_dev_try_config(v->dev, cls->read, (uint8_t *)v + cls->info_at, cls->info_bytes);
    if (r != VWR_OK) /* it has changed meanwhile; two readings each */
        return ++v->reads < VWR_CONFIG_TRIES / 2
                   ? VWR_OK
                   : vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG, 0, VWR_CONFIG_TRIES);
    v->step = BRINGUP_SET_UP;
    if (cls->configure != NULL)
        r = cls->configure(v);
    if (r != VWR_ERESET)
        return r;
    vwr_bringup_reset(v);
    return VWR_OK;
}

static int bringup_set_up(struct vwr_bringup *v, const struct vwr_bringup_class *cls)
{
    const int r = cls->set_up(v, v->started++);

    if (r > 0)
        return VWR_OK;
    if (r != VWR_OK)
        return r;
    v->step = BRINGUP_RUNS;
    return vwr_dev_start(v->dev);
}

int vwr_bringup_step(struct vwr_bringup *v, const struct vwr_bringup_class *cls)
{
    int r;

    switch (v->step) {
    case BRINGUP_RESET:
        r = vwr_dev_reset_poll(v->dev);
        if (r == VWR_OK)
            v->step = BRINGUP_AGREE;
        return r == VWR_EBUSY ? VWR_OK : r;
    case BRINGUP_AGREE:
        return bringup_agree(v, cls);
    case BRINGUP_CONFIGURE:
        return bringup_configure(v, cls);
    default:
        return bringup_set_up(v, cls);
    }
}

int vwr_bringup_begin(struct vwr_bringup *v, const struct vwr_bringup_class *cls, struct vwr_dev *d)
{
    if (d->state != VWR_DEV_PROBED)
        return d->state == VWR_DEV_LIVE ? VWR_EBUSY : VWR_EFAILED;
    vwr_zero(v, cls->bytes);
    v->dev = d;
    return d->type == cls->type ? VWR_OK : vwr_dev_note(d, VWR_FAULT_TYPE, cls->type, d->type);
}

int vwr_bringup_open(struct vwr_bringup *v, const struct vwr_bringup_class *cls)
{
    int r;

    vwr_bringup_reset(v);
    do
        r = vwr_bringup_step(v, cls);
    while (r == VWR_OK && v->step != BRINGUP_RUNS);
    if (r != VWR_OK)
        return r;
    for (struct vwr_requestq *q = v->requests; q != NULL; q = vwr_requestq_next(q))
        vwr_request_set_runs(q, true);
    bringup_tell(v, cls, VWR_BRINGUP_RUNS);
    return VWR_OK;
}

int vwr_bringup_close(struct vwr_bringup *v, const struct vwr_bringup_class *cls)
{
    const int r = v->dev != NULL ? vwr_dev_reset(v->dev) : VWR_EINVAL;

    if (r != VWR_OK)
        return r;
    for (struct vwr_requestq *q = v->requests; q != NULL; q = vwr_requestq_next(q))
        vwr_request_drop(q);
    bringup_tell(v, cls, VWR_BRINGUP_RELEASED);
    bringup_tell(v, cls, VWR_BRINGUP_CLOSED);
    return VWR_OK;
}
