/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_PACKET_H
#define DEVICES_PACKET_H

#include <stdbool.h>
#include <stdint.h>

/* Frames of Ethernet: ARP (RFC 826), IPv4, ping (RFC 792), UDP. Numbers have their upper byte first. */

#define PACKET_UDP 42u     /* where the data of UDP begin in a frame */
#define PACKET_DATA 56u    /* bytes that a ping carries */
#define PACKET_BYTES 1024u /* room for any frame that is made here */

struct packet_ends {
    uint8_t our_mac[6];
    uint8_t our_ip[4];
    uint8_t mac[6]; /* of the other end */
    uint8_t ip[4];
};

/* Is a frame that came the answer to the question of that number? */
typedef bool packet_test(struct packet_ends *e, unsigned number, const uint8_t *frame, uint32_t bytes);

void packet_put16(uint8_t *p, unsigned v);
unsigned packet_get16(const uint8_t *p);
void packet_copy(uint8_t *to, const uint8_t *from, unsigned bytes);
bool packet_same(const uint8_t *a, const uint8_t *b, unsigned bytes);

/* Make a frame; how long it is. packet_is_arp_reply fills in e->mac. */
unsigned packet_make_arp(const struct packet_ends *e, uint8_t *frame);
packet_test packet_is_arp_reply;
unsigned packet_make_ping(const struct packet_ends *e, unsigned number, uint8_t *frame);
packet_test packet_is_pong;

/* Around `bytes` bytes of data, which are in the frame already. */
struct packet_udp {
    unsigned from, to; /* ports */
};
unsigned packet_make_udp(const struct packet_ends *e, const struct packet_udp *ports, unsigned bytes,
                         uint8_t *frame);

/* Data of UDP for one of our ports: how many bytes, and *from is the port of who has sent them. Negative: it
 * is something else. */
int packet_udp_bytes(const uint8_t *frame, uint32_t bytes, unsigned to, unsigned *from);

/* On the UART. */
void packet_put_mac(const uint8_t *mac);
void packet_put_ip(const uint8_t *ip);

#endif
