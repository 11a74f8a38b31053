/* SPDX-License-Identifier: MIT */

/*
 * The loops in which every level is measured. hand.c and ring.c include this file after defining, always
 * inlined:
 *
 *     void submit_one(void *driver, uint64_t sector, uint8_t *buffer, uint32_t bytes);
 *     bool kick_all(void *driver);                       true: the device was notified
 *     uint32_t take_back(void *driver, uint32_t most);   returns the number of completed requests
 *     bool answered(void *driver, uint32_t depth);       whether the device has written all status bytes
 *
 * So the compiler optimizes all of it together, as in the loop on the host, and the same for both. The driver
 * comes from main.c, so that the compiler does not know its address.
 */

#define MEASURE_PAUSE \
    2000u /* iterations of a delay loop, longer than from the last status byte to the used ring */

struct measure {
    void *driver;
    uint32_t depth;
    uint32_t bytes;
    uint64_t stride; /* in sectors */
    uint64_t mask;
    uint64_t sector; /* sector of the next request */
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

/* Measures the total time. `idle` waits for the device; NULL: polls. */
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
 * Waits until the device has completed the batch; this is not counted. The number of iterations changes with
 * each batch: otherwise the driver would always start at the same position between two ticks of the timer.
 */
static void measure_wait(void *driver, uint32_t depth, uint32_t batch)
{
    while (!answered(driver, depth))
        ;
    for (uint32_t i = MEASURE_PAUSE + batch % 16u; i > 0; i--)
        __asm__ volatile("nop" ::: "memory");
}

/* The instruction counter is read inside of the timer interval; a tick of the timer has 16 instructions. */
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
 * The counted code is in separate functions that contain nothing else. Otherwise the compiler would spill the
 * loop's registers around it, which is no cost of the driver.
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

/* Counts the driver only. A batch that was not completely in the used ring is reaped, but not counted. */
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
