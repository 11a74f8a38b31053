/* SPDX-License-Identifier: MIT */
#include "frame.h"

#include <string.h>

void frame_put16(uint8_t *p, unsigned v)
{
    p[0] = (uint8_t)(v >> 8);
    p[1] = (uint8_t)v;
}

void frame_put32(uint8_t *p, uint32_t v)
{
    frame_put16(p, v >> 16);
    frame_put16(p + 2, v & 0xffff);
}

unsigned frame_get16(const uint8_t *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

uint32_t frame_get32(const uint8_t *p)
{
    return (uint32_t)frame_get16(p) << 16 | frame_get16(p + 2);
}

unsigned frame_sum(const uint8_t *p, unsigned bytes, uint32_t sum)
{
    for (unsigned i = 0; i < bytes; i += 2)
        sum += (unsigned)p[i] << 8 | (i + 1 < bytes ? p[i + 1] : 0);
    while (sum >> 16 != 0)
        sum = (sum & 0xffff) + (sum >> 16);
    return ~sum & 0xffff;
}

void frame_make_ip(uint8_t *p, const struct frame_way *way, unsigned protocol, unsigned bytes)
{
    memcpy(p, way->to, 6);
    memcpy(p + 6, way->from, 6);
    frame_put16(p + 12, FRAME_IP_TYPE);
    p += FRAME_IP;
    memset(p, 0, 20);
    p[0] = 0x45;
    frame_put16(p + 2, 20 + bytes);
    p[8] = 64;
    p[9] = (uint8_t)protocol;
    memcpy(p + 12, way->source, 4);
    memcpy(p + 16, way->dest, 4);
    frame_put16(p + 10, frame_sum(p, 20, 0));
}
