/* SPDX-License-Identifier: MIT */
#include "between.h"
#include "drivers.h"

#include "vwr/gen/features.h"

#include <stdlib.h>
#include <string.h>

/*
 * A hand-written driver of the class that the first byte of the input selects, on a device whose answers are
 * correct or come from the input, with an attacker between them. The driver may only report errors: it
 * accesses no byte beyond the end of its private memory, the data that it returns lies in memory that it was
 * given, each request completes once, all calls return, and on a correct device it works again.
 */

#define SEGS 40u
#define CONFIG_BYTES 256u

static struct {
    struct input in;
    struct vwr_mmio mmio;
    const struct driver_row *row;
    struct vwr_vdev dev;
    struct vwr_vdev_class class;
    struct vwr_vseg seg[SEGS];
    uint8_t config[CONFIG_BYTES];
    size_t shared; /* bytes allocated */
    bool holds;    /* the device withholds its answers */
    bool open;
    uint8_t seen;
} drivers;

struct input *drivers_in = &drivers.in;

/* ---- functions for the calls ---- */

void *drivers_anew(void *old, size_t bytes)
{
    void *p;

    free(old);
    p = malloc(bytes);
    MUST(p != NULL);
    memset(p, 0xa5, bytes);
    return p;
}

void *drivers_share(size_t bytes)
{
    void *const p = (uint8_t *)world_at(WORLD_RAM, WORLD_RAM_BYTES) + drivers.shared;

    drivers.shared += (bytes + VWR_QUEUE_SHARED_ALIGN - 1) / VWR_QUEUE_SHARED_ALIGN * VWR_QUEUE_SHARED_ALIGN;
    MUST(drivers.shared <= WORLD_RAM_BYTES);
    world_mark(p, bytes);
    return p;
}

void drivers_see(int answer)
{
    drivers.seen = (uint8_t)(drivers.seen + answer);
}

void drivers_touch(const void *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        drivers.seen = (uint8_t)(drivers.seen + ((const volatile uint8_t *)p)[i]);
}

/* ---- the device ---- */

static bool take(unsigned queue, struct vwr_vchain *c)
{
    c->seg = drivers.seg;
    c->room = SEGS;
    if (!vwr_vdev_pop(&drivers.dev, (uint16_t)queue, c))
        return false;
    world_check_chain(c, queue);
    for (unsigned i = c->out; i < (unsigned)c->out + c->in; i++)
        world_mark(drivers.seg[i].at, drivers.seg[i].len);
    return true;
}

/* Replaces the answer, changes its length, or both, as the input selects. */
static uint32_t spoil(uint8_t *in, uint32_t n)
{
    const uint8_t how = input_u8(&drivers.in);

    if (how < 0x80)
        return n;
    if ((how & 0x40) != 0)
        for (uint32_t i = 0; i < 32; i++)
            in[i] = input_u8(&drivers.in);
    if ((how & 0x20) != 0) {
        const uint16_t at = input_u16(&drivers.in) % DRIVERS_ANSWER;

        in[at] ^= input_u8(&drivers.in);
    }
    return (how & 0x10) != 0 ? input_u16(&drivers.in) % (DRIVERS_ANSWER + 1) : n;
}

static uint16_t serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    uint8_t out[DRIVERS_MESSAGE];
    static uint8_t in[DRIVERS_ANSWER];
    struct vwr_vchain c;
    struct vwr_reader r;
    struct vwr_writer w;
    uint32_t n;

    (void)v;
    if (drivers.holds || drivers.row->receives(queue) || !take(queue, &c))
        return 0;
    memset(out, 0, sizeof(out));
    vwr_vchain_reader(&c, &r);
    vwr_vchain_writer(&c, &w);
    n = vwr_reader_read(&r, out, sizeof(out));
    memset(in, 0, sizeof(in));
    n = spoil(in, drivers.row->answer(queue, out, n, in));
    (void)vwr_writer_write(&w, in, n);
    vwr_vqueue_add_used(q, &c, w.done);
    return 1;
}

