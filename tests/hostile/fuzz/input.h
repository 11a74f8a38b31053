/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_INPUT_H
#define VWR_FUZZ_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A checksum of what the last input observed, which must not depend on the inputs before it. It is kept in
 * `world`.
 */
uint64_t fuzz_seen(void);

/* The bytes of a fuzzer's input, read one after the other; after the end, zeroes are returned. */
struct input {
    const uint8_t *at;
    size_t left;
};

static inline uint8_t input_u8(struct input *in)
{
    if (in->left == 0)
        return 0;
    in->left--;
    return *in->at++;
}

static inline uint16_t input_u16(struct input *in)
{
    const uint8_t low = input_u8(in);

    return (uint16_t)(low | input_u8(in) << 8);
}

static inline uint32_t input_u32(struct input *in)
{
    const uint16_t low = input_u16(in);

    return low | (uint32_t)input_u16(in) << 16;
}

static inline uint64_t input_u64(struct input *in)
{
    const uint32_t low = input_u32(in);

    return low | (uint64_t)input_u32(in) << 32;
}

/*
 * Whether a driver uses the device after this input: always, or in a build with INPUT_WIDE=n after one in n
 * inputs, because this takes as long as a short input. The result depends only on the input.
 */
static inline bool input_is_checked(const struct input *in)
{
#ifdef INPUT_WIDE
    uint32_t sum = 0;

    for (size_t i = 0; i < in->left; i++)
        sum = (sum ^ in->at[i]) * UINT32_C(0x01000193);
    return (sum >> 16) % INPUT_WIDE == 0;
#else
    (void)in;
    return true;
#endif
}

#endif
