/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_NET_COMMON_H
#define VWR_DRIVER_NET_COMMON_H

#include "vwr/net_control.h"

/* Between the files of the network card's driver. */

/* vwr_net_send.c: for packets with a header of so many bytes. */
const struct vwr_request_class *vwr_net_send_class(unsigned header);

/* vwr_net_control.c, if there is a control queue: nothing is set yet; adds it; the device has forgotten all
 * settings. */
void vwr_net_control_begin(struct vwr_net_control *k);
int vwr_net_control_set_up(struct vwr_net *n, unsigned index);
void vwr_net_control_forget(struct vwr_net *n);

#endif
