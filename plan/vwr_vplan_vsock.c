/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_vsock.h"

int vwr_vplan_build_vsock(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                          const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_vsock *const vsock = row->options;
    struct vwr_vvsock_options o;

    if (host->vsock == NULL)
        return VWR_EINVAL;
    vwr_copy(&o, &vsock->options, sizeof o);
    o.ops = host->vsock;
    o.context = host->context;
    o.sockets.socket = vwr_vplan_member(memory, vsock->socket);
    o.sockets.buffers = vwr_vplan_member(memory, vsock->buffers);
    return vwr_vvsock_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
