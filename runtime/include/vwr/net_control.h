/* SPDX-License-Identifier: MIT */
#ifndef VWR_NET_CONTROL_H
#define VWR_NET_CONTROL_H

#include "vwr/client.h"
#include "vwr/messages/net.h"
#include "vwr/net.h"

VWR_BEGIN_C

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
 *     options.set_up_control = vwr_net_control_set_up;
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
#ifndef VWR_NET_CONTROL_QUEUE
#define VWR_NET_CONTROL_QUEUE 8u
#endif
#define VWR_NET_CONTROL_SEGMENTS 2u
#define VWR_NET_VLANS 4096u /* not the specification's: identifiers that there can be */

/* Entries of an indirection table, and bytes of a key, at most. */
#ifndef VWR_NET_RSS_ENTRIES
#define VWR_NET_RSS_ENTRIES 128u /* not the specification's */
#endif
#define VWR_NET_HASH_KEY 40u /* not the specification's */

/* What has been set, and is set again in this order. */
enum vwr_net_setting {
    VWR_NET_SETS_MAC,
    VWR_NET_SETS_TABLE,
    VWR_NET_SETS_PAIRS,
    VWR_NET_SETS_HASH,
    VWR_NET_SETS_RSS,
    VWR_NET_SETS_OFFLOADS,
    VWR_NET_SETS_COAL_TX,
    VWR_NET_SETS_COAL_RX,
    VWR_NET_SETS_MODE, /* and the other modes, in the order of enum vwr_net_rx_command */
    VWR_NET_SETTINGS = VWR_NET_SETS_MODE + VWR_NET_CTRL_RX_NOBCAST + 1,
    /* Messages that are no setting: VLANs are set again by `vlans`. */
    VWR_NET_ADDS_VLAN = VWR_NET_SETTINGS,
    VWR_NET_DELETES_VLAN,
    VWR_NET_ACKS_ANNOUNCE,
    VWR_NET_MESSAGES
};

/* How packets are steered, or their hash is calculated; private. */
union vwr_net_steering {
    struct vwr_net_mq_rss_config_msg_form rss; /* the tables and the key follow */
    struct vwr_net_mq_hash_config_msg_form hash;
    uint8_t bytes[sizeof(struct vwr_net_mq_rss_config_msg_form) +
                  VWR_NET_RSS_ENTRIES * sizeof(struct vwr_net_rss_rq_id) + sizeof(vwr_le16) + 1u +
                  VWR_NET_HASH_KEY];
};

#define VWR_NET_KEPT_BYTES sizeof(uint64_t) /* data of any other message, at most */

/* A message of the control queue; private. */
struct vwr_net_control_call {
    struct vwr_client_call call; /* first */
    union vwr_net_steering out;  /* there is none that is longer */
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
    bool filters_vlans;       /* CTRL_VLAN is taken: a card that has it receives only VLANs that were set */
    struct vwr_clientq queue; /* from here on zeroed by vwr_net_open */
    struct vwr_net_control_call call;
    uint8_t kept[VWR_NET_SETTINGS][VWR_NET_KEPT_BYTES]; /* data of messages as they were sent */
    uint8_t steering[sizeof(union vwr_net_steering)];   /* of two of them */
    struct vwr_client_row row;                          /* of the message in `call` */
    uint32_t set;                                       /* bit: enum vwr_net_setting */
    uint32_t pending;                                   /* to be set again */
    uint32_t sent;                                      /* of these, what is in flight */
    uint16_t bytes[VWR_NET_SETTINGS];                   /* of what is kept */
    struct vwr_vec tables[VWR_NET_CONTROL_SEGMENTS];
    uint16_t vlan_next; /* to be set again: from here on */
    uint32_t vlans[VWR_NET_VLANS / 32u];
    uint64_t own[(VWR_REQUEST_OWN_BYTES(VWR_NET_CONTROL_QUEUE, 1u) + 7u) / 8u];
};

/* For options->set_up_control: adds the queue. Results as vwr_client_setup. */
int vwr_net_control_set_up(struct vwr_net *n, unsigned index);

/*
 * A mode of enum vwr_net_rx_command, on or off. VWR_OK; VWR_EFEATURE: there is no control queue, or the card
 * cannot; VWR_EINVAL: there is no such mode; VWR_EIO: the card has refused; VWR_EBUSY: vwr_net_recover has
 * not ended; and as vwr_request_do, of the memory of the call by the table of vwr/result.h: only
 * vwr_net_set_table lends any. After an error a recovery sets what was set before.
 */
