/* SPDX-License-Identifier: MIT */
#include "vwr/vsock.h"
#include "vwr/open.h"
#include "vwr/bytes.h"
#include "vwr/message.h"

/* Socket class for vwr_open. */

static int vsock_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_vsock_open_own *const o = own;
    struct vwr_vsock_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = shared;
    options.sockets.socket = o->socket;
    options.sockets.buffers = o->buffer;
    options.sockets.socket_count = VWR_COUNT(o->socket);
    options.sockets.buffer_bytes = sizeof(o->buffer);
    return vwr_vsock_open(&o->vsock, d, &options);
}

const struct vwr_open_class vwr_vsock_open_class = {
    VWR_OPEN_CLASS(vsock),
    .open = vsock_open_in,
    .messages = VWR_WORDS(&vwr_dev_messages),
    .feature_names = VWR_WORDS(vwr_vsock_feature_names),
};
