/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/gen/ids.h"

#define BYTES 64u

static unsigned request(struct session *s, unsigned first)
{
    const struct part p = {s->data, BYTES, true};

    put_chain(s->desc, first, &p, 1);
    return 1;
}

static bool is_done(const struct session *s, uint32_t bytes)
{
    (void)s;
    return bytes > 0 && bytes <= BYTES;
}

/* entropy.dev.1: the device places at least one byte; split.dev.used.2: and as many as it reports. */
static enum verdict random_bytes(struct session *s)
{
    static const uint8_t zero[BYTES];
    bool fills = true;
    bool works = true;

    if (!session_open(s, 0))
        return BROKEN;
    for (unsigned i = 0; i < 4 && works; i++) {
        (void)memset(s->data, 0, BYTES);
        works = exchange(s);
        /* of 2^128 buffers of good random numbers, one begins with sixteen zero bytes */
        fills = fills && (used_bytes(s, i) < 16 || memcmp(s->data, zero, used_bytes(s, i)) != 0);
    }
    session_end(s);
    if (!works)
        return broken(s, "a buffer is used without a byte, or with more bytes than it has");
    return fills ? KEPT : broken(s, "the device reports bytes, and they are 0");
}

/* Buffers of any size are used, and their bytes are written up to the reported length. */
static enum verdict each_size(struct session *s)
{
    static const uint32_t sizes[] = {1, 2, 7, 8, 300, 4096};
    unsigned at = 0;
    bool works = true;
    bool fills = true;

    if (!session_open(s, 0))
        return BROKEN;
    for (; at < VWR_COUNT(sizes) && works; at++) {
        const struct part p = {s->data, sizes[at], true};
        unsigned same = 0; /* bytes in a row that were not written */

        (void)memset(s->data, 0xa5, sizes[at]);
        put_chain(s->desc, 0, &p, 1);
        offer(s, 0);
        kick(s);
        works = await_used(s) && used_bytes(s, at) > 0 && used_bytes(s, at) <= sizes[at];
        for (uint32_t i = 0; works && i < used_bytes(s, at); i++) {
            same = s->data[i] == 0xa5 ? same + 1 : 0;
            fills = fills && same < 16; /* as unlikely as sixteen zero bytes */
        }
    }
    session_end(s);
    if (!works)
        return broken(s, "a buffer of %u bytes is not used with at least one byte", sizes[at - 1]);
    return fills ? KEPT : broken(s, "the device reports bytes that it has not written");
}

static const struct conform_case cases[] = {
    CASE(each_size, "entropy.dev.1 split.dev.used.2",
         "A buffer of any size is used, with random bytes up to the length that is reported."),
    CASE(random_bytes, "entropy.dev.1 split.dev.used.2",
         "A used buffer has at least one random byte, and no more bytes than were available."),
};

const struct device_class entropy_class = {.name = "rng",
                                           .type = VWR_ID_RNG,
                                           .request = request,
                                           .is_done = is_done,
                                           .cases = cases,
                                           .count = sizeof(cases) / sizeof(cases[0])};
