/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VNET_SWITCH_COMMON_H
#define VWR_DEVICE_VNET_SWITCH_COMMON_H

#include "../../device/net/vnet_common.h"
#include "vwr/vnet_switch.h"

/* Shared by the files of a switch. The caller holds its lock. */

/* Source address of a frame, like vnet_destination. */
static inline uint64_t vswitch_source(const union vwr_vnet_head *h)
{
    return VWR_BIG_ENDIAN ? (uint64_t)h->half[3] << 32 | h->word[2] : h->half[3] | (uint64_t)h->word[2] << 16;
}

/* Multicast or broadcast: the lowest bit of the first byte. */
static inline bool vswitch_is_multicast(const uint8_t *mac)
{
    return (mac[0] & 1u) != 0;
}

/* vwr_vnet_switch.c: lets `port` wait until `target` has buffers; lets `port` stop waiting */
void vwr_vnet_wait_for_(struct vwr_vnet_port *port, struct vwr_vnet_port *target);
void vwr_vnet_stop_waiting_(struct vwr_vnet_port *port);

/*
 * vwr_vnet_switch_routes.c: finds the port of an address, or NULL; learns the source of a frame; assigns an
 * address to a port, with the same results as vwr_vnet_switch_add(); forgets the learned addresses or all
 * addresses of a port; handles a tick
 */
struct vwr_vnet_port *vwr_vnet_find_route_(const struct vwr_vnet_switch *sw, uint64_t mac);
void vwr_vnet_learn_route_(struct vwr_vnet_port *port, uint64_t mac);
VWR_MUST_CHECK int vwr_vnet_fix_route_(struct vwr_vnet_port *port, uint64_t mac);
void vwr_vnet_forget_routes_(struct vwr_vnet_port *port, bool fixed);
void vwr_vnet_age_routes_(struct vwr_vnet_switch *sw);

#endif
