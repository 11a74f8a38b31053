/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_console.h"

int vwr_vplan_build_console(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                            const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_console *const console = row->options;
    struct vwr_vconsole_options o;

    vwr_copy(&o, &console->options, sizeof o);
    o.ops = host->console;
    o.context = host->context;
    o.port = vwr_vplan_member(memory, console->ports);
    vwr_copy(o.port, console->port, o.port_count * sizeof *o.port);
    return vwr_vconsole_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
