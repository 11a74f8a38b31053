/* SPDX-License-Identifier: MIT */
/* Address configuration: DHCP (RFC 2131, options in RFC 2132); there is no renewal. */
#include <stddef.h>

#include "net.h"
#include "vwr/result.h"

#define CLIENT 68u
#define SERVER 67u

/* Offsets of fields in the data. */
enum {
    OPERATION = 0,
    HARDWARE = 1, /* and the length of its addresses */
    TRANSACTION = 4,
    YOUR_IP = 16,
    CLIENT_MAC = 28,
    COOKIE = 236,
    OPTIONS = 240,
    LENGTH = 300 /* with space for the options sent */
};

#define REQUEST 1u
#define REPLY 2u
#define ETHERNET 1u
#define OPTION_PAD 0u
#define OPTION_IP 50u
#define OPTION_TYPE 53u
#define OPTION_SERVER 54u
#define OPTION_END 255u

enum { DISCOVER = 1, OFFER = 2, ASK = 3, ACK = 5 };

static const uint8_t cookie[4] = {99, 130, 83, 99};
static const uint8_t transaction[4] = {'v', 'w', 'r', '1'};

/* Data of an option of at least `bytes` bytes; NULL: missing. */
static const uint8_t *find_option(const uint8_t *data, unsigned length, unsigned option, unsigned bytes)
{
    unsigned at = OPTIONS;

    while (at + 1u < length && data[at] != OPTION_END) {
        const unsigned n = data[at] == OPTION_PAD ? 0 : data[at + 1] + 1u;

        if (data[at] == option && n > bytes && at + n < length)
            return data + at + 2;
        at += 1u + n;
    }
    return NULL;
}

static bool is_answer(struct packet_ends *e, unsigned type, const uint8_t *frame, uint32_t bytes)
{
    const uint8_t *const data = frame + PACKET_UDP;
    const uint8_t *option;
    const uint8_t *server;
    unsigned from;
    const int n = packet_udp_bytes(frame, bytes, CLIENT, &from);

    if (n < OPTIONS || from != SERVER || data[OPERATION] != REPLY ||
        !packet_same(data + TRANSACTION, transaction, 4) || !packet_same(data + CLIENT_MAC, e->our_mac, 6) ||
        !packet_same(data + COOKIE, cookie, 4))
        return false;
    option = find_option(data, (unsigned)n, OPTION_TYPE, 1);
    server = find_option(data, (unsigned)n, OPTION_SERVER, 4);
    if (option == NULL || *option != type || server == NULL)
        return false;
    packet_copy(e->our_ip, data + YOUR_IP, 4);
    packet_copy(e->ip, server, 4);
    return true;
}

static uint8_t *put_option(uint8_t *p, unsigned option, const uint8_t *data, unsigned bytes)
{
    p[0] = (uint8_t)option;
    p[1] = (uint8_t)bytes;
    packet_copy(p + 2, data, bytes);
    return p + 2 + bytes;
}

/* Broadcast from address 0; the real addresses are only in the data. */
static unsigned make(struct net_talk *t, uint8_t type)
{
    static const struct packet_udp ports = {CLIENT, SERVER};
    const struct packet_ends all = {.mac = {255, 255, 255, 255, 255, 255}, .ip = {255, 255, 255, 255}};
    struct packet_ends ends = all;
    uint8_t *const data = t->frame + PACKET_UDP;
    uint8_t *p = data + OPTIONS;

    for (unsigned i = 0; i < LENGTH; i++)
        data[i] = 0;
    data[OPERATION] = REQUEST;
    data[HARDWARE] = ETHERNET;
    data[HARDWARE + 1] = 6;
    packet_copy(data + TRANSACTION, transaction, 4);
    packet_copy(data + CLIENT_MAC, t->ends.our_mac, 6);
    packet_copy(data + COOKIE, cookie, 4);
    p = put_option(p, OPTION_TYPE, &type, 1);
    if (type == ASK) {
        p = put_option(p, OPTION_IP, t->ends.our_ip, 4);
        p = put_option(p, OPTION_SERVER, t->ends.ip, 4);
    }
    *p = OPTION_END;
    packet_copy(ends.our_mac, t->ends.our_mac, 6);
    return packet_make_udp(&ends, &ports, LENGTH, t->frame);
}

int dhcp(struct net_talk *t)
{
    const int r = net_ask(t, make(t, DISCOVER), is_answer, OFFER);

    return r == VWR_OK ? net_ask(t, make(t, ASK), is_answer, ACK) : r;
}
