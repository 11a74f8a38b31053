/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/vstate.h"
#include "../vdev/vdev_common.h"
#include "vvsock_common.h"

/*
 * Saved state of a socket device: the guest's context ID. Connections end with a load, which the driver
 * learns from an event. Section: Socket Device / Device Operation / Device Events.
 */

static struct vwr_vvsock *vvsock_of_dev(struct vwr_vdev *dev)
{
    return (struct vwr_vvsock *)(void *)dev;
}

static void vvsock_save(const struct vwr_vdev *dev, struct vwr_vstate *s)
{
    const struct vwr_vvsock *const v = (const struct vwr_vvsock *)(const void *)dev;
    const struct vwr_state_vsock c = {vwr_cpu_to_le64(v->loaded_cid != 0 ? v->loaded_cid : v->guest_cid)};

    vwr_vstate_put(s, &c, sizeof(c));
}

/* The ID is the device's once all devices are accepted. */
static bool vvsock_load(struct vwr_vdev *dev, const uint8_t *from, uint32_t bytes)
{
    struct vwr_vvsock *const v = vvsock_of_dev(dev);
    struct vwr_state_vsock c;

    if (bytes != sizeof(c))
        return false;
    vwr_copy(&c, from, sizeof(c));
    v->loaded_cid = vwr_le64_to_cpu(c.guest_cid);
    return vvsock_is_cid(v->loaded_cid);
}

/* A driver that has not started the device, or has failed, has no connections. */
static void vvsock_start(struct vwr_vdev *dev)
{
    struct vwr_vvsock *const v = vvsock_of_dev(dev);

    if (v->loaded_cid == 0)
        return; /* it was saved and stays in use */
    (void)vwr_vvsock_set_cid(v, v->loaded_cid);
    v->loaded_cid = 0;
    v->to_tell = vwr_vdev_has_opened(dev);
}

const struct vwr_vstate_class vwr_vvsock_state = {
    .id = VWR_VSOCK_ID,
    .save = vvsock_save,
    .load = vvsock_load,
    .start = vvsock_start,
};
