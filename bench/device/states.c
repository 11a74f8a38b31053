/* SPDX-License-Identifier: MIT */
#include "bench_device.h"
#include "vwr/vblk.h"
#include "vwr/vstate.h"

/* Saves the state of a disk whose back end holds buffers, and loads it into the disk after a reset.
 */

#define STATE_BYTES 16384u

static const struct vwr_vstate_class *const classes[] = {&vwr_vblk_state};
static uint8_t memory[STATE_BYTES];

__attribute__((noinline)) bool save_measured(struct vwr_vdev *v, struct vwr_vstate *s)
{
    return vwr_vdev_save(v, 0, s) == VWR_OK;
}

__attribute__((noinline)) bool load_measured(struct vwr_vdev *v, struct vwr_vstate *s)
{
    return vwr_vdev_load(v, 0, s) == VWR_OK;
}

unsigned states_run(struct vwr_vdev *v, bool load, unsigned passes)
{
    struct vwr_vstate s = {.memory = memory, .kind = classes, .kinds = 1};

    for (unsigned i = 0; i < passes; i++) {
        s.bytes = sizeof(memory);
        s.done = 0;
        if (!(load ? vwr_vdev_save(v, 0, &s) == VWR_OK : save_measured(v, &s)))
            return 0;
        s.bytes = s.done;
        s.done = 0;
        if (load) {
            vwr_vdev_reset(v);
            if (!load_measured(v, &s) || s.done != s.bytes)
                return 0;
        }
        vwr_vdev_restart(v, &s);
    }
    return (unsigned)s.bytes;
}
