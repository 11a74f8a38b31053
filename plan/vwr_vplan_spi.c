/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_spi.h"

int vwr_vplan_build_spi(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                        const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_spi *const spi = row->options;
    struct vwr_vspi_options o;

    if (host->spi == NULL)
        return VWR_EINVAL;
    vwr_copy(&o, host->spi, sizeof o);
    o.data = vwr_vplan_member(memory, spi->data);
    o.data_bytes = spi->data_bytes;
    return vwr_vspi_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
