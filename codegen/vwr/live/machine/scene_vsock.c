/* SPDX-License-Identifier: MIT */
#include "live.h"

#include "vwr/bytes.h"
#include "vwr/vsock.h"
#include "vwr/vvsock.h"
#include "vwr/open/rows.h"

#define PORT 7u /* at which the host listens */
#define SOCKETS 4u
#define CAPACITY 1024u /* of the host's receive buffers */
#define WAIT_US 100000u

static struct {
    struct vwr_vvsock device;
    struct vwr_socket socket[SOCKETS];
    _Alignas(8) uint8_t buffers[VWR_SOCKET_BYTES(SOCKETS, CAPACITY)];
    struct vwr_socket *host;  /* the newest connection at the host's end */
    struct vwr_socket *guest; /* and at the guest's */
} line;

static int accept(struct vwr_vvsock *v, struct vwr_socket *s)
{
    (void)v;
    if (s->local_port != PORT)
        return VWR_ENODEV;
    line.host = s;
    return VWR_OK;
}

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    static const struct vwr_vvsock_ops ops = {.connect = accept};
    const struct vwr_vvsock_options o = {.ops = &ops,
                                         .context = g,
                                         .guest_cid = 3,
                                         .sockets = {.socket = line.socket,
                                                     .socket_count = SOCKETS,
                                                     .buffers = line.buffers,
                                                     .buffer_bytes = sizeof(line.buffers)}};

    vwr_zero(&line, sizeof(line));
    *v = vwr_vvsock_dev(&line.device);
    return vwr_vvsock_init_with(&line.device, s, &o);
}

/* ---- the driver ---- */

static struct vwr_vsock *driver(const struct live_guest *g)
{
    return vwr_opened_driver(&g->opened, &vwr_vsock_bringup);
}

static bool is_used(const struct vwr_socket *s)
{
    return s != NULL && s->state != VWR_SOCKET_FREE && s->state != VWR_SOCKET_CLOSES;
}

static int connect(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    struct vwr_vsock *const v = driver(g);
    int r;

    (void)out;
    if (is_used(line.guest))
        vwr_socket_close(line.guest);
    line.guest = NULL;
    r = vwr_socket_connect(&v->sockets, VWR_VSOCK_CID_HOST, (uint32_t)in->number[0], VWR_VSOCK_TYPE_STREAM,
                           &line.guest);
    if (r == VWR_OK)
        r = vwr_vsock_wait(v, line.guest, VWR_SOCKET_WRITABLE, WAIT_US);
    if (r < 0)
        return r;
    return line.guest->state == VWR_SOCKET_ENDED ? line.guest->result : VWR_OK;
}

static int send(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)g;
    (void)out;
    return is_used(line.guest) ? vwr_socket_send(line.guest, in->data, in->bytes, 0) : VWR_EINVAL;
}

static int receive(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    int r = vwr_vsock_poll(driver(g));

    (void)in;
    if (r < 0)
        return r;
    if (!is_used(line.guest))
        return VWR_EINVAL;
    r = vwr_socket_receive(line.guest, out->data, sizeof(out->data), NULL);
    out->bytes = r > 0 ? (uint32_t)r : 0;
    return r;
}

static int close(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)in;
    (void)out;
    if (!is_used(line.guest))
        return VWR_EINVAL;
    vwr_socket_close(line.guest);
    line.guest = NULL;
    return vwr_vsock_poll(driver(g));
}

/* ---- the host ---- */

static int echo(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    int r;

    (void)g;
    (void)in;
    if (!is_used(line.host))
        return VWR_EINVAL;
    r = vwr_vvsock_receive(&line.device, line.host, out->data, sizeof(out->data), NULL);
    out->bytes = r > 0 ? (uint32_t)r : 0;
    return r > 0 ? vwr_vvsock_send(&line.device, line.host, out->data, out->bytes, 0) : r;
}

static int host_send(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)g;
    (void)out;
    return is_used(line.host) ? vwr_vvsock_send(&line.device, line.host, in->data, in->bytes, 0) : VWR_EINVAL;
}

static int host_close(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)g;
    (void)in;
    (void)out;
    if (!is_used(line.host))
        return VWR_EINVAL;
    vwr_vvsock_close(&line.device, line.host, false);
    line.host = NULL;
    return VWR_OK;
}

static const struct live_action actions[] = {
    {"connect", "port=7", "Connect to a port of the host, which listens at 7.", LIVE_DRIVER, connect},
    {"send", "data:text", "Send bytes to the host.", LIVE_DRIVER, send},
    {"receive", "", "Read the bytes that have arrived.", LIVE_DRIVER, receive},
    {"close", "", "Close the connection.", LIVE_DRIVER, close},
    {"echo", "", "The host reads what has arrived, and sends it back.", LIVE_DEVICE, echo},
    {"host sends", "data:text", "The host sends bytes.", LIVE_DEVICE, host_send},
    {"host closes", "", "The host closes the connection.", LIVE_DEVICE, host_close},
};

static const struct vwr_open_class row = VWR_OPEN_VSOCK;

const struct live_scene live_scene_vsock = {.name = "vsock",
                                            .brief = "Sockets between the guest and its host.",
                                            .actions = actions,
                                            .action_count = VWR_COUNT(actions),
                                            .guests = 1,
                                            .queues = VWR_VVSOCK_QUEUES,
                                            .surface = LIVE_NOTHING,
                                            .add = add,
                                            .driver = &row};
