/* SPDX-License-Identifier: MIT */
#include "mmio_common.h"

/* Probes for either version. Separate file: a build with a single version leaves the other out. */

int vwr_mmio_probe(struct vwr_mmio *m, volatile void *base, size_t bytes)
{
    const int r = vwr_mmio_identify(m, base, bytes, VWR_MMIO_VERSION_LEGACY, VWR_MMIO_VERSION_MODERN);

    vwr_dev_set_transport(&m->dev,
                          m->dev.version == VWR_MMIO_VERSION_LEGACY ? &vwr_mmio_legacy : &vwr_mmio_modern);
    return r;
}
