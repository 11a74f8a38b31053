/* SPDX-License-Identifier: MIT */
#include "vwr/vstate.h"
#include "vscsi_common.h"

/*
 * Saved state of a SCSI host: the conditions that its units have to report. The units themselves are in the
 * VMM's table; the state identifies them by target and number. Commands that wait for their next part start
 * again. Section: Device parts.
 */

#define VSCSI_NO_KEY (-1)

static int vscsi_key(unsigned target, unsigned lun)
{
    return (int)(target << 16 | lun);
}

/* Finds the unit with the next key, or NULL. */
static struct vwr_vt10_unit *vscsi_next_unit(const struct vwr_vscsi *v, int key)
{
    struct vwr_vt10_unit *next = NULL;

    for (unsigned i = 0; i < v->t10.units; i++) {
        struct vwr_vt10_unit *const u = &v->t10.unit[i];
        const int its = vscsi_key(u->target, u->lun);

        if (u->backend != NULL && its > key && (next == NULL || its < vscsi_key(next->target, next->lun)))
            next = u;
    }
    return next;
}

static const struct vwr_record vscsi_head = VWR_STATE_SCSI_RECORD(vwr_vscsi);
static const struct vwr_record vscsi_unit = VWR_STATE_UNIT_RECORD(vwr_vt10_unit);

static void vscsi_save(const struct vwr_vdev *d, struct vwr_vstate *s)
{
    const struct vwr_vscsi *const v = (const void *)d;
    const struct vwr_vt10_unit *u = vscsi_next_unit(v, VSCSI_NO_KEY);

    for (; u != NULL; u = vscsi_next_unit(v, vscsi_key(u->target, u->lun)))
        vwr_vstate_put_record(s, &vscsi_unit, u);
}

static bool vscsi_load(struct vwr_vdev *d, const uint8_t *from, uint32_t bytes)
{
    struct vwr_vscsi *const v = (void *)d;
    struct vwr_vt10_unit *u = vscsi_next_unit(v, VSCSI_NO_KEY);

    for (; u != NULL; u = vscsi_next_unit(v, vscsi_key(u->target, u->lun))) {
        if (bytes < vscsi_unit.bytes || !vwr_vstate_get_record(&vscsi_unit, u, from) ||
            !vwr_vt10_has_attention_(u->attention) || (u->events & ~(uint32_t)VWR_VSCSI_EVENTS) != 0)
            return false;
        from += vscsi_unit.bytes;
        bytes -= vscsi_unit.bytes;
    }
    return bytes == 0;
}

/* The device holds no other messages. */
static struct vwr_vchain *vscsi_add(struct vwr_vdev *d, uint16_t queue)
{
    return queue >= VWR_SCSI_QUEUE_REQUESTQ ? vwr_service_add(d, queue) : NULL;
}

/* Task management must know a command that was started before a message in the control queue is served. */
static void vscsi_start(struct vwr_vdev *d)
{
    for (uint16_t i = VWR_SCSI_QUEUE_REQUESTQ; i < d->queues; i++) {
        d->work = d->budget_bytes;
        vwr_vdev_serve_locked(d, i);
    }
}

static const struct vwr_vstate_span vscsi_spans[] = {{VWR_SCSI_CONFIG_SENSE_SIZE, sizeof(vwr_le32)},
                                                     {VWR_SCSI_CONFIG_CDB_SIZE, sizeof(vwr_le32)}};

const struct vwr_vstate_class vwr_vscsi_state = {
    .id = VWR_SCSI_ID,
    .span = vscsi_spans,
    .spans = sizeof(vscsi_spans) / sizeof(vscsi_spans[0]),
    .give_back = vwr_service_give_back,
    .next = vwr_service_next,
    .add = vscsi_add,
    .head = &vscsi_head,
    .save = vscsi_save,
    .load = vscsi_load,
    .start = vscsi_start,
};
