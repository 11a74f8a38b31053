/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_input.h"

int vwr_vplan_build_input(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                          const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_input *const input = row->options;
    struct vwr_vinput_options o;

    vwr_copy(&o, &input->options, sizeof o);
    o.ops = host->input;
    o.context = host->context;
    o.event = vwr_vplan_member(memory, input->event);
    return vwr_vinput_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
