/* SPDX-License-Identifier: MIT */
#include "vwr/input.h"
#include "vwr/bytes.h"

/* A keyboard, mouse or tablet: events in whole groups, and LEDs. Section: Input Device. */

/* ---- the FIFO ---- */

/* The group that was coming has come, or is given up. */
static void input_end_group(struct vwr_input *in)
{
    vwr_count_add(in->lost != NULL ? in->lost : &in->stats.groups, 1);
    if (in->lost != NULL)
        in->next = in->end;
    vwr_port_release(); /* whoever sees the end sees the events */
    in->end = in->next;
    in->lost = NULL;
}

static void input_take(void *context, const void *message, uint32_t bytes)
{
    const volatile struct vwr_input_event *const e = message; /* each is read once: it may change again */
    struct vwr_input *const in = context;
    const bool legacy = vwr_dev_is_legacy(in->bringup.dev);
    struct vwr_input_event_msg m;

    if (bytes < sizeof(*e)) {
        in->lost = &in->stats.torn;
        return;
    }
    m.type = vwr_guest16(legacy, e->type);
    m.code = vwr_guest16(legacy, e->code);
    m.value = vwr_guest32(legacy, e->value);
    if (in->lost == NULL && in->next - in->read == in->options.events)
        in->lost = &in->stats.dropped;
    else if (in->lost == NULL)
        in->options.fifo[in->next++ & (in->options.events - 1)] = vwr_input_pack(&m);
    if (m.type == VWR_EV_SYN && m.code == VWR_SYN_REPORT)
        input_end_group(in);
}

/* ---- LEDs ---- */

enum input_led { INPUT_LED_ON = 1, INPUT_LED_KNOWN = 2, INPUT_LED_UNSENT = 4 };

/* Those that have the bit; what the device does not take now is not sent yet. */
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
    int r = vwr_receive_each(&in->events, VWR_INPUT_QUEUE, input_take, in);

    if (r == VWR_OK)
        r = input_send_leds(in, INPUT_LED_UNSENT);
    return r == VWR_EFULL ? VWR_OK : r;
}

/* ---- from open to close ---- */

static const struct vwr_queue_place input_places[2] = {
    {VWR_INPUT_QUEUE_EVENTQ, VWR_INPUT_QUEUE, VWR_INPUT_BYTES,
     VWR_QUEUE_PLACE(struct vwr_input, events, event_own, event_buffer, struct vwr_input_shared, event_ring,
                     event)},
    {VWR_INPUT_QUEUE_STATUSQ, VWR_INPUT_STATUS_QUEUE, VWR_INPUT_BYTES,
     VWR_QUEUE_PLACE(struct vwr_input, status, status_own, status_request, struct vwr_input_shared,
                     status_ring, status)}};

/* An event that is too short spoils its group, so any length is received. */
static int input_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_input *const in = (void *)v;

    (void)n;
    return vwr_bringup_set_up_pair(v, in->options.shared, input_places);
}

/* By a reset the device forgets its LEDs, and the rest of a group that was coming. */
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
};

int vwr_input_open(struct vwr_input *in, struct vwr_dev *d, const struct vwr_input_options *options)
{
    const int r = vwr_bringup_begin(&in->bringup, &vwr_input_bringup, d);

    if (r != VWR_OK)
        return r;
    if (options->events == 0 || (options->events & (options->events - 1)) != 0)
        return VWR_EINVAL;
    vwr_copy(&in->options, options, sizeof(*options));
    in->bringup.avoid = &in->options.avoid;
    return vwr_bringup_open(&in->bringup, &vwr_input_bringup);
}
