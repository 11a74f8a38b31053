/* SPDX-License-Identifier: MIT */
#include "box.h"

#include "../../common/random.h"
#include "vwr/gen/features.h"
#include "vwr/gen/status.h"
#include "vwr/vbell.h"

#include <stdlib.h>
#include <string.h>

/* The box with registers in shared memory. The driver is this file: it stores and loads words of the block.
 */

#define BYTES VWR_BELL_BYTES_OF(BOX_CONFIG)
#define CONFIG VWR_BELL_BYTES_OF(0)
#define RUN (VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK | VWR_STATUS_DRIVER_OK)
#define SCRIBBLES 100000u

static struct {
    uint8_t *block; /* an access beyond it is an error */
    struct vwr_vbell b;
    unsigned rings[3]; /* by reason */
} host;

static uint32_t word(unsigned at)
{
    return vwr_bell_load(host.block, at);
}

static uint32_t reg(unsigned offset)
{
    return word(VWR_BELL_REGISTERS + offset);
}

static void on_ring(void *context, uint32_t reason)
{
    assert_ptr_equal(context, &host);
    assert_in_range(reason, 1, 2);
    host.rings[reason]++;
}

static void on_again(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    vwr_vdev_serve(v, queue);
}

static int init(size_t bytes, unsigned shift)
{
    const struct vwr_vbell_setup s = {
        .v = &box.dev, .block = host.block + shift, .bytes = bytes, .ring = on_ring, .context = &host};

    return vwr_vbell_init(&host.b, &s);
}

static void plug(struct guest *g)
{
    struct vwr_vdev_setup s;

    memset(&host, 0, sizeof(host));
    memset(&box, 0, sizeof(box));
    host.block = calloc(1, BYTES);
    assert_non_null(host.block);
    box_setup(g, &s);
    g->ops.again = on_again;
    assert_int_equal(box_init(&box, &s), VWR_OK);
    for (unsigned i = 0; i < BOX_CONFIG; i++)
        box.config[i] = (uint8_t)(0x10 + i);
    assert_int_equal(init(BYTES, 0), VWR_OK);
    g->dev = &box.dev;
    g->queues = BOX_QUEUES;
}

static void unplug(struct guest *g)
{
    (void)g;
    free(host.block);
}

static void store_write(unsigned offset, uint32_t bytes, uint32_t value)
{
    vwr_bell_store(host.block, VWR_BELL_OFFSET, offset);
    vwr_bell_store(host.block, VWR_BELL_BYTES, bytes);
    vwr_bell_store(host.block, VWR_BELL_VALUE, value);
    vwr_bell_store(host.block, VWR_BELL_SEQUENCE, word(VWR_BELL_SEQUENCE) + 1);
}

static void put(unsigned offset, uint32_t value)
{
    store_write(offset, 4, value);
    assert_int_not_equal(word(VWR_BELL_TAKEN), word(VWR_BELL_SEQUENCE));
    vwr_vbell_rung(&host.b, VWR_BELL_WRITE);
    assert_int_equal(word(VWR_BELL_TAKEN), word(VWR_BELL_SEQUENCE));
}

static void put64(unsigned low, uint64_t value)
{
    put(low, (uint32_t)value);
    put(low + 4, (uint32_t)(value >> 32));
}