bool drivers_deliver(unsigned queue, const void *bytes, uint32_t n)
{
    struct vwr_vchain c;
    struct vwr_writer w;
    bool there;

    vwr_vdev_lock(&drivers.dev);
    there = drivers.dev.queue[queue].ready && !drivers.dev.broken && take(queue, &c);
    if (there) {
        vwr_vchain_writer(&c, &w);
        (void)vwr_writer_write(&w, bytes, n);
        vwr_vqueue_add_used(&drivers.dev.queue[queue], &c, w.done);
        (void)vwr_vdev_signal(&drivers.dev, &drivers.dev.queue[queue]);
    }
    vwr_vdev_unlock(&drivers.dev);
    return there;
}

/* Delivers a message: the first bytes are from the input, all others have one value. */
static void deliver(void)
{
    const uint8_t what = input_u8(&drivers.in);
    const uint8_t fill = input_u8(&drivers.in);
    static uint8_t bytes[DRIVERS_ANSWER];
    const uint32_t n = (what & 0x80) != 0 ? input_u16(&drivers.in) % DRIVERS_ANSWER : 1u + fill % 64;

    memset(bytes, fill, sizeof(bytes));
    for (unsigned i = 0; i < (what >> 3 & 0xf); i++)
        bytes[i] = input_u8(&drivers.in);
    if (drivers.row->receives(what % WORLD_QUEUES))
        (void)drivers_deliver(what % WORLD_QUEUES, bytes, n);
}

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    drivers.class = (struct vwr_vdev_class){.name = "any",
                                            .id = drivers.row->id,
                                            .rules = drivers.row->rules,
                                            .fields = drivers.row->fields,
                                            .rule_count = drivers.row->rule_count,
                                            .field_count = drivers.row->field_count,
                                            .serve = serve};
    memset(drivers.config, 0, sizeof(drivers.config));
    drivers.row->configure(drivers.config, setup->legacy);
    memset(&drivers.dev, 0, sizeof(drivers.dev));
    MUST(vwr_vdev_init(&drivers.dev, &drivers.class, setup, &drivers.row->features, WORLD_QUEUES,
                       drivers.config, sizeof(drivers.config)) == VWR_OK);
    return &drivers.dev;
}

/* ---- the attacker ---- */

/* A word of a ring, in most cases one that the device has written near its current position. */
static void spoil_ring(uint8_t what)
{
    const struct vwr_vqueue *const q = &world.queue[what / 8 % WORLD_QUEUES];
    const uint8_t where = input_u8(&drivers.in);
    const uint64_t base = (where & 0xc0) == 0x40   ? q->desc_addr
                          : (where & 0xc0) == 0x80 ? q->driver_addr
                                                   : q->device_addr;
    uint8_t *const p = q->ready ? world_at(base + (where & 0x3fu) * 2, 2) : NULL;
    const uint16_t by = input_u16(&drivers.in);

    if (p == NULL)
        return;
    world_mark(p, 2);
    p[0] = (uint8_t)(p[0] + by);
    p[1] ^= (uint8_t)(by >> 8);
    between_change();
}

static void change_config(void)
{
    const uint8_t at = input_u8(&drivers.in);

    vwr_vdev_lock(&drivers.dev);
    drivers.config[at] = input_u8(&drivers.in);
    vwr_vdev_config_changed(&drivers.dev);
    vwr_vdev_unlock(&drivers.dev);
}

/* ---- steps ---- */

static void open_driver(void)
{
    const uint16_t without = input_u16(&drivers.in);
    struct vwr_features avoid = {{0}};

    for (unsigned i = 0; i < 6; i++)
        if ((without >> i & 1) != 0)
            vwr_features_add(&avoid, VWR_F_INDIRECT_DESC + i);
    if ((without & 0x8000) != 0)
        avoid.w[0] |= input_u32(&drivers.in);
    drivers.shared = 0;
    drivers.open = drivers.row->open(&drivers.mmio.dev, &avoid) == VWR_OK;
    if (!drivers.open)
        MUST(vwr_dev_reset(&drivers.mmio.dev) <= VWR_OK);
}

