/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/evdev.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/input.h"

/*
 * An input device. The cases switch off an LED of a keyboard; other devices have no LED and ignore the event.
 * Those that receive ask for a key.
 */

static unsigned request(struct session *s, unsigned first)
{
    const struct vwr_input_event off = {.type = vwr_cpu_to_le16(VWR_EV_LED)};
    const struct part p[1] = {{s->data, sizeof(off), false}};

    (void)memcpy(s->data, &off, sizeof(off));
    put_chain(s->desc, first, p, 1);
    return 1;
}

static uint8_t size_of(struct session *s, uint8_t select)
{
    vwr_config_write8(&s->dev->config, VWR_INPUT_CONFIG_SELECT, select);
    vwr_config_write8(&s->dev->config, VWR_INPUT_CONFIG_SUBSEL, 0);
    return (uint8_t)config_field(s, VWR_INPUT_CONFIG_SIZE, 1);
}

static enum verdict size_without_meaning(struct session *s)
{
    static const uint8_t select[] = {VWR_INPUT_CFG_UNSET, 0xff}; /* the document has no selection 0xff */
    enum verdict r;
    uint8_t name;
    uint8_t size = 0;

    if (!session_has_config(s, &r))
        return r;
    session_end(s);
    if (!session_open(s, 0)) /* a driver may not write to the configuration before */
        return BROKEN;
    name = size_of(s, VWR_INPUT_CFG_ID_NAME); /* not empty, so that a stale size is seen */
    for (unsigned i = 0; i < sizeof(select) && size == 0; i++)
        size = size_of(s, select[i]);
    session_end(s);
    if (name == 0)
        return untested(s, "the device has no name, so its sizes are 0 anyway");
    return size == 0 ? KEPT : broken(s, "size reads %u for a select that has no meaning", size);
}

#define EVENT_BYTES ((uint32_t)sizeof(struct vwr_input_event))
#define BUFFERS 8u      /* more events than a key that is pressed and released has */
#define LEAST_EVENTS 2u /* the key, and the end of the update */

/* Whether the events that have arrived end with the end of an update. */
static enum verdict ends_whole(struct session *s)
{
    const unsigned count = incoming_count(s);
    struct vwr_input_event last = {0};

    for (unsigned i = 0; i < count; i++) {
        if (!incoming_is_right(s, i, EVENT_BYTES))
            return BROKEN;
        if (used_bytes(s, i) != EVENT_BYTES)
            return broken(s, "the buffer of an event is used with length %u", used_bytes(s, i));
        (void)memcpy(&last, incoming_buffer(s, i), sizeof(last));
    }
    if (count >= BUFFERS)
        return untested(s, "the device has sent more events than there are buffers");
    return vwr_le16_to_cpu(last.type) == VWR_EV_SYN && vwr_le16_to_cpu(last.code) == VWR_SYN_REPORT
               ? KEPT
               : broken(s, "the last of %u events has type %u and code %u", count, vwr_le16_to_cpu(last.type),
                        vwr_le16_to_cpu(last.code));
}

/*
 * A key with `first` buffers, and later the others. A device may drop the whole update if there are too few:
 * then a second key has to arrive, which shows that keys are pressed.
 */
static enum verdict key_with(struct session *s, unsigned first)
{
    enum verdict r = UNTESTED;
    bool is_there;

    if (!incoming_open(s, 0, EVENT_BYTES, first))
        return BROKEN;
    is_there = incoming_arrives(s, 0, first < LEAST_EVENTS ? first : LEAST_EVENTS);
    if (first < BUFFERS) {
        incoming_offer(s, first, EVENT_BYTES, BUFFERS - first);
        is_there = is_there || incoming_arrives(s, 0, LEAST_EVENTS);
    }
    if (is_there) {
        give_time(s);
        r = ends_whole(s);
    }
    session_end(s);
    return r;
}

static enum verdict key(struct session *s)
{
    return key_with(s, BUFFERS);
}

static enum verdict key_with_one_buffer(struct session *s)
{
    return key_with(s, 1);
}

#define OPERATION "section Input Device / Device Operation"
#define WHOLE "input.dev.2 input.dev.3"

static const struct conform_case cases[] = {
    CASE(size_without_meaning, "input.dev.init.1", "size is 0 if select has no meaning."),
    BOTH(key, OPERATION, OPERATION, "A key arrives as events of 8 bytes, the last of which ends the update."),
    BOTH(key_with_one_buffer, WHOLE, WHOLE, "With one buffer an update arrives whole, later, or not at all."),
};

const struct device_class input_class = {.name = "input",
                                         .type = VWR_ID_INPUT,
                                         .queue = VWR_INPUT_QUEUE_STATUSQ,
                                         .beside = VWR_INPUT_QUEUE_EVENTQ,
                                         .outside = "key",
                                         .request = request,
                                         .cases = cases,
                                         .count = sizeof(cases) / sizeof(cases[0])};
