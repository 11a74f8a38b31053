/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_sound.h"

int vwr_vplan_build_sound(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                          const struct vwr_vplan_host *host)
{
    struct vwr_vsound_options o;

    if (host->sound == NULL)
        return VWR_EINVAL;
    vwr_copy(&o, host->sound, sizeof o);
    o.context = host->context;
    return vwr_vsound_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
