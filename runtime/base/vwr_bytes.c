/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"

/*
 * volatile: or the compiler makes a call of memset or memcpy out of a loop. By words where both sides let it,
 * unless the compiler was asked for small code.
 */
typedef uintptr_t __attribute__((may_alias)) word;

#ifdef __OPTIMIZE_SIZE__
#define VWR_BY_WORDS false
#else
#define VWR_BY_WORDS true
#endif

static inline bool are_words(uintptr_t address)
{
    return VWR_BY_WORDS && (address & (sizeof(word) - 1u)) == 0;
}

void vwr_zero(void *p, size_t bytes)
{
    volatile uint8_t *at = p;

    for (; are_words((uintptr_t)at) && bytes >= sizeof(word); bytes -= sizeof(word)) {
        *(volatile word *)(volatile void *)at = 0;
        at += sizeof(word);
    }
    while (bytes-- > 0)
        *at++ = 0;
}

void vwr_copy(void *to, const void *from, size_t bytes)
{
    volatile uint8_t *at = to;
    const uint8_t *with = from;

    if (are_words((uintptr_t)at | (uintptr_t)with))
        for (; bytes >= sizeof(word); bytes -= sizeof(word)) {
            *(volatile word *)(volatile void *)at = *(const word *)(const void *)with;
            at += sizeof(word);
            with += sizeof(word);
        }
    while (bytes-- > 0)
        *at++ = *with++;
}

uint32_t vwr_bytes_number(const uint8_t *from, unsigned bytes, bool big)
{
    uint32_t number = 0;

    for (unsigned i = 0; i < bytes; i++)
        number |= (uint32_t)from[i] << (big ? bytes - 1u - i : i) * 8u;
    return number;
}
