/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "io.h"
#include "lib/avatar_string.h"
#include "vwr_avatar_vmm.h"

/* Network devices of guests: ports of one switch. */

#define ROUTES 64u /* a power of 2; a guest may use a quarter of them in addition to its own address */
#define TICK_US 1000000u

struct virtio_net {
    struct vwr_vnet net; /* first */
    struct vwr_vnet_port port;
    virtio_device_t *dev; /* NULL: free */
    uint8_t mac[VIRTIO_MAC_SIZE];
    uint16_t pairs;
};

static virtio_net_t nets[VIRTIO_VM_MAX];
static const struct vwr_avatar_parts parts = VWR_AVATAR_PARTS("network devices", nets);
static struct vwr_vnet_switch lan;
static struct vwr_vnet_route routes[ROUTES];
static uint64_t ticked;

void vwr_avatar_net_init(void)
{
    const struct vwr_vnet_switch_options o = {.route = routes, .route_count = ROUTES};

    memset(nets, 0, sizeof(nets));
    if (vwr_vnet_switch_init(&lan, &o) != VWR_OK)
        logger_error("VirtIO: no switch: ROUTES\n");
}

void vwr_avatar_net_tick(void)
{
    const uint64_t now = vwr_port_time_us();

    if (lan.route != NULL && now - ticked >= TICK_US) {
        ticked = now;
        vwr_vnet_switch_tick(&lan);
    }
}

static int begin(struct vwr_avatar_device *d, const struct vwr_vdev_setup *s)
{
    virtio_net_t *const n = (virtio_net_t *)d->part;
    struct vwr_vnet_options o;
    int result;

    memset(&o, 0, sizeof(o));
    o.ops = &vwr_vnet_switch_ops;
    o.context = &n->port;
    memcpy(o.mac, n->mac, sizeof(o.mac));
    o.control = n->pairs > 1;
    result = vwr_vnet_init_with(&n->net, s, &o);
    d->vdev = vwr_vnet_dev(&n->net);
    return result == VWR_OK ? vwr_vnet_switch_connect(&lan, &n->port, &n->net) : result;
}

/* Disconnects the port from the switch, because destroying the device does not. */
static void forget(virtio_net_t *n)
{
    vwr_vnet_switch_disconnect(&n->port);
    memset(n, 0, sizeof(*n));
}

/* Whether a device can have enough queues for these pairs. */
static bool pairs_fit(uint32_t pairs)
{
    if (pairs >= 1 && pairs <= VWR_VNET_PAIRS_MAX &&
        VWR_VNET_QUEUES(pairs, pairs > 1) <= VIRTIO_DEVICE_QUEUES)
        return true;
    logger_error("VirtIO: no network device of %u pairs: VIRTIO_DEVICE_QUEUES is %u\n", pairs,
                 (uint32_t)VIRTIO_DEVICE_QUEUES);
    return false;
}

virtio_net_t *virtio_net_create(uint64_t base_addr, uint32_t irq, const uint8_t mac[VIRTIO_MAC_SIZE],
                                uint32_t pairs)
{
    virtio_net_t *const n = pairs_fit(pairs) ? vwr_avatar_free_part(&parts) : NULL;
    virtio_device_t *const dev = n == NULL ? NULL : virtio_create_device(VIRTIO_ID_NET, base_addr, irq);

    if (dev == NULL)
        return NULL;
    forget(n);
    n->dev = dev;
    n->pairs = (uint16_t)pairs;
    dev->num_queues = VWR_VNET_QUEUES(pairs, pairs > 1);
    memcpy(n->mac, mac, sizeof(n->mac));
    (void)vwr_avatar_take(dev, begin, n);
    return n;
}

void virtio_net_destroy(virtio_net_t *net)
{
    if (net == NULL || vwr_avatar_part(net->dev, net) == NULL)
        return;
    virtio_destroy_device(net->dev);
    forget(net);
    vwr_avatar_run_deferred();
}
