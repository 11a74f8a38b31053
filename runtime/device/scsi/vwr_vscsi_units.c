/* SPDX-License-Identifier: MIT */
#include "vscsi_common.h"

/*
 * The VMM's table of units, and the events that tell the driver of its changes.
 * Section: SCSI Host Device / Device Operation / Device Operation: eventq.
 */

#define VSCSI_BLOCK_MAX 65536u /* not the specification's */

/* ---- checks ---- */

static bool vscsi_is_text(const char *text, uint32_t most)
{
    uint32_t n = 0;

    while (text != NULL && n <= most && text[n] >= ' ' && text[n] <= '~')
        n++;
    return text == NULL || (n <= most && text[n] == '\0');
}

/* Sets the size of a window that ends with the back end. */
static int vscsi_set_window(struct vwr_vscsi_unit *u, uint64_t sectors)
{
    const struct vwr_vblk_backend *const be = u->backend;

    if (u->first >= be->sectors || sectors > be->sectors - u->first)
        return VWR_ERANGE;
    if (sectors == 0)
        sectors = be->sectors - u->first;
    if (((u->first | sectors) & (vscsi_per_block(u) - 1u)) != 0)
        return VWR_ERANGE;
    u->sectors = sectors;
    return VWR_OK;
}

int vwr_vscsi_check_unit(const struct vwr_vscsi *v, struct vwr_vscsi_unit *unit)
{
    const struct vwr_vblk_backend *const be = unit->backend;

    if (be->block_size < VWR_BLK_SECTOR_BYTES || be->block_size > VSCSI_BLOCK_MAX ||
        (be->block_size & (be->block_size - 1u)) != 0 || unit->lun > VWR_T10_LUN_MAX ||
        !vscsi_is_text(unit->serial, VWR_VSCSI_TEXT) || !vscsi_is_text(unit->product, VWR_VSCSI_PRODUCT) ||
        vwr_vscsi_find(v, unit->target, unit->lun) != NULL)
        return VWR_EINVAL;
    if (be->ops->drain != NULL || be->zones != NULL)
        return VWR_EUNSUPP;
    unit->attention = VWR_T10_WAS_RESET;
    unit->events = 0;
    unit->block_size = be->block_size;
    return vscsi_set_window(unit, unit->sectors);
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

/* Without a buffer, or with one that is too short, the event is lost; the driver notifies of its next buffer.
 */
static void vscsi_send_event(struct vwr_vscsi *v, uint32_t type, const uint8_t *lun, uint32_t reason)
{
    const int r = vscsi_put_event(v, type, lun, reason);

    v->missed = v->missed || r != VWR_OK;
    vwr_count_add(r == VWR_OK ? &v->stats.events : &v->stats.missed, 1);
    if (r != VWR_EFULL)
        (void)vwr_vqueue_signal(&vwr_vscsi_dev(v)->queue[VWR_SCSI_QUEUE_EVENTQ]);
    if (v->missed)
        vwr_vdev_serve_locked(vwr_vscsi_dev(v), VWR_SCSI_QUEUE_EVENTQ);
}

static void vscsi_send_of_unit(struct vwr_vscsi *v, uint32_t type, const struct vwr_vscsi_unit *u,
                               uint32_t reason)
{
    uint8_t lun[VWR_T10_LUN];

    vwr_t10_put_unit(lun, VWR_SCSI_LUN_UNIT, u->target, u->lun);
    vscsi_send_event(v, type, lun, reason);
}

void vwr_vscsi_posted(struct vwr_scsi_vservice *s, uint16_t queue)
{
    static const uint8_t none[VWR_T10_LUN];
    struct vwr_vscsi *const v = vscsi_of(s);

    (void)queue;
    if (v->missed)
        (void)vscsi_put_event(v, VWR_SCSI_T_NO_EVENT, none, 0);
}

/* ---- calls of the VMM ---- */

/* The other units of the target report that the list of units has changed. */
static void vscsi_list_changed(struct vwr_vscsi *v, const struct vwr_vscsi_unit *unit, uint32_t reason)
{
    for (unsigned i = 0; i < v->units; i++)
        if (&v->unit[i] != unit && v->unit[i].target == unit->target && v->unit[i].attention == 0)
            v->unit[i].attention = VWR_T10_LUNS_CHANGED;
    if (vwr_vdev_has(vwr_vscsi_dev(v), VWR_SCSI_F_HOTPLUG))
        vscsi_send_of_unit(v, VWR_SCSI_T_TRANSPORT_RESET, unit, reason);
}

static struct vwr_vscsi_unit *vscsi_free_row(struct vwr_vscsi *v)
{
    for (unsigned i = 0; i < v->units; i++)
        if (v->unit[i].backend == NULL)
            return &v->unit[i];
    return NULL;
}

int vwr_vscsi_add(struct vwr_vscsi *v, const struct vwr_vscsi_unit *unit)
{
    struct vwr_vdev *const d = vwr_vscsi_dev(v);
    struct vwr_vscsi_unit *row, copy;
    int r = VWR_EINVAL;

    vwr_vdev_lock(d);
    row = vscsi_free_row(v);
    vwr_copy(&copy, unit, sizeof(copy));
    if (copy.backend != NULL && copy.target <= vwr_guest16(d->legacy, v->service.config.max_target))
        r = row != NULL ? vwr_vscsi_check_unit(v, &copy) : VWR_EFULL;
    if (r == VWR_OK) {
        vwr_copy(row, &copy, sizeof(copy));
        vscsi_list_changed(v, row, VWR_SCSI_EVT_RESET_RESCAN);
    }
    vwr_vdev_unlock(d);
    return r;
}

int vwr_vscsi_remove(struct vwr_vscsi *v, uint8_t target, uint16_t lun)
{
    struct vwr_vdev *const d = vwr_vscsi_dev(v);
    struct vwr_vscsi_unit *unit;

    vwr_vdev_lock(d);
    unit = vwr_vscsi_find(v, target, lun);
    if (unit != NULL) {
        vwr_vscsi_cancel(v, unit, VWR_SCSI_S_TARGET_FAILURE);
        unit->backend = NULL;
        vscsi_list_changed(v, unit, VWR_SCSI_EVT_RESET_REMOVED);
    }
    vwr_vdev_unlock(d);
    return unit != NULL ? VWR_OK : VWR_ENODEV;
}

int vwr_vscsi_resize(struct vwr_vscsi *v, uint8_t target, uint16_t lun, uint64_t sectors)
{
    struct vwr_vdev *const d = vwr_vscsi_dev(v);
    const uint32_t code = VWR_T10_CAPACITY_CHANGED;
    struct vwr_vscsi_unit *unit;
    int r = VWR_ENODEV;

    vwr_vdev_lock(d);
    unit = vwr_vscsi_find(v, target, lun);
    if (unit != NULL)
        r = vscsi_set_window(unit, sectors);
    if (r == VWR_OK && unit->attention != VWR_T10_WAS_RESET)
        unit->attention = code;
    if (r == VWR_OK && vwr_vdev_has(d, VWR_SCSI_F_CHANGE)) /* ASC in bits 0 to 7, ASCQ above */
        vscsi_send_of_unit(v, VWR_SCSI_T_PARAM_CHANGE, unit, code >> 8 | (code & 0xff) << 8);
    vwr_vdev_unlock(d);
    return r;
}

int vwr_vscsi_notify(struct vwr_vscsi *v, uint8_t target, uint16_t lun, uint32_t events)
{
    struct vwr_vdev *const d = vwr_vscsi_dev(v);
    const struct vwr_vscsi_unit *unit;

    vwr_vdev_lock(d);
    unit = vwr_vscsi_find(v, target, lun);
    if (unit != NULL && (events & unit->events) != 0)
        vscsi_send_of_unit(v, VWR_SCSI_T_ASYNC_NOTIFY, unit, events & unit->events);
    vwr_vdev_unlock(d);
    return unit != NULL ? VWR_OK : VWR_ENODEV;
}
