/* SPDX-License-Identifier: MIT */
#ifndef VWR_NET_OPEN_H
#define VWR_NET_OPEN_H

#include "vwr/net.h"
#include "vwr/open.h"

VWR_BEGIN_C

/**
 * DOC: Network card for vwr_open()
 *
 * This header defines the driver and the memory of a network card for vwr_open(). The card has one
 * pair of queues and no control queue. Each packet is a complete frame.
 */

/**
 * struct vwr_net_open_own - Private memory of a network card
 * @net: Card; the first member.
 * @pair: Pair of queues.
 */
struct vwr_net_open_own {
    struct vwr_net net;
    struct vwr_net_pair pair;
};

/**
 * struct vwr_net_open_shared - Shared memory of a network card (see struct vwr_queue_memory)
 * @pair: Pair of queues.
 */
struct vwr_net_open_shared {
    struct vwr_net_shared pair;
};

extern const struct vwr_open_class vwr_net_open_class;

VWR_END_C

#endif
