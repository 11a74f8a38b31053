/* SPDX-License-Identifier: MIT */
#include "hyp.h"

/*
 * Random bytes for guests: ChaCha20 (RFC 8439), with a key that the host has stored in the file opt/vwr/seed.
 * The board has no entropy source; without the file, guests receive no random bytes.
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

typedef uint32_t __attribute__((may_alias)) word;

/* In place, to keep all sixteen words of a block in registers. */
static inline __attribute__((always_inline)) void quarter(uint32_t *x, unsigned a, unsigned b, unsigned c,
                                                          unsigned d)
{
    x[a] += x[b];
    x[d] ^= x[a];
    x[d] = x[d] << 16 | x[d] >> 16;
    x[c] += x[d];
    x[b] ^= x[c];
    x[b] = x[b] << 12 | x[b] >> 20;
    x[a] += x[b];
    x[d] ^= x[a];
    x[d] = x[d] << 8 | x[d] >> 24;
    x[c] += x[d];
    x[b] ^= x[c];
    x[b] = x[b] << 7 | x[b] >> 25;
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

    uint32_t x[BLOCK_WORDS];

    counter++;
    for (unsigned i = 0; i < BLOCK_WORDS; i++)
        x[i] = in[i];
    for (unsigned i = 0; i < 10; i++) {
        quarter(x, 0, 4, 8, 12);
        quarter(x, 1, 5, 9, 13);
        quarter(x, 2, 6, 10, 14);
        quarter(x, 3, 7, 11, 15);
        quarter(x, 0, 5, 10, 15);
        quarter(x, 1, 6, 11, 12);
        quarter(x, 2, 7, 8, 13);
        quarter(x, 3, 4, 9, 14);
    }
    for (unsigned i = 0; i < BLOCK_WORDS; i++)
        out[i] = x[i] + in[i];
}

/* Stores words as little-endian bytes; aligned whole blocks are stored word by word. */
static void put(uint8_t *bytes, const uint32_t *out, uint32_t n)
{
    if (n == BLOCK_BYTES && ((uintptr_t)bytes & 3u) == 0)
        for (unsigned i = 0; i < BLOCK_WORDS; i++)
            ((volatile word *)(void *)bytes)[i] = out[i];
    else
        for (uint32_t i = 0; i < n; i++)
            bytes[i] = (uint8_t)(out[i / 4u] >> 8u * (i % 4u));
}

/* The first half of the first block becomes the next key, so earlier output cannot be reconstructed. */
uint32_t entropy_get(uint8_t *bytes, uint32_t n)
{
    uint32_t next[BLOCK_WORDS];
    uint32_t out[BLOCK_WORDS];
    uint32_t done = n < BLOCK_BYTES / 2u ? n : BLOCK_BYTES / 2u;

    if (!seeded)
        return 0;
    block(next);
    put(bytes, &next[KEY_WORDS], done);
    for (; done < n; done += BLOCK_BYTES) {
        block(out);
        put(bytes + done, out, n - done < BLOCK_BYTES ? n - done : BLOCK_BYTES);
    }
    for (unsigned i = 0; i < KEY_WORDS; i++)
        key[i] = next[i];
    return n;
}
