/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_i2c.h"

int vwr_vplan_build_i2c(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                        const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_i2c *const i2c = row->options;
    struct vwr_vi2c_options o;

    vwr_copy(&o, &i2c->options, sizeof o);
    o.transfer = host->i2c;
    o.context = host->context;
    o.data = vwr_vplan_member(memory, i2c->data);
    return vwr_vi2c_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
