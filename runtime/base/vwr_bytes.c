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

/*
 * A word where it lies. Frames and files of a guest are rarely aligned as ours are; a compiler that may load
 * and store any address at once says so, another makes bytes of it, and then bytes are copied as such.
 */
struct unaligned {
    word value;
} __attribute__((packed));

#if defined(__x86_64__) || defined(__i386__) || (defined(__aarch64__) && defined(__ARM_FEATURE_UNALIGNED))
#define MAY_BE_UNALIGNED true
#else
#define MAY_BE_UNALIGNED false
#endif

static inline void copy_word(volatile uint8_t *to, const uint8_t *from)
{
    ((volatile struct unaligned *)(volatile void *)to)->value =
        ((const struct unaligned *)(const void *)from)->value;
}

/* By words, four at a time; answers how many bytes that are. */
static inline size_t copy_words(volatile uint8_t *at, const uint8_t *with, size_t bytes)
{
    size_t done = 0;

    for (; bytes - done >= 4u * sizeof(word); done += 4u * sizeof(word)) {
        copy_word(at + done, with + done);
        copy_word(at + done + sizeof(word), with + done + sizeof(word));
        copy_word(at + done + 2u * sizeof(word), with + done + 2u * sizeof(word));
        copy_word(at + done + 3u * sizeof(word), with + done + 3u * sizeof(word));
    }
    for (; bytes - done >= sizeof(word); done += sizeof(word))
        copy_word(at + done, with + done);
    return done;
}

void vwr_copy(void *to, const void *from, size_t bytes)
{
    volatile uint8_t *at = to;
    const uint8_t *with = from;

    if (VWR_BY_WORDS && MAY_BE_UNALIGNED) {
        const size_t done = copy_words(at, with, bytes);

        at += done;
        with += done;
        bytes -= done;
    } else if (are_words((uintptr_t)at | (uintptr_t)with)) {
        for (; bytes >= sizeof(word); bytes -= sizeof(word)) {
            *(volatile word *)(volatile void *)at = *(const word *)(const void *)with;
            at += sizeof(word);
            with += sizeof(word);
        }
    }
    while (bytes-- > 0)
        *at++ = *with++;
}
