/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_common.h"
#include "vhost_notifier.h"

#include <errno.h>
#include <string.h>

/* Notifications of the front end: an eventfd, a socket, or a message. */

void vhost_back_notify(struct vwr_vhost_back *h, int file)
{
    if (file >= 0 && !vwr_vhost_notify(file))
        (void)vhost_back_end(h, "An eventfd cannot be notified: %s.", strerror(errno));
}

void vhost_back_call(struct vwr_vhost_back *h, unsigned queue)
{
    const struct vwr_vhost_user_vring_state state = {queue, 0};

    if (h->ring[queue].call_is_socket)
        vwr_vhost_notify_socket(h->ring[queue].call);
    else if (h->ring[queue].call >= 0)
        vhost_back_notify(h, h->ring[queue].call);
    else if (vhost_back_has(h, VWR_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS) && h->back >= 0)
        (void)vhost_back_send(h->back, VWR_VHOST_USER_BACKEND_VRING_CALL, 0, &state, sizeof(state), -1);
}
