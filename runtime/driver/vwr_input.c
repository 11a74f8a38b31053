/* SPDX-License-Identifier: MIT */
#include "vwr/input.h"
#include "vwr/bytes.h"
#include "vwr/message.h"

/* A keyboard, mouse or tablet: events in whole groups, and LEDs. Section: Input Device. */

/* ---- the FIFO ---- */

/* The group that was coming has come, or is given up. */
static void input_end_group(struct vwr_input *in)
{
    struct vwr_input_stats *const s = &in->stats;

    vwr_count_add(in->group == VWR_INPUT_COMES     ? &s->groups
                  : in->group == VWR_INPUT_DROPPED ? &s->dropped
                                                   : &s->torn,
                  1);
    if (in->group != VWR_INPUT_COMES)
        in->next = in->end;
    vwr_port_release(); /* whoever sees the end sees the events */
    in->end = in->next;
    in->group = VWR_INPUT_COMES;
}

static void input_take(struct vwr_input *in, const struct vwr_slice *slice)
{
    const bool legacy = vwr_dev_is_legacy(in->recovery.dev);
    const uint32_t events = in->options.events;
    struct vwr_input_event_msg_form form;
    struct vwr_input_event_msg m;

    if (slice->bytes < sizeof(form)) {
        in->group = VWR_INPUT_TORN;
        return;
    }
    vwr_copy(&form, slice->p, sizeof(form)); /* once: the device may write to it again */
    vwr_input_event_msg_decode(&form, legacy, &m);
    if (in->next - in->read == events && in->group == VWR_INPUT_COMES)
        in->group = VWR_INPUT_DROPPED;
    if (in->group == VWR_INPUT_COMES)
        in->options.fifo[in->next++ & (events - 1)] = vwr_input_pack(&m);
    if (m.type == VWR_INPUT_EV_SYN && m.code == VWR_INPUT_SYN_REPORT)
        input_end_group(in);
}

/* ---- LEDs ---- */

static int input_send_leds(struct vwr_input *in)
{
    struct vwr_input_status_msg_form form;
    int r = 1;

    for (unsigned led = 0; led < VWR_INPUT_LEDS && r > 0; led++) {
        const struct vwr_input_status_msg m = {VWR_INPUT_EV_LED, (uint16_t)led, in->leds >> led & 1u};

        if ((in->leds_unsent >> led & 1u) == 0)
            continue;
        vwr_input_status_msg_encode(&form, vwr_dev_is_legacy(in->recovery.dev), &m);
        r = vwr_transmit_write(&in->status, &form, sizeof(form));
        if (r > 0)
            in->leds_unsent ^= (uint32_t)1 << led;
    }
    return r > 0 ? VWR_OK : r == 0 ? VWR_EFULL : r;
}

int vwr_input_set_led(struct vwr_input *in, unsigned led, bool on)
{
    const uint32_t bit = (uint32_t)1 << led % VWR_INPUT_LEDS;

    if (led >= VWR_INPUT_LEDS)
        return VWR_EINVAL;
    in->leds = on ? in->leds | bit : in->leds & ~bit;
    in->leds_known |= bit;
    in->leds_unsent |= bit;
    return input_send_leds(in);
}

int vwr_input_poll(struct vwr_input *in)
{
    struct vwr_slice slice;
    int r = VWR_OK;

    for (unsigned i = 0; i < VWR_INPUT_QUEUE && (r = vwr_receive_poll(&in->events, &slice, 1)) > 0; i++) {
        input_take(in, &slice);
        (void)vwr_receive_return(&in->events, slice.buffer);
    }
    (void)vwr_receive_kick(&in->events);
    if (r >= 0)
        r = input_send_leds(in);
    return r == VWR_EFULL ? VWR_OK : r;
}

/* ---- from open to close ---- */

static struct vwr_input *input_of(struct vwr_recovery *v)
{
    return (struct vwr_input *)(void *)v;
}

