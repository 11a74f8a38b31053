/* SPDX-License-Identifier: MIT */
#include "bench.h"

#include <string.h>

struct bench_fake bench;

static uint64_t own[4096];
static struct bench_memory memory = {.own = own};
static struct fake_chain chain;

static bool is_big(const struct fake *f)
{
    return vwr_guest_is_big(f->version == VWR_MMIO_VERSION_LEGACY);
}

/* The device changes its configuration, unless this one is empty. */
static void configure(struct fake *f, const struct bench_bytes *config)
{
    if (config->n == 0)
        return;
    bench_copy(bench.driver->shapes->config_numbers, is_big(f), f->config, config->at, config->n);
    f->generation++;
}

static void configure_for(struct fake *f, const struct bench_act *act)
{
    const struct bench_shapes *const s = bench.driver->shapes;

    if (s->config_before != NULL)
        configure(f, &s->config_before[act - s->act]);
}

/* Remembers what a driver sends after a reset. */
static void note(const struct fake *f, const struct bench_shape *shape)
{
    const struct bench_shapes *const s = bench.driver->shapes;
    const unsigned n = shape != NULL ? (unsigned)(shape - s->shape) : UINT8_MAX;

    if (class_was_reset(f, &bench.resets))
        bench.sent_count = 0;
    if (n - s->act[s->usual].first >= s->act[s->usual].count && bench.sent_count < BENCH_SENT)
        bench.sent[bench.sent_count++] = (uint8_t)n;
}

/* The answer to a request: that of the act's next shape, or of any shape with these bytes, or zeroes. */
static void answer(struct fake *f, uint32_t queue, uint8_t *in)
{
    const struct bench_shapes *const s = bench.driver->shapes;
    uint8_t out[BENCH_LONGEST], bytes[BENCH_LONGEST];
    const uint32_t n = class_read(&chain, bytes, sizeof(bytes));
    const struct bench_shape *shape = bench_find(s, queue, is_big(f), bytes, n);

    note(f, shape);
    if (bench.act != NULL) {
        assert_true(bench.requests < bench.act->count);
        shape = &s->shape[bench.act->first + bench.requests];
        assert_int_equal(queue, shape->queue);
        assert_int_equal(n, shape->out.n);
        bench_out(s, is_big(f), out, &shape->out);
        assert_memory_equal(bytes, out, n);
        assert_int_equal(chain.writable, shape->in.n);
    }
    memset(in, bench.fill, BENCH_LONGEST);
    bench_echo(s, in, bytes);
    bench_set_status(s, is_big(f), in, chain.writable, 0);
    if (!bench.filled && shape != NULL && shape->in.n == chain.writable)
        bench_in(s, is_big(f), in, &shape->out, &shape->in);
    if (shape != NULL && s->config_after != NULL && bench.wrong == NULL)
        configure(f, &s->config_after[shape - s->shape]);
}

/* Uses the buffer with this answer, unless it has to be wrong. */
static void use(struct fake *f, uint32_t queue, uint8_t *in)
{
    const struct bench_shapes *const s = bench.driver->shapes;
    const struct bench_wrong *const wrong = bench.wrong;
    uint32_t less = 0;

    if (wrong != NULL && bench.requests >= wrong->at)
        bench_set_status(s, is_big(f), in, chain.writable, wrong->status);
    if (wrong != NULL && bench.requests == wrong->at)
        less = wrong->less;
    bench.requests++;
    class_write(&chain, in, s->status_first ? chain.writable - less : chain.writable);
    fake_ring_push(f, queue, chain.head, chain.writable - less);
}

static void serve(struct fake *f, uint32_t queue)
{
    static uint8_t in[BENCH_LONGEST];

    while (!class_silent && !bench_waits(bench.driver->shapes, queue) && fake_ring_next(f, queue, &chain)) {
        assert_true(chain.writable <= sizeof(in));
        answer(f, queue, in);
        use(f, queue, in);
    }
}

void bench_plug(struct world *w, const struct format *f, const struct bench_driver *driver)
{
    memset(&bench, 0, sizeof(bench));
    bench.driver = driver;
    bench.world = w;
    class_silent = false;
    format_plug(w, f);
    w->f.device_id = driver->shapes->id;
    w->f.on_notify = serve;
    memset(w->f.config, 0, sizeof(w->f.config));
    configure(&w->f, &driver->shapes->config);
    for (unsigned i = 0; i < driver->shapes->queues; i++)
        w->f.queue[i].size_max = f->size;
    for (unsigned bit = 0; bit < 32; bit++)
        if (((driver->shapes->mandatory.w[0] | driver->shapes->optional.w[0]) >> bit & 1) != 0)
            fake_offer(&w->f, bit);
    assert_int_equal(world_probe(w), VWR_OK);
}

