/* SPDX-License-Identifier: MIT */
#ifndef HOSTILE_NET_H
#define HOSTILE_NET_H

#include "hostile.h"

#include "vwr/vnet_switch.h"
#include "vwr/gen/split_ring.h"

/* A guest's network card on a switch with two neighbours: the common parts of the group's files. */

#define AT(n) (GUEST_DATA + 0x800u * (n)) /* buffers, far apart */
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define POISON 0xa5u
#define RECEIVEQ VWR_NET_QUEUE_RECEIVEQ
#define TRANSMITQ VWR_NET_QUEUE_TRANSMITQ
#define CONTROLQ 2u
#define FRAME 80u
#define ENDS 3u /* the guest, and two neighbours */

extern const uint8_t macs[ENDS][VWR_VNET_MAC];

struct neighbour {
    struct vwr_vnet_port port;
    unsigned got;
    bool full;
    bool waits; /* its last packet was not accepted */
    struct vwr_vnet_packet last;
    uint8_t frame[VWR_VNET_FRAME_MAX];
};

struct vmm {
    struct vwr_vnet net;
    struct vwr_vnet_switch sw;
    struct vwr_vnet_route route[64];
    struct vwr_vnet_port port;
    struct neighbour neighbour[2];
    uint32_t header;
};

static inline struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

/* Writes a frame from one of the ends to another. */
void write_frame(uint8_t *at, unsigned from, unsigned to, uint32_t bytes);

/* Makes a buffer of `bytes` at AT(n) available, and notifies. */
void put_buffer(struct guest *g, unsigned n, uint32_t bytes);

/* Sends a frame from neighbour i to end `to`, through its port. neighbours_go_on resends after a wait. */
int from_neighbour(struct guest *g, unsigned i, unsigned to, uint32_t bytes);
void neighbours_go_on(struct guest *g);

/* net_switch.c */
extern const struct hostile_case cases_switch[];
extern const unsigned cases_switch_count;

#endif
