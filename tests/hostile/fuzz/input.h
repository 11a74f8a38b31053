/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_INPUT_H
#define VWR_FUZZ_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bytes of a fuzzer's input, read one after the other; zeroes follow the end. */
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

#endif
