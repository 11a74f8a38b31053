/* SPDX-License-Identifier: MIT */
#ifndef VWR_BYTES_H
#define VWR_BYTES_H

#include "vwr/base.h"

VWR_BEGIN_C

/* Without the memset and memcpy that an embedder may not have, nor a compiler makes of them. Context: any. */

/* Zeroes [p, p + bytes). */
void vwr_zero(void *p, size_t bytes);

/* Copies [from, from + bytes) to `to`; the two do not overlap. */
void vwr_copy(void *to, const void *from, size_t bytes);

/* 8 bytes that lie anywhere, loaded or stored once, whoever else may write there. */
struct vwr_anywhere64 {
    uint64_t value;
} VWR_PACKED VWR_MAY_ALIAS;

VWR_ALWAYS_INLINE uint64_t vwr_load_anywhere64(const void *p)
{
    return ((const volatile struct vwr_anywhere64 *)p)->value;
}

VWR_ALWAYS_INLINE void vwr_store_anywhere64(void *p, uint64_t v)
{
    ((volatile struct vwr_anywhere64 *)p)->value = v;
}

/* A number of 1, 2 or 4 bytes, big-endian or little-endian. */
uint32_t vwr_bytes_number(const uint8_t *from, unsigned bytes, bool big);

/* A number in the fixed form of an answer that counts its data, `each` bytes a time; bytes 0: there is none.
 */
struct vwr_counted {
    uint16_t at;
    uint8_t bytes;
    bool big; /* the number is big-endian */
    uint32_t each;
};

VWR_END_C

#endif
