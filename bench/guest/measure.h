/* SPDX-License-Identifier: MIT */

/*
 * The loops that every level is measured in. Part of hand.c and ring.c, which include it behind
 * their own, always inlined
 *
 *     void submit_one(uint64_t sector, uint8_t *buffer, uint32_t bytes);
 *     bool kick_all(void);                 true: the device was notified
 *     uint32_t take_back(uint32_t most);   how many came back
 *     bool answered(uint32_t depth);       the device has written the status of all requests
 *
 * so that the compiler sees through all of it, as in the loop on the host, and both are the same.
 */

#define MEASURE_SETTLE \
    2000u /* turns between the last status byte and the used ring: the device needs fewer */

struct measure {
    uint32_t depth;
    uint32_t bytes;
    uint64_t stride; /* in sectors */
    uint64_t mask;
    uint64_t sector; /* of the next request */
    uint8_t *buffers;
};

VWR_ALWAYS_INLINE struct measure measure_begin(const struct guest_run *r)
{
    const struct measure m = {.depth = r->depth,
                              .bytes = r->bytes,
                              .stride = GUEST_STRIDE * (r->bytes / GUEST_SECTOR_BYTES),
                              .mask = r->sectors - 1u,
                              .sector = 0,
                              .buffers = guest_buffers()};

    return m;
}

VWR_ALWAYS_INLINE bool measure_send(struct measure *m)
{
    uint8_t *buffer = m->buffers;

    for (uint32_t i = m->depth; i > 0; i--) {
        submit_one(m->sector, buffer, m->bytes);
        m->sector = (m->sector + m->stride) & m->mask;
        buffer += m->bytes;
    }
    return kick_all();
}

/* All of it, by the clock. `idle` waits for the device, NULL polls. */
VWR_ALWAYS_INLINE void measure_rate(const struct guest_run *r, struct guest_result *result,
                                    void (*idle)(void))
{
    struct measure m = measure_begin(r);
    uint64_t notifications = 0;
    uint64_t done = 0;
    const uint64_t begin = guest_ticks();

    for (uint32_t batch = r->batches; batch > 0; batch--) {
        uint32_t left = m.depth;

        notifications += measure_send(&m);
        while (left > 0) {
            const uint32_t n = take_back(left);

            left -= n;
            if (n == 0 && idle != NULL)
                idle();
        }
        done += m.depth;
    }
    result->ticks = guest_ticks() - begin;
    result->notifications = notifications;
    result->done = done;
}

/*
 * Until the device has done with the batch: not the driver's work, and outside of what is counted.
 * An odd number of instructions that grows with the batch, or the driver would always begin at the
 * same place between two ticks of the timer.
 */
static void measure_wait(uint32_t depth, uint32_t batch)
{
    while (!answered(depth))
        ;
    for (uint32_t i = MEASURE_SETTLE + batch % 16u; i > 0; i--)
        __asm__ volatile("nop" ::: "memory");
}

/*
 * The driver's share alone, by a counter. A batch of which the last request was not in the used
 * ring yet is taken back, but not counted.
 */
VWR_ALWAYS_INLINE void measure_count(const struct guest_run *r, struct guest_result *result,
                                     uint64_t (*now)(void))
{
    struct measure m = measure_begin(r);

    for (uint32_t batch = 0; batch < r->batches; batch++) {
        uint64_t at[6];
        uint32_t n;

        at[0] = now();
        (void)measure_send(&m);
        at[1] = now();
        measure_wait(m.depth, batch);
        at[2] = now();
        n = take_back(m.depth);
        at[3] = now();
        at[4] = now();
        at[5] = now();
        if (n == m.depth) {
            result->submit += at[1] - at[0];
            result->reap += at[3] - at[2];
            result->empty += at[5] - at[4];
            result->counted += n;
        }
        while (n < m.depth)
            n += take_back(m.depth - n);
        result->done += n;
    }
}