/* Nothing of its configuration is needed to drive it. */
static int input_configure(struct vwr_recovery *v)
{
    (void)v;
    VWR_STATIC_ASSERT(
        (VWR_INPUT_FEATURES_W0 | VWR_INPUT_FEATURES_W1 | VWR_INPUT_FEATURES_W2 | VWR_INPUT_FEATURES_W3) == 0,
        "an input device has features now: they are wanted, and not needed");
    return VWR_OK;
}

/* Events of any length are received: one that is too short spoils its group. */
static int input_set_up(struct vwr_recovery *v, unsigned n)
{
    struct vwr_input *const in = input_of(v);
    struct vwr_input_shared *const s = in->options.shared;
    const struct vwr_queue_memory event = {s->event_ring, sizeof(s->event_ring), in->event_own,
                                           sizeof(in->event_own), VWR_INPUT_QUEUE};
    const struct vwr_queue_memory status = {s->status_ring, sizeof(s->status_ring), in->status_own,
                                            sizeof(in->status_own), VWR_INPUT_STATUS_QUEUE};
    const struct vwr_receive_memory events = {s->event, in->event_buffer, VWR_INPUT_BYTES, VWR_INPUT_QUEUE};
    const struct vwr_transmit_memory leds = {s->status, in->status_request, VWR_INPUT_BYTES,
                                             VWR_INPUT_STATUS_QUEUE};
    int r = vwr_receive_setup(&in->events, v, VWR_INPUT_QUEUE_EVENTQ, &event, &events, 0);

    (void)n;
    if (r == VWR_OK)
        r = vwr_transmit_setup(&in->status, v, VWR_INPUT_QUEUE_STATUSQ, &status, &leds);
    return r;
}

/* By a reset the device forgets its LEDs, and the rest of a group that was coming. */
static void input_event(struct vwr_recovery *v, enum vwr_recovery_event event)
{
    struct vwr_input *const in = input_of(v);

    vwr_receive_all(v, event);
    if (event == VWR_RECOVERY_RUNS)
        (void)input_send_leds(in);
    if (event != VWR_RECOVERY_RELEASED)
        return;
    vwr_request_give_back(&in->status.requests);
    in->leds_unsent = in->leds_known;
    if (in->group == VWR_INPUT_COMES && in->next == in->end)
        return;
    in->group = VWR_INPUT_TORN;
    input_end_group(in);
}

/* It has no features of its own, so none is taken, and none is needed. */
static const struct vwr_features input_features = {
    {VWR_INPUT_FEATURES_W0, VWR_INPUT_FEATURES_W1, VWR_INPUT_FEATURES_W2, VWR_INPUT_FEATURES_W3}};

const struct vwr_recovery_class vwr_input_recovery = {
    .type = VWR_INPUT_ID,
    .bytes = sizeof(struct vwr_input),
    .want = &input_features,
    .configure = input_configure,
    .set_up = input_set_up,
    .event = input_event,
};

int vwr_input_open(struct vwr_input *in, struct vwr_dev *d, const struct vwr_input_options *options)
{
    const int r = vwr_recovery_begin(&in->recovery, &vwr_input_recovery, d);

    if (r != VWR_OK)
        return r;
    if (options->events == 0 || (options->events & (options->events - 1)) != 0)
        return VWR_EINVAL;
    vwr_copy(&in->options, options, sizeof(*options));
    in->recovery.need = &input_features;
    in->recovery.avoid = &in->options.avoid;
    return vwr_recovery_open(&in->recovery, &vwr_input_recovery);
}

int vwr_input_close(struct vwr_input *in)
{
    return vwr_recovery_close(&in->recovery, &vwr_input_recovery);
}

size_t vwr_input_explain(const struct vwr_input *in, char *text, size_t bytes)
{
    return vwr_recovery_explain(&in->recovery, &vwr_dev_messages, NULL, text, bytes);
}
