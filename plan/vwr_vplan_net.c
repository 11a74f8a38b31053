/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_net.h"

int vwr_vplan_build_switch(const struct vwr_vplan_shared *row, void *memory,
                           const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_switch *const sw = row->options;
    struct vwr_vnet_switch_options o;

    vwr_copy(&o, &sw->options, sizeof o);
    o.route = vwr_vplan_member(memory, sw->route);
    if (host->key != NULL)
        vwr_copy(o.key, host->key, sizeof o.key);
    return vwr_vnet_switch_init(vwr_vplan_member(memory, row->at), &o);
}

int vwr_vplan_build_net(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                        const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_net *const net = row->options;
    struct vwr_vnet_port *const port = vwr_vplan_member(memory, net->port);
    struct vwr_vnet *const device = vwr_vplan_member(memory, row->device);
    struct vwr_vnet_options o;
    int result;

    vwr_copy(&o, &net->options, sizeof o);
    o.ops = &vwr_vnet_switch_ops;
    o.context = port;
    if (host->offloads != NULL)
        for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
            o.offloads.w[i] &= host->offloads[net->sw].w[i];
    result = vwr_vnet_init_with(device, s, &o);
    if (result == VWR_OK)
        result = vwr_vnet_switch_connect(vwr_vplan_member(memory, net->switch_at), port, device);
    return result;
}
