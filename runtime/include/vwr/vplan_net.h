/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_NET_H
#define VWR_VPLAN_NET_H

#include "vwr/vnet_switch.h"
#include "vwr/vplan.h"

VWR_BEGIN_C

/* A switch of a plan; `route` is set when it is built. */
struct vwr_vplan_switch {
    struct vwr_vnet_switch_options options;
    size_t route; /* bytes from the begin of the structure to its routes */
};

/* A network device of a plan; ops and context are set when it is built. */
struct vwr_vplan_net {
    struct vwr_vnet_options options;
    uint32_t sw;      /* which of the plan's switches */
    size_t switch_at; /* bytes from the begin of the structure to it, and to the device's port */
    size_t port;
};

vwr_vplan_build_shared vwr_vplan_build_switch;
vwr_vplan_build vwr_vplan_build_net;

VWR_END_C

#endif
