/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_pmem.h"

int vwr_vplan_build_pmem(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                         const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_pmem *const pmem = row->options;
    struct vwr_vpmem_options o;

    o.flush = host->pmem;
    o.context = host->context;
    vwr_copy(&o.region, &pmem->region, sizeof o.region);
    return vwr_vpmem_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
