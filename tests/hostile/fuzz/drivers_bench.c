/* SPDX-License-Identifier: MIT */
#include "drivers.h"

#include "../../../classes/ends.h"
#include "vwr/gen/gpio.h"
#include "vwr/gen/input.h"
#include "vwr/gen/mem.h"
#include "vwr/gen/can.h"
#include "vwr/gen/spi.h"
#include "vwr/gen/pmem.h"
#include "vwr/gen/iommu.h"

#include <string.h>

/* Drivers of benches (classes/). */

#define MOST_EVENTS 40u

static const struct bench_driver *driver;
static struct bench_memory memory;
static uint8_t *configuration;         /* of the device */
static const struct bench_shape *next; /* of an act; several have the same bytes */

static struct vwr_bringup *bringup(void)
{
    return memory.own;
}

static void configure(const struct bench_shapes *s, uint8_t *config, bool legacy)
{
    configuration = config;
    if (s->config.n != 0)
        bench_copy(s->config_numbers, vwr_guest_is_big(legacy), config, s->config.at, s->config.n);
}

/* The device changes its configuration, unless this one is empty. */
static void change(const struct bench_bytes *config)
{
    for (uint32_t i = 0; i < config->n; i++)
        configuration[i] = config->at[i];
}

static bool receives(unsigned queue)
{
    return bench_waits(driver->shapes, queue);
}

static bool deliver(const struct bench_shape *shape)
{
    return drivers_deliver(shape->queue, shape->in.at, shape->in.n);
}

/* An event of a shape, or one with another byte, and what follows it; several times. */
static void send(void)
{
    const struct bench_shapes *const s = driver->shapes;
    unsigned i = input_u8(drivers_in), tries = s->shapes;
    const struct bench_shape *shape;
    uint8_t in[BENCH_LONGEST];

    do
        shape = &s->shape[i++ % s->shapes];
    while (!bench_waits(s, shape->queue) && --tries != 0);
    if (tries == 0)
        return;
    memcpy(in, shape->in.at, shape->in.n);
    if (input_u8(drivers_in) % 2 != 0)
        in[input_u8(drivers_in) % shape->in.n] = input_u8(drivers_in);
    for (unsigned n = input_u8(drivers_in) % MOST_EVENTS; n != 0; n--)
        (void)drivers_deliver(shape->queue, in, shape->in.n);
    if (shape + 1 < s->shape + s->shapes && bench_waits(s, shape[1].queue) && shape[1].event == 0)
        (void)deliver(shape + 1);
}

/* The answer of the shape with these bytes. The device answers all others with zeroes. */
static uint32_t answer(const struct bench_driver *d, unsigned queue, const uint8_t *out, uint32_t n,
                       uint8_t *in)
{
    const struct bench_shape *shape = bench_find(d->shapes, queue, false, out, n);

    if (next != NULL && next->out.n == n && bench_equal(next->out.at, out, n))
        shape = next;

    memset(in, 0, BENCH_LONGEST);
    if (shape == NULL)
        return BENCH_LONGEST;
    memcpy(in, shape->in.at, shape->in.n);
    if (next != NULL && d->shapes->config_after != NULL)
        change(&d->shapes->config_after[shape - d->shapes->shape]);
    return shape->in.n;
}

static int open(const struct bench_driver *d, struct vwr_dev *dev, const struct vwr_features *avoid)
{
    driver = d;
    memory.own = drivers_anew(memory.own, d->steps->bytes);
    memory.shared = drivers_share(d->shared_bytes);
    memory.data = drivers_share(d->data_bytes);
    return d->open(&memory, dev, avoid, 0);
}

static uint32_t below(uint32_t n)
{
    return input_u8(drivers_in) % n;
}

static void call(uint8_t which)
{
    char text[200];

    if (which >= 0xf0)
        MUST(driver->refuses(which % driver->refusals));
    else
        MUST(driver->call(below, NULL, 0) == NULL);
    (void)driver->explain(text, sizeof(text));
}

static int close(void)
{
    return vwr_close(memory.own);
}

static void closed(void)
{
    MUST(driver->is_idle());
}

static void works(void)
{
    const struct bench_shapes *const s = driver->shapes;
    unsigned done;

    for (unsigned i = 0; i < s->acts; i++) {
        const struct bench_shape *const shape = &s->shape[s->act[i].first];

        next = shape;
        if (s->config_before != NULL)
            change(&s->config_before[i]);
        if (shape->event != 0 && driver->post != NULL)
            MUST(driver->post(s->act[i].first));
        world_run_until_idle();
        for (unsigned n = 0; n < s->act[i].count && bench_waits(s, shape[n].queue); n++)
            MUST(deliver(&shape[n]));
        MUST(driver->act(s->act[i].first, s->act[i].count, &done) == s->act[i].result &&
             done == s->act[i].done);
    }
    next = NULL;
}

#define ROW(name, number, word, ...)                                                           \
    static void configure_##name(uint8_t *config, bool legacy)                                 \
    {                                                                                          \
        configure(&bench_##name##_shapes, config, legacy);                                     \
    }                                                                                          \
    static uint32_t answer_##name(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in) \
    {                                                                                          \
        return answer(&bench_##name##_driver, queue, out, n, in);                              \
    }                                                                                          \
    static int open_##name(struct vwr_dev *d, const struct vwr_features *avoid)                \
    {                                                                                          \
        return open(&bench_##name##_driver, d, avoid);                                         \
    }                                                                                          \
    extern const struct vwr_bringup_class vwr_##name##_bringup;                                \
    const struct driver_row driver_##name = {.id = number,                                     \
                                             .features = {{word}},                             \
                                             .steps = &vwr_##name##_bringup,                   \
                                             .bringup = bringup,                               \
                                             .configure = configure_##name,                    \
                                             .receives = receives,                             \
                                             .answer = answer_##name,                          \
                                             .send = send,                                     \
                                             .open = open_##name,                              \
                                             .call = call,                                     \
                                             .close = close,                                   \
                                             .closed = closed,                                 \
                                             .works = works,                                   \
                                             __VA_ARGS__}

ROW(entropy, 4, 0, .fields = NULL);
ROW(i2c, 34, 1u << 0, .fields = NULL);
ROW(input, 18, 0, .fields = vwr_input_config_fields, .field_count = VWR_INPUT_CONFIG_FIELD_COUNT);
ROW(iommu, 23, 0x77u, .fields = vwr_iommu_config_fields, .field_count = VWR_IOMMU_CONFIG_FIELD_COUNT);
ROW(rtc, 17, 1u << 0, .fields = NULL);
ROW(gpio, 41, 1u << 0, .fields = vwr_gpio_config_fields, .field_count = VWR_GPIO_CONFIG_FIELD_COUNT);
ROW(mem, 24, 1u << 1, .fields = vwr_mem_config_fields, .field_count = VWR_MEM_CONFIG_FIELD_COUNT);
ROW(scmi, 32, 1u << 0, .fields = NULL);
ROW(spi, 45, 0, .fields = vwr_spi_config_fields, .field_count = VWR_SPI_CONFIG_FIELD_COUNT);
ROW(can, 36, 0xfu, .fields = vwr_can_config_fields, .field_count = VWR_CAN_CONFIG_FIELD_COUNT);
ROW(pmem, 27, 0, .fields = vwr_pmem_config_fields, .field_count = VWR_PMEM_CONFIG_FIELD_COUNT);
