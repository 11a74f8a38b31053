/* SPDX-License-Identifier: MIT */
#include "vscmi_common.h"
#include "vwr/bytes.h"

/* Notifications and delayed responses. Section: SCMI Device / Device Operation / eventq Operation. */

/* A buffer that is too short is returned empty; the message is stored in the next one. */
static int vscmi_put_event(struct vwr_vscmi *v, uint32_t header, const void *payload, uint32_t bytes)
{
    struct vwr_vdev *const dev = vwr_vscmi_dev(v);
    const struct vwr_scmi_p2a_msg m = {header};
    struct vwr_scmi_p2a_msg_form form;
    int r = VWR_ERANGE;

    vwr_scmi_p2a_msg_encode(&form, dev->legacy, &m);
    for (uint32_t i = 0; i < dev->queue[VWR_SCMI_QUEUE_EVENTQ].size && r == VWR_ERANGE; i++)
        r = vwr_service_send_locked(&v->service.service, VWR_SCMI_QUEUE_EVENTQ, &form, sizeof(form), payload,
                                    bytes);
    return r == VWR_OK ? r : VWR_EFULL;
}

/* ---- delayed responses ---- */

static uint32_t vscmi_delayed_header(uint32_t command)
{
    return vwr_scmi_header(VWR_SCMI_TYPE_DELAYED, vwr_scmi_header_protocol(command),
                           vwr_scmi_header_message(command), vwr_scmi_header_token(command));
}

static struct vwr_vscmi_delayed *vscmi_find_delayed(struct vwr_vscmi *v, uint32_t command)
{
    for (unsigned i = 0; i < VWR_VSCMI_DELAYED; i++)
        if (v->delayed[i].state != VWR_VSCMI_FREE && v->delayed[i].header == vscmi_delayed_header(command))
            return &v->delayed[i];
    return NULL;
}

int vwr_vscmi_promise(struct vwr_vscmi *v, struct vwr_vscmi_message *m)
{
    if (!vwr_vdev_has(vwr_vscmi_dev(v), VWR_SCMI_F_P2A_CHANNELS))
        return VWR_EFEATURE;
    if (vscmi_find_delayed(v, m->header) != NULL)
        return VWR_EBUSY;
    for (unsigned i = 0; i < VWR_VSCMI_DELAYED; i++)
        if (v->delayed[i].state == VWR_VSCMI_FREE) {
            v->delayed[i].header = vscmi_delayed_header(m->header);
            v->delayed[i].state = VWR_VSCMI_OPEN;
            m->promised = true;
            return VWR_OK;
        }
    return VWR_EFULL;
}

void vwr_vscmi_settle_(struct vwr_vscmi *v, const struct vwr_vscmi_message *m, bool valid)
{
    struct vwr_vscmi_delayed *const d = m->promised ? vscmi_find_delayed(v, m->header) : NULL;

    if (d != NULL && d->state == VWR_VSCMI_OPEN)
        d->state = valid ? VWR_VSCMI_OWED : VWR_VSCMI_FREE;
}

void vwr_vscmi_break_promises_(struct vwr_vscmi *v)
{
    for (unsigned i = 0; i < VWR_VSCMI_DELAYED; i++)
        if (v->delayed[i].state == VWR_VSCMI_OPEN)
            v->delayed[i].state = VWR_VSCMI_FREE;
}

void vwr_vscmi_send_delayed_(struct vwr_vscmi *v)
{
    for (unsigned i = 0; i < VWR_VSCMI_DELAYED; i++) {
        struct vwr_vscmi_delayed *const d = &v->delayed[i];

        if (d->state == VWR_VSCMI_READY && vscmi_put_event(v, d->header, d->payload, d->bytes) == VWR_OK)
            d->state = VWR_VSCMI_FREE;
    }
}

int vwr_vscmi_respond(struct vwr_vscmi *v, uint32_t header, int status, const void *values, uint32_t bytes)
{
    const vwr_le32 word = vwr_cpu_to_le32((uint32_t)status);
    struct vwr_vdev *const dev = vwr_vscmi_dev(v);
    struct vwr_vscmi_delayed *d;

    if (bytes > VWR_VSCMI_BYTES - VWR_VSCMI_STATUS_BYTES)
        return VWR_ERANGE;
    vwr_vdev_lock(dev);
    d = vscmi_find_delayed(v, header);
    if (d != NULL && d->state != VWR_VSCMI_READY) {
        vwr_copy(d->payload, &word, sizeof(word));
        d->bytes = VWR_VSCMI_STATUS_BYTES + (status == VWR_SCMI_S_SUCCESS ? bytes : 0);
        vwr_copy(d->payload + VWR_VSCMI_STATUS_BYTES, values, d->bytes - VWR_VSCMI_STATUS_BYTES);
        d->state = VWR_VSCMI_READY;
        vwr_vdev_serve_locked(dev, VWR_SCMI_QUEUE_EVENTQ);
    } else {
        d = NULL;
    }
    vwr_vdev_unlock(dev);
    return d != NULL ? VWR_OK : VWR_EINVAL;
}

/* ---- notifications ---- */

/* Whether the guest has a buffer; otherwise it is asked for one. */
static bool vscmi_has_buffer(struct vwr_vscmi *v)
{
    struct vwr_vdev *const dev = vwr_vscmi_dev(v);

    return vwr_vdev_is_alive(dev, VWR_SCMI_QUEUE_EVENTQ) &&
           !vwr_vdev_arm(dev, &dev->queue[VWR_SCMI_QUEUE_EVENTQ]);
}

static int vscmi_notify(struct vwr_vscmi *v, uint32_t header, const void *payload, uint32_t bytes)
{
    struct vwr_vdev *const dev = vwr_vscmi_dev(v);
    int r;

    if (!vwr_vdev_has(dev, VWR_SCMI_F_P2A_CHANNELS))
        return VWR_EFEATURE;
    r = vscmi_put_event(v, header, payload, bytes);
    if (r == VWR_EFULL && vscmi_has_buffer(v)) /* it came in between */
        r = vscmi_put_event(v, header, payload, bytes);
    v->starved = v->starved || r != VWR_OK;
    if (vwr_vdev_is_alive(dev, VWR_SCMI_QUEUE_EVENTQ))
        (void)vwr_vdev_signal(dev, &dev->queue[VWR_SCMI_QUEUE_EVENTQ]);
    return r;
}

int vwr_vscmi_notify(struct vwr_vscmi *v, uint8_t protocol, uint8_t message, const void *payload,
                     uint32_t bytes)
{
    int r;

    vwr_vdev_lock(vwr_vscmi_dev(v));
    r = vscmi_notify(v, vwr_scmi_header(VWR_SCMI_TYPE_NOTIFICATION, protocol, message, 0), payload, bytes);
    vwr_vdev_unlock(vwr_vscmi_dev(v));
    return r;
}
