/* SPDX-License-Identifier: MIT */
#include "vinput_common.h"

/*
 * Keyboard, mouse or tablet for a guest: init, reset, and status events.
 * Section: Input Device.
 */

/* Records which LEDs are on, for a saved state. */
static void vinput_note_led(struct vwr_vinput *in, const struct vwr_input_status_msg *m)
{
    const uint32_t led = m->code < VINPUT_LEDS ? (uint32_t)1 << m->code : 0;

    if (m->type == VWR_EV_LED)
        in->leds = m->value != 0 ? in->leds | led : in->leds & ~led;
}

/* Passes a status event that the model supports to the VMM. */
static int vinput_status(struct vwr_input_vservice *s, struct vwr_vmessage *x,
                         const struct vwr_input_status_msg *m)
{
    struct vwr_vinput *const in = vinput_of(s);
    const struct vwr_vinput_ops *const ops = in->options.ops;
    const bool known = vwr_vinput_has_(in->options.model, m->type, m->code);

    (void)x;
    vwr_count_add(known ? &in->stats.status : &in->stats.ignored, 1);
    if (known)
        vinput_note_led(in, m);
    if (known && ops != NULL && ops->status != NULL)
        ops->status(in, m->type, m->code, m->value);
    return VWR_OK;
}

static void vinput_reset(struct vwr_input_vservice *s)
{
    struct vwr_vinput *const in = vinput_of(s);

    vwr_vinput_forget_(in);
    in->leds = 0;
    vwr_zero(&s->config, sizeof(s->config));
}

static void vinput_queue_reset(struct vwr_input_vservice *s, uint16_t queue)
{
    if (queue == VWR_INPUT_QUEUE_EVENTQ)
        vwr_vinput_drop_rest_(vinput_of(s));
}

/* The driver has written select or subsel. */
static void vinput_config_written(struct vwr_input_vservice *s, uint32_t offset, uint32_t bytes)
{
    (void)offset;
    (void)bytes;
    vwr_vinput_answer_(vinput_of(s));
}

static const struct vwr_input_vservice_calls vinput_calls = {
    .status = vinput_status,
    .posted = vwr_vinput_posted_,
    .reset = vinput_reset,
    .queue_reset = vinput_queue_reset,
    .config_written = vinput_config_written,
};

static bool vinput_has_room(struct vwr_shortage *lack, const struct vwr_vinput_options *o)
{
    const struct vwr_vinput_model *const m = o->model;

    return VWR_ARRAY_FITS(lack, o, event, event_count, 1u) &&
           VWR_ARRAY_FITS(lack, m, codes, codes_count, m->codes_count) &&
           VWR_ARRAY_FITS(lack, m, axis, axis_count, m->axis_count) &&
           VWR_ARRAY_FITS(lack, m, property, property_count, m->property_count);
}

int vwr_vinput_init_with(struct vwr_vinput *in, const struct vwr_vdev_setup *s,
                         const struct vwr_vinput_options *o)
{
    const struct vwr_service_memory memory = {&in->message, 1, in->seg, VWR_COUNT(in->seg)};
    struct vwr_features none;

    vwr_zero(in, sizeof(*in));
    if (o->model == NULL)
        return VWR_EINVAL;
    if (!vinput_has_room(&vwr_vinput_dev(in)->shortage, o))
        return VWR_ENOMEM;
    if ((o->event_count & (o->event_count - 1)) != 0)
        return VWR_EINVAL;
    vwr_copy(&in->options, o, sizeof(*o));
    in->context = o->context;
    vwr_features_clear(&none);
    return vwr_input_vservice_init(&in->service, s, &none, &vinput_calls, &memory, NULL);
}
