/* SPDX-License-Identifier: MIT */
#include "recovery_common.h"

/* A device of any class from its first reset to DRIVER_OK, and its end. */

int vwr_recovery_configure(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    const int r = cls->configure(v);

    if (r == VWR_EBUSY && ++v->reads == VWR_CONFIG_TRIES / 2) /* two readings each */
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
        v->reads = 0;
        r = vwr_dev_reset(v->dev);
        if (r == VWR_OK)
            r = cls->agree(v);
        if (r == VWR_OK)
            do
                r = vwr_recovery_configure(v, cls);
            while (r == VWR_EBUSY);
    } while (r == VWR_ERESET);
    if (r == VWR_OK)
        do
            r = vwr_recovery_start(v, cls);
        while (r > 0);
    return r;
}

int vwr_recovery_close(struct vwr_recovery *v, const struct vwr_recovery_class *cls)
{
    const int r = vwr_dev_reset(v->dev);
    struct vwr_requestq *q;

    if (r != VWR_OK)
        return r;
    for (unsigned n = 0; (q = cls->requestq(v, n)) != NULL; n++)
        vwr_request_drop(q);
    if (cls->released != NULL)
        cls->released(v);
    return VWR_OK;
}
