/* SPDX-License-Identifier: MIT */
#include "vscsi_common.h"

/*
 * Task management and subscriptions. The only commands that the device holds are those that wait for their
 * next part; they are kept for their unit.
 * Section: SCSI Host Device / Device Operation / Device Operation: controlq.
 */

static void vscsi_cancel_one(struct vwr_vscsi *v, struct vwr_vt10_call *c, uint8_t response)
{
    const uint16_t queue = c->message->index;

    vwr_vscsi_end_(v, c, VT10_RESPONSE(response));
    (void)vwr_vdev_signal(vwr_vscsi_dev(v), &vwr_vscsi_dev(v)->queue[queue]);
}

void vwr_vscsi_cancel_(struct vwr_vscsi *v, const struct vwr_vt10_unit *unit, uint8_t response)
{
    struct vwr_vmessage *x;

    while ((x = vwr_service_kept(&v->service.service, unit)) != NULL)
        vscsi_cancel_one(v, vscsi_call_of(v, x), response);
}

/* Finds the waiting command of the unit with this ID, or NULL. */
static struct vwr_vt10_call *vscsi_waiting(struct vwr_vscsi *v, const struct vwr_vt10_unit *unit, uint64_t id)
{
    for (unsigned i = 0; i < v->requests; i++)
        if (v->service.service.message[i].keeper == unit && v->call[i].id == id)
            return &v->call[i];
    return NULL;
}

static void vscsi_reset_unit(struct vwr_vscsi *v, struct vwr_vt10_unit *unit, uint32_t attention)
{
    vwr_vscsi_cancel_(v, unit, VWR_SCSI_S_RESET);
    unit->attention = attention;
}

int vwr_vscsi_tmf_(struct vwr_scsi_vservice *s, struct vwr_vmessage *x, const struct vwr_scsi_tmf_msg *m)
{
    struct vwr_vscsi *const v = (void *)s;
    struct vwr_vt10_unit *unit;
    struct vwr_vt10_call *c;
    const int r = vwr_vscsi_find_addressed_(v, m->lun, &unit);

    (void)x;
    if (r == VWR_SCSI_S_BAD_TARGET || (r != VWR_OK && m->subtype != VWR_SCSI_T_TMF_I_T_NEXUS_RESET))
        return r;
    c = unit != NULL ? vscsi_waiting(v, unit, m->id) : NULL;
    switch (m->subtype) {
    case VWR_SCSI_T_TMF_ABORT_TASK:
        if (c != NULL)
            vscsi_cancel_one(v, c, VWR_SCSI_S_ABORTED);
        return VWR_OK;
    case VWR_SCSI_T_TMF_ABORT_TASK_SET:
    case VWR_SCSI_T_TMF_CLEAR_TASK_SET:
        vwr_vscsi_cancel_(v, unit, VWR_SCSI_S_ABORTED);
        return VWR_OK;
    case VWR_SCSI_T_TMF_I_T_NEXUS_RESET:
        for (unsigned i = 0; i < v->t10.units; i++)
            if (v->t10.unit[i].backend != NULL && v->t10.unit[i].target == m->lun[1])
                vscsi_reset_unit(v, &v->t10.unit[i], VWR_T10_NEXUS_LOST);
        return VWR_OK;
    case VWR_SCSI_T_TMF_LOGICAL_UNIT_RESET:
        vscsi_reset_unit(v, unit, VWR_T10_WAS_RESET);
        return VWR_OK;
    case VWR_SCSI_T_TMF_QUERY_TASK:
        return c != NULL ? VWR_SCSI_S_FUNCTION_SUCCEEDED : VWR_SCSI_S_OK;
    case VWR_SCSI_T_TMF_QUERY_TASK_SET:
        return vwr_service_kept(&s->service, unit) != NULL ? VWR_SCSI_S_FUNCTION_SUCCEEDED : VWR_SCSI_S_OK;
    default:
        return VWR_SCSI_S_FUNCTION_REJECTED;
    }
}

int vwr_vscsi_query_(struct vwr_scsi_vservice *s, struct vwr_vmessage *x,
                     const struct vwr_scsi_an_query_msg *m, struct vwr_scsi_an_query_answer *a)
{
    struct vwr_vt10_unit *unit;

    (void)x;
    a->event_actual = m->event_requested & VWR_VSCSI_EVENTS;
    return vwr_vscsi_find_addressed_((void *)s, m->lun, &unit);
}

int vwr_vscsi_subscribe_(struct vwr_scsi_vservice *s, struct vwr_vmessage *x,
                         const struct vwr_scsi_an_subscribe_msg *m, struct vwr_scsi_an_subscribe_answer *a)
{
    struct vwr_vt10_unit *unit;
    const int r = vwr_vscsi_find_addressed_((void *)s, m->lun, &unit);

    (void)x;
    a->event_actual = m->event_requested & VWR_VSCSI_EVENTS;
    if (r == VWR_OK)
        unit->events = a->event_actual;
    return r;
}
