/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/ventropy.h"
#include "vwr/vstate.h"

/* Saved state of an entropy source: how much of the first buffer is filled. Section: Device parts. */

static void ventropy_save(const struct vwr_vdev *v, struct vwr_vstate *s)
{
    const struct vwr_ventropy *const e = (const struct vwr_ventropy *)(const void *)v;
    const struct vwr_state_stream c = {vwr_cpu_to_le32(e->filled.done)};

    vwr_vstate_put(s, &c, sizeof(c));
}

/* A source that was empty is asked again. */
static bool ventropy_load(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes)
{
    struct vwr_ventropy *const e = (struct vwr_ventropy *)(void *)v;
    struct vwr_state_stream c;

    if (bytes != sizeof(c))
        return false;
    vwr_copy(&c, from, sizeof(c));
    e->filled.done = vwr_le32_to_cpu(c.done);
    e->filled.is_stopped = false;
    return true;
}

const struct vwr_vstate_class vwr_ventropy_state = {
    .id = VWR_ENTROPY_ID,
    .save = ventropy_save,
    .load = ventropy_load,
};
