/* SPDX-License-Identifier: MIT */
#include "packet.h"
#include "uart.h"

/* Offsets in a frame: the Ethernet header, then ARP, or IPv4 followed by ICMP or UDP. */
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
    IP_END = IP + 20,
    ICMP_TYPE = IP_END,
    ICMP_SUM = IP_END + 2,
    ICMP_ID = IP_END + 4,
    ICMP_NUMBER = IP_END + 6,
    ICMP_DATA = IP_END + 8,
    ICMP_END = ICMP_DATA + PACKET_DATA,
    UDP_FROM = IP_END,
    UDP_TO = IP_END + 2,
    UDP_LENGTH = IP_END + 4,
    UDP_HEADER = 8
};

#define TYPE_IP 0x0800u
#define TYPE_ARP 0x0806u
#define ARP_REQUEST 1u
#define ARP_REPLY 2u
#define IP_VERSION 0x45u /* version 4, a header of 5 words */
#define PROTOCOL_ICMP 1u
#define PROTOCOL_UDP 17u
#define ECHO_REQUEST 8u
#define ECHO_REPLY 0u
#define PING_ID 0x5657u /* chosen by us */

void packet_put16(uint8_t *p, unsigned v)
{
    p[0] = (uint8_t)(v >> 8);
    p[1] = (uint8_t)v;
}

