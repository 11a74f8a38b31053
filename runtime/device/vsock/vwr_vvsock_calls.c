/* SPDX-License-Identifier: MIT */
#include "vvsock_common.h"

/* Sockets between a guest and the VMM: functions for the VMM. Section: Socket Device / Device Operation. */

int vwr_vvsock_connect(struct vwr_vvsock *v, uint32_t port, unsigned type, struct vwr_socket **s)
{
    int r = VWR_EFAILED;

    vwr_vdev_lock(&v->dev);
    if (v->dev.live)
        r = vwr_socket_connect(&v->sockets, v->guest_cid, port, type, s);
    vwr_vdev_unlock(&v->dev);
    return r;
}

void vwr_vvsock_answer(struct vwr_vvsock *v, struct vwr_socket *s, bool accept)
{
    vwr_vdev_lock(&v->dev);
    if (s->state == VWR_SOCKET_ARRIVED)
        vwr_sockets_answer(s, accept);
    vwr_vdev_unlock(&v->dev);
}

int vwr_vvsock_send(struct vwr_vvsock *v, struct vwr_socket *s, const void *bytes, size_t n, unsigned flags)
{
    int r;

    vwr_vdev_lock(&v->dev);
    r = vwr_socket_send(s, bytes, n, flags);
    vwr_vdev_unlock(&v->dev);
    return r;
}

void vwr_vvsock_window(struct vwr_vvsock *v, const struct vwr_socket *s, struct vwr_socket_window *w)
{
    vwr_vdev_lock(&v->dev);
    vwr_socket_window(s, w);
    vwr_vdev_unlock(&v->dev);
}

void vwr_vvsock_ask(struct vwr_vvsock *v, struct vwr_socket *s)
{
    vwr_vdev_lock(&v->dev);
    vwr_socket_ask(s);
    vwr_vdev_unlock(&v->dev);
}

int vwr_vvsock_receive(struct vwr_vvsock *v, struct vwr_socket *s, void *bytes, size_t n, unsigned *flags)
{
    int r;

    vwr_vdev_lock(&v->dev);
    r = vwr_socket_receive(s, bytes, n, flags);
    vwr_vdev_unlock(&v->dev);
    return r;
}

int vwr_vvsock_shutdown(struct vwr_vvsock *v, struct vwr_socket *s, unsigned how)
{
    int r;

    vwr_vdev_lock(&v->dev);
    r = vwr_socket_shutdown(s, how);
    vwr_vdev_unlock(&v->dev);
    return r;
}

void vwr_vvsock_close(struct vwr_vvsock *v, struct vwr_socket *s, bool reset)
{
    vwr_vdev_lock(&v->dev);
    if (reset)
        vwr_socket_reset(s);
    else
        vwr_socket_close(s);
    vwr_vdev_unlock(&v->dev);
}

int vwr_vvsock_reset_transport(struct vwr_vvsock *v, uint64_t guest_cid)
{
    int r = VWR_EINVAL;

    vwr_vdev_lock(&v->dev);
    if (vwr_vvsock_set_cid_(v, guest_cid)) {
        r = VWR_OK;
        v->dev.generation++; /* the driver reads the ID in two halves */
        vwr_sockets_drop(&v->sockets);
        v->to_tell = true;
        vwr_vdev_serve_locked(&v->dev, VWR_VSOCK_QUEUE_EVENT);
    }
    vwr_vdev_unlock(&v->dev);
    return r;
}