int bench_open(struct world *w, uint32_t timeout_us)
{
    static const struct vwr_features none;

    assert_true(bench.driver->steps->bytes <= sizeof(own));
    memset(own, 0xa5, sizeof(own)); /* memory of the embedder is not zeroed */
    memory.shared = fake_ram_alloc(bench.driver->shared_bytes, VWR_QUEUE_SHARED_ALIGN);
    memory.data = fake_ram_alloc(bench.driver->data_bytes, 1);
    return bench.driver->open(&memory, &w->mmio.dev, &none, timeout_us);
}

void *bench_own(void)
{
    return own;
}

/* The next buffer that waits is used, with the answer of this shape. */
static void happens(const struct bench_shape *shape)
{
    const struct bench_shapes *const s = bench.driver->shapes;
    struct fake *const f = &bench.world->f;
    uint8_t in[BENCH_LONGEST], out[BENCH_LONGEST];

    assert_true(bench.driver->post == NULL || bench.driver->post((unsigned)(shape - s->shape)));
    assert_true(fake_ring_next(f, shape->queue, &chain));
    assert_int_equal(class_read(&chain, in, sizeof(in)), shape->out.n);
    bench_out(s, is_big(f), out, &shape->out);
    assert_memory_equal(in, out, shape->out.n);
    assert_true(s->roomy ? chain.writable >= shape->in.n : chain.writable == shape->in.n);
    chain.writable = shape->in.n;
    bench_in(s, is_big(f), in, &shape->out, &shape->in);
    use(f, shape->queue, in);
}

void bench_happens(const struct bench_act *act)
{
    const struct bench_shapes *const s = bench.driver->shapes;

    configure_for(&bench.world->f, act);
    for (unsigned i = act->first; i < act->first + act->count && bench_waits(s, s->shape[i].queue); i++)
        happens(&s->shape[i]);
}

void bench_act(const struct bench_act *act)
{
    unsigned done = 0;

    bench.act = act;
    bench.requests = 0;
    bench_happens(act);
    assert_int_equal(bench.driver->act(act->first, act->count, &done), act->result);
    assert_int_equal(done, act->done);
    assert_int_equal(bench.requests, act->count);
    assert_true(bench.driver->is_idle());
    bench.act = NULL;
}

int bench_close(void)
{
    return vwr_close(memory.own);
}

/* ---- rows of the table of classes ---- */

static int make(const struct bench_act *act)
{
    unsigned done;

    configure_for(&bench.world->f, act);
    return bench.driver->act(act->first, act->count, &done);
}

static int usual(void)
{
    const struct bench_shapes *const s = bench.driver->shapes;

    return make(&s->act[s->usual]);
}

/* The usual act or, if it is on another queue, one on this queue. An answer that was not written may say that
 * the request has failed. */
static int ask(unsigned queue)
{
    const struct bench_shapes *const s = bench.driver->shapes;
    const struct bench_act *act = &s->act[s->usual];
    int r;

    for (unsigned i = 0; i < s->acts && s->shape[act->first].queue != queue; i++)
        act = &s->act[i];
    r = make(act);
    return r == VWR_EIO ? VWR_OK : r;
}

static int look(struct world *w, unsigned queue)
{
    (void)w;
    return bench.driver->take != NULL && bench_waits(bench.driver->shapes, queue) ? bench.driver->take(NULL)
                                                                                  : ask(queue);
}

static int wait(struct world *w)
{
    (void)w;
    if (bench.driver->give_up != NULL) {
        bench.driver->give_up();
        return VWR_ERESET;
    }
    class_silent = true;
    fake_time.step = 1000;
    assert_int_equal(usual(), VWR_ETIMEOUT);
    return VWR_ETIMEOUT;
}

#define TAKES 16u /* after which a recovery is complete */

