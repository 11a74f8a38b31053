/* SPDX-License-Identifier: MIT */
#ifndef VWR_NET_CONTROL_H
#define VWR_NET_CONTROL_H

#include "vwr/client.h"
#include "vwr/messages/net.h"
#include "vwr/net.h"

VWR_BEGIN_C

/**
 * DOC: Network card, control queue
 *
 * These functions change the settings of a network card: receive filters, the number of pairs, steering and
 * offloads. Each setting is sent as a message on the control queue::
 *
 *     static struct vwr_net_control control;
 *     static struct vwr_net_control_shared shared;
 *
 *     control.shared = &shared;
 *     vwr_net_use_control(&options, &control);
 *     r = vwr_net_open(n, d, &options);
 *     r = vwr_net_set_mode(n, VWR_NET_CTRL_RX_PROMISC, true);
 *
 * Rules:
 *
 * - Each function waits for the answer until the deadline of its request.
 * - After a reset, vwr_recover() applies all settings again. For a setting that failed with an error, it
 *   applies the previous value.
 * - The control queue has one owner, which may differ from the owners of the pairs.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: Network Device / Device Operation / Control Virtqueue.
 */

/** VWR_NET_CONTROL_QUEUE - Number of descriptors of the control queue, a power of 2 */
#ifndef VWR_NET_CONTROL_QUEUE
#define VWR_NET_CONTROL_QUEUE 8u
#endif

/* Data segments of a message, which has at most two tables. */
#define VWR_NET_CONTROL_SEGMENTS 2u

/** VWR_NET_VLANS - Number of VLAN IDs */
#define VWR_NET_VLANS 4096u

/** VWR_NET_RSS_ENTRIES - Maximum number of entries of an indirection table */
#ifndef VWR_NET_RSS_ENTRIES
#define VWR_NET_RSS_ENTRIES 128u
#endif

/** VWR_NET_HASH_KEY - Maximum size of a hash key in bytes */
#define VWR_NET_HASH_KEY 40u

/*
 * Messages: first the settings, in the order in which a recovery applies them, then the other messages;
 * private.
 */
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
    /* These are not settings: a recovery applies the VLANs in `vlans`. */
    VWR_NET_ADDS_VLAN = VWR_NET_SETTINGS,
    VWR_NET_DELETES_VLAN,
    VWR_NET_ACKS_ANNOUNCE,
    VWR_NET_MESSAGES
};

/* Message for RSS or hash calculation; private. */
union vwr_net_steering {
    struct vwr_net_mq_rss_config_msg_form rss; /* the tables and the key follow */
    struct vwr_net_mq_hash_config_msg_form hash;
    uint8_t bytes[sizeof(struct vwr_net_mq_rss_config_msg_form) +
                  VWR_NET_RSS_ENTRIES * sizeof(struct vwr_net_rss_rq_id) + sizeof(vwr_le16) + 1u +
                  VWR_NET_HASH_KEY];
};

/* Size in bytes of the longest data of any other message. */
#define VWR_NET_KEPT_BYTES sizeof(uint64_t)

/* A message of the control queue; private. */
struct vwr_net_control_call {
    struct vwr_client_call call; /* first */
    union vwr_net_steering out;  /* the longest message */
    uint8_t ack;
};

#define VWR_NET_CONTROL_SLOT VWR_CLIENT_SLOT_BYTES(sizeof(((struct vwr_net_control_call *)0)->out), 1u)

/**
 * struct vwr_net_control_shared - Shared memory of the control queue (see struct vwr_queue_memory)
 * @ring: Ring and slot.
 *
 * The memory need not be initialised.
 */
