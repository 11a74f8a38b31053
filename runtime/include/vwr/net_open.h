/* SPDX-License-Identifier: MIT */
#ifndef VWR_NET_OPEN_H
#define VWR_NET_OPEN_H

#include "vwr/net.h"
#include "vwr/open.h"

VWR_BEGIN_C

/* A network card for vwr_open: one pair of queues, whole frames, no control queue. */

/* In memory that the device cannot reach. */
struct vwr_net_open_own {
    struct vwr_net net; /* first */
    struct vwr_net_pair pair;
};

/* In memory as vwr_queue_memory.shared. */
struct vwr_net_open_shared {
    struct vwr_net_shared pair;
};

extern const struct vwr_open_class vwr_net_open_class;

VWR_END_C

#endif
