/* SPDX-License-Identifier: MIT */
#include "vwr/vstate.h"
#include "vinput_common.h"

/*
 * Saved state of an input device: the events that the driver has not received, and the LEDs. Section: Device
 * parts.
 */

static struct vwr_vinput *vinput_of_dev(const struct vwr_vdev *v)
{
    return (struct vwr_vinput *)(uintptr_t)v; /* first member */
}

static const struct vwr_record vinput_event = VWR_STATE_EVENT_RECORD(vwr_input_event_msg);

static void vinput_save(const struct vwr_vdev *v, struct vwr_vstate *s)
{
    const struct vwr_vinput *const in = vinput_of_dev(v);
    struct vwr_state_input c;

    c.events = vwr_cpu_to_le32(in->next - in->read);
    c.complete = vwr_cpu_to_le32(in->end - in->read);
    c.leds = vwr_cpu_to_le32(in->leds);
    c.flags =
        vwr_cpu_to_le32((in->lost ? VWR_STATE_INPUT_LOST : 0u) | (in->torn ? VWR_STATE_INPUT_TORN : 0u));
    vwr_vstate_put(s, &c, sizeof(c));
    for (uint32_t at = in->read; at != in->next; at++)
        vwr_vstate_put_record(s, &vinput_event, vwr_vinput_at_(in, at));
}

static bool vinput_has_leds(const struct vwr_vinput *in, uint32_t leds)
{
    bool has = true;

    for (unsigned i = 0; i < VINPUT_LEDS; i++)
        has = has && ((leds >> i & 1u) == 0 || vwr_vinput_has_(in->options.model, VWR_EV_LED, (uint16_t)i));
    return has;
}

/* The saved events must end with the end of a group, so that a partly received group also has an end. */
static bool vinput_load(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes)
{
    struct vwr_vinput *const in = vinput_of_dev(v);
    struct vwr_state_input c;
    uint32_t complete, events, flags;

    if (bytes < sizeof(c))
        return false;
    vwr_copy(&c, from, sizeof(c));
    events = vwr_le32_to_cpu(c.events);
    complete = vwr_le32_to_cpu(c.complete);
    flags = vwr_le32_to_cpu(c.flags);
    if (events > in->options.event_count ||
        bytes - sizeof(c) != (uint64_t)events * sizeof(struct vwr_state_event) || complete > events ||
        (flags & ~(uint32_t)(VWR_STATE_INPUT_LOST | VWR_STATE_INPUT_TORN)) != 0 ||
        !vinput_has_leds(in, vwr_le32_to_cpu(c.leds)))
        return false;
    for (uint32_t i = 0; i < events; i++) /* the fields of an event may have any value */
        (void)vwr_record_decode(&vinput_event, false, vwr_vinput_at_(in, i),
                                from + sizeof(c) + i * vinput_event.bytes);
    in->next = events;
    in->end = complete;
    in->leds = vwr_le32_to_cpu(c.leds);
    in->lost = (flags & VWR_STATE_INPUT_LOST) != 0;
    in->torn = (flags & VWR_STATE_INPUT_TORN) != 0;
    vwr_vinput_answer_(in);
    return complete != 0 ? vinput_is_end(vwr_vinput_at_(in, complete - 1u)) : !in->torn;
}

/* Calls status again for each LED that is on. */
static void vinput_start(struct vwr_vdev *v)
{
    struct vwr_vinput *const in = vinput_of_dev(v);
    const struct vwr_vinput_ops *const ops = in->options.ops;

    for (unsigned i = 0; i < VINPUT_LEDS && ops != NULL && ops->status != NULL; i++)
        if ((in->leds >> i & 1u) != 0)
            ops->status(in, VWR_EV_LED, (uint16_t)i, 1);
}

/* Saves the driver's selection. The rest of the configuration follows from it. */
static const struct vwr_vstate_span vinput_spans[] = {
    {VWR_INPUT_CONFIG_SELECT, VWR_INPUT_CONFIG_SUBSEL + sizeof(uint8_t)}};

const struct vwr_vstate_class vwr_vinput_state = {
    .id = VWR_INPUT_ID,
    .span = vinput_spans,
    .spans = 1,
    .save = vinput_save,
    .load = vinput_load,
    .start = vinput_start,
};
