/* SPDX-License-Identifier: MIT */
#include "vdev_common.h"

/*
 * Suspend and resume by the driver. Once SUSPEND is set, no more buffers are taken (v->live), and those
 * already taken are completed. When none is in flight, the device clears DRIVER_OK. Each access by the driver
 * and each vwr_vdev_serve checks for this. Section: Device Suspend.
 */

static uint32_t vdev_in_flight(const struct vwr_vdev *v)
{
    uint32_t n = 0;

    for (uint16_t i = 0; i < v->queues; i++)
        n += vwr_vqueue_in_flight(&v->queue[i]);
    return n;
}

void vwr_vdev_continue_suspend_(struct vwr_vdev *v)
{
    if (!vdev_is_suspending(v))
        return;
    if (v->kind->suspend != NULL)
        v->kind->suspend(v);
    if (vdev_in_flight(v) != 0)
        return;
    for (uint16_t i = 0; i < v->queues; i++)
        (void)vwr_vdev_signal(v, &v->queue[i]);
    if (!vdev_is_suspending(v)) /* a hook has reset the device */
        return;
    v->status &= (uint8_t)~VWR_STATUS_DRIVER_OK;
    vwr_vdev_forget_allowed_(v);
}

void vwr_vdev_begin_suspend_(struct vwr_vdev *v)
{
    v->live = false;
    v->work = v->budget_bytes;
    vwr_vdev_continue_suspend_(v);
}

/* The driver does not send another notification for buffers that it made available before the suspend. */
void vwr_vdev_notify_all_(struct vwr_vdev *v)
{
    for (uint16_t i = 0; v->vm->ops->kicked != NULL && i < v->queues; i++)
        if (v->live && v->queue[i].ready)
            v->vm->ops->kicked(v->vm, v, i);
    if (v->vm->ops->kicked == NULL)
        vwr_vdev_serve_all_(v);
}

void vwr_vdev_resume_(struct vwr_vdev *v)
{
    const bool news = v->config_news;

    v->status &= (uint8_t)~VWR_STATUS_SUSPEND;
    v->live = !v->broken && !v->held;
    v->config_news = false;
    if (news)
        vwr_vdev_raise_(v, VDEV_CONFIG_CHANGE, 0);
    vwr_vdev_notify_all_(v);
}

void vwr_vdev_hold_(struct vwr_vdev *v, bool hold)
{
    if (v->held == hold)
        return;
    v->held = hold;
    v->live = !hold && !v->broken && vdev_uses_queues(v) && !vdev_has_suspend(v);
    if (v->live)
        vwr_vdev_notify_all_(v);
}

bool vwr_vdev_is_suspended(struct vwr_vdev *v)
{
    bool is;

    vwr_vdev_lock(v);
    vwr_vdev_continue_suspend_(v);
    is = vdev_is_suspended(v);
    vwr_vdev_unlock(v);
    return is;
}
