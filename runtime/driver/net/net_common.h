/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_NET_COMMON_H
#define VWR_DRIVER_NET_COMMON_H

#include "vwr/net_control.h"

/* Interface between the files of the network driver. */

/* vwr_net_transmit.c: class for packets with a header of any size. */
extern const struct vwr_request_class vwr_net_send_class;

#endif
