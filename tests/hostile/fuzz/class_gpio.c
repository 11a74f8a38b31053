/* SPDX-License-Identifier: MIT */
#include "class_buses.h"

#include "vwr/vgpio.h"

#include <string.h>

/* GPIO lines. The VMM accepts and refuses settings, and reports levels. */

#define LINES 5u
#define SEGS 40u

static struct vwr_vgpio *device;
static struct vwr_vgpio_line *lines;
static struct vwr_vmessage *message;
static struct vwr_vseg *seg;

static int changed(struct vwr_vgpio *v, unsigned line, const struct vwr_vgpio_line *wanted)
{
    class_called(vwr_vgpio_dev(v));
    MUST(v == device && line < LINES && wanted->output <= 1 && wanted->direction <= VWR_GPIO_DIRECTION_IN);
    return class_fed() < 0xe0 ? VWR_OK : VWR_EIO;
}

static void reset(struct vwr_vgpio *v)
{
    MUST(v == device);
    for (unsigned i = 0; i < LINES; i++)
        MUST(vwr_service_kept(&v->service.service, &lines[i]) == NULL &&
             lines[i].direction == VWR_GPIO_DIRECTION_NONE);
}

static const struct vwr_vgpio_ops ops = {.changed = changed, .reset = reset};

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    struct vwr_vgpio_options o = {
        .ops = &ops, .line_count = LINES, .names = "a\0b\0c\0d\0e", .names_bytes = 10};

    device = class_memory(device, sizeof(*device));
    lines = class_memory(lines, LINES * sizeof(*lines));
    message = class_memory(message, VWR_VGPIO_MESSAGES(LINES) * sizeof(*message));
    seg = class_memory(seg, VWR_VGPIO_SEGS(LINES, SEGS) * sizeof(*seg));
    o.lines = lines;
    o.memory =
        (struct vwr_service_memory){message, VWR_VGPIO_MESSAGES(LINES), seg, VWR_VGPIO_SEGS(LINES, SEGS)};
    MUST(vwr_vgpio_init(device, setup, &o) == VWR_OK);
    return vwr_vgpio_dev(device);
}

static void event(uint8_t what, struct input *in)
{
    vwr_vgpio_input(device, what % (LINES + 1), (input_u8(in) & 1) != 0);
}

/* A rising edge. */
static void must_work(struct vwr_dev *d)
{
    static struct script s;
    const bool legacy = vwr_vgpio_dev(device)->legacy;
    const struct vwr_gpio_set_irq_type_msg type = {1, VWR_GPIO_IRQ_TYPE_EDGE_RISING};
    const struct vwr_gpio_interrupt_msg unmask = {1};
    struct vwr_gpio_set_irq_type_msg_form form;
    struct vwr_gpio_interrupt_msg_form event_form;
    const uint8_t *answer;

    (void)d;
    class_start(&s);
    vwr_vgpio_input(device, 1, false);
    vwr_gpio_set_irq_type_msg_encode(&form, legacy, &type);
    answer = class_exchange(&s, VWR_GPIO_QUEUE_REQUESTQ, &form, sizeof(form), 2);
    MUST(answer[0] == VWR_GPIO_STATUS_OK);
    if (!vwr_vdev_has(vwr_vgpio_dev(device), VWR_GPIO_F_IRQ))
        return;
    vwr_vgpio_input(device, 1, true);
    vwr_gpio_interrupt_msg_encode(&event_form, legacy, &unmask);
    answer = class_exchange(&s, VWR_GPIO_QUEUE_EVENTQ, &event_form, sizeof(event_form), 1);
    MUST(answer[0] == VWR_GPIO_IRQ_STATUS_VALID);
}

const struct world_service class_gpio = {begin, event, must_work, false};
