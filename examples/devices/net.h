/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_NET_H
#define DEVICES_NET_H

#include "packet.h"

/* What those who talk over the network have from net.c: a frame to fill, and somebody who sends it. */
struct net_talk {
    struct packet_ends ends;
    uint8_t frame[PACKET_BYTES];
};

/*
 * Sends t->frame[0 .. bytes) and waits until a frame comes that is the answer; a few times, as a network may
 * lose either. VWR_OK; VWR_ETIMEOUT: none came; or as the calls of vwr/net.h.
 */
int net_ask(struct net_talk *t, unsigned bytes, packet_test *is_answer, unsigned number);

/* The same without an answer. */
int net_send(struct net_talk *t, unsigned bytes);

/* dhcp.c: our address, into t->ends.our_ip, and who has it, into t->ends.ip. */
int dhcp(struct net_talk *t);

/* tftp.c: a file of t->ends.ip, its length and CRC-32 on the UART. */
int tftp(struct net_talk *t, const char *name);

#endif