/* The user has what it had. Nothing is in flight, only settings were sent again, and each act works. */
static void came_back(struct world *w, int why)
{
    const struct bench_shapes *const s = bench.driver->shapes;
    const unsigned holds = bench.driver->holds != NULL ? bench.driver->holds() : 0;

    (void)why;
    for (unsigned i = 0; bench.driver->take != NULL && i < TAKES; i++)
        assert_int_equal(bench.driver->take(NULL), 0);
    if (class_was_reset(&w->f, &bench.resets))
        bench.sent_count = 0;
    assert_int_equal(bench.sent_count, s->restored_count);
    for (unsigned i = 0; i < s->restored_count; i++)
        assert_int_equal(bench.sent[i], s->restored[i]);
    if (s->left != 0) {
        happens(&s->shape[s->left]);
        assert_int_equal(bench.driver->take(NULL), 1);
    }
    for (unsigned queue = 0; queue < s->queues; queue++)
        class_all_posted(w, queue, bench_waits(s, queue) ? bench.driver->events : 0, holds);
    assert_true(bench.driver->is_idle());
    if (bench.driver->ends_part != NULL && (bench.driver->holds == NULL || holds != 0))
        assert_true(bench.driver->ends_part());
    for (unsigned i = 0; i < (s->stream ? 2 : 1) * s->acts; i++)
        bench_act(&s->act[i % s->acts]);
}

static void released(void)
{
    assert_true(bench.driver->is_idle());
}

/* The usual act, and settings. */
static void begin(struct world *w, const struct format *f, const struct bench_driver *driver)
{
    const struct bench_shapes *const s = driver->shapes;

    bench_plug(w, f, driver);
    assert_int_equal(bench_open(w, 50000), VWR_OK);
    bench_act(&s->act[s->usual]);
    for (unsigned i = s->settings; i < s->acts; i++)
        bench_act(&s->act[i]);
    assert_true(s->left == 0 || driver->post(s->left));
    if (driver->begin_part == NULL)
        return;
    class_silent = true;
    bench_happens(s->act);
    happens(s->shape);
    assert_true(driver->begin_part());
    happens(s->shape); /* this one is lost */
    for (unsigned i = 0; i < 2; i++) {
        assert_true(fake_ring_next(&w->f, s->shape->queue, &chain));
        fake_ram_write(chain.segment[0].addr, "half", 4);
    }
}

#define ROW(class_name, text, used_queues, again, waits)                    \
    static void begin_##class_name(struct world *w, const struct format *f) \
    {                                                                       \
        begin(w, f, &bench_##class_name##_driver);                          \
    }                                                                       \
    const struct driver_class class_##class_name = {                        \
        .name = text,                                                       \
        .kinds = KIND_ALL,                                                  \
        .size = 8,                                                          \
        .queues = used_queues,                                              \
        .queue_count = sizeof(used_queues) / sizeof((used_queues)[0]),      \
        .reused = again,                                                    \
        .empty = waits,                                                     \
        .bringup = (struct vwr_bringup *)(void *)own,                       \
        .steps = &vwr_##class_name##_bringup,                               \
        .begin = begin_##class_name,                                        \
        .look = look,                                                       \
        .wait = wait,                                                       \
        .came_back = came_back,                                             \
        .close = bench_close,                                               \
        .released = released,                                               \
    }

static const unsigned first_queue[] = {0};
static const unsigned two_queues[] = {0, 1};
static const unsigned three_queues[] = {0, 1, 2};

extern const struct vwr_bringup_class vwr_entropy_bringup;
extern const struct vwr_bringup_class vwr_i2c_bringup;
extern const struct vwr_bringup_class vwr_input_bringup;
extern const struct vwr_bringup_class vwr_pmem_bringup;
extern const struct vwr_bringup_class vwr_mem_bringup;
extern const struct vwr_bringup_class vwr_iommu_bringup;
extern const struct vwr_bringup_class vwr_rtc_bringup;
extern const struct vwr_bringup_class vwr_can_bringup;
extern const struct vwr_bringup_class vwr_scmi_bringup;
extern const struct vwr_bringup_class vwr_spi_bringup;
extern const struct vwr_bringup_class vwr_gpio_bringup;

ROW(entropy, "entropy", first_queue, 1u << 0, 0);
ROW(i2c, "i2c", first_queue, 0, 1u << 0);
ROW(input, "input", two_queues, 1u << 0 | 1u << 1, 0);
ROW(pmem, "pmem", first_queue, 1u << 0, 1u << 0);
ROW(mem, "mem", first_queue, 1u << 0, 1u << 0);
ROW(iommu, "iommu", two_queues, 1u << 0 | 1u << 1, 1u << 0);
ROW(rtc, "rtc", two_queues, 1u << 0 | 1u << 1, 1u << 0);
ROW(scmi, "scmi", two_queues, 1u << 0 | 1u << 1, 1u << 0);
ROW(spi, "spi", first_queue, 1u << 0, 1u << 0);
ROW(can, "can", three_queues, 1u << 0 | 1u << 1 | 1u << 2, 1u << 0 | 1u << 2);
ROW(gpio, "gpio", two_queues, 1u << 0 | 1u << 1, 1u << 0);
