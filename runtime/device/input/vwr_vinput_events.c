/* SPDX-License-Identifier: MIT */
#include "vinput_common.h"

/*
 * Events for the guest: complete groups in a FIFO, one event per buffer.
 * Section: Input Device / Device Operation.
 */

struct vwr_input_event_msg *vwr_vinput_at_(const struct vwr_vinput *in, uint32_t at)
{
    return &in->options.event[at & (in->options.event_count - 1)];
}

/* ---- into the FIFO ---- */

/* Called when the current group is complete or dropped. */
static bool vinput_end_group(struct vwr_vinput *in)
{
    const bool taken = !in->lost;

    vwr_count_add(taken ? &in->stats.groups : &in->stats.dropped, 1);
    if (!taken)
        in->next = in->end;
    in->end = in->next;
    in->lost = false;
    return taken;
}

/* If the driver has suspended the device, it receives the events after the resume. */
static bool vinput_has_driver(const struct vwr_vdev *v)
{
    return v->live || vdev_is_suspended(v);
}

static bool vinput_add(struct vwr_vinput *in, uint16_t type, uint16_t code, uint32_t value)
{
    const struct vwr_input_event_msg event = {type, code, value};

    if (in->next - in->read == in->options.event_count || !vinput_has_driver(vwr_vinput_dev(in)))
        in->lost = true;
    if (!in->lost)
        *vwr_vinput_at_(in, in->next++) = event;
    return vinput_is_end(&event) ? vinput_end_group(in) : !in->lost;
}

bool vwr_vinput_event(struct vwr_vinput *in, uint16_t type, uint16_t code, uint32_t value)
{
    struct vwr_vdev *const v = vwr_vinput_dev(in);
    bool taken;

    vwr_vdev_lock(v);
    taken = vinput_add(in, type, code, value);
    if (taken && in->end == in->next)
        vwr_vdev_serve_locked(v, VWR_INPUT_QUEUE_EVENTQ);
    vwr_vdev_unlock(v);
    return taken;
}

bool vwr_vinput_group(struct vwr_vinput *in, const struct vwr_input_event_msg *event, uint32_t n)
{
    struct vwr_vdev *const v = vwr_vinput_dev(in);
    bool taken;

    vwr_vdev_lock(v);
    for (uint32_t i = 0; i < n; i++)
        (void)vinput_add(in, event[i].type, event[i].code, event[i].value);
    taken = vinput_add(in, VWR_EV_SYN, VWR_SYN_REPORT, 0);
    vwr_vdev_serve_locked(v, VWR_INPUT_QUEUE_EVENTQ);
    vwr_vdev_unlock(v);
    return taken;
}

/* ---- out of the FIFO ---- */

/* Removes the oldest event from the FIFO. */
static void vinput_next(struct vwr_vinput *in)
{
    const struct vwr_input_event_msg *const e = vwr_vinput_at_(in, in->read++);

    in->torn = !vinput_is_end(e);
}

/* A buffer that is too short for an event is returned empty; the event is stored in the next buffer. */
void vwr_vinput_posted_(struct vwr_input_vservice *s, uint16_t queue)
{
    struct vwr_vinput *const in = vinput_of(s);
    struct vwr_vdev *const v = vwr_vinput_dev(in);
    struct vwr_input_event_msg_form form;
    int r = VWR_OK;

    while (in->read != in->end && v->work != 0 && r != VWR_EFULL) {
        vwr_input_event_msg_encode(&form, v->legacy, vwr_vinput_at_(in, in->read));
        r = vwr_service_send_locked(&s->service, queue, &form, sizeof(form), NULL, 0);
        if (r == VWR_OK)
            vinput_next(in);
        else if (r == VWR_ERANGE)
            vwr_count_add(&in->stats.ignored, 1);
    }
}

void vwr_vinput_drop_rest_(struct vwr_vinput *in)
{
    if (in->torn)
        vwr_count_add(&in->stats.dropped, 1);
    while (in->torn)
        vinput_next(in);
}

void vwr_vinput_forget_(struct vwr_vinput *in)
{
    in->lost = in->lost || in->next != in->end;
    in->read = 0;
    in->end = 0;
    in->next = 0;
    in->torn = false;
}
