/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"

/*
 * volatile keeps the compiler from turning the loops into calls to memset or memcpy. Works in words if the
 * alignment allows it, unless the compiler optimizes for size.
 */
typedef uintptr_t VWR_MAY_ALIAS word;

/* A word at any address. */
struct word_anywhere {
    uintptr_t value;
} VWR_PACKED VWR_MAY_ALIAS;

#ifdef __OPTIMIZE_SIZE__
#define VWR_BY_WORDS false
#else
#define VWR_BY_WORDS true
#endif

/* The CPU loads unaligned words, so only the destination has to be aligned. */
#if defined(__x86_64__) || defined(__i386__) || defined(__ARM_FEATURE_UNALIGNED)
#define VWR_LOADS_ANYWHERE true
#else
#define VWR_LOADS_ANYWHERE false
#endif

static inline bool are_words(uintptr_t address)
{
    return VWR_BY_WORDS && (address & (sizeof(word) - 1u)) == 0;
}

static inline void store_word(volatile uint8_t *to, uintptr_t value)
{
    *(volatile word *)(volatile void *)to = value;
}

/* Mostly used for a device's queues at open; unrolled to eight words. */
static inline void zero_words(volatile uint8_t *at, size_t words)
{
    volatile word *to = (volatile word *)(volatile void *)at;

    for (; VWR_WITH_SPEED && words >= 8; words -= 8, to += 8) {
        to[0] = 0;
        to[1] = 0;
        to[2] = 0;
        to[3] = 0;
        to[4] = 0;
        to[5] = 0;
        to[6] = 0;
        to[7] = 0;
    }
    for (; words > 0; words--)
        *to++ = 0;
}

void vwr_zero(void *p, size_t bytes)
{
    volatile uint8_t *at = p;

    if (are_words((uintptr_t)at)) {
        zero_words(at, bytes / sizeof(word));
        at += bytes & ~(sizeof(word) - 1u);
        bytes &= sizeof(word) - 1u;
    }
    while (bytes-- > 0)
        *at++ = 0;
}

static inline uintptr_t load_word(const uint8_t *from)
{
    const void *const p = from;

    return VWR_LOADS_ANYWHERE ? ((const struct word_anywhere *)p)->value : *(const word *)p;
}

/* Copies whole words to an aligned destination. */
static inline void copy_words(volatile uint8_t *to, const uint8_t *from, size_t bytes)
{
    const size_t each = sizeof(word);
    size_t i = 0;

    for (; VWR_WITH_SPEED && bytes - i >= 4u * each; i += 4u * each) {
        store_word(to + i, load_word(from + i));
        store_word(to + i + each, load_word(from + i + each));
        store_word(to + i + 2u * each, load_word(from + i + 2u * each));
        store_word(to + i + 3u * each, load_word(from + i + 3u * each));
    }
    for (; i < bytes; i += each)
        store_word(to + i, load_word(from + i));
}

void vwr_copy(void *to, const void *from, size_t bytes)
{
    volatile uint8_t *at = to;
    const uint8_t *with = from;
    size_t words;

    if (bytes >= 2u * sizeof(word) &&
        (VWR_LOADS_ANYWHERE ? VWR_BY_WORDS : are_words((uintptr_t)at ^ (uintptr_t)with))) {
        for (; !are_words((uintptr_t)at); bytes--)
            *at++ = *with++;
        words = bytes & ~(sizeof(word) - 1u);
        copy_words(at, with, words);
        at += words;
        with += words;
        bytes -= words;
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