VWR_MUST_CHECK int vwr_net_set_mode(struct vwr_net *n, unsigned mode, bool on);

/* The card's own address; it is in n->info.mac then. Results as vwr_net_set_mode. */
VWR_MUST_CHECK int vwr_net_set_mac(struct vwr_net *n, const uint8_t mac[6]);

/*
 * The addresses that are received, in tables of the specification's layout, struct vwr_net_ctrl_mac, of so
 * many bytes: the caller's memory, which the device reads now and in a recovery, until another was set or the
 * card is closed. VWR_EINVAL: a table is not as long as its entries say; else as vwr_net_set_mode. After an
 * error that says that memory is the device's (vwr/result.h) until vwr_net_recover or vwr_net_close answers
 * VWR_OK; after any other these tables are the caller's, and those before them are set yet.
 */
VWR_MUST_CHECK int vwr_net_set_table(struct vwr_net *n, const struct vwr_net_ctrl_mac *unicast, size_t bytes,
                                     const struct vwr_net_ctrl_mac *multicast, size_t multicast_bytes);

/* A VLAN is received, or no more; VWR_EINVAL: `id` is VWR_NET_VLANS or more; else as vwr_net_set_mode. */
VWR_MUST_CHECK int vwr_net_set_vlan(struct vwr_net *n, unsigned id, bool on);

/* So many pairs are used, at most vwr_net_pairs: VWR_EINVAL; else as vwr_net_set_mode. One, until this was
 * called. */
VWR_MUST_CHECK int vwr_net_set_pairs(struct vwr_net *n, unsigned pairs);

/* How packets are steered to pairs by a hash of theirs, or how that hash is calculated alone. */
struct vwr_net_rss {
    uint32_t hash_types; /* enum vwr_net_hash_type, some of info.supported_hash_types */
    uint8_t key_bytes;   /* at most info.rss_max_key_size and VWR_NET_HASH_KEY */
    const uint8_t *key;
    /* of vwr_net_set_rss alone: the pair of each masked hash, below vwr_net_pairs */
    const uint16_t *pair;
    uint16_t entries; /* of them: a power of 2, at most VWR_NET_RSS_ENTRIES and what info says */
    uint16_t other;   /* the pair of packets without a hash */
    uint16_t pairs;   /* that send, at most vwr_net_pairs */
};

/*
 * Pairs by RSS, and the hash that a header says (HASH_REPORT); the hash alone. All of *s is copied. Either
 * replaces the other, and vwr_net_set_pairs both. VWR_EINVAL: *s is not as it says; else as
 * vwr_net_set_mode. Loops: over the entries. Section: Network Device / Device Operation / Control Virtqueue /
 * Receive-side scaling (RSS); Automatic receive steering in multiqueue mode / Hash calculation.
 */
VWR_MUST_CHECK int vwr_net_set_rss(struct vwr_net *n, const struct vwr_net_rss *s);
VWR_MUST_CHECK int vwr_net_set_hash(struct vwr_net *n, const struct vwr_net_rss *s);

/* These offloads of enum vwr_net_guest_offload, as a mask, and no others. Results as vwr_net_set_mode. */
VWR_MUST_CHECK int vwr_net_set_offloads(struct vwr_net *n, uint64_t offloads);

/* An interrupt after `packets`, or `us` microseconds; of receive queues or transmit queues. Results as
 * vwr_net_set_mode. */
VWR_MUST_CHECK int vwr_net_set_coalescing(struct vwr_net *n, bool receive, uint32_t packets, uint32_t us);

/* The driver has announced itself: VWR_NET_S_ANNOUNCE was set in n->info.status. Results as vwr_net_set_mode.
 */
VWR_MUST_CHECK int vwr_net_announced(struct vwr_net *n);

/*
 * As vwr_recover, and then sets again what was set, a message after the other; it does not wait. Results as
 * vwr_recover; VWR_EIO: the card has refused a setting, which is not set any more; call again; as
 * vwr_request_reap: it is stopped anew, and the next call begins anew; and as vwr_request_submit. Context:
 * the owner of all queues.
 */
VWR_MUST_CHECK int vwr_net_recover(struct vwr_net *n);

VWR_END_C

#endif
