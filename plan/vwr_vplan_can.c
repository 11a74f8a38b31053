/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_can.h"

int vwr_vplan_build_can(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                        const struct vwr_vplan_host *host)
{
    struct vwr_vcan_options o;

    if (host->can == NULL)
        return VWR_EINVAL;
    vwr_copy(&o, host->can, sizeof o);
    o.context = host->context;
    return vwr_vcan_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
