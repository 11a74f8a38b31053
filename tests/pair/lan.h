/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_LAN_H
#define VWR_PAIR_LAN_H

#include "disk.h"

#include "vmm.h"
#include "vwr/net_control.h"
#include "vwr/vnet_card.h"

/*
 * The library's network cards for guests, on its switch, each with this project's driver; one of them as the
 * real card of an uplink. A frame contains its sender and its number, so that each received frame can be
 * checked by itself.
 */

#define LAN_ENDS 3u
#define LAN_PAIRS 3u
#define LAN_QUEUE_SIZE 128u
#define LAN_PACKETS 32u
#define LAN_FRAME 9000u
#define LAN_ROUTES 64u
#define LAN_QUEUES VWR_VNET_QUEUES(LAN_PAIRS, true)

struct lan_end {
    /* the device side */
    struct vwr_vnet device;
    struct vwr_vnet_port port;
    struct vwr_vqueue queue[LAN_QUEUES];
    struct vwr_vqueue_entry own[LAN_QUEUES * LAN_QUEUE_SIZE];
    /* the driver side */
    union vmm_end end;
    struct vwr_net net;
    struct vwr_net_pair pair[LAN_PAIRS];
    struct vwr_net_shared *shared;
    struct vwr_net_control control;
    struct vwr_net_packet packet[LAN_PACKETS];
    struct vwr_net_packet *free[LAN_PACKETS];
    unsigned frees;
    uint8_t *frame; /* LAN_PACKETS frames */
    uint32_t sent;
    uint32_t received;
    uint32_t next[LAN_ENDS]; /* minimum number of the next frame from each sender */
};

struct lan_plan {
    unsigned kind;
    bool merge;
    bool deferred;
    bool control;
    bool nameless; /* the last card has no configured address */
    uint16_t mtu;
    struct vwr_features offloads;
};

struct lan {
    struct lan_plan plan;
    struct vwr_vnet_switch sw;
    struct vwr_vnet_route route[LAN_ROUTES];
    struct lan_end end[LAN_ENDS];
};

extern struct lan lan;
extern const uint8_t lan_mac[LAN_ENDS][VWR_VNET_MAC];
extern const uint8_t lan_all[VWR_VNET_MAC];

/* lan_begin creates the VM and the switch; lan_add adds an end with its driver open. */
void lan_begin(const struct lan_plan *plan);
void lan_add(unsigned i, const struct vwr_vnet_ops *ops, void *context);
void lan_open(unsigned i);
void lan_end(void);

/* Sends the next frame of an end to an address. False if the driver has no free packet. */
bool lan_send(unsigned i, const uint8_t *to, uint32_t bytes);

/* The same, through one of several pairs, or with a checksum that is to be filled in at this offset, if it is
 * not
 * 0. */
bool lan_send_by(unsigned i, unsigned pair, const uint8_t *to, uint32_t bytes);
bool lan_send_offloaded(unsigned i, const uint8_t *to, uint32_t bytes, uint16_t csum_start);

/* Reaps sent packets; checks and returns received ones. Returns the number received. */
unsigned lan_receive(unsigned i);

/* Does this and runs the deferred work of the devices, until there is nothing left to do. */
void lan_run(void);

/* Builds the same frame as its sender. */
void lan_fill(uint8_t *frame, unsigned from, const uint8_t *to, uint32_t number, uint32_t bytes);

#endif
