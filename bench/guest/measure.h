/* SPDX-License-Identifier: MIT */

/*
 * The loops that every level is measured in. Part of hand.c and ring.c, which include it behind
 * their own, always inlined
 *
 *     void submit_one(void *driver, uint64_t sector, uint8_t *buffer, uint32_t bytes);
 *     bool kick_all(void *driver);                       true: the device was notified
 *     uint32_t take_back(void *driver, uint32_t most);   how many came back
 *     bool answered(void *driver, uint32_t depth);       the device has written the status of all requests
 *
 * so that the compiler sees through all of it, as in the loop on the host, and both are the same. The
 * driver comes from main.c, so that it does not know where that is.
 */

#define MEASURE_PAUSE \
    2000u /* passes of a loop between the last status byte and the used ring: the device needs fewer */

struct measure {
    void *driver;
    uint32_t depth;
    uint32_t bytes;
    uint64_t stride; /* in sectors */
    uint64_t mask;
    uint64_t sector; /* of the next request */
    uint8_t *buffers;
};

VWR_ALWAYS_INLINE struct measure measure_begin(const struct guest_run *r, void *driver)
{
    const struct measure m = {.driver = driver,
                              .depth = r->depth,
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
        submit_one(m->driver, m->sector, buffer, m->bytes);
        m->sector = (m->sector + m->stride) & m->mask;
        buffer += m->bytes;
    }
    return kick_all(m->driver);
}

/* All of it, by the clock. `idle` waits for the device, NULL polls. */
VWR_ALWAYS_INLINE void measure_rate(const struct guest_run *r, void *driver, struct guest_result *result,
                                    void (*idle)(void *driver))
{
    struct measure m = measure_begin(r, driver);
    uint64_t notifications = 0;
    uint64_t done = 0;
    const uint64_t begin = guest_ticks();

    for (uint32_t batch = r->batches; batch > 0; batch--) {
        uint32_t left = m.depth;

        notifications += measure_send(&m);
        while (left > 0) {
            const uint32_t n = take_back(driver, left);

            left -= n;
            if (n == 0 && idle != NULL)
                idle(driver);
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
static void measure_wait(void *driver, uint32_t depth, uint32_t batch)
{
    while (!answered(driver, depth))
        ;
    for (uint32_t i = MEASURE_PAUSE + batch % 16u; i > 0; i--)
        __asm__ volatile("nop" ::: "memory");
}

/* The counter of instructions lies inside of the timer, whose ticks have 16 of them. */
VWR_ALWAYS_INLINE struct guest_count measure_before(void)
{
    struct guest_count c;

    c.ticks = guest_ticks();
    c.instructions = guest_instructions();
    return c;
}

VWR_ALWAYS_INLINE void measure_after(const struct guest_count *before, struct guest_count *c)
{
    c->instructions = guest_instructions() - before->instructions;
    c->ticks = guest_ticks() - before->ticks;
}

/*
 * What is counted lies in functions of its own that hold nothing else: around it the compiler
 * would move what the loop has in registers out of the way, and that is not the driver's.
 */
__attribute__((noinline)) static void measure_submit(struct measure *m, struct guest_count *c)
{
    struct measure local = *m;
    const struct guest_count before = measure_before();

    (void)measure_send(&local);
    measure_after(&before, c);
    m->sector = local.sector;
}

__attribute__((noinline)) static uint32_t measure_reap(void *driver, uint32_t depth, struct guest_count *c)
{
    const struct guest_count before = measure_before();
    const uint32_t n = take_back(driver, depth);

    measure_after(&before, c);
    return n;
}

__attribute__((noinline)) static void measure_nothing(struct guest_count *c)
{
    const struct guest_count before = measure_before();

    measure_after(&before, c);
}

static void measure_add(struct guest_count *sum, const struct guest_count *c)
{
    sum->instructions += c->instructions;
    sum->ticks += c->ticks;
}

/*
 * The driver's share alone. A batch of which the last request was not in the used ring yet is
 * taken back, but not counted.
 */
static void measure_count(const struct guest_run *r, void *driver, struct guest_result *result)
{
    struct measure m = measure_begin(r, driver);

    for (uint32_t batch = 0; batch < r->batches; batch++) {
        struct guest_count submit, reap, empty;
        uint32_t n;

        measure_submit(&m, &submit);
        measure_wait(driver, m.depth, batch);
        n = measure_reap(driver, m.depth, &reap);
        measure_nothing(&empty);
        if (n == m.depth) {
            measure_add(&result->submit, &submit);
            measure_add(&result->reap, &reap);
            measure_add(&result->empty, &empty);
            result->counted += n;
        }
        while (n < m.depth)
            n += take_back(driver, m.depth - n);
        result->done += n;
    }
}
