/* SPDX-License-Identifier: MIT */
#include "vwr/vplan_entropy.h"

int vwr_vplan_build_entropy(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                            const struct vwr_vplan_host *host)
{
    uint8_t *const at = memory;

    return vwr_ventropy_init((struct vwr_ventropy *)(void *)(at + row->device), s, host->entropy,
                             host->context);
}
