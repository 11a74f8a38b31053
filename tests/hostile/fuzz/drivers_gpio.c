/* SPDX-License-Identifier: MIT */
#include "drivers.h"

#include "vwr/gpio.h"

#include <string.h>

/* A GPIO device: settings of its lines, and interrupts that its device may and may not send. */

#define LINES 6u
#define NAMES 16u /* bytes */

static struct {
    struct vwr_gpio *g;
    struct vwr_gpio_line *lines;
    char *names;
} gp;

static struct vwr_bringup *gpio_bringup(void)
{
    return &gp.g->client.bringup;
}

static void configure(uint8_t *config, bool legacy)
{
    (void)legacy;
    config[VWR_GPIO_CONFIG_NGPIO] = LINES;
    config[VWR_GPIO_CONFIG_GPIO_NAMES_SIZE] = NAMES;
}

/* It keeps events until an interrupt occurs. */
static bool receives(unsigned queue)
{
    return queue == VWR_GPIO_QUEUE_EVENTQ;
}

/* Success, and values and names of 0. */
static uint32_t answer(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in)
{
    (void)queue;
    (void)out;
    (void)n;
    memset(in, 0, NAMES + 1);
    return NAMES + 1;
}

/* An interrupt, or a status that the input selects. */
static void send(void)
{
    const uint8_t status = input_u8(drivers_in) % 3;

    (void)drivers_deliver(VWR_GPIO_QUEUE_EVENTQ, &status, 1);
}

static int open(struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_gpio_options o = {.line_count = LINES, .avoid = *avoid};

    gp.g = drivers_anew(gp.g, sizeof(*gp.g));
    gp.lines = drivers_anew(gp.lines, LINES * sizeof(*gp.lines));
    memset(gp.lines, 0, LINES * sizeof(*gp.lines)); /* an open that fails may not initialise them */
    o.lines = gp.lines;
    o.shared = drivers_share(sizeof(*o.shared));
    gp.names = drivers_share(NAMES);
    return vwr_gpio_open(gp.g, d, &o);
}

static void call(uint8_t which)
{
    const uint8_t how = input_u8(drivers_in);
    const unsigned line = how % (LINES + 1);
    char text[200];
    unsigned found = LINES;

    switch (which % 9) {
    case 0:
        MUST(vwr_gpio_get_value(gp.g, line) <= 1);
        return;
    case 1:
        MUST(vwr_gpio_get_direction(gp.g, line) <= VWR_GPIO_DIRECTION_IN);
        return;
    case 2:
        MUST(vwr_gpio_set_value(gp.g, line, how >> 6) <= VWR_OK);
        return;
    case 3:
        MUST(vwr_gpio_set_direction(gp.g, line, how >> 6) <= VWR_OK);
        return;
    case 4:
        MUST(vwr_gpio_set_irq_type(gp.g, line, how >> 4) <= VWR_OK);
        return;
    case 5:
    case 6:
        MUST(vwr_gpio_unmask(gp.g, line) <= VWR_OK);
        return;
    case 7:
        if (vwr_gpio_poll(gp.g, &found) == 1)
            MUST(found < LINES && gp.lines[found].setting[VWR_GPIO_SETS_IRQ_TYPE] != VWR_GPIO_IRQ_TYPE_NONE);
        drivers_see(vwr_gpio_arm(gp.g));
        (void)vwr_gpio_explain(gp.g, text, sizeof(text));
        return;
    default:
        if (vwr_gpio_get_names(gp.g, gp.names, NAMES) == VWR_OK)
            drivers_touch(vwr_gpio_name(gp.names, gp.g->client.info.gpio_names_size, line), 1);
    }
}

static int close(void)
{
    return vwr_gpio_close(gp.g);
}

static void closed(void)
{
    MUST(!vwr_req_is_in_flight(&gp.g->again.call.req));
    for (unsigned i = 0; i < LINES; i++)
        MUST(!vwr_req_is_in_flight(&gp.lines[i].event.call.req));
}

/* Settings, and an interrupt. */
static void works(void)
{
    const uint8_t status = VWR_GPIO_IRQ_STATUS_VALID;
    unsigned line = LINES;

    MUST(vwr_gpio_set_direction(gp.g, 2, VWR_GPIO_DIRECTION_IN) == VWR_OK);
    MUST(vwr_gpio_get_value(gp.g, 2) == 0);
    MUST(vwr_gpio_set_irq_type(gp.g, 2, VWR_GPIO_IRQ_TYPE_EDGE_RISING) == VWR_OK);
    MUST(vwr_gpio_unmask(gp.g, 2) == VWR_OK);
    world_run_until_idle();
    MUST(drivers_deliver(VWR_GPIO_QUEUE_EVENTQ, &status, 1));
    MUST(vwr_gpio_poll(gp.g, &line) == 1 && line == 2 && !gp.lines[2].unmasked);
}

const struct driver_row driver_gpio = {
    .id = VWR_GPIO_ID,
    .features = {{VWR_GPIO_FEATURES_W0}},
    .fields = vwr_gpio_config_fields,
    .field_count = VWR_GPIO_CONFIG_FIELD_COUNT,
    .steps = &vwr_gpio_bringup,
    .bringup = gpio_bringup,
    .configure = configure,
    .receives = receives,
    .answer = answer,
    .send = send,
    .open = open,
    .call = call,
    .close = close,
    .closed = closed,
    .works = works,
};
