/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_gpio.h"

int vwr_vplan_build_gpio(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                         const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_gpio *const gpio = row->options;
    struct vwr_vgpio_options o;

    vwr_copy(&o, &gpio->options, sizeof o);
    o.ops = host->gpio;
    o.context = host->context;
    o.lines = vwr_vplan_member(memory, gpio->line);
    o.memory.message = vwr_vplan_member(memory, gpio->message);
    o.memory.seg = vwr_vplan_member(memory, gpio->seg);
    return vwr_vgpio_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
