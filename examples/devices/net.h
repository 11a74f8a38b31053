/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_NET_H
#define DEVICES_NET_H

#include "packet.h"

/* Interface of net.c to the protocols: a frame to fill, and functions to send it. */
struct net_talk {
    struct packet_ends ends;
    uint8_t frame[PACKET_BYTES];
};

/*
 * Sends t->frame[0 .. bytes) and waits for the answer; retries, because a network may lose either. Returns
 * VWR_OK;
 * VWR_ETIMEOUT: no answer; or a result of the calls in vwr/net.h.
 */
int net_ask(struct net_talk *t, unsigned bytes, packet_test *is_answer, unsigned number);

/* The same without an answer. */
int net_send(struct net_talk *t, unsigned bytes);

/* dhcp.c: sets t->ends.our_ip to our address, and t->ends.ip to the server's. */
int dhcp(struct net_talk *t);

/* tftp.c: reads a file from t->ends.ip; prints its size and CRC-32 on the UART. */
int tftp(struct net_talk *t, const char *name);

#endif
