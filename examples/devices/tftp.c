/* SPDX-License-Identifier: MIT */
/* A file over the network: TFTP (RFC 1350), requesting each block after the previous one has arrived. */
#include "crc32.h"
#include "net.h"
#include "uart.h"
#include "vwr/result.h"

#define SERVER 69u
#define OURS 0x5657u
#define BLOCK 512u /* a shorter block is the last */

enum { READ = 1, DATA = 3, ACK = 4, HEADER = 4 };

static struct file {
    uint32_t bytes;
    uint32_t crc;
    unsigned last;   /* bytes of the last block */
    unsigned server; /* the server's port, which differs from the one that received the request */
} file;

static bool is_block(struct packet_ends *e, unsigned number, const uint8_t *frame, uint32_t bytes)
{
    const uint8_t *const data = frame + PACKET_UDP;
    unsigned from;
    const int n = packet_udp_bytes(frame, bytes, OURS, &from);

    (void)e;
    if (n < HEADER || n > (int)(HEADER + BLOCK) || packet_get16(data) != DATA ||
        packet_get16(data + 2) != (number & 0xffffu))
        return false;
    file.last = (unsigned)n - HEADER;
    file.server = from;
    file.bytes += file.last;
    file.crc = crc32(file.crc, data + HEADER, file.last);
    return true;
}

static unsigned put_text(uint8_t *p, const char *text)
{
    unsigned n = 0;

    do
        p[n] = (uint8_t)text[n];
    while (text[n++] != '\0');
    return n;
}

static unsigned make_read(struct net_talk *t, const char *name)
{
    static const struct packet_udp ports = {OURS, SERVER};
    uint8_t *const data = t->frame + PACKET_UDP;
    unsigned n = 2;

    packet_put16(data, READ);
    n += put_text(data + n, name);
    n += put_text(data + n, "octet");
    return packet_make_udp(&t->ends, &ports, n, t->frame);
}

static unsigned make_ack(struct net_talk *t, unsigned number)
{
    const struct packet_udp ports = {OURS, file.server};
    uint8_t *const data = t->frame + PACKET_UDP;

    packet_put16(data, ACK);
    packet_put16(data + 2, number);
    return packet_make_udp(&t->ends, &ports, HEADER, t->frame);
}

int tftp(struct net_talk *t, const char *name)
{
    unsigned number = 1;
    int r;

    file.bytes = 0;
    file.crc = 0;
    r = net_ask(t, make_read(t, name), is_block, number);
    for (; r == VWR_OK && file.last == BLOCK; number++)
        r = net_ask(t, make_ack(t, number), is_block, number + 1u);
    if (r == VWR_OK)
        r = net_send(t, make_ack(t, number));
    if (r != VWR_OK)
        return r;
    put("net: by TFTP ");
    put(name);
    put(", ");
    put_dec(file.bytes);
    put(" bytes, crc32 ");
    put_hex(file.crc, 8);
    put_char('\n');
    return VWR_OK;
}
