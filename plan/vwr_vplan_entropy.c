/* SPDX-License-Identifier: MIT */
#include "vplan_entropy.h"

int vwr_vplan_build_entropy(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                            const struct vwr_vplan_host *host)
{
    return vwr_ventropy_init_with(vwr_vplan_member(memory, row->device), s, host->entropy, host->context);
}
