/* SPDX-License-Identifier: MIT */
#include "vwr/vspi.h"
#include "vwr/vstate.h"

/* Saved state of an SPI controller: a transfer that the VMM has not completed, which is executed again.
 * Section: Device parts. */

const struct vwr_vstate_class vwr_vspi_state = {
    .id = VWR_SPI_ID,
    .give_back = vwr_service_give_back,
    .next = vwr_service_next,
    .add = vwr_service_add,
};
