/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/vplan_console.h"

int vwr_vplan_build_console(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                            const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_console *const console = row->options;
    uint8_t *const at = memory;
    struct vwr_vconsole_options o;

    vwr_zero(&o, sizeof o);
    o.ops = host->console;
    o.context = host->context;
    o.port = (struct vwr_vconsole_port *)(void *)(at + console->at);
    o.ports = console->ports;
    o.cols = console->cols;
    o.rows = console->rows;
    o.emergency = console->emergency;
    for (unsigned i = 0; i < console->ports; i++) {
        o.port[i].name = console->port[i].name;
        o.port[i].console = console->port[i].console;
    }
    return vwr_vconsole_init((struct vwr_vconsole *)(void *)(at + row->device), s, &o);
}
