/* SPDX-License-Identifier: MIT */
/* All devices on the bus, opened by one call: the table selects the drivers to link, the unions fit any. */
#include "board.h"
#include "vwr/blk.h"
#include "vwr/console.h"
#include "vwr/entropy.h"
#include "vwr/gpu.h"
#include "vwr/input.h"
#include "vwr/net.h"
#include "vwr/open/rows.h"

#define DEVICES 10u
#define ROOM(memory)                             \
    union {                                      \
        struct vwr_blk_open_##memory blk;        \
        struct vwr_console_open_##memory con;    \
        struct vwr_entropy_open_##memory random; \
        struct vwr_gpu_open_##memory gpu;        \
        struct vwr_input_open_##memory input;    \
        struct vwr_net_open_##memory net;        \
    }

static ROOM(shared) shared[DEVICES]; /* shared with the devices */
static ROOM(own) own[DEVICES];       /* private; devices must not access it */
static struct vwr_mmio slot[DEVICES];
static struct vwr_opened opened[DEVICES];
static const struct vwr_open_class classes[] = {VWR_OPEN_BLK, VWR_OPEN_CONSOLE, VWR_OPEN_ENTROPY,
                                                VWR_OPEN_GPU, VWR_OPEN_INPUT,   VWR_OPEN_NET};

static void say_one_thing(const struct vwr_opened *o)
{
    struct vwr_blk *const disk = vwr_opened_driver(o, &vwr_blk_bringup); /* at most one is not NULL */
    struct vwr_console *const console = vwr_opened_driver(o, &vwr_console_bringup);
    struct vwr_entropy *const random = vwr_opened_driver(o, &vwr_entropy_bringup);
    struct vwr_gpu *const gpu = vwr_opened_driver(o, &vwr_gpu_bringup);
    struct vwr_input *const input = vwr_opened_driver(o, &vwr_input_bringup);
    struct vwr_net *const card = vwr_opened_driver(o, &vwr_net_bringup);
    struct vwr_input_query name = {.select = VWR_INPUT_CFG_ID_NAME};
    struct vwr_gpu_display display;
    uint8_t bytes[8];

    if (disk != NULL)
        say_number("  sectors:", disk->info.sectors);
    if (console != NULL)
        say_number("  columns, 0 if unknown:", console->info.cols);
    if (random != NULL && vwr_entropy_fill(random, bytes, sizeof(bytes), 1000000) == VWR_OK)
        say_bytes("  random bytes:", bytes, sizeof(bytes));
    if (gpu != NULL && vwr_gpu_read_displays(gpu, &display, 1) > 0)
        say_number("  pixels in a line:", display.area.width);
    if (input != NULL && vwr_input_ask(input, &name) > 0)
        say((const char *)name.u.bytes);
    if (card != NULL)
        say_bytes("  address:", card->info.mac, sizeof(card->info.mac));
}

/* A probe finds the device, vwr_open starts it; devices without a driver here are named and left alone. */
int example(void)
{
    struct vwr_mmio_scan scan = {.windows = &board_slots, .count = 1};
    static char text[300] = "  ";
    int r;

    for (unsigned n = 0; n < DEVICES && (r = vwr_mmio_scan_next(&scan, &slot[n])) != 0; n += r == 1) {
        const struct vwr_open_options options = VWR_OPEN_OPTIONS(classes, own[n], shared[n]);

        if (r != 1)
            continue;
        say_device(&slot[n]);
        if (vwr_open(&opened[n], &slot[n].dev, &options) == VWR_OK)
            (void)vwr_opened_features(&opened[n], text + 2, sizeof(text) - 2);
        else
            (void)vwr_dev_explain(&slot[n].dev, text + 2, sizeof(text) - 2);
        say(text);
        say_one_thing(&opened[n]);
    }
    return VWR_OK;
}
