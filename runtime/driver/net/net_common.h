/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_NET_COMMON_H
#define VWR_DRIVER_NET_COMMON_H

#include "vwr/net_control.h"

/* Between the files of the network card's driver. */

/* vwr_net_send.c: for packets with a header of so many bytes. */
const struct vwr_request_class *vwr_net_send_class(unsigned header);

#endif
