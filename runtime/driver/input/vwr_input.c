/* SPDX-License-Identifier: MIT */
#include "vwr/input.h"
#include "vwr/bytes.h"

/* Keyboard, mouse or tablet: events in complete groups, and LEDs. Section: Input Device. */

/* ---- FIFO ---- */

/* Ends the current group: makes it visible, or drops all of it if an event was lost. */
static void input_end_group(struct vwr_input *in)
{
    vwr_count_add(in->lost != NULL ? in->lost : &in->stats.groups, 1);
    if (in->lost != NULL)
        in->next = in->end;
    vwr_port_release(); /* release: order the stores of the events before the store of the new end */
    in->end = in->next;
    in->lost = NULL;
}

/* Loads each field once, because the device may write it again. */
static void input_take(struct vwr_input *in, const volatile struct vwr_input_event *e, uint32_t bytes)
{
    const bool legacy = vwr_dev_is_legacy(in->bringup.dev);
    struct vwr_input_event_msg m;

    if (bytes < sizeof(*e)) {
        in->lost = &in->stats.torn;
        return;
    }
    m.type = vwr_guest16(legacy, e->type);
    m.code = vwr_guest16(legacy, e->code);
    m.value = vwr_guest32(legacy, e->value);
    if (in->lost == NULL && in->next - in->read == in->options.event_count)
        in->lost = &in->stats.dropped;
    else if (in->lost == NULL)
        in->options.event[in->next++ & (in->options.event_count - 1)] = vwr_input_pack(&m);
    if (m.type == VWR_EV_SYN && m.code == VWR_SYN_REPORT)
        input_end_group(in);
}

/* ---- LEDs ---- */

enum input_led { INPUT_LED_ON = 1, INPUT_LED_KNOWN = 2, INPUT_LED_UNSENT = 4 };

/* Sends the LEDs whose flag `bit` is set; those that cannot be sent now stay marked as unsent. */
static int input_send_leds(struct vwr_input *in, unsigned bit)
{
    struct vwr_input_status_msg_form form;
    int result = VWR_OK;

    for (unsigned i = 0; i < VWR_INPUT_LEDS; i++) {
        const struct vwr_input_status_msg m = {VWR_EV_LED, (uint16_t)i, in->led[i] & INPUT_LED_ON};
        int r;

        if ((in->led[i] & bit) == 0)
            continue;
        vwr_input_status_msg_encode(&form, vwr_dev_is_legacy(in->bringup.dev), &m);
        r = vwr_transmit_write(&in->status, &form, sizeof(form));
        in->led[i] = (uint8_t)(INPUT_LED_KNOWN | m.value | (r > 0 ? 0 : INPUT_LED_UNSENT));
        if (r <= 0)
            result = r == 0 ? VWR_EFULL : r;
    }
    return result;
}

int vwr_input_set_led(struct vwr_input *in, unsigned led, bool on)
{
    if (led >= VWR_INPUT_LEDS)
        return VWR_EINVAL;
    if (in->bringup.dev == NULL)
        return VWR_EFAILED;
    in->led[led] = (uint8_t)(INPUT_LED_KNOWN | INPUT_LED_UNSENT | (on ? INPUT_LED_ON : 0));
    return input_send_leds(in, INPUT_LED_UNSENT);
}

int vwr_input_poll(struct vwr_input *in)
{
    struct vwr_slice slice;
    int r = 0;

    for (unsigned i = 0; i < VWR_INPUT_QUEUE && (r = vwr_receive_reap(&in->events, &slice, 1)) > 0; i++) {
        input_take(in, slice.p, slice.bytes);
        (void)vwr_receive_submit(&in->events, slice.buffer);
    }
    (void)vwr_receive_kick(&in->events);
    if (r >= 0)
        r = input_send_leds(in, INPUT_LED_UNSENT);
    return r == VWR_EFULL ? VWR_OK : r;
}

/* ---- opening, recovery and closing ---- */

/* A truncated event invalidates its group, so buffers of any length are accepted. */
static int input_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_input *const in = (void *)v;
    struct vwr_input_shared *const s = in->options.shared;
    const struct vwr_queue_memory events = {s->event_ring, sizeof(s->event_ring), in->event_own,
                                            sizeof(in->event_own), VWR_INPUT_QUEUE};
    const struct vwr_queue_memory status = {s->status_ring, sizeof(s->status_ring), in->status_own,
                                            sizeof(in->status_own), VWR_INPUT_STATUS_QUEUE};
    const struct vwr_receive_memory received = {s->event, sizeof(s->event), in->event_buffer,
                                                VWR_INPUT_QUEUE};
    const struct vwr_transmit_memory sent = {s->status, sizeof(s->status), in->status_request,
                                             VWR_INPUT_STATUS_QUEUE};
    int r;

    if (n != 0)
        return vwr_transmit_setup(&in->status, v, VWR_INPUT_QUEUE_STATUSQ, &status, &sent);
    r = vwr_receive_setup(&in->events, v, VWR_INPUT_QUEUE_EVENTQ, &events, &received, 0);
    return r == VWR_OK ? 1 : r;
}

/* After a reset, the state of the LEDs and the rest of an incomplete group are lost. */
static void input_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    struct vwr_input *const in = (void *)v;

    vwr_receive_all(v, event);
    if (event == VWR_BRINGUP_RUNS)
        (void)input_send_leds(in, INPUT_LED_KNOWN);
    if (event != VWR_BRINGUP_RELEASED)
        return;
    vwr_request_give_back(&in->status.requests);
    if (in->lost == NULL && in->next == in->end)
        return;
    in->lost = &in->stats.torn;
    input_end_group(in);
}

const struct vwr_bringup_class vwr_input_bringup = {
    .type = VWR_INPUT_ID,
    .bytes = sizeof(struct vwr_input),
    .set_up = input_set_up,
    .event = input_event,
    .needs = vwr_input_config_needs,
};

int vwr_input_open(struct vwr_input *in, struct vwr_dev *d, const struct vwr_input_options *options)
{
    const int r = vwr_bringup_begin(&in->bringup, &vwr_input_bringup, d);

    if (r != VWR_OK)
        return r;
    if (!VWR_ARRAY_FITS(&d->shortage, options, event, event_count, 1u))
        return vwr_dev_note_shortage(d);
    if ((options->event_count & (options->event_count - 1)) != 0)
        return VWR_EINVAL;
    vwr_copy(&in->options, options, sizeof(*options));
    in->bringup.avoid = &in->options.avoid;
    return vwr_bringup_open(&in->bringup);
}
