/* SPDX-License-Identifier: MIT */
#ifndef ANY_RING_H
#define ANY_RING_H

/*
 * The ring of a peer that may change it at any moment: each load returns a new arbitrary value. For
 * VWR_RING_MEMORY_HEADER. A harness defines ring_saw(), which is called with each value.
 */
#include "prove.h"

void ring_saw(const void *p, unsigned bytes, uint64_t value);

#define ANY_LOAD(name, type, pointer)                \
    static inline type name(pointer p)               \
    {                                                \
        PROVE_ANY(type, value);                      \
                                                     \
        prove_that(prove_readable(p, sizeof(type))); \
        ring_saw(p, sizeof(type), value);            \
        return value;                                \
    }

ANY_LOAD(vwr_ring_load8, uint8_t, const void *)
ANY_LOAD(vwr_ring_load16, uint16_t, const vwr_le16 *)
ANY_LOAD(vwr_ring_load32, uint32_t, const void *)
ANY_LOAD(vwr_ring_load64, uint64_t, const void *)

static inline void vwr_ring_store16(vwr_le16 *p, uint16_t v)
{
    (void)v;
    prove_that(prove_writable(p, sizeof(*p)));
}

static inline void vwr_ring_store32(void *p, uint32_t v)
{
    (void)v;
    prove_that(prove_writable(p, sizeof(v)));
}

static inline void vwr_ring_publish16(vwr_le16 *p, uint16_t v)
{
    vwr_ring_store16(p, v);
}

static inline void vwr_ring_acquire(void)
{
}
static inline void vwr_ring_mb(void)
{
}

#endif
