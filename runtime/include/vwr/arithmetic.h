/* SPDX-License-Identifier: MIT */
#ifndef VWR_ARITHMETIC_H
#define VWR_ARITHMETIC_H

#include "vwr/base.h"

/*
 * What a processor of 32 bits has no instruction for, and a compiler makes a call of (libgcc, compiler-rt): a
 * division by a number that is not known when it is compiled, or of 64 bits; a shift of 64 bits by such a
 * number. No other file has any. Context: any; the loops are over 64 bits.
 */

/*
 * vwr_divide() - divides without a division
 * @value: what is divided
 * @by: the divisor, not 0
 * @rest: gets the remainder
 *
 * A bit of the quotient a step: for what is rare.
 *
 * Context: any.
 * Return: the quotient.
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

/*
 * vwr_remainder() - remainder of a division
 * @value: what is divided
 * @by: the divisor, not 0; a power of 2 takes no loop
 *
 * Context: any.
 * Return: the remainder.
 */
static inline uint32_t vwr_remainder(uint64_t value, uint32_t by)
{
    uint32_t rest = (uint32_t)value & (by - 1u);

    if ((by & (by - 1u)) != 0)
        (void)vwr_divide(value, by, &rest);
    return rest;
}

/*
 * vwr_shift_right() - a number of 64 bits, shifted
 * @value: the number
 * @bits: how far, less than 64
 *
 * Context: any.
 * Return: value >> bits.
 */
static inline uint64_t vwr_shift_right(uint64_t value, unsigned bits)
{
    const uint32_t high = (uint32_t)(value >> 32);

    if (sizeof(size_t) >= sizeof(value))
        return value >> bits;
    if (bits >= 32u)
        return high >> (bits - 32u);
    return (uint64_t)(high >> bits) << 32 | (uint32_t)value >> bits | (bits != 0 ? high << (32u - bits) : 0);
}

/*
 * vwr_shift_left() - a number of 64 bits, shifted
 * @value: the number
 * @bits: how far, less than 64
 *
 * Context: any.
 * Return: value << bits.
 */
static inline uint64_t vwr_shift_left(uint64_t value, unsigned bits)
{
    const uint32_t low = (uint32_t)value;
    const uint32_t high = (uint32_t)(value >> 32);

    if (sizeof(size_t) >= sizeof(value))
        return value << bits;
    if (bits >= 32u)
        return (uint64_t)(low << (bits - 32u)) << 32;
    return (uint64_t)(high << bits | (bits != 0 ? low >> (32u - bits) : 0)) << 32 | low << bits;
}

#endif
