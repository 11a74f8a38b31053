/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/vi2c.h"
#include "vwr/vstate.h"

/* Saved state of an I2C bus: whether a transfer has failed of which messages follow. Section: Device parts.
 */

static void vi2c_save(const struct vwr_vdev *v, struct vwr_vstate *s)
{
    const struct vwr_vi2c *const i = (const struct vwr_vi2c *)(const void *)v;
    const struct vwr_state_i2c c = {vwr_cpu_to_le32(i->fails ? VWR_STATE_I2C_FAILS : 0)};

    vwr_vstate_put(s, &c, sizeof(c));
}

static bool vi2c_load(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes)
{
    struct vwr_vi2c *const i = (struct vwr_vi2c *)(void *)v;
    struct vwr_state_i2c c;

    if (bytes != sizeof(c))
        return false;
    vwr_copy(&c, from, sizeof(c));
    i->fails = vwr_le32_to_cpu(c.flags) == VWR_STATE_I2C_FAILS;
    return vwr_le32_to_cpu(c.flags) <= VWR_STATE_I2C_FAILS;
}

const struct vwr_vstate_class vwr_vi2c_state = {
    .id = VWR_I2C_ID,
    .give_back = vwr_service_give_back,
    .next = vwr_service_next,
    .add = vwr_service_add,
    .save = vi2c_save,
    .load = vi2c_load,
};
