/* SPDX-License-Identifier: MIT */
#include "rings.h"

#include <stdio.h>

#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

/* Names of the locations in memory[], for counterexamples. */

#define DESC_BYTES 16u

static const char *desc_field(bool packed, unsigned at, unsigned bytes)
{
    if (bytes == 8)
        return at == 0 ? "addr" : packed ? "len,id,flags" : "len,flags,next";
    if (at < 8)
        return "addr";
    if (at < 12)
        return "len";
    return (at < 14) == packed ? "id" : at < 14 ? "flags" : packed ? "flags" : "next";
}

static void name_split(unsigned size, unsigned at, char *text, size_t n)
{
    const unsigned avail = DESC_BYTES * size;
    const unsigned used = (unsigned)VWR_SPLIT_RING_USED_OFFSET((size_t)size, VWR_SPLIT_RING_USED_ALIGN);
    const bool is_used = at >= used;
    const unsigned off = at - (is_used ? used : avail);
    const unsigned each = is_used ? 8 : 2;
    const char *const ring = is_used ? "used" : "avail";

    if (off < 4)
        (void)snprintf(text, n, "%s.%s", ring, off < 2 ? "flags" : "idx");
    else if (off >= 4 + each * size)
        (void)snprintf(text, n, "%s", is_used ? "avail_event" : "used_event");
    else
        (void)snprintf(text, n, "%s.ring[%u]%s", ring, (off - 4) / each,
                       !is_used       ? ""
                       : off % 8 == 4 ? ".id"
                                      : ".len");
}

void rings_name_memory(const struct config *c, unsigned at, unsigned bytes, char *text, size_t n)
{
    const unsigned slot = (at - RINGS_SLOTS) / RINGS_SLOT_BYTES;
    const unsigned off = (at - RINGS_SLOTS) % RINGS_SLOT_BYTES;

    if (at >= RINGS_SLOTS && off < RINGS_SLOT_IN)
        (void)snprintf(text, n, "out %u.%u", slot, off / 2);
    else if (at >= RINGS_SLOTS && off < RINGS_SLOT_TABLE)
        (void)snprintf(text, n, "in %u.%u", slot, (off - RINGS_SLOT_IN) / 2);
    else if (at >= RINGS_SLOTS)
        (void)snprintf(text, n, "table %u[%u].%s", slot, (off - RINGS_SLOT_TABLE) / DESC_BYTES,
                       desc_field(c->packed, off % DESC_BYTES, bytes));
    else if (at < DESC_BYTES * c->size)
        (void)snprintf(text, n, "desc[%u].%s", at / DESC_BYTES,
                       desc_field(c->packed, at % DESC_BYTES, bytes));
    else if (c->packed)
        (void)snprintf(text, n, "%s", at < DESC_BYTES * c->size + 4 ? "driver_event" : "device_event");
    else
        name_split(c->size, at, text, n);
}
