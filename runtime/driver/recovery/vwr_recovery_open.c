/* SPDX-License-Identifier: MIT */
#include "recovery_common.h"

/* A device of any class from its first reset to DRIVER_OK, and its end. */

int vwr_recovery_begin(struct vwr_recovery *v, const struct vwr_recovery_class *cls, struct vwr_dev *d)
{
    if (d->state != VWR_DEV_PROBED)
        return d->state == VWR_DEV_LIVE ? VWR_EBUSY : VWR_EFAILED;
    vwr_zero(v, cls->bytes);
    v->dev = d;
    return d->type == cls->type ? VWR_OK : vwr_dev_note(d, VWR_FAULT_TYPE, cls->type, d->type);
}

int vwr_recovery_agree(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    const struct vwr_wish wish = {cls->want, v->need, v->avoid, cls->rules, cls->rule_count};

    v->reads = 0;
    v->started = 0;
    vwr_zero((uint8_t *)v + cls->info_at, cls->info_bytes); /* padding too: what is read is compared */
    return vwr_dev_agree(v->dev, &wish);
}

int vwr_recovery_configure(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    int r = VWR_OK;

    if (cls->read != NULL)
        r = vwr_dev_try_config(v->dev, cls->read, (uint8_t *)v + cls->info_at, cls->info_bytes);
    if (r == VWR_OK)
        return cls->configure(v);
    if (++v->reads == VWR_CONFIG_TRIES / 2) /* two readings each */
        return vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG, 0, VWR_CONFIG_TRIES);
    return r;
}

int vwr_recovery_start(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    const int r = cls->set_up(v, v->started++);

    return r == VWR_OK ? vwr_dev_start(v->dev) : r;
}

int vwr_recovery_open(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    int r;

    do {
        r = vwr_dev_reset(v->dev);
        if (r == VWR_OK)
            r = vwr_recovery_agree(v, cls);
        if (r == VWR_OK)
            do
                r = vwr_recovery_configure(v, cls);
            while (r == VWR_EBUSY);
    } while (r == VWR_ERESET);
    if (r == VWR_OK)
        do
            r = vwr_recovery_start(v, cls);
        while (r > 0);
    if (r != VWR_OK)
        return r;
    for (struct vwr_requestq *q = v->requests; q != NULL; q = VWR_WITH_ASYNC ? q->next : NULL)
        vwr_request_set_runs(q, true);
    recovery_tell(v, cls, VWR_RECOVERY_RUNS);
    return VWR_OK;
}

int vwr_recovery_close(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    const int r = v->dev != NULL ? vwr_dev_reset(v->dev) : VWR_EINVAL;

    if (r != VWR_OK)
        return r;
    for (struct vwr_requestq *q = v->requests; q != NULL; q = VWR_WITH_ASYNC ? q->next : NULL)
        vwr_request_drop(q);
    recovery_tell(v, cls, VWR_RECOVERY_RELEASED);
    recovery_tell(v, cls, VWR_RECOVERY_CLOSED);
    return VWR_OK;
}
