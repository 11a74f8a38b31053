/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_FRAME_H
#define VWR_QEMU_FRAME_H

#include <stdint.h>

/* Bytes of packets; numbers are big-endian. */

#define FRAME_IP 14u /* offset of the IP header in a frame */
#define FRAME_IP_TYPE 0x0800u
#define FRAME_TCP 6u /* protocols */
#define FRAME_UDP 17u

void frame_put16(uint8_t *p, unsigned v);
void frame_put32(uint8_t *p, uint32_t v);
unsigned frame_get16(const uint8_t *p);
uint32_t frame_get32(const uint8_t *p);

/* The internet checksum of this many bytes; `sum` is the sum of other data that it covers. */
unsigned frame_sum(const uint8_t *p, unsigned bytes, uint32_t sum);

/* Writes Ethernet and IPv4 headers in front of `bytes` of a protocol. */
struct frame_way {
    const uint8_t *to, *from; /* MAC */
    const uint8_t *dest, *source;
};
void frame_make_ip(uint8_t *p, const struct frame_way *way, unsigned protocol, unsigned bytes);

#endif
