/* SPDX-License-Identifier: MIT */
#include "vwr/vi2c.h"
#include "vwr/vstate.h"

/* Saved state of an I2C bus: whether a transfer has failed that has more messages. Section: Device parts.
 */

static const struct vwr_record vi2c_head = VWR_STATE_I2C_RECORD(vwr_vi2c);

const struct vwr_vstate_class vwr_vi2c_state = {
    .id = VWR_I2C_ID,
    .give_back = vwr_service_give_back,
    .next = vwr_service_next,
    .add = vwr_service_add,
    .head = &vi2c_head,
};
