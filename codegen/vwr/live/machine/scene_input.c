/* SPDX-License-Identifier: MIT */
#include "live.h"

#include "vwr/bytes.h"
#include "vwr/input.h"
#include "vwr/text.h"
#include "vwr/vinput.h"
#include "vwr/open/rows.h"

#define EVENTS 64u

static struct {
    struct vwr_vinput device;
    struct vwr_input_event_msg event[EVENTS];
} keyboard;

/* The surface has one line for each change of an LED. */
static void status(struct vwr_vinput *in, uint16_t type, uint16_t code, uint32_t value)
{
    const struct live_guest *const g = in->context;
    struct live_surface *const surface = &live_surfaces[g->number];
    struct vwr_text t;
    char line[64];

    vwr_text_begin(&t, line, sizeof(line));
    vwr_text_str(&t, type == VWR_EV_LED ? "LED " : "status ");
    vwr_text_dec(&t, code);
    vwr_text_str(&t, value != 0 ? " on\n" : " off\n");
    if (t.length > sizeof(surface->data) - surface->bytes)
        surface->bytes = 0;
    vwr_copy(surface->data + surface->bytes, line, t.length);
    surface->bytes += (uint32_t)t.length;
}

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    static const struct vwr_vinput_ops ops = {.status = status};
    const struct vwr_vinput_options o = {.model = &vwr_vinput_keyboard,
                                         .serial = "1",
                                         .ops = &ops,
                                         .context = g,
                                         .event = keyboard.event,
                                         .event_count = EVENTS};

    vwr_zero(&keyboard, sizeof(keyboard));
    *v = vwr_vinput_dev(&keyboard.device);
    return vwr_vinput_init_with(&keyboard.device, s, &o);
}

static struct vwr_input *driver(const struct live_guest *g)
{
    return vwr_opened_driver(&g->opened, &vwr_input_bringup);
}

static void say_event(struct vwr_text *t, const struct vwr_input_event_msg *event)
{
    vwr_text_str(t, "type ");
    vwr_text_dec(t, event->type);
    vwr_text_str(t, " code ");
    vwr_text_dec(t, event->code);
    vwr_text_str(t, " value ");
    vwr_text_dec(t, event->value);
    vwr_text_char(t, '\n');
}

static int poll(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const int r = vwr_input_poll(driver(g));
    struct vwr_input_event_msg event;
    struct vwr_text t;
    int count = 0;

    (void)in;
    vwr_text_begin(&t, (char *)out->data, sizeof(out->data));
    while (sizeof(out->data) - t.length > 64 && vwr_input_read(driver(g), &event)) {
        say_event(&t, &event);
        count++;
    }
    out->bytes = (uint32_t)t.length;
    return r == VWR_OK ? count : r;
}

static int get_name(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    struct vwr_input_query q = {.select = VWR_INPUT_CFG_ID_NAME};
    const int r = vwr_input_ask(driver(g), &q);

    (void)in;
    out->bytes = q.size;
    vwr_copy(out->data, q.u.bytes, q.size);
    return r;
}

static int set_led(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)out;
    return vwr_input_set_led(driver(g), (unsigned)in->number[0], in->number[1] != 0);
}

static int send_key(const struct live_arguments *in, uint32_t value)
{
    const struct vwr_input_event_msg event = {
        .type = VWR_EV_KEY, .code = (uint16_t)in->number[0], .value = value};

    return vwr_vinput_group(&keyboard.device, &event, 1) ? VWR_OK : VWR_EFULL;
}

static int press(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)g;
    (void)out;
    return send_key(in, 1);
}

static int release(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)g;
    (void)out;
    return send_key(in, 0);
}

static const struct live_action actions[] = {
    {"press", "key=30", "Press a key; 30 is A.", LIVE_DEVICE, press},
    {"release", "key=30", "Release a key.", LIVE_DEVICE, release},
    {"poll", "", "Read the events.", LIVE_DRIVER, poll},
    {"get name", "", "Ask for the name of the device.", LIVE_DRIVER, get_name},
    {"set LED", "led=1 on=1", "Turn an LED on or off; 1 is Caps Lock.", LIVE_DRIVER, set_led},
};

static const struct vwr_open_class row = VWR_OPEN_INPUT;

const struct live_scene live_scene_input = {.name = "input",
                                            .brief = "A keyboard with LEDs.",
                                            .actions = actions,
                                            .action_count = VWR_COUNT(actions),
                                            .guests = 1,
                                            .queues = VWR_VINPUT_QUEUES,
                                            .surface = LIVE_TEXT,
                                            .add = add,
                                            .driver = &row};
