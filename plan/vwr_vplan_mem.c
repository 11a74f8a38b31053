/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_mem.h"

int vwr_vplan_build_mem(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                        const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_mem *const mem = row->options;
    struct vwr_vmem_options o;

    vwr_copy(&o, &mem->options, sizeof o);
    o.ops = host->mem;
    o.context = host->context;
    o.runs = vwr_vplan_member(memory, mem->run);
    return vwr_vmem_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
