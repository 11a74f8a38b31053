/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_PACKET_H
#define DEVICES_PACKET_H

#include <stdbool.h>
#include <stdint.h>

/* Ethernet frames: ARP (RFC 826), IPv4, ping (RFC 792), UDP. Numbers are big-endian. */

#define PACKET_UDP 42u     /* offset of the UDP payload in a frame */
#define PACKET_DATA 56u    /* bytes in a ping */
#define PACKET_BYTES 1024u /* maximum size of a frame built here */

struct packet_ends {
    uint8_t our_mac[6];
    uint8_t our_ip[4];
    uint8_t mac[6]; /* of the peer */
    uint8_t ip[4];
};

/* Whether a received frame is the answer to the request with this number. */
typedef bool packet_test(struct packet_ends *e, unsigned number, const uint8_t *frame, uint32_t bytes);

void packet_put16(uint8_t *p, unsigned v);
unsigned packet_get16(const uint8_t *p);
void packet_copy(uint8_t *to, const uint8_t *from, unsigned bytes);
bool packet_same(const uint8_t *a, const uint8_t *b, unsigned bytes);

/* Build a frame and return its size. packet_is_arp_reply sets e->mac. */
unsigned packet_make_arp(const struct packet_ends *e, uint8_t *frame);
packet_test packet_is_arp_reply;
unsigned packet_make_ping(const struct packet_ends *e, unsigned number, uint8_t *frame);
packet_test packet_is_pong;

/* Builds a frame around `bytes` bytes of data, which are already in it. */
struct packet_udp {
    unsigned from, to; /* ports */
};
unsigned packet_make_udp(const struct packet_ends *e, const struct packet_udp *ports, unsigned bytes,
                         uint8_t *frame);

/*
 * UDP data for one of our ports: returns its size, and the sender's port in *from. Negative: a different
 * packet.
 */
int packet_udp_bytes(const uint8_t *frame, uint32_t bytes, unsigned to, unsigned *from);

/* Print on the UART. */
void packet_put_mac(const uint8_t *mac);
void packet_put_ip(const uint8_t *ip);

#endif
