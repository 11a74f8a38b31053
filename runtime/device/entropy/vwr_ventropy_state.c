/* SPDX-License-Identifier: MIT */
#include "vwr/ventropy.h"
#include "vwr/vstate.h"

/* Saved state of an entropy source: how much of the first buffer is filled. Section: Device parts. */

static const struct vwr_record ventropy_head =
    VWR_RECORD_OF(vwr_state_stream, VWR_RECORD_FIELD(vwr_state_stream, done, vwr_ventropy, filled.done));

/* A source that was empty is called again. */
static bool ventropy_accept(struct vwr_vdev *v)
{
    ((struct vwr_ventropy *)(void *)v)->filled.is_stopped = false;
    return true;
}

const struct vwr_vstate_class vwr_ventropy_state = {
    .id = VWR_ENTROPY_ID, .head = &ventropy_head, .accept = ventropy_accept};