struct vwr_net_control_shared {
    uint8_t ring[VWR_CLIENT_SHARED_BYTES(VWR_NET_CONTROL_QUEUE, 1u, VWR_NET_CONTROL_SLOT,
                                         VWR_NET_CONTROL_SEGMENTS)];
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

/**
 * struct vwr_net_control - Control queue of a card
 * @shared: Shared memory. Set by the caller before vwr_net_open().
 * @filters_vlans: Accept CTRL_VLAN. The card then receives only the VLANs that have been enabled. Set by the
 *   caller before vwr_net_open().
 *
 * It must remain valid, in private memory, until vwr_close() succeeds. The other members need not be
 * initialised.
 */
struct vwr_net_control {
    struct vwr_net_control_shared *shared;
    bool filters_vlans;
    /* private: */
    struct vwr_clientq queue; /* first member that vwr_net_open() zeroes */
    struct vwr_net_control_call call;
    uint8_t kept[VWR_NET_SETTINGS][VWR_NET_KEPT_BYTES]; /* data of the messages, as sent */
    uint8_t steering[sizeof(union vwr_net_steering)];   /* data of the message for RSS or hash calculation */
    struct vwr_client_row row;                          /* of the message in `call` */
    uint16_t sent[VWR_NET_SETTINGS];                    /* sizes of the messages; 0: the setting is not set */
    struct vwr_vec tables[VWR_NET_CONTROL_SEGMENTS];
    struct vwr_client_restore restore; /* settings, then VLANs */
    uint32_t vlans[VWR_NET_VLANS / 32u];
    uint64_t own[(VWR_REQUEST_OWN_BYTES(VWR_NET_CONTROL_QUEUE, 1u) + 7u) / 8u];
};

/**
 * vwr_net_control_set_up() - Create the control queue (for vwr_net_use_control())
 * @n: Card.
 * @index: Queue index.
 *
 * Return: The same as vwr_client_setup().
 */
int vwr_net_control_set_up(struct vwr_net *n, unsigned index);

/**
 * vwr_net_control_restore() - Send the next setting again (for vwr_net_use_control())
 * @n: Card. @n->options.control->restore.lost counts settings that the card rejected or that did not fit its
 *   queue.
 *
 * Return: VWR_OK: nothing is left. VWR_EBUSY: call again. Otherwise the same as vwr_request_reap() and
 *   vwr_request_submit().
 */
int vwr_net_control_restore(struct vwr_net *n);

/**
 * vwr_net_use_control() - Open a card with its control queue
 * @options: Options for vwr_net_open().
 * @control: Control queue.
 */
static inline void vwr_net_use_control(struct vwr_net_options *options, struct vwr_net_control *control)
{
    options->control = control;
    options->set_up_control = vwr_net_control_set_up;
    options->restore = vwr_net_control_restore;
}

/**
 * vwr_net_set_mode() - Enable or disable a receive mode
 * @n: Card.
 * @mode: enum vwr_net_rx_command.
 * @on: true to enable the mode.
 *
 * Return: VWR_OK.
 * * VWR_EFEATURE: there is no control queue, or the card does not support the mode.
 * * VWR_EINVAL: there is no such mode.
 * * VWR_EIO: the card rejected the setting.
 * * Other errors: the same as vwr_request_do(). If vwr_recover() has not finished restoring the settings,
 *   the call first completes this, with the same errors. After an error the device may still own the tables
 *   of vwr_net_set_table(), but no other memory of the caller.
 */
VWR_MUST_CHECK int vwr_net_set_mode(struct vwr_net *n, unsigned mode, bool on);

/**
 * vwr_net_set_mac() - Set the card's MAC address
 * @n: Card. After VWR_OK, @n->info.mac contains the new address.
 * @mac: Address.
 *
 * Return: The same as vwr_net_set_mode().
 */
VWR_MUST_CHECK int vwr_net_set_mac(struct vwr_net *n, const uint8_t mac[6]);

/**
 * vwr_net_set_table() - Set the destination addresses that the card accepts
 * @n: Card.
 * @unicast: Table of unicast addresses, in the layout of the specification.
 * @bytes: Size of @unicast in bytes.
 * @multicast: Table of multicast addresses.
 * @multicast_bytes: Size of @multicast in bytes.
 *
 * The device reads the tables during the call, and vwr_recover() uses them again. They must remain valid
 * until other tables are set or the card is closed.
 *
 * Return: VWR_EINVAL: a table's size does not match its number of entries. Otherwise the same as
 *   vwr_net_set_mode(). If the device owns the memory after an error (see vwr/result.h), it owns
 *   the tables until vwr_recover() or vwr_close() returns VWR_OK. After any other error the
 *   new tables belong to the caller, and the previous ones remain set.
 */
VWR_MUST_CHECK int vwr_net_set_table(struct vwr_net *n, const struct vwr_net_ctrl_mac *unicast, size_t bytes,
                                     const struct vwr_net_ctrl_mac *multicast, size_t multicast_bytes);

/**
 * vwr_net_set_vlan() - Start or stop receiving a VLAN
 * @n: Card.
 * @id: VLAN ID.
 * @on: true to receive it.
 *
 * Return: VWR_EINVAL: @id is VWR_NET_VLANS or more. Otherwise the same as vwr_net_set_mode().
 */
VWR_MUST_CHECK int vwr_net_set_vlan(struct vwr_net *n, unsigned id, bool on);

/**
 * vwr_net_set_pairs() - Set the number of pairs in use
 * @n: Card. Until this function is called, the card uses one pair.
 * @pairs: Number of pairs to use.
 *
 * Return: VWR_EINVAL: @pairs exceeds n->pairs. Otherwise the same as vwr_net_set_mode().
 */
VWR_MUST_CHECK int vwr_net_set_pairs(struct vwr_net *n, unsigned pairs);

/**
 * struct vwr_net_rss - Parameters for steering packets to pairs by a hash, or for hash calculation alone
 * @hash_types: Mask of enum vwr_net_hash_type, a subset of info.supported_hash_types.
 * @key_bytes: Size of @key in bytes, at most info.rss_max_key_size and VWR_NET_HASH_KEY.
 * @key: Hash key.
 * @pair: Indirection table, which maps each masked hash to a pair below n->pairs. Only vwr_net_set_rss() uses
 *   this member and the following ones.
 * @entries: Number of entries in @pair, a power of 2; at most VWR_NET_RSS_ENTRIES and the card's maximum.
 * @other: Pair for packets without a hash.
 * @pairs: Number of pairs on which the driver sends, at most n->pairs.
 */
struct vwr_net_rss {
    uint32_t hash_types;
    uint8_t key_bytes;
    const uint8_t *key;
    const uint16_t *pair;
    uint16_t entries;
    uint16_t other;
    uint16_t pairs;
};

/**
 * vwr_net_set_rss() - Steer packets to pairs by RSS, and report their hashes
 * @n: Card.
 * @s: Parameters; they are copied.
 *
 * This setting replaces that of vwr_net_set_hash(). vwr_net_set_pairs() replaces both.
 *
 * Return: VWR_EINVAL: a parameter is out of range. Otherwise the same as vwr_net_set_mode().
 * Section: Network Device / Device Operation / Control Virtqueue / Receive-side scaling (RSS).
 */
VWR_MUST_CHECK int vwr_net_set_rss(struct vwr_net *n, const struct vwr_net_rss *s);

/**
 * vwr_net_set_hash() - Report the hashes of packets without steering them
 * @n: Card.
 * @s: Parameters; they are copied.
 *
 * This setting replaces that of vwr_net_set_rss().
 *
 * Return: VWR_EINVAL: a parameter is out of range. Otherwise the same as vwr_net_set_mode().
 * Section: Network Device / Device Operation / Control Virtqueue / Automatic receive steering in
 *   multiqueue mode / Hash calculation.
 */
VWR_MUST_CHECK int vwr_net_set_hash(struct vwr_net *n, const struct vwr_net_rss *s);

/**
 * vwr_net_set_offloads() - Set the receive offloads
 * @n: Card.
 * @offloads: Mask of enum vwr_net_guest_offload; all others are disabled.
 *
 * Return: The same as vwr_net_set_mode().
 */
VWR_MUST_CHECK int vwr_net_set_offloads(struct vwr_net *n, uint64_t offloads);

/**
 * vwr_net_set_coalescing() - Set interrupt coalescing
 * @n: Card.
 * @receive: true for receive queues, false for transmit queues.
 * @packets: Number of packets per interrupt.
 * @us: Maximum delay of an interrupt in microseconds.
 *
 * Return: The same as vwr_net_set_mode().
 */
VWR_MUST_CHECK int vwr_net_set_coalescing(struct vwr_net *n, bool receive, uint32_t packets, uint32_t us);

/**
 * vwr_net_announced() - Acknowledge an announcement request of the card
 * @n: Card. VWR_NET_S_ANNOUNCE is set in @n->info.status, and the guest has announced itself.
 *
 * Return: The same as vwr_net_set_mode().
 */
VWR_MUST_CHECK int vwr_net_announced(struct vwr_net *n);

VWR_END_C

#endif
