/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/gen/ids.h"
#include "vwr/vgpio.h"
#include "vwr/vi2c.h"
#include "vplan.h"

#include "hyp.h"

/*
 * The devices on the guests' I2C buses and GPIO lines: a memory of 256 bytes at address 0x50, like an
 * EEPROM, for which the first byte written is the position; and links from the first half of the lines to the
 * second half.
 */
#define EEPROM 0x50u
#define EEPROM_BYTES 256u

static struct eeprom {
    uint8_t content[EEPROM_BYTES];
    uint8_t at;
} eeprom[GUESTS_MAX];

static int transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
{
    struct eeprom *const e = &eeprom[devices_guest(vwr_vi2c_dev(v))->number];

    if (m->address != EEPROM)
        return VWR_ENODEV;
    for (uint32_t i = 0; i < m->bytes; i++)
        if (m->read)
            m->data[i] = e->content[e->at++];
        else if (i == 0)
            e->at = m->data[0];
        else
            e->content[e->at++] = m->data[i];
    return VWR_OK;
}

/* The guest's own CPU forwards the level, because a hook must not. */
static int changed(struct vwr_vgpio *v, unsigned line, const struct vwr_vgpio_line *wanted)
{
    guest_go_on(devices_guest(vwr_vgpio_dev(v)), TO_DO_LINKS);
    return VWR_OK;
}

void buses_go_on(struct guest *g)
{
    struct vwr_vgpio *const v = (struct vwr_vgpio *)(void *)devices_find(g, VWR_ID_GPIO);
    const unsigned half = v->line_count / 2u;

    for (unsigned i = 0; i < half; i++)
        vwr_vgpio_input(v, half + i,
                        v->lines[i].direction == VWR_GPIO_DIRECTION_OUT && v->lines[i].output != 0);
}

void buses_offer(struct vwr_vplan_host *host)
{
    static const struct vwr_vgpio_ops ops = {.changed = changed};

    host->i2c = transfer;
    host->gpio = &ops;
}
