/* SPDX-License-Identifier: MIT */
#ifndef VWR_BYTES_H
#define VWR_BYTES_H

#include "vwr/base.h"

VWR_BEGIN_C

/**
 * DOC: Memory helpers
 *
 * These functions replace memset() and memcpy(), which an embedder may lack. They are written so that the
 * compiler does not turn them back into calls to memset() and memcpy().
 */

/**
 * vwr_zero() - Fill memory with zeroes
 * @p: Start.
 * @bytes: Size in bytes.
 */
void vwr_zero(void *p, size_t bytes);

/**
 * vwr_copy() - Copy memory
 * @to: Destination. It must not overlap the source.
 * @from: Source.
 * @bytes: Size in bytes.
 */
void vwr_copy(void *to, const void *from, size_t bytes);

/**
 * struct vwr_anywhere64 - A 64-bit value at any address
 * @value: The value.
 */
struct vwr_anywhere64 {
    uint64_t value;
} VWR_PACKED VWR_MAY_ALIAS;

/**
 * vwr_load_anywhere64() - Load 8 bytes from any address
 * @p: Address, with any alignment.
 *
 * The memory is read only once, so the value does not change if another CPU or a device writes to the memory.
 *
 * Return: The value in CPU order.
 */
VWR_ALWAYS_INLINE uint64_t vwr_load_anywhere64(const void *p)
{
    return ((const volatile struct vwr_anywhere64 *)p)->value;
}

/**
 * vwr_store_anywhere64() - Store 8 bytes at any address
 * @p: Address, with any alignment.
 * @v: Value in CPU order. The memory is written only once.
 */
VWR_ALWAYS_INLINE void vwr_store_anywhere64(void *p, uint64_t v)
{
    ((volatile struct vwr_anywhere64 *)p)->value = v;
}

/**
 * vwr_bytes_number() - Read an unsigned number of 1, 2 or 4 bytes
 * @from: Bytes, with any alignment.
 * @bytes: Size in bytes: 1, 2 or 4.
 * @big: true if the number is big-endian, false if little-endian.
 *
 * Return: The number.
 */
uint32_t vwr_bytes_number(const uint8_t *from, unsigned bytes, bool big);

/**
 * struct vwr_counted - Describes the field in the fixed part of an answer that contains the amount of data
 * @at: Offset of the field in the fixed part.
 * @bytes: Size of the field in bytes: 1, 2 or 4; 0: there is no such field.
 * @big: true if the field is big-endian.
 * @each: Number of data bytes for each unit of the field's value.
 */
struct vwr_counted {
    uint16_t at;
    uint8_t bytes;
    bool big;
    uint32_t each;
};

VWR_END_C

#endif
