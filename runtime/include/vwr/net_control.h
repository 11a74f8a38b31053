/* SPDX-License-Identifier: MIT */
#ifndef VWR_NET_CONTROL_H
#define VWR_NET_CONTROL_H

#include "vwr/client.h"
#include "vwr/messages/net.h"
#include "vwr/net.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The settings of a network card: what it receives, with how many pairs, what it does with packets. Each is a
 * message of the control queue, which options->control gives memory to. A call waits for the answer; what it
 * has set is set again by vwr_net_recover after a reset.
 *
 *     static struct vwr_net_control control;
 *     static struct vwr_net_control_shared shared;
 *
 *     control.shared = &shared;
 *     options.control = &control;
 *     r = vwr_net_open(n, d, &options);
 *     r = vwr_net_set_mode(n, VWR_NET_CTRL_RX_PROMISC, true);
 *
 * Context: the owner of the control queue, who may be another than those of the pairs; not an interrupt
 * handler. Loops: polls until the deadline of a request.
 * Section: Network Device / Device Operation / Control Virtqueue.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* Not the specification's, of these two: descriptors; segments of a message besides its form and the answer,
 * two tables. */
#define VWR_NET_CONTROL_QUEUE 8u
#define VWR_NET_CONTROL_SEGMENTS 2u
#define VWR_NET_VLANS 4096u /* not the specification's: identifiers that there can be */

/* What has been set, and is set again. */
enum vwr_net_setting {
    VWR_NET_SETS_MAC,
    VWR_NET_SETS_TABLE,
    VWR_NET_SETS_PAIRS,
    VWR_NET_SETS_OFFLOADS,
    VWR_NET_SETS_COAL_TX,
    VWR_NET_SETS_COAL_RX,
    VWR_NET_SETS_ANNOUNCE, /* an answer, not a setting: not again */
    VWR_NET_SETS_MODE,     /* and the other modes, in the order of enum vwr_net_rx_command */
    VWR_NET_SETTINGS = VWR_NET_SETS_MODE + VWR_NET_CTRL_RX_NOBCAST + 1
};

/* Private. */
struct vwr_net_settings {
    uint32_t set;   /* bit: enum vwr_net_setting */
    uint32_t modes; /* bit: enum vwr_net_rx_command */
    uint16_t pairs;
    uint8_t mac[6];
    struct vwr_vec table[VWR_NET_CONTROL_SEGMENTS];
    uint64_t offloads;
    struct vwr_net_notf_coal_tx_set_msg coal_tx;
    struct vwr_net_notf_coal_rx_set_msg coal_rx;
};

/* A message of the control queue; private. */
struct vwr_net_control_call {
    struct vwr_client_call call; /* first */
    union {
        struct vwr_net_rx_promisc_msg_form mode;
        struct vwr_net_mac_addr_set_msg_form mac;
        struct vwr_net_mac_table_set_msg_form table; /* its first bytes: the tables follow */
        struct vwr_net_vlan_add_msg_form vlan_add;
        struct vwr_net_vlan_del_msg_form vlan_del;
        struct vwr_net_announce_ack_msg_form announce;
        struct vwr_net_mq_vq_pairs_set_msg_form pairs;
        struct vwr_net_guest_offloads_set_msg_form offloads;
        struct vwr_net_notf_coal_tx_set_msg_form coal_tx;
        struct vwr_net_notf_coal_rx_set_msg_form coal_rx;
    } out;
    uint8_t ack;
};

#define VWR_NET_CONTROL_SLOT VWR_CLIENT_SLOT_BYTES(sizeof(((struct vwr_net_control_call *)0)->out), 1u)

