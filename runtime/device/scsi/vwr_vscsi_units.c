/* SPDX-License-Identifier: MIT */
#include "vscsi_common.h"

/*
 * The VMM's table of units, and the events that report its changes to the driver.
 * Section: SCSI Host Device / Device Operation / Device Operation: eventq.
 */

int vwr_vscsi_check_new_(const struct vwr_vscsi *v, struct vwr_vt10_unit *unit, unsigned max_target)
{
    if (unit->target > max_target || vwr_vscsi_find_(v, unit->target, unit->lun) != NULL)
        return VWR_EINVAL;
    return vwr_vt10_check_unit_(unit);
}

/* ---- events ---- */

/* Sends an event, which also reports the loss of earlier ones. */
static int vscsi_put_event(struct vwr_vscsi *v, uint32_t type, const uint8_t *lun, uint32_t reason)
{
    const bool legacy = vwr_vscsi_dev(v)->legacy;
    struct vwr_scsi_event event;
    int r;

    event.event = vwr_guest32(legacy, type | (v->missed ? VWR_SCSI_T_EVENTS_MISSED : 0));
    vwr_copy(event.lun, lun, sizeof(event.lun));
    event.reason = vwr_guest32(legacy, reason);
    r = vwr_service_send_locked(&v->service.service, VWR_SCSI_QUEUE_EVENTQ, &event, sizeof(event), NULL, 0);
    v->missed = v->missed && r != VWR_OK;
    return r;
}

/* If there is no buffer, or the buffer is too short, the event is lost; the driver sends a notification for
   its next buffer.
 */
static void vscsi_send_event(struct vwr_vscsi *v, uint32_t type, const uint8_t *lun, uint32_t reason)
{
    const int r = vscsi_put_event(v, type, lun, reason);

    v->missed = v->missed || r != VWR_OK;
    vwr_count_add(r == VWR_OK ? &v->stats.events : &v->stats.missed, 1);
    if (r != VWR_EFULL)
        (void)vwr_vdev_signal(vwr_vscsi_dev(v), &vwr_vscsi_dev(v)->queue[VWR_SCSI_QUEUE_EVENTQ]);
    if (v->missed)
        vwr_vdev_serve_locked(vwr_vscsi_dev(v), VWR_SCSI_QUEUE_EVENTQ);
}

static void vscsi_send_of_unit(struct vwr_vscsi *v, uint32_t type, const struct vwr_vt10_unit *u,
                               uint32_t reason)
{
    uint8_t lun[VWR_T10_LUN];

    vwr_t10_put_unit(lun, VWR_SCSI_LUN_UNIT, u->target, u->lun);
    vscsi_send_event(v, type, lun, reason);
}

void vwr_vscsi_posted_(struct vwr_scsi_vservice *s, uint16_t queue)
{
    static const uint8_t none[VWR_T10_LUN];
    struct vwr_vscsi *const v = (void *)s;

    (void)queue;
    if (v->missed)
        (void)vscsi_put_event(v, VWR_SCSI_T_NO_EVENT, none, 0);
}

/* ---- functions for the VMM ---- */

/* Lets the other units of the target report that the list of units has changed. */
static void vscsi_list_changed(struct vwr_vscsi *v, const struct vwr_vt10_unit *unit, uint32_t reason)
{
    for (unsigned i = 0; i < v->t10.units; i++)
        if (&v->t10.unit[i] != unit && v->t10.unit[i].target == unit->target && v->t10.unit[i].attention == 0)
            v->t10.unit[i].attention = VWR_T10_LUNS_CHANGED;
    if (vwr_vdev_has(vwr_vscsi_dev(v), VWR_SCSI_F_HOTPLUG))
        vscsi_send_of_unit(v, VWR_SCSI_T_TRANSPORT_RESET, unit, reason);
}

static struct vwr_vt10_unit *vscsi_free_row(struct vwr_vscsi *v)
{
    for (unsigned i = 0; i < v->t10.units; i++)
        if (v->t10.unit[i].backend == NULL)
            return &v->t10.unit[i];
    return NULL;
}

int vwr_vscsi_add(struct vwr_vscsi *v, const struct vwr_vt10_unit *unit)
{
    struct vwr_vdev *const d = vwr_vscsi_dev(v);
    struct vwr_vt10_unit *row, copy;
    int r = VWR_EINVAL;

    vwr_vdev_lock(d);
    row = vscsi_free_row(v);
    vwr_copy(&copy, unit, sizeof(copy));
    if (copy.backend != NULL && row == NULL)
        r = VWR_EFULL;
    else if (copy.backend != NULL)
        r = vwr_vscsi_check_new_(v, &copy, vwr_guest16(d->legacy, v->service.config.max_target));
    if (r == VWR_OK) {
        vwr_copy(row, &copy, sizeof(copy));
        vscsi_list_changed(v, row, VWR_SCSI_EVT_RESET_RESCAN);
    }
    vwr_vdev_unlock(d);
    return r;
}

/* Takes the lock and finds the unit. */
static struct vwr_vt10_unit *vscsi_lock_unit(struct vwr_vscsi *v, uint8_t target, uint16_t lun)
{
    vwr_vdev_lock(vwr_vscsi_dev(v));
    return vwr_vscsi_find_(v, target, lun);
}

int vwr_vscsi_remove(struct vwr_vscsi *v, uint8_t target, uint16_t lun)
{
    struct vwr_vt10_unit *const unit = vscsi_lock_unit(v, target, lun);

    if (unit != NULL) {
        vwr_vscsi_cancel_(v, unit, VWR_SCSI_S_TARGET_FAILURE);
        unit->backend = NULL;
        vscsi_list_changed(v, unit, VWR_SCSI_EVT_RESET_REMOVED);
    }
    vwr_vdev_unlock(vwr_vscsi_dev(v));
    return unit != NULL ? VWR_OK : VWR_ENODEV;
}

int vwr_vscsi_resize(struct vwr_vscsi *v, uint8_t target, uint16_t lun, uint64_t sectors)
{
    struct vwr_vt10_unit *const unit = vscsi_lock_unit(v, target, lun);
    const uint32_t code = VWR_T10_CAPACITY_CHANGED;
    const int r = unit != NULL ? vwr_vt10_set_window_(unit, sectors) : VWR_ENODEV;

    if (r == VWR_OK && unit->attention != VWR_T10_WAS_RESET)
        unit->attention = code;
    if (r == VWR_OK && vwr_vdev_has(vwr_vscsi_dev(v), VWR_SCSI_F_CHANGE)) /* ASC in bits 0 to 7, ASCQ above */
        vscsi_send_of_unit(v, VWR_SCSI_T_PARAM_CHANGE, unit, code >> 8 | (code & 0xff) << 8);
    vwr_vdev_unlock(vwr_vscsi_dev(v));
    return r;
}

int vwr_vscsi_notify(struct vwr_vscsi *v, uint8_t target, uint16_t lun, uint32_t events)
{
    const struct vwr_vt10_unit *const unit = vscsi_lock_unit(v, target, lun);

    if (unit != NULL && (events & unit->events) != 0)
        vscsi_send_of_unit(v, VWR_SCSI_T_ASYNC_NOTIFY, unit, events & unit->events);
    vwr_vdev_unlock(vwr_vscsi_dev(v));
    return unit != NULL ? VWR_OK : VWR_ENODEV;
}
