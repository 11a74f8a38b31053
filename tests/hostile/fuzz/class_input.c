/* SPDX-License-Identifier: MIT */
#include "classes.h"

#include "vwr/vinput.h"

/* A keyboard, mouse, tablet or touch screen. The host presses keys, moves pointers, and truncates groups. */

#define EVENTS 8u /* capacity of the FIFO */
#define EVENT_BYTES 8u

static struct vwr_vinput *device;
static struct vwr_input_event_msg *fifo;
static unsigned statuses;

static void status(struct vwr_vinput *in, uint16_t type, uint16_t code, uint32_t value)
{
    class_called(vwr_vinput_dev(in));
    MUST(in == device && (type != VWR_EV_LED || code <= VWR_LED_SCROLLL));
    (void)value;
    statuses++;
}

static const struct vwr_vinput_ops ops = {status};

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    static const struct vwr_vinput_model *const model[4] = {&vwr_vinput_keyboard, &vwr_vinput_mouse,
                                                            &vwr_vinput_tablet, &vwr_vinput_multitouch};
    struct vwr_vinput_options o = {.ops = &ops, .serial = "fuzz", .event_count = EVENTS};

    device = class_memory(device, sizeof(*device));
    fifo = class_memory(fifo, EVENTS * sizeof(*fifo));
    o.model = model[world.plan.queues % 4u];
    o.event = fifo;
    MUST(vwr_vinput_init_with(device, setup, &o) == VWR_OK);
    return vwr_vinput_dev(device);
}

static void event(uint8_t what, struct input *in)
{
    struct vwr_input_event_msg group[EVENTS + 2] = {{0}};
    const uint8_t code = input_u8(in);

    switch (what % 3) {
    case 0:
        (void)vwr_vinput_event(device, VWR_EV_KEY, code, input_u8(in));
        (void)vwr_vinput_event(device, VWR_EV_SYN, VWR_SYN_REPORT, 0);
        break;
    case 1:
        for (unsigned i = 0; i < code % (EVENTS + 2); i++)
            group[i] = (struct vwr_input_event_msg){.type = VWR_EV_KEY, .code = (uint16_t)i, .value = 1};
        (void)vwr_vinput_group(device, group, code % (EVENTS + 2));
        break;
    default:
        (void)vwr_vinput_event(device, code & 0x1f, input_u8(in), input_u8(in));
    }
}

static void must_work(struct vwr_dev *d)
{
    static struct script s;
    static const uint8_t led[EVENT_BYTES] = {0x11, 0, 0, 0, 1, 0, 0, 0};
    const unsigned before = statuses;

    (void)d;
    (void)vwr_vinput_event(device, VWR_EV_SYN, VWR_SYN_REPORT, 0); /* end of a truncated group */
    class_start(&s);
    for (unsigned i = 0; i < 4; i++)
        (void)class_lend(&s, VWR_INPUT_QUEUE_EVENTQ, EVENT_BYTES);
    world_run_until_idle();
    MUST(vwr_vinput_event(device, VWR_EV_KEY, VWR_KEY_A, 1));
    MUST(vwr_vinput_event(device, VWR_EV_SYN, VWR_SYN_REPORT, 0));
    MUST(class_has_used(&s, VWR_INPUT_QUEUE_EVENTQ, 2));
    (void)class_exchange(&s, VWR_INPUT_QUEUE_STATUSQ, led, sizeof(led), 0);
    MUST(statuses == before + (world.plan.queues % 4u == 0));
}

const struct world_service class_input = {begin, event, must_work, false};
CLASS_ALONE(class_input);