/* What the control queue shares with the device: memory as vwr_queue_memory.shared, any content. */
struct vwr_net_control_shared {
    uint8_t ring[VWR_CLIENT_SHARED_BYTES(VWR_NET_CONTROL_QUEUE, 1u, VWR_NET_CONTROL_SLOT,
                                         VWR_NET_CONTROL_SEGMENTS)];
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

/*
 * In memory that the device cannot reach, any content, until vwr_net_close. `shared` and `filters_vlans` are
 * the caller's to set before vwr_net_open; the rest is private.
 */
struct vwr_net_control {
    struct vwr_net_control_shared *shared;
    bool filters_vlans; /* CTRL_VLAN is taken: a card that has it receives only VLANs that were set */
    struct vwr_clientq queue;
    struct vwr_net_control_call call;
    struct vwr_client_row row;
    struct vwr_net_settings now;
    struct vwr_net_settings before; /* the last call */
    uint32_t pending;               /* to be set again */
    uint32_t sent;                  /* of these, what is in flight */
    uint16_t vlan_next;             /* to be set again: from here on */
    uint32_t vlans[VWR_NET_VLANS / 32u];
    uint64_t own[(VWR_REQUEST_OWN_BYTES(VWR_NET_CONTROL_QUEUE, 1u) + 7u) / 8u];
};

/*
 * A mode of enum vwr_net_rx_command, on or off. VWR_OK; VWR_EFEATURE: there is no control queue, or the card
 * cannot; VWR_EINVAL: there is no such mode; VWR_EIO: the card has refused; VWR_EBUSY: vwr_net_recover has
 * not ended; and as vwr_request_do. After an error a recovery sets what was set before.
 */
VWR_MUST_CHECK int vwr_net_set_mode(struct vwr_net *n, unsigned mode, bool on);

/* The card's own address; it is in n->info.mac then. Results as vwr_net_set_mode. */
VWR_MUST_CHECK int vwr_net_set_mac(struct vwr_net *n, const uint8_t mac[6]);

/*
 * The addresses that are received, in tables of the specification's layout, struct vwr_net_ctrl_mac, of so
 * many bytes: the caller's memory, which the device reads now and in a recovery, until another was set or the
 * card is closed. VWR_EINVAL: a table is not as long as its entries say; else as vwr_net_set_mode.
 */
VWR_MUST_CHECK int vwr_net_set_table(struct vwr_net *n, const struct vwr_net_ctrl_mac *unicast, size_t bytes,
                                     const struct vwr_net_ctrl_mac *multicast, size_t multicast_bytes);

/* A VLAN is received, or no more; VWR_EINVAL: `id` is VWR_NET_VLANS or more; else as vwr_net_set_mode. */
VWR_MUST_CHECK int vwr_net_set_vlan(struct vwr_net *n, unsigned id, bool on);

/* So many pairs are used, at most vwr_net_pairs: VWR_EINVAL; else as vwr_net_set_mode. One, until this was
 * called. */
VWR_MUST_CHECK int vwr_net_set_pairs(struct vwr_net *n, unsigned pairs);

/* These offloads of enum vwr_net_guest_offload, as a mask, and no others. Results as vwr_net_set_mode. */
VWR_MUST_CHECK int vwr_net_set_offloads(struct vwr_net *n, uint64_t offloads);

/* An interrupt after `packets`, or `us` microseconds; of receive queues or transmit queues. Results as
 * vwr_net_set_mode. */
VWR_MUST_CHECK int vwr_net_set_coalescing(struct vwr_net *n, bool receive, uint32_t packets, uint32_t us);

/* The driver has announced itself: n->info.announce was set. Results as vwr_net_set_mode. */
VWR_MUST_CHECK int vwr_net_announced(struct vwr_net *n);

/*
 * As vwr_recover, and then sets again what was set, a message after the other; it does not wait. Results as
 * vwr_recover; VWR_EIO: the card has refused a setting, which is not set any more; call again; as
 * vwr_request_reap: it is stopped anew, and the next call begins anew; and as vwr_request_submit. Context:
 * the owner of all queues.
 */
VWR_MUST_CHECK int vwr_net_recover(struct vwr_net *n);

#ifdef __cplusplus
}
#endif

#endif
