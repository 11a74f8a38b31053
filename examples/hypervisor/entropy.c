/* SPDX-License-Identifier: MIT */
#include "hyp.h"

/*
 * Random bytes for the guests: ChaCha20 (RFC 8439), keyed with what the host has put into the file
 * opt/vwr/seed. The board has no source of its own; without the file the guests get nothing.
 */
#define KEY_WORDS 8u
#define BLOCK_WORDS 16u
#define BLOCK_BYTES (4u * BLOCK_WORDS)

static uint32_t key[KEY_WORDS];
static uint64_t counter;
static bool seeded;

void entropy_start(void)
{
    struct file f;

    seeded = files_find("opt/vwr/seed", &f) && f.bytes >= sizeof(key) && files_read(&f, key, sizeof(key));
}

static void quarter(uint32_t *x, unsigned a, unsigned b, unsigned c, unsigned d)
{
    static const uint8_t turns[4] = {16, 12, 8, 7};

    for (unsigned i = 0; i < 4; i += 2) {
        x[a] += x[b];
        x[d] ^= x[a];
        x[d] = x[d] << turns[i] | x[d] >> (32u - turns[i]);
        x[c] += x[d];
        x[b] ^= x[c];
        x[b] = x[b] << turns[i + 1] | x[b] >> (32u - turns[i + 1]);
    }
}

static void block(uint32_t out[BLOCK_WORDS])
{
    const uint32_t in[BLOCK_WORDS] = {0x61707865,
                                      0x3320646e,
                                      0x79622d32,
                                      0x6b206574,
                                      key[0],
                                      key[1],
                                      key[2],
                                      key[3],
                                      key[4],
                                      key[5],
                                      key[6],
                                      key[7],
                                      (uint32_t)counter,
                                      (uint32_t)(counter >> 32),
                                      0,
                                      0};

    counter++;
    for (unsigned i = 0; i < BLOCK_WORDS; i++)
        out[i] = in[i];
    for (unsigned round = 0; round < 10; round++) {
        for (unsigned i = 0; i < 4; i++)
            quarter(out, i, i + 4, i + 8, i + 12);
        for (unsigned i = 0; i < 4; i++)
            quarter(out, i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12);
    }
    for (unsigned i = 0; i < BLOCK_WORDS; i++)
        out[i] += in[i];
}

uint32_t entropy_get(uint8_t *bytes, uint32_t n)
{
    uint32_t out[BLOCK_WORDS];

    if (!seeded)
        return 0;
    for (uint32_t done = 0; done < n; done += BLOCK_BYTES) {
        block(out);
        for (uint32_t i = 0; i < BLOCK_BYTES && done + i < n; i++)
            bytes[done + i] = (uint8_t)(out[i / 4u] >> 8u * (i % 4u));
    }
    block(out); /* what was given away cannot be told from what is left */
    for (unsigned i = 0; i < KEY_WORDS; i++)
        key[i] = out[i];
    return n;
}
