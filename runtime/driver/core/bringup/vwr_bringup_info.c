/* SPDX-License-Identifier: MIT */
#include "bringup_common.h"

/* Reads the configuration again after it changed at run time. */

int vwr_bringup_read_info(struct vwr_bringup *v, const struct vwr_bringup_class *cls, void *info)
{
    struct vwr_requestq *const q = v->requests;
    struct vwr_fault fault = {0}; /* of a device without requests */
    int r;

    if (v->dev == NULL || v->dev->state != VWR_DEV_LIVE)
        return VWR_EFAILED;
    vwr_zero(info, cls->info_bytes);
    r = vwr_dev_poll_status(v->dev, q != NULL ? &q->fault : &fault);
    if (r == VWR_OK)
        r = vwr_dev_read_config(v->dev, cls->read, info, cls->info_bytes);
    return r == VWR_OK || q == NULL ? r : vwr_request_stop(q, r);
}
