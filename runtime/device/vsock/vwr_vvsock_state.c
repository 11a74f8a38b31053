/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/vstate.h"
#include "../core/vdev/vdev_common.h"
#include "vvsock_common.h"

/*
 * Saved state of a socket device: the guest's context ID. A load ends all connections, which an event reports
 * to the driver. Section: Socket Device / Device Operation / Device Events.
 */

/* The ID is applied once all devices are accepted. */
static const struct vwr_record vvsock_head =
    VWR_RECORD_OF(vwr_state_vsock, VWR_RECORD_FIELD(vwr_state_vsock, guest_cid, vwr_vvsock, loaded_cid));

static bool vvsock_accept(struct vwr_vdev *dev)
{
    const struct vwr_vvsock *const v = (void *)dev;

    return vvsock_is_cid(v->loaded_cid);
}

/* If the driver has not started the device or has failed, there are no connections. */
static void vvsock_loaded(struct vwr_vdev *dev)
{
    struct vwr_vvsock *const v = (void *)dev;

    (void)vwr_vvsock_set_cid_(v, v->loaded_cid);
    v->to_tell = dev->opened;
}

const struct vwr_vstate_class vwr_vvsock_state = {
    .id = VWR_VSOCK_ID,
    .head = &vvsock_head,
    .accept = vvsock_accept,
    .loaded = vvsock_loaded,
};
