/* SPDX-License-Identifier: MIT */
#include "mmio_common.h"

/* Probing for either version, apart from the versions so that a build with one leaves the other out. */

int vwr_mmio_probe(struct vwr_mmio *m, volatile void *base, size_t bytes)
{
    static const struct vwr_mmio_drivers drivers = {&vwr_mmio_legacy, &vwr_mmio_modern};

    return vwr_mmio_identify(m, base, bytes, &drivers);
}