unsigned packet_get16(const uint8_t *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

void packet_copy(uint8_t *to, const uint8_t *from, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        to[i] = from[i];
}

bool packet_same(const uint8_t *a, const uint8_t *b, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

static void clear(uint8_t *p, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        p[i] = 0;
}

/* RFC 1071, for an even number of bytes; 0 for data that include a valid checksum. */
static unsigned sum_of(const uint8_t *p, unsigned bytes)
{
    unsigned sum = 0;

    for (unsigned i = 0; i < bytes; i += 2)
        sum += packet_get16(p + i);
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
    /* Ethernet and IPv4, and the lengths of their addresses */
    static const uint8_t head[] = {0, 1, 8, 0, 6, 4};

    for (unsigned i = 0; i < ARP_END; i++)
        frame[i] = i < ETHERNET_FROM ? 0xff : 0; /* broadcast */
    packet_copy(frame + ETHERNET_FROM, e->our_mac, 6);
    packet_put16(frame + ETHERNET_TYPE, TYPE_ARP);
    packet_copy(frame + ARP, head, sizeof(head));
    packet_put16(frame + ARP_OPERATION, ARP_REQUEST);
    packet_copy(frame + ARP_FROM_MAC, e->our_mac, 6);
    packet_copy(frame + ARP_FROM_IP, e->our_ip, 4);
    packet_copy(frame + ARP_TO_IP, e->ip, 4);
    return ARP_END;
}

bool packet_is_arp_reply(struct packet_ends *e, unsigned number, const uint8_t *frame, uint32_t bytes)
{
    (void)number;
    if (bytes < ARP_END || packet_get16(frame + ETHERNET_TYPE) != TYPE_ARP ||
        packet_get16(frame + ARP_OPERATION) != ARP_REPLY || !packet_same(frame + ARP_FROM_IP, e->ip, 4) ||
        !packet_same(frame + ARP_TO_MAC, e->our_mac, 6))
        return false;
    packet_copy(e->mac, frame + ARP_FROM_MAC, 6);
    return true;
}

/* Builds the Ethernet and IP headers for `bytes` bytes. Returns the total size. */
static unsigned make_ip(const struct packet_ends *e, unsigned protocol, unsigned bytes, uint8_t *frame)
{
    clear(frame, IP_END);
    packet_copy(frame + ETHERNET_TO, e->mac, 6);
    packet_copy(frame + ETHERNET_FROM, e->our_mac, 6);
    packet_put16(frame + ETHERNET_TYPE, TYPE_IP);
    frame[IP] = IP_VERSION;
    packet_put16(frame + IP_LENGTH, IP_END - IP + bytes);
    frame[IP_HOPS] = 64;
    frame[IP_PROTOCOL] = (uint8_t)protocol;
    packet_copy(frame + IP_FROM, e->our_ip, 4);
    packet_copy(frame + IP_TO, e->ip, 4);
    packet_put16(frame + IP_SUM, sum_of(frame + IP, IP_END - IP));
    return IP_END + bytes;
}

/* Size of the IP payload, if it has this protocol and is not a fragment; otherwise negative. */
static int ip_bytes(const uint8_t *frame, uint32_t bytes, unsigned protocol)
{
    unsigned length;

    if (bytes < IP_END || packet_get16(frame + ETHERNET_TYPE) != TYPE_IP || frame[IP] != IP_VERSION ||
        frame[IP_PROTOCOL] != protocol || sum_of(frame + IP, IP_END - IP) != 0)
        return -1;
    length = packet_get16(frame + IP_LENGTH);
    return length >= IP_END - IP && length <= bytes - IP ? (int)(length - (IP_END - IP)) : -1;
}

unsigned packet_make_ping(const struct packet_ends *e, unsigned number, uint8_t *frame)
{
    const unsigned bytes = make_ip(e, PROTOCOL_ICMP, ICMP_END - IP_END, frame);

    clear(frame + IP_END, ICMP_DATA - IP_END);
    frame[ICMP_TYPE] = ECHO_REQUEST;
    packet_put16(frame + ICMP_ID, PING_ID);
    packet_put16(frame + ICMP_NUMBER, number);
    for (unsigned i = 0; i < PACKET_DATA; i++)
        frame[ICMP_DATA + i] = data_byte(number, i);
    packet_put16(frame + ICMP_SUM, sum_of(frame + IP_END, ICMP_END - IP_END));
    return bytes;
}

bool packet_is_pong(struct packet_ends *e, unsigned number, const uint8_t *frame, uint32_t bytes)
{
    if (ip_bytes(frame, bytes, PROTOCOL_ICMP) != ICMP_END - IP_END ||
        !packet_same(frame + IP_FROM, e->ip, 4) || !packet_same(frame + IP_TO, e->our_ip, 4) ||
        frame[ICMP_TYPE] != ECHO_REPLY || packet_get16(frame + ICMP_ID) != PING_ID ||
        packet_get16(frame + ICMP_NUMBER) != number || sum_of(frame + IP_END, ICMP_END - IP_END) != 0)
        return false;
    for (unsigned i = 0; i < PACKET_DATA; i++)
        if (frame[ICMP_DATA + i] != data_byte(number, i))
            return false;
    return true;
}

/* Without a checksum, which is optional for UDP over IPv4. */
unsigned packet_make_udp(const struct packet_ends *e, const struct packet_udp *ports, unsigned bytes,
                         uint8_t *frame)
{
    clear(frame + IP_END, UDP_HEADER);
    packet_put16(frame + UDP_FROM, ports->from);
    packet_put16(frame + UDP_TO, ports->to);
    packet_put16(frame + UDP_LENGTH, UDP_HEADER + bytes);
    return make_ip(e, PROTOCOL_UDP, UDP_HEADER + bytes, frame);
}

int packet_udp_bytes(const uint8_t *frame, uint32_t bytes, unsigned to, unsigned *from)
{
    const int all = ip_bytes(frame, bytes, PROTOCOL_UDP);
    unsigned length;

    if (all < UDP_HEADER || packet_get16(frame + UDP_TO) != to)
        return -1;
    *from = packet_get16(frame + UDP_FROM);
    length = packet_get16(frame + UDP_LENGTH);
    return length >= UDP_HEADER && length <= (unsigned)all ? (int)(length - UDP_HEADER) : -1;
}

void packet_put_mac(const uint8_t *mac)
{
    for (unsigned i = 0; i < 6; i++) {
        put(i == 0 ? "" : ":");
        put_hex(mac[i], 2);
    }
}

void packet_put_ip(const uint8_t *ip)
{
    for (unsigned i = 0; i < 4; i++) {
        put(i == 0 ? "" : ".");
        put_dec(ip[i]);
    }
}
