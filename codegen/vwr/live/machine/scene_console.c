/* SPDX-License-Identifier: MIT */
#include "live.h"

#include "vwr/bytes.h"
#include "vwr/console.h"
#include "vwr/vconsole.h"
#include "vwr/open/rows.h"

#define FLUSH_US 100000u

static struct {
    struct vwr_vconsole device;
    struct vwr_vconsole_port port[1];
} terminal;

/* A full screen starts again. */
static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    const struct live_guest *const g = c->context;
    struct live_surface *const surface = &live_surfaces[g->number];
    const uint32_t room = sizeof(surface->data) - surface->bytes;

    (void)port;
    n = n < room ? n : room;
    vwr_copy(surface->data + surface->bytes, bytes, n);
    surface->bytes = (surface->bytes + n) % (uint32_t)sizeof(surface->data);
    return n;
}

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    static const struct vwr_vconsole_ops ops = {.output = output};
    const struct vwr_vconsole_options o = {.ops = &ops,
                                           .context = g,
                                           .port = terminal.port,
                                           .port_count = VWR_COUNT(terminal.port),
                                           .cols = 80,
                                           .rows = 25,
                                           .emergency = true};

    vwr_zero(&terminal, sizeof(terminal));
    terminal.port[0].console = true;
    *v = &terminal.device.dev;
    return vwr_vconsole_init_with(&terminal.device, s, &o);
}

static struct vwr_console *driver(const struct live_guest *g)
{
    return vwr_opened_driver(&g->opened, &vwr_console_bringup);
}

static int write(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)out;
    return vwr_console_write(driver(g), 0, in->data, in->bytes);
}

static int flush(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)in;
    (void)out;
    return vwr_console_flush(driver(g), 0, FLUSH_US);
}

static int read(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const int r = vwr_console_read(driver(g), 0, out->data, sizeof(out->data));

    (void)in;
    out->bytes = r > 0 ? (uint32_t)r : 0;
    return r;
}

static int emergency(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)out;
    return vwr_console_emergency(&g->found.dev, (uint8_t)in->number[0]);
}

static int type(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)g;
    (void)out;
    return (int)vwr_vconsole_input(&terminal.device, 0, in->data, in->bytes);
}

static int resize(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)g;
    (void)out;
    vwr_vconsole_resize(&terminal.device, 0, (uint16_t)in->number[0], (uint16_t)in->number[1]);
    return VWR_OK;
}

static const struct live_action actions[] = {
    {"write", "data:text", "Write text to the terminal.", LIVE_DRIVER, write},
    {"flush", "", "Wait until the device has used all text.", LIVE_DRIVER, flush},
    {"read", "", "Read what was typed.", LIVE_DRIVER, read},
    {"emergency", "character=33", "Write a character without a queue.", LIVE_DRIVER, emergency},
    {"type", "data:text", "Type text at the terminal.", LIVE_DEVICE, type},
    {"resize", "cols=100 rows=30", "Change the size of the terminal.", LIVE_DEVICE, resize},
};

static const struct vwr_open_class row = VWR_OPEN_CONSOLE;

const struct live_scene live_scene_console = {.name = "console",
                                              .brief = "A terminal with one port.",
                                              .actions = actions,
                                              .action_count = VWR_COUNT(actions),
                                              .guests = 1,
                                              .queues = VWR_VCONSOLE_QUEUES(1u),
                                              .surface = LIVE_TEXT,
                                              .add = add,
                                              .driver = &row};
