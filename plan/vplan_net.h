/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_NET_H
#define VWR_VPLAN_NET_H

#include "vwr/vnet_switch.h"
#include "vplan.h"

VWR_BEGIN_C

/**
 * DOC: A network card of a plan
 *
 * The rows that `./vwr plan` writes for a network card (vwr/vnet.h) and its switch
 * (vwr/vnet_switch.h), and the functions that build them.
 */

/**
 * struct vwr_vplan_switch - A switch of a plan
 * @options: Options; route is set when the switch is built.
 * @route: Offset of the table of addresses in the structure.
 */
struct vwr_vplan_switch {
    struct vwr_vnet_switch_options options;
    size_t route;
};

/**
 * struct vwr_vplan_net - A network card of a plan
 * @options: Options; ops and context are set when the card is built.
 * @sw: Index of the switch in the plan.
 * @switch_at: Offset of the switch in the structure.
 * @port: Offset of the card's port.
 */
struct vwr_vplan_net {
    struct vwr_vnet_options options;
    uint32_t sw;
    size_t switch_at;
    size_t port;
};

vwr_vplan_build_shared vwr_vplan_build_switch;
vwr_vplan_build vwr_vplan_build_net;

VWR_END_C

#endif
