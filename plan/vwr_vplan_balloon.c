/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_balloon.h"

int vwr_vplan_build_balloon(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                            const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_balloon *const balloon = row->options;
    struct vwr_vballoon_options o;

    vwr_copy(&o, &balloon->options, sizeof o);
    o.ops = host->balloon;
    o.context = host->context;
    o.map = vwr_vplan_member(memory, balloon->map);
    return vwr_vballoon_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
