/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VNET_SWITCH_COMMON_H
#define VWR_DEVICE_VNET_SWITCH_COMMON_H

#include "../../device/net/vnet_common.h"
#include "vwr/vnet_switch.h"

/* Between the files of a switch. All with its lock held. */

/* From whom a frame is, as vnet_destination says to whom. */
static inline uint64_t vswitch_source(const union vwr_vnet_head *h)
{
    return VWR_BIG_ENDIAN ? (uint64_t)h->half[3] << 32 | h->word[2] : h->half[3] | (uint64_t)h->word[2] << 16;
}

/* Of a group of addresses, or of all: the lowest bit of the first byte. */
static inline bool vswitch_is_multicast(const uint8_t *mac)
{
    return (mac[0] & 1u) != 0;
}

/* vwr_vnet_switch.c: `port` waits until `target` has room; it waits no more */
void vwr_vnet_wait_for(struct vwr_vnet_port *port, struct vwr_vnet_port *target);
void vwr_vnet_stop_waiting(struct vwr_vnet_port *port);

/* vwr_vnet_switch_routes.c: where an address is, NULL: not known; a frame came from there; an address belongs
 * to a port: results as vwr_vnet_switch_add; those of a port, or all that are its, are forgotten; a tick */
struct vwr_vnet_port *vwr_vnet_find_route(const struct vwr_vnet_switch *sw, uint64_t mac);
void vwr_vnet_learn_route(struct vwr_vnet_port *port, uint64_t mac);
VWR_MUST_CHECK int vwr_vnet_fix_route(struct vwr_vnet_port *port, uint64_t mac);
void vwr_vnet_forget_routes(struct vwr_vnet_port *port, bool fixed);
void vwr_vnet_age_routes(struct vwr_vnet_switch *sw);

#endif
