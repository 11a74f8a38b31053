/* SPDX-License-Identifier: MIT */
#include "vinput_common.h"

/*
 * Keyboard, mouse or tablet for a guest: init, reset, and status events.
 * Section: Input Device.
 */

/* LEDs that are on since the last reset, for a saved state. */
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
    const bool known = vwr_vinput_has(in->options.model, m->type, m->code);

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

    vwr_vinput_forget(in);
    in->leds = 0;
    vwr_zero(&s->config, sizeof(s->config));
}

static void vinput_queue_reset(struct vwr_input_vservice *s, uint16_t queue)
{
    if (queue == VWR_INPUT_QUEUE_EVENTQ)
        vwr_vinput_drop_rest(vinput_of(s));
}

/* The driver has written select or subsel. */
static void vinput_config_written(struct vwr_input_vservice *s, uint32_t offset, uint32_t bytes)
{
    (void)offset;
    (void)bytes;
    vwr_vinput_answer(vinput_of(s));
}

static const struct vwr_input_vservice_calls vinput_calls = {
    .status = vinput_status,
    .posted = vwr_vinput_posted,
    .reset = vinput_reset,
    .queue_reset = vinput_queue_reset,
    .config_written = vinput_config_written,
};

int vwr_vinput_init(struct vwr_vinput *in, const struct vwr_vdev_setup *s, const struct vwr_vinput_options *o)
{
    struct vwr_service_memory memory;
    struct vwr_features none;

    if (o->model == NULL || o->fifo == NULL || o->events == 0 || (o->events & (o->events - 1)) != 0)
        return VWR_EINVAL;
    vwr_zero(in, sizeof(*in));
    vwr_copy(&in->options, o, sizeof(*o));
    in->context = o->context;
    vwr_features_clear(&none);
    memory.message = &in->message;
    memory.seg = in->seg;
    memory.messages = 1;
    memory.segs = VWR_VINPUT_SEGS;
    return vwr_input_vservice_init(&in->service, s, &none, &vinput_calls, &memory, NULL);
}
