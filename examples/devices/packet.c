/* SPDX-License-Identifier: MIT */
#include "packet.h"
#include "uart.h"

/* Where fields are in a frame: behind Ethernet's header ARP, or IPv4 and then ICMP. */
enum {
    ETHERNET_TO = 0,
    ETHERNET_FROM = 6,
    ETHERNET_TYPE = 12,
    ARP = 14,
    ARP_OPERATION = ARP + 6,
    ARP_FROM_MAC = ARP + 8,
    ARP_FROM_IP = ARP + 14,
    ARP_TO_MAC = ARP + 18,
    ARP_TO_IP = ARP + 24,
    ARP_END = ARP + 28,
    IP = 14,
    IP_LENGTH = IP + 2,
    IP_HOPS = IP + 8,
    IP_PROTOCOL = IP + 9,
    IP_SUM = IP + 10,
    IP_FROM = IP + 12,
    IP_TO = IP + 16,
    ICMP = IP + 20,
    ICMP_TYPE = ICMP,
    ICMP_SUM = ICMP + 2,
    ICMP_ID = ICMP + 4,
    ICMP_NUMBER = ICMP + 6,
    ICMP_DATA = ICMP + 8,
    ICMP_END = ICMP_DATA + PACKET_DATA
};

#define TYPE_IP 0x0800u
#define TYPE_ARP 0x0806u
#define ARP_REQUEST 1u
#define ARP_REPLY 2u
#define IP_VERSION 0x45u /* 4, and a header of 5 words */
#define PROTOCOL_ICMP 1u
#define ECHO_REQUEST 8u
#define ECHO_REPLY 0u
#define PING_ID 0x5657u /* ours */

static void put16(uint8_t *p, unsigned v)
{
    p[0] = (uint8_t)(v >> 8);
    p[1] = (uint8_t)v;
}

static unsigned get16(const uint8_t *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static void copy(uint8_t *to, const uint8_t *from, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        to[i] = from[i];
}

static bool same(const uint8_t *a, const uint8_t *b, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

/* RFC 1071, of an even number of bytes; 0 over what has its sum in it already. */
static unsigned sum_of(const uint8_t *p, unsigned bytes)
{
    unsigned sum = 0;

    for (unsigned i = 0; i < bytes; i += 2)
        sum += get16(p + i);
    while (sum >> 16 != 0)
        sum = (sum & 0xffffu) + (sum >> 16);
    return ~sum & 0xffffu;
}

static uint8_t data_byte(unsigned number, unsigned i)
{
    return (uint8_t)(number * 16u + i);
}

unsigned packet_make_arp(const struct packet_ends *e, uint8_t *frame)
{
    static const uint8_t head[] = {0, 1, 8, 0, 6, 4}; /* Ethernet and IPv4, and how long addresses are */

    for (unsigned i = 0; i < ARP_END; i++)
        frame[i] = i < ETHERNET_FROM ? 0xff : 0; /* to all */
    copy(frame + ETHERNET_FROM, e->our_mac, 6);
    put16(frame + ETHERNET_TYPE, TYPE_ARP);
    copy(frame + ARP, head, sizeof(head));
    put16(frame + ARP_OPERATION, ARP_REQUEST);
    copy(frame + ARP_FROM_MAC, e->our_mac, 6);
    copy(frame + ARP_FROM_IP, e->our_ip, 4);
    copy(frame + ARP_TO_IP, e->ip, 4);
    return ARP_END;
}

bool packet_is_arp_reply(struct packet_ends *e, unsigned number, const uint8_t *frame, uint32_t bytes)
{
    (void)number;
    if (bytes < ARP_END || get16(frame + ETHERNET_TYPE) != TYPE_ARP ||
        get16(frame + ARP_OPERATION) != ARP_REPLY || !same(frame + ARP_FROM_IP, e->ip, 4) ||
        !same(frame + ARP_TO_MAC, e->our_mac, 6))
        return false;
    copy(e->mac, frame + ARP_FROM_MAC, 6);
    return true;
}

unsigned packet_make_ping(const struct packet_ends *e, unsigned number, uint8_t *frame)
{
    for (unsigned i = 0; i < ICMP_DATA; i++)
        frame[i] = 0;
    copy(frame + ETHERNET_TO, e->mac, 6);
    copy(frame + ETHERNET_FROM, e->our_mac, 6);
    put16(frame + ETHERNET_TYPE, TYPE_IP);
    frame[IP] = IP_VERSION;
    put16(frame + IP_LENGTH, ICMP_END - IP);
    frame[IP_HOPS] = 64;
    frame[IP_PROTOCOL] = PROTOCOL_ICMP;
    copy(frame + IP_FROM, e->our_ip, 4);
    copy(frame + IP_TO, e->ip, 4);
    put16(frame + IP_SUM, sum_of(frame + IP, ICMP - IP));
    frame[ICMP_TYPE] = ECHO_REQUEST;
    put16(frame + ICMP_ID, PING_ID);
    put16(frame + ICMP_NUMBER, number);
    for (unsigned i = 0; i < PACKET_DATA; i++)
        frame[ICMP_DATA + i] = data_byte(number, i);
    put16(frame + ICMP_SUM, sum_of(frame + ICMP, ICMP_END - ICMP));
    return ICMP_END;
}

bool packet_is_pong(struct packet_ends *e, unsigned number, const uint8_t *frame, uint32_t bytes)
{
    if (bytes < ICMP_END || get16(frame + ETHERNET_TYPE) != TYPE_IP || frame[IP] != IP_VERSION ||
        frame[IP_PROTOCOL] != PROTOCOL_ICMP || !same(frame + IP_FROM, e->ip, 4) ||
        !same(frame + IP_TO, e->our_ip, 4) || sum_of(frame + IP, ICMP - IP) != 0)
        return false;
    if (frame[ICMP_TYPE] != ECHO_REPLY || get16(frame + ICMP_ID) != PING_ID ||
        get16(frame + ICMP_NUMBER) != number || sum_of(frame + ICMP, ICMP_END - ICMP) != 0)
        return false;
    for (unsigned i = 0; i < PACKET_DATA; i++)
        if (frame[ICMP_DATA + i] != data_byte(number, i))
            return false;
    return true;
}

void packet_put_mac(const uint8_t *mac)
{
    for (unsigned i = 0; i < 6; i++) {
        put(i == 0 ? "" : ":");
        put_hex(mac[i], 2);
    }
}
