/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_PACKET_H
#define DEVICES_PACKET_H

#include <stdbool.h>
#include <stdint.h>

/* Frames of Ethernet: questions of ARP (RFC 826) and of ping (RFC 792), and what answers them. */

#define PACKET_DATA 56u   /* bytes that a ping carries */
#define PACKET_BYTES 128u /* room for any frame that is made here */

struct packet_ends {
    uint8_t our_mac[6];
    uint8_t our_ip[4];
    uint8_t mac[6]; /* of the other end: packet_is_arp_reply fills it in */
    uint8_t ip[4];
};

/* Is a frame that came the answer to the question of that number? */
typedef bool packet_test(struct packet_ends *e, unsigned number, const uint8_t *frame, uint32_t bytes);

/* Make a frame; how long it is. */
unsigned packet_make_arp(const struct packet_ends *e, uint8_t *frame);
unsigned packet_make_ping(const struct packet_ends *e, unsigned number, uint8_t *frame);

packet_test packet_is_arp_reply;
packet_test packet_is_pong;

/* On the UART. */
void packet_put_mac(const uint8_t *mac);

#endif
