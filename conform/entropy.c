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

static const struct conform_case cases[] = {
    CASE(random_bytes, "entropy.dev.1 split.dev.used.2",
         "A used buffer has at least one random byte, and no more bytes than were available."),
};

const struct device_class entropy_class = {.name = "rng",
                                           .type = VWR_ID_RNG,
                                           .request = request,
                                           .is_done = is_done,
                                           .cases = cases,
                                           .count = sizeof(cases) / sizeof(cases[0])};
