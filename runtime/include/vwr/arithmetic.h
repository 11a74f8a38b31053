/* SPDX-License-Identifier: MIT */
#ifndef VWR_ARITHMETIC_H
#define VWR_ARITHMETIC_H

#include "vwr/base.h"

/**
 * DOC: 64-bit arithmetic without compiler support functions
 *
 * A 32-bit CPU has no instruction for a 64-bit division or for a 64-bit shift by a variable count, so the
 * compiler calls libgcc or compiler-rt. Some embedders do not link these libraries, so the library
 * divides with these functions.
 */

/**
 * vwr_divide() - Divide a 64-bit value
 * @value: Dividend.
 * @by: Divisor, not 0.
 * @rest: Filled in with the remainder.
 *
 * The loop computes one bit per iteration, for up to 64 iterations. Do not use the function in the fast path.
 *
 * Return: The quotient.
 */
static inline uint64_t vwr_divide(uint64_t value, uint32_t by, uint32_t *rest)
{
    uint64_t part = by; /* by * bit */
    uint64_t bit = 1;
    uint64_t quotient = 0;

    while (bit != 0 && part <= value >> 1) {
        part <<= 1;
        bit <<= 1;
    }
    for (; bit != 0; bit >>= 1, part >>= 1)
        if (value >= part) {
            value -= part;
            quotient |= bit;
        }
    *rest = (uint32_t)value;
    return quotient;
}

/**
 * vwr_remainder() - Compute the remainder of a 64-bit division
 * @value: Dividend.
 * @by: Divisor, not 0. For a power of 2, the function does not loop.
 *
 * Return: The remainder.
 */
static inline uint32_t vwr_remainder(uint64_t value, uint32_t by)
{
    uint32_t rest = (uint32_t)value & (by - 1u);

    if ((by & (by - 1u)) != 0)
        (void)vwr_divide(value, by, &rest);
    return rest;
}

/**
 * vwr_shift_right() - Shift a 64-bit value right
 * @value: Value.
 * @bits: Count, below 64.
 *
 * Return: @value >> @bits.
 */
static inline uint64_t vwr_shift_right(uint64_t value, unsigned bits)
{
    if (sizeof(size_t) < sizeof(value)) {
        const uint32_t high = (uint32_t)(value >> 32);

        if (bits >= 32u)
            return high >> (bits - 32u);
        return (uint64_t)(high >> bits) << 32 | (uint32_t)value >> bits |
               (bits != 0 ? high << (32u - bits) : 0);
    }
    return value >> bits;
}

/**
 * vwr_has_bit() - Test a bit of a 64-bit mask
 * @mask: Mask.
 * @bit: Number of the bit. Bits from 64 on are never set.
 *
 * Return: true if it is set.
 */
static inline bool vwr_has_bit(uint64_t mask, unsigned bit)
{
    return bit < 64u && (vwr_shift_right(mask, bit) & 1u) != 0;
}

/**
 * vwr_is_power_of_2() - Test whether a value is a power of 2
 * @value: Value.
 *
 * Return: true if it is. 0 is not a power of 2.
 */
static inline bool vwr_is_power_of_2(uint32_t value)
{
    return value != 0 && (value & (value - 1u)) == 0;
}

/**
 * vwr_shift_left() - Shift a 64-bit value left
 * @value: Value.
 * @bits: Count, below 64.
 *
 * Return: @value << @bits.
 */
static inline uint64_t vwr_shift_left(uint64_t value, unsigned bits)
{
    if (sizeof(size_t) < sizeof(value)) {
        const uint32_t low = (uint32_t)value;
        const uint32_t high = (uint32_t)(value >> 32);

        if (bits >= 32u)
            return (uint64_t)(low << (bits - 32u)) << 32;
        return (uint64_t)(high << bits | (bits != 0 ? low >> (32u - bits) : 0)) << 32 | low << bits;
    }
    return value << bits;
}

#endif