static void close_driver(void)
{
    if (drivers.row->close() != VWR_OK) {
        MUST(between_changed());
        return;
    }
    drivers.open = false;
    drivers.row->closed();
}

static int recover(void)
{
    const struct driver_row *const row = drivers.row;

    return row->recover != NULL ? row->recover() : vwr_recover(row->bringup());
}

static void life(uint8_t what)
{
    switch (what >> 4) {
    case 0xf:
        close_driver();
        return;
    case 0xe:
        MUST(vwr_freeze(drivers.row->bringup()) <= VWR_OK);
        return;
    case 0xd:
        vwr_vdev_needs_reset(&drivers.dev);
        return;
    case 0xc:
        drivers_see(vwr_dev_check(&drivers.mmio.dev));
        return;
    default:
        MUST(recover() <= VWR_OK);
    }
}

static void step(void)
{
    const uint8_t what = input_u8(&drivers.in);

    if (!drivers.open) {
        open_driver();
        return;
    }
    switch (what % 8) {
    case 0:
        if ((what & 0xc0) != 0)
            between_step(what, &drivers.in);
        else
            (void)world_step();
        return;
    case 1:
        if ((what & 0x80) != 0 && drivers.row->send != NULL)
            drivers.row->send();
        else
            deliver();
        return;
    case 2:
        spoil_ring(what);
        return;
    case 3:
        if ((what & 0x80) != 0)
            change_config();
        else
            drivers.holds = (what & 0x40) != 0;
        return;
    case 4:
        drivers_see((int)vwr_dev_irq(&drivers.mmio.dev));
        return;
    case 5:
        life(what);
        return;
    default:
        drivers.row->call(input_u8(&drivers.in));
    }
}

/* Opens the same driver again, on a correct device. */
static void must_work(struct vwr_dev *d)
{
    static const struct vwr_features none;

    memset(drivers.config, 0, sizeof(drivers.config));
    drivers.row->configure(drivers.config, drivers.dev.legacy);
    drivers.shared = 0;
    drivers.holds = false;
    MUST(drivers.row->open(d, &none) == VWR_OK);
    world_run_until_idle();
    drivers.row->works();
    MUST(drivers.row->close() == VWR_OK);
    drivers.row->closed();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    static const struct driver_row *const rows[] = {
        &driver_net, &driver_console, &driver_input, &driver_gpu,    &driver_entropy, &driver_balloon,
        &driver_9p,  &driver_scsi,    &driver_vsock, &driver_crypto, &driver_i2c,     &driver_sound,
        &driver_fs,  &driver_gpio,    &driver_rtc,   &driver_pmem,   &driver_iommu,   &driver_mem,
        &driver_can, &driver_spi,     &driver_scmi};
    static const struct world_service device = {begin, NULL, must_work, false};
    struct world_plan plan;

    drivers.in = (struct input){data, bytes};
    drivers.open = false;
    drivers.holds = false;
    drivers.row = rows[input_u8(&drivers.in) % (sizeof(rows) / sizeof(rows[0]))];
    world_plan(&plan, &drivers.in);
    plan.class = WORLD_SERVICE;
    plan.service = &device;
    plan.later = false;
    plan.marks = true;
    plan.legacy &= drivers.row != &driver_gpu;
    world_begin(&plan);
    MUST(vwr_mmio_probe(&drivers.mmio, world_registers(), VWR_MMIO_SIZE) == VWR_OK);
    between_start();
    while (drivers.in.left > 0)
        step();
    between_stop();
    drivers.holds = false;
    world_run_until_idle();
    if (drivers.open)
        close_driver();
    world_must_work();
    return 0;
}
