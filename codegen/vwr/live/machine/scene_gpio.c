/* SPDX-License-Identifier: MIT */
#include "live.h"

#include "vwr/bytes.h"
#include "vwr/gpio.h"
#include "vwr/text.h"
#include "vwr/vgpio.h"
#include "vwr/open/rows.h"

#define LINES 4u

static const char names[] = "LED\0button\0relay\0sensor"; /* with a terminator of its own */

static struct {
    struct vwr_vgpio device;
    struct vwr_vgpio_line line[LINES];
    struct vwr_vmessage message[VWR_VGPIO_MESSAGES(LINES)];
    struct vwr_vseg seg[VWR_VGPIO_SEGS(LINES, LIVE_QUEUE_SIZE)];
    char *names; /* in the guest's RAM */
} pins;

/* The surface has a line for each line: its name, and the level at its pin. */
static void show(const struct live_guest *g, const struct vwr_vgpio_line *line, unsigned changed)
{
    struct live_surface *const surface = &live_surfaces[g->number];
    const char *name = names;
    struct vwr_text t;

    vwr_text_begin(&t, (char *)surface->data, sizeof(surface->data));
    for (unsigned i = 0; i < LINES; i++) {
        const struct vwr_vgpio_line *const one = i == changed ? line : &pins.line[i];
        const bool is_output = one->direction == VWR_GPIO_DIRECTION_OUT;

        vwr_text_str(&t, name);
        vwr_text_str(&t, is_output ? ": output " : one->direction != 0 ? ": input " : ": inactive ");
        vwr_text_dec(&t, is_output ? one->output : one->input);
        vwr_text_char(&t, '\n');
        while (*name++ != '\0')
            continue;
    }
    surface->bytes = (uint32_t)t.length;
}

static int changed(struct vwr_vgpio *v, unsigned line, const struct vwr_vgpio_line *wanted)
{
    show(v->context, wanted, line);
    return VWR_OK;
}

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    static const struct vwr_vgpio_ops ops = {.changed = changed};
    const struct vwr_vgpio_options o = {.ops = &ops,
                                        .context = g,
                                        .lines = pins.line,
                                        .line_count = LINES,
                                        .names = names,
                                        .names_bytes = sizeof(names),
                                        .memory = {.message = pins.message,
                                                   .message_count = VWR_COUNT(pins.message),
                                                   .seg = pins.seg,
                                                   .seg_count = VWR_COUNT(pins.seg)}};

    vwr_zero(&pins, sizeof(pins));
    pins.names = live_alloc(g, sizeof(names), 64);
    show(g, NULL, LINES);
    *v = vwr_vgpio_dev(&pins.device);
    return vwr_vgpio_init_with(&pins.device, s, &o);
}

/* ---- the driver ---- */

static struct vwr_gpio *driver(const struct live_guest *g)
{
    return vwr_opened_driver(&g->opened, &vwr_gpio_bringup);
}

static int get_names(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const int r = vwr_gpio_get_names(driver(g), pins.names, sizeof(names));

    (void)in;
    out->bytes = r >= 0 ? sizeof(names) : 0;
    vwr_copy(out->data, pins.names, out->bytes);
    return r;
}

static int set_direction(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)out;
    return vwr_gpio_set_direction(driver(g), (unsigned)in->number[0], (unsigned)in->number[1]);
}

static int set_value(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)out;
    return vwr_gpio_set_value(driver(g), (unsigned)in->number[0], (unsigned)in->number[1]);
}

static int get_value(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)out;
    return vwr_gpio_get_value(driver(g), (unsigned)in->number[0]);
}

static int set_trigger(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)out;
    return vwr_gpio_set_irq_type(driver(g), (unsigned)in->number[0], (unsigned)in->number[1]);
}

static int unmask(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)out;
    return vwr_gpio_unmask(driver(g), (unsigned)in->number[0]);
}

static int poll(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    unsigned line = 0;
    const int r = vwr_gpio_poll(driver(g), &line);
    struct vwr_text t;

    (void)in;
    if (r <= 0)
        return r;
    vwr_text_begin(&t, (char *)out->data, sizeof(out->data));
    vwr_text_str(&t, "interrupt of line ");
    vwr_text_dec(&t, line);
    out->bytes = (uint32_t)t.length;
    return r;
}

/* ---- the device ---- */

static int set_input(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)out;
    vwr_vgpio_input(&pins.device, (unsigned)in->number[0], in->number[1] != 0);
    show(g, NULL, LINES);
    return VWR_OK;
}

static const struct live_action actions[] = {
    {"get names", "", "Read the names of the lines.", LIVE_DRIVER, get_names},
    {"set direction", "line=0 direction=1", "1 is output, 2 input, 0 inactive.", LIVE_DRIVER, set_direction},
    {"set value", "line=0 value=1", "Set the level of an output.", LIVE_DRIVER, set_value},
    {"get value", "line=1", "Read the level of a line.", LIVE_DRIVER, get_value},
    {"set trigger", "line=1 type=1", "1 is the rising edge, 2 the falling one, 4 high, 8 low.", LIVE_DRIVER,
     set_trigger},
    {"unmask", "line=1", "Wait for the interrupt of a line.", LIVE_DRIVER, unmask},
    {"set input", "line=1 level=1", "Set the level of an input.", LIVE_DEVICE, set_input},
    {"poll", "", "Get the next interrupt.", LIVE_DRIVER, poll},
};

static const struct vwr_open_class row = VWR_OPEN_GPIO;

const struct live_scene live_scene_gpio = {.name = "gpio",
                                           .brief = "Four lines: LED, button, relay and sensor.",
                                           .actions = actions,
                                           .action_count = VWR_COUNT(actions),
                                           .guests = 1,
                                           .queues = VWR_VGPIO_QUEUES,
                                           .surface = LIVE_TEXT,
                                           .add = add,
                                           .driver = &row};