static void negotiate(void)
{
    put(VWR_MMIO_STATUS, 0);
    put(VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    put(VWR_MMIO_DRIVER_FEATURES_SEL, 0);
    put(VWR_MMIO_DRIVER_FEATURES, 1u << BOX_F_SWITCH);
    put(VWR_MMIO_DRIVER_FEATURES_SEL, 1);
    put(VWR_MMIO_DRIVER_FEATURES, 1u << (VWR_F_VERSION_1 - 32));
    put(VWR_MMIO_STATUS, RUN & ~(uint32_t)VWR_STATUS_DRIVER_OK);
    assert_int_equal(reg(VWR_MMIO_STATUS), RUN & ~(uint32_t)VWR_STATUS_DRIVER_OK);
}

static void start(struct guest *g)
{
    negotiate();
    guest_clear_rings(g);
    for (unsigned i = 0; i < BOX_QUEUES; i++) {
        guest_lay_out(g, i, GUEST_QUEUE_MAX);
        put(VWR_MMIO_QUEUE_SEL, i);
        assert_int_equal(reg(VWR_MMIO_QUEUE_SIZE_MAX), GUEST_QUEUE_MAX);
        put(VWR_MMIO_QUEUE_SIZE, GUEST_QUEUE_MAX);
        put64(VWR_MMIO_QUEUE_DESC_LOW, g->q[i].desc);
        put64(VWR_MMIO_QUEUE_DRIVER_LOW, g->q[i].driver);
        put64(VWR_MMIO_QUEUE_DEVICE_LOW, g->q[i].device);
        put(VWR_MMIO_QUEUE_READY, 1);
        assert_int_equal(reg(VWR_MMIO_QUEUE_READY), 1);
    }
    put(VWR_MMIO_STATUS, RUN);
    assert_int_equal(reg(VWR_MMIO_STATUS), RUN);
}

static bool ask(struct guest *g, unsigned queue, uint32_t what)
{
    const struct guest_desc d = {GUEST_DATA, 16, VWR_VIRTQ_DESC_F_WRITE, 0};
    const uint32_t before = word(VWR_BELL_USED);
    uint32_t id, len;

    (void)guest_chain(g, queue, &d, 1);
    vwr_vbell_rung(&host.b, what);
    return guest_used(g, queue, &id, &len) && len == 3 && word(VWR_BELL_USED) == before + 1;
}

static void works(struct guest *g)
{
    start(g);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(ask(g, i, i));
    assert_false(box.dev.broken);
}

static const struct hostile_device in_a_block = {plug, works, unplug};

static void shows_its_registers(struct guest *g, long long at)
{
    (void)g;
    (void)at;
    assert_int_equal(reg(VWR_MMIO_MAGIC_VALUE), VWR_MMIO_MAGIC_VALUE_VALUE);
    assert_int_equal(reg(VWR_MMIO_VERSION), VWR_MMIO_VERSION_MODERN);
    assert_int_equal(reg(VWR_MMIO_DEVICE_ID), BOX_ID);
    assert_int_equal(reg(VWR_MMIO_VENDOR_ID), VWR_VDEV_VENDOR);
    assert_memory_equal(host.block + CONFIG, box.config, BOX_CONFIG);
    for (unsigned i = 0; i < 4; i++) {
        put(VWR_MMIO_DEVICE_FEATURES_SEL, i);
        assert_int_equal(reg(VWR_MMIO_DEVICE_FEATURES), box.dev.offered.w[i]);
    }
    assert_false(vwr_features_have(&box.dev.offered, VWR_F_NOTIFICATION_DATA));
    assert_false(vwr_features_have(&box.dev.offered, VWR_F_SUSPEND));
    put(VWR_MMIO_SHM_SEL, 9);
    assert_int_equal(reg(VWR_MMIO_SHM_LEN_LOW), UINT32_MAX);
    assert_int_equal(box.dev.tolerated.since_reset, 0); /* storing registers is no access of the driver */
}

static void needs_a_ring(struct guest *g, long long at)
{
    (void)g;
    (void)at;
    store_write(VWR_MMIO_STATUS, 4, VWR_STATUS_ACKNOWLEDGE);
    vwr_vbell_poll(&host.b);
    assert_int_equal(reg(VWR_MMIO_STATUS), 0);
    vwr_vbell_rung(&host.b, 0); /* of a queue */
    assert_int_equal(reg(VWR_MMIO_STATUS), 0);
    vwr_vbell_rung(&host.b, VWR_BELL_ANY);
    assert_int_equal(reg(VWR_MMIO_STATUS), VWR_STATUS_ACKNOWLEDGE);
    vwr_bell_store(host.block, VWR_BELL_VALUE, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    vwr_vbell_rung(&host.b, VWR_BELL_WRITE); /* the same write again */
    assert_int_equal(reg(VWR_MMIO_STATUS), VWR_STATUS_ACKNOWLEDGE);
}

static void serves_any(struct guest *g, long long at)
{
    (void)at;
    start(g);
    assert_true(ask(g, 2, VWR_BELL_ANY));
    assert_false(ask(g, 1, BOX_QUEUES));
    assert_false(ask(g, 1, VWR_BELL_WRITE));
    assert_int_equal(host.rings[1], 1);
    put(VWR_MMIO_QUEUE_NOTIFY, 1); /* a notification is a ring, not a write */
    assert_int_equal(box.answered, 1);
}

static void keeps_its_configuration(struct guest *g, long long at)
{
    uint32_t generation;

    (void)at;
    start(g);
    generation = word(VWR_BELL_ENDS);
    store_write(VWR_MMIO_CONFIG + BOX_TOGGLE, 1, 7);
    vwr_vbell_rung(&host.b, VWR_BELL_WRITE);
    assert_int_equal(box.config[BOX_TOGGLE], 7);
    assert_int_equal(host.block[CONFIG + BOX_TOGGLE], 7);
    assert_int_equal(word(VWR_BELL_ENDS), generation + 1);
    assert_int_equal(word(VWR_BELL_BEGINS), generation + 1);
    store_write(VWR_MMIO_CONFIG + BOX_WIDE, 8, 5); /* a value has 32 bits */
    vwr_vbell_rung(&host.b, VWR_BELL_WRITE);
    assert_int_equal(box.config[BOX_WIDE], 0x10 + BOX_WIDE);
    box.config[BOX_COUNTER] = 99; /* without a notification: a write of no bytes shows it */
    store_write(VWR_MMIO_CONFIG, 0, 0);
    vwr_vbell_rung(&host.b, VWR_BELL_WRITE);
    assert_int_equal(host.block[CONFIG + BOX_COUNTER], 99);
    vwr_vdev_lock(&box.dev);
    box.config[BOX_COUNTER] = 98;
    vwr_vdev_config_changed(&box.dev);
    vwr_vdev_unlock(&box.dev);
    assert_int_equal(host.block[CONFIG + BOX_COUNTER], 98);
    assert_int_equal(host.rings[2], 1);
    assert_int_equal(word(VWR_BELL_CHANGED), 1);
    host.block[CONFIG + BOX_FIXED] = 1; /* the driver scribbles */
    vwr_vbell_poll(&host.b);
    assert_int_equal(host.block[CONFIG + BOX_FIXED], 0x10);
    assert_int_equal(box.config[BOX_FIXED], 0x10);
}

static void shows_failures(struct guest *g, long long at)
{
    (void)at;
    start(g);
    vwr_vdev_needs_reset(&box.dev);
    assert_int_equal(reg(VWR_MMIO_STATUS), RUN | VWR_STATUS_DEVICE_NEEDS_RESET);
    assert_int_equal(host.rings[2], 1);
}

/* The device restarts while the driver waits for a write. */
static void restarts(struct guest *g, long long at)
{
    struct vwr_vdev_setup s;
    uint32_t generation;

    start(g);
    (void)at;
    generation = word(VWR_BELL_ENDS);
    vwr_bell_store(host.block, VWR_BELL_BEGINS, generation + 1); /* it was storing its configuration */
    store_write(VWR_MMIO_STATUS, 4, RUN);
    vwr_vdev_reset(&box.dev);
    box_setup(g, &s);
    assert_int_equal(box_init(&box, &s), VWR_OK);
    assert_int_equal(init(BYTES, 0), VWR_OK);
    assert_int_equal(word(VWR_BELL_TAKEN), word(VWR_BELL_SEQUENCE));
    assert_int_equal(reg(VWR_MMIO_STATUS), 0);
    assert_int_equal(word(VWR_BELL_BEGINS), word(VWR_BELL_ENDS));
    assert_int_not_equal(word(VWR_BELL_ENDS), generation);
    vwr_vbell_rung(&host.b, VWR_BELL_WRITE);
    assert_int_equal(reg(VWR_MMIO_STATUS), 0);
}

static void refuses_setups(struct guest *g, long long at)
{
    void (*const again)(struct vwr_vm *, struct vwr_vdev *, uint16_t) = g->ops.again;

    (void)at;
    assert_int_equal(init(BYTES - 1, 0), VWR_EINVAL);
    assert_int_equal(init(BYTES, 2), VWR_EINVAL);
    g->ops.again = NULL;
    assert_int_equal(init(BYTES, 0), VWR_EINVAL);
    g->ops.again = again;
    box.dev.legacy = true;
    assert_int_equal(init(BYTES, 0), VWR_EINVAL);
    box.dev.legacy = false;
}

/* SCRIBBLES=N: the driver stores arbitrary words and rings arbitrarily, N times. */
static void survives_scribbles(struct guest *g, long long at)
{
    static const uint32_t values[] = {0, 1, 2, 3, 4, 8, 15, 16, 0x70, 0x100, 0x1ff, 0x7fffffff, UINT32_MAX};
    const char *const more = getenv("SCRIBBLES");
    const unsigned count = more != NULL ? (unsigned)atoi(more) : SCRIBBLES;
    uint64_t dice = 7;

    (void)at;
    for (unsigned i = 0; i < count; i++) {
        const uint32_t value = values[random_below(&dice, 13)];

        if (random_below(&dice, 64) == 0)
            start(g);
        store_write(random_below(&dice, 8) == 0 ? value
                                                : random_below(&dice, VWR_MMIO_CONFIG + BOX_CONFIG + 8),
                    random_below(&dice, 4) == 0 ? value : 1u << random_below(&dice, 4),
                    random_below(&dice, 2) == 0 ? value : random_below(&dice, 65536));
        if (random_below(&dice, 4) == 0)
            vwr_bell_store(host.block, 4 * random_below(&dice, BYTES / 4), value);
        box.serves = 0;
        vwr_vbell_rung(&host.b, random_below(&dice, 4) == 0 ? value : VWR_BELL_WRITE);
    }
    assert_int_equal(init(BYTES, 0), VWR_OK); /* what it has scribbled into the device's words */
}

#define HEADER "header vwr/vbell.h"
#define ALL            \
    HOSTILE_MODERN, 0, \
    {                  \
        0              \
    }

int main(void)
{
    static const struct hostile_case cases[] = {
        {"shows_its_registers", HEADER, shows_its_registers, ALL},
        {"needs_a_ring", HEADER, needs_a_ring, ALL},
        {"serves_any", HEADER, serves_any, ALL},
        {"keeps_its_configuration", HEADER, keeps_its_configuration, ALL},
        {"shows_failures", HEADER, shows_failures, ALL},
        {"restarts", HEADER, restarts, ALL},
        {"refuses_setups", HEADER, refuses_setups, ALL},
        {"survives_scribbles", HEADER, survives_scribbles, ALL},
    };

    return hostile_run("bell", &in_a_block, cases, sizeof(cases) / sizeof(cases[0]));
}
