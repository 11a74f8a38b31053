/* SPDX-License-Identifier: MIT */
#include "vhost.h"

#include "vwr/vvsock.h"
#include "vwr_posix_vsock.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>

struct sockets {
    struct vwr_vvsock device;
    struct vwr_posix_vsock_watched watched[VWR_POSIX_VSOCK_WATCHED];
    unsigned count;
};

/* What outlives a connection: the host's socket. Each child has a copy of the rest. */
static struct vwr_posix_vsock host;
static struct vwr_vvsock_options device_options;

static uint16_t queues(const struct options *o)
{
    (void)o;
    return VWR_VVSOCK_QUEUES;
}

static void ready(void *context, int fd, short events)
{
    (void)context; /* attend follows */
    vwr_posix_vsock_ready(&host, fd, (events & ~POLLOUT) != 0, (events & ~POLLIN) != 0);
}

static void watch(struct sockets *v)
{
    for (unsigned i = 0; i < v->count; i++)
        loop_forget(v->watched[i].fd);
    v->count = vwr_posix_vsock_watch(&host, v->watched);
    for (unsigned i = 0; i < v->count; i++)
        loop_watch(v->watched[i].fd,
                   (short)((v->watched[i].reads ? POLLIN : 0) | (v->watched[i].writes ? POLLOUT : 0)), ready,
                   v);
}

static void attend(struct end *e)
{
    struct sockets *const v = e->state;

    while (vwr_posix_vsock_serve(&host)) {
    }
    watch(v);
}

/* Receive buffers of another size than those of vwr_posix_vsock. Pages that no guest fills take no memory. */
static void choose_buffers(struct vwr_sockets_memory *m, unsigned bytes)
{
    m->buffer_bytes = VWR_SOCKET_BYTES(m->socket_count, bytes);
    m->buffers = make_room(m->buffer_bytes, 1);
}

static int share(const struct options *o)
{
    struct stat there;
    int r;

    if (o->host == NULL || o->cid == 0)
        return wrong("sockets need --cid N and --host PATH");
    if (o->buffer != 0 && (o->buffer < BUFFER_LEAST || (o->buffer & (o->buffer - 1u)) != 0))
        return wrong("--buffer %u: it is a power of 2 from %u to %u", o->buffer, BUFFER_LEAST, BUFFER_MOST);
    if (lstat(o->host, &there) == 0)
        return wrong("%s is there already", o->host);
    r = vwr_posix_vsock_open(&host, o->host, &device_options);
    if (r == VWR_EINVAL)
        return wrong("%s: the path is too long for a socket", o->host);
    if (r != VWR_OK)
        return wrong("%s: %s", o->host, strerror(errno));
    return 0;
}

static void unshare_host(void)
{
    vwr_posix_vsock_close(&host);
}

static int make(struct end *e, const struct options *o, const struct vwr_vdev_setup *s)
{
    struct sockets *const v = make_room(1, sizeof(*v));
    int r;

    device_options.guest_cid = o->cid;
    if (o->buffer != 0)
        choose_buffers(&device_options.sockets, o->buffer);
    r = vwr_vvsock_init_with(&v->device, s, &device_options);
    if (r != VWR_OK)
        return wrong("--cid %u: %s", o->cid, vwr_strerror(r));
    vwr_posix_vsock_attach(&host, &v->device);
    e->dev = &v->device.dev;
    e->state = v;
    watch(v);
    return 0;
}

const struct kind vsock_kind = {
    .name = "vsock",
    .usage = "--cid N --host PATH [--buffer BYTES]",
    .brief = "sockets of the guest N as Unix sockets: PATH, and PATH_P for port P",
    .options = " cid host buffer ",
    .queues = queues,
    .queue_size = QUEUE_SIZE,
    .state = &vwr_vvsock_state,
    .share = share,
    .unshare = unshare_host,
    .make = make,
    .attend = attend,
};
