/* SPDX-License-Identifier: MIT */
/* GPIO lines: their names; the first line is an output, which follows the second one by interrupts. */
#include "board.h"
#include "vwr/gen/ids.h"
#include "vwr/gpio.h"

#define LINES 2u
#define LED 0u
#define BUTTON 1u
#define NAMES 256u /* bytes */
#define CHANGES 4u

static struct vwr_gpio_shared shared; /* shared with the device */
static struct vwr_gpio gpio;          /* private; the device must not access it, nor the lines */
static struct vwr_gpio_line lines[LINES];
static struct vwr_mmio mmio;
static char names[NAMES]; /* in flight during a call */

static int list(void)
{
    const int r = vwr_gpio_get_names(&gpio, names, sizeof(names));

    for (unsigned n = 0; n < vwr_gpio_lines(&gpio) && r == VWR_OK; n++)
        say(vwr_gpio_name(names, gpio.client.info.gpio_names_size, n));
    return r == VWR_EUNSUPP ? VWR_OK : r; /* lines need not have names */
}

static int begin(void)
{
    int r = vwr_gpio_set_value(&gpio, LED, 0); /* before it is an output */

    if (r == VWR_OK)
        r = vwr_gpio_set_direction(&gpio, LED, VWR_GPIO_DIRECTION_OUT);
    if (r == VWR_OK)
        r = vwr_gpio_set_direction(&gpio, BUTTON, VWR_GPIO_DIRECTION_IN);
    if (r == VWR_OK)
        r = vwr_gpio_set_irq_type(&gpio, BUTTON, VWR_GPIO_IRQ_TYPE_EDGE_BOTH);
    return r == VWR_OK ? vwr_gpio_unmask(&gpio, BUTTON) : r;
}

/* An interrupt masks its line, so that no edge after it is missed. */
static int follow(void)
{
    unsigned line = 0;
    int r = vwr_gpio_poll(&gpio, &line);

    if (r != 1)
        return r;
    r = vwr_gpio_unmask(&gpio, line);
    if (r == VWR_OK)
        r = vwr_gpio_get_value(&gpio, BUTTON);
    r = r >= 0 ? vwr_gpio_set_value(&gpio, LED, (unsigned)r) : r;
    return r == VWR_OK ? 1 : r;
}

int example(void)
{
    const struct vwr_gpio_options options = {.shared = &shared, .lines = lines, .line_count = LINES};
    int r = board_find(&mmio, VWR_ID_GPIO);

    if (r == VWR_OK)
        r = vwr_gpio_open(&gpio, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    r = list();
    if (r == VWR_OK)
        r = begin();
    for (unsigned n = 0; n < CHANGES && r >= 0; n += r == 1)
        r = follow();
    return vwr_close(&gpio.bringup) != VWR_OK ? VWR_ETIMEOUT : r < 0 ? r : VWR_OK;
}
