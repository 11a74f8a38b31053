/* SPDX-License-Identifier: MIT */
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "world.h"

#include <string.h>

/*
 * A transport without registers in memory, as a transport author writes it: each register is a command, the
 * configuration arrives as a copy, a notification is a call, and no feature is there that only some
 * transports have. Behind the commands is the fake device.
 */

#define CONFIG_BYTES sizeof(struct vwr_blk_config)

/* What a channel and its device do. */
enum command {
    READ_STATUS,
    WRITE_STATUS,
    READ_FEATURES,
    WRITE_FEATURES,
    READ_CONFIG,
    WRITE_CONFIG,
    READ_QUEUE,
    WRITE_QUEUE,
    READ_CAUSES,
    COMMANDS
};

struct queue_block {
    uint32_t index;
    uint32_t size;
    bool ready;
    uint64_t desc, driver, device;
};

struct channel {
    struct vwr_dev dev; /* first */
    struct vwr_doorbell_call doorbell;
    struct fake *f;
    uint32_t queue;
    uint32_t generation;
    uint8_t config[CONFIG_BYTES]; /* the copy */
    unsigned commands[COMMANDS];
    unsigned notifications;
    uint32_t notified; /* contents of the last one */
};

static struct channel channel;

/* ---- the far end of the channel: registers of the fake device ---- */

static uint32_t get(unsigned offset)
{
    return vwr_le32_to_cpu(vwr_host_read((volatile void *)(channel.f->base + offset), 4));
}

static void put(unsigned offset, uint64_t value)
{
    vwr_host_write((volatile void *)(channel.f->base + offset), 4, vwr_cpu_to_le32((uint32_t)value));
}

static void put64(unsigned low, uint64_t value)
{
    put(low, value);
    put(low + 4, value >> 32);
}

static void read_queue(struct queue_block *b)
{
    put(VWR_MMIO_QUEUE_SEL, b->index);
    b->size = get(VWR_MMIO_QUEUE_SIZE_MAX);
    b->ready = get(VWR_MMIO_QUEUE_READY) != 0;
}

static void write_queue(struct queue_block *b)
{
    put(VWR_MMIO_QUEUE_SEL, b->index);
    put(VWR_MMIO_QUEUE_SIZE, b->size);
    put64(VWR_MMIO_QUEUE_DESC_LOW, b->desc);
    put64(VWR_MMIO_QUEUE_DRIVER_LOW, b->driver);
    put64(VWR_MMIO_QUEUE_DEVICE_LOW, b->device);
    put(VWR_MMIO_QUEUE_READY, 1);
    b->ready = get(VWR_MMIO_QUEUE_READY) == 1;
}

static void write_features(const uint32_t *words)
{
    put(VWR_MMIO_DRIVER_FEATURES_SEL, words[0]);
    put(VWR_MMIO_DRIVER_FEATURES, words[1]);
}

static void read_features(uint32_t *words)
{
    put(VWR_MMIO_DEVICE_FEATURES_SEL, words[0]);
    words[1] = get(VWR_MMIO_DEVICE_FEATURES);
}

static void read_causes(uint32_t *causes)
{
    *causes = get(VWR_MMIO_INTERRUPT_STATUS);
    if (*causes != 0)
        put(VWR_MMIO_INTERRUPT_ACK, *causes);
}

static void command(enum command code, void *buffer)
{
    channel.commands[code]++;
    switch (code) {
    case READ_STATUS:
        *(uint32_t *)buffer = get(VWR_MMIO_STATUS);
        break;
    case WRITE_STATUS:
        put(VWR_MMIO_STATUS, *(uint32_t *)buffer);
        break;
    case READ_FEATURES:
        read_features(buffer);
        break;
    case WRITE_FEATURES:
        write_features(buffer);
        break;
    case READ_CONFIG:
        memcpy(buffer, channel.f->config, CONFIG_BYTES);
        break;
    case WRITE_CONFIG:
        memcpy(channel.f->config, buffer, CONFIG_BYTES);
        break;
    case READ_QUEUE:
        read_queue(buffer);
        break;
    case WRITE_QUEUE:
        write_queue(buffer);
        break;
    case READ_CAUSES:
        read_causes(buffer);
        break;
    default:
        fail();
    }
}

/* ---- the transport ---- */

static uint32_t status(void)
{
    uint32_t value = 0;

    command(READ_STATUS, &value);
    return value;
}

/* Gets a new copy; the generation changes with its bytes. */
static uint32_t generation(void)
{
    uint8_t now[CONFIG_BYTES];

    command(READ_CONFIG, now);
    if (memcmp(now, channel.config, sizeof(now)) != 0) {
        memcpy(channel.config, now, sizeof(now));
        channel.generation++;
    }
    return channel.generation;
}

static uint32_t channel_get(struct vwr_dev *d, unsigned offset)
{
    struct queue_block b = {.index = channel.queue};

    (void)d;
    if (offset == VWR_MMIO_STATUS)
        return status();
    if (offset == VWR_MMIO_CONFIG_GENERATION)
        return generation();
    command(READ_QUEUE, &b);
    return offset == VWR_MMIO_QUEUE_SIZE_MAX ? b.size : b.ready;
}

static void channel_set(struct vwr_dev *d, unsigned offset, uint32_t value)
{
    (void)d;
    if (offset == VWR_MMIO_STATUS)
        command(WRITE_STATUS, &value);
    else
        channel.queue = value; /* QueueSel, which is a part of the commands */
}

static uint32_t channel_get_features(struct vwr_dev *d, uint32_t word)
{
    uint32_t words[2] = {word};

    (void)d;
    command(READ_FEATURES, words);
    return words[1];
}

static void channel_set_features(struct vwr_dev *d, uint32_t word, uint32_t bits)
{
    uint32_t words[2] = {word, bits};

    (void)d;
    command(WRITE_FEATURES, words);
}

static uint32_t channel_queue_set(struct vwr_dev *d, struct vwr_queue *q, uint64_t addr)
{
    struct queue_block b = {.index = q->doorbell.index, .size = q->size, .desc = addr};
    size_t driver;
    size_t device;

    vwr_queue_areas(q, &driver, &device);
    b.driver = addr + driver;
    b.device = addr + device;
    command(WRITE_QUEUE, &b);
    d->fault.got = b.ready;
    q->doorbell.kind = VWR_DOORBELL_CALL;
    q->doorbell.reg = &channel.doorbell;
    return b.ready ? VWR_FAULT_NONE : VWR_FAULT_QUEUE_REFUSED;
}

static uint32_t channel_irq(struct vwr_dev *d)
{
    uint32_t causes = 0;

    (void)d;
    command(READ_CAUSES, &causes);
    vwr_port_rmb();
    return causes;
}

static void channel_ring(struct vwr_doorbell_call *call, const struct vwr_doorbell *bell, uint32_t data)
{
    assert_ptr_equal(call, &channel.doorbell);
    channel.notifications++;
    channel.notified = vwr_dev_has(&channel.dev, VWR_F_NOTIFICATION_DATA) ? data : bell->index;
    put(VWR_MMIO_QUEUE_NOTIFY, channel.notified);
}

static uint32_t config_read(const struct vwr_config *c, unsigned offset, unsigned bytes)
{
    (void)c;
    return vwr_config_copy_load(channel.config, offset, bytes);
}

static void config_write(const struct vwr_config *c, unsigned offset, unsigned bytes, uint32_t value)
{
    (void)c;
    for (unsigned i = 0; i < bytes; i++)
        channel.config[offset + i] = (uint8_t)(value >> 8 * i);
    command(WRITE_CONFIG, channel.config);
}

static const struct vwr_config_access channel_config = {.read = config_read, .write = config_write};

static const struct vwr_features channel_usable = {
    {VWR_DEV_USABLE(OTHER, 0), VWR_DEV_USABLE(OTHER, 1), VWR_DEV_USABLE(OTHER, 2), VWR_DEV_USABLE(OTHER, 3)}};

static const struct vwr_transport channel_transport = {
    .get_register = channel_get,
    .set_register = channel_set,
    .get_features = channel_get_features,
    .set_features = channel_set_features,
    .queue_set = channel_queue_set,
    .irq = channel_irq,
    .usable = &channel_usable,
};

static void probe(struct fake *f)
{
    memset(&channel, 0, sizeof(channel));
    channel.f = f;
    channel.doorbell.ring = channel_ring;
    channel.dev.type = VWR_BLK_ID;
    channel.dev.version = VWR_MMIO_VERSION_MODERN;
    channel.dev.config.base = &channel;
    channel.dev.config.bytes = CONFIG_BYTES;
    channel.dev.config.access = &channel_config;
    vwr_dev_set_transport(&channel.dev, &channel_transport);
    channel.dev.state = VWR_DEV_PROBED;
}

/* ---- tests ---- */

static void opened(struct world *w)
{
    world_plug(w, VWR_MMIO_VERSION_MODERN);
    fake_offer(&w->f, VWR_F_RING_RESET);
    fake_offer(&w->f, VWR_F_NOTIF_CONFIG_DATA);
    fake_offer(&w->f, VWR_F_RING_PACKED);
    fake_offer(&w->f, VWR_F_NOTIFICATION_DATA);
    fake_offer(&w->f, VWR_BLK_F_CONFIG_WCE);
    probe(&w->f);
    assert_int_equal(vwr_blk_open_with(&w->blk, &channel.dev, &w->memory, &w->options), VWR_OK);
}

/* Two copies of the configuration: its fields are those of the second, which is equal to the first. */
static void reads_a_sector(void **state)
{
    struct world *w = *state;
    unsigned commands;

    opened(w);
    assert_int_equal(channel.commands[READ_CONFIG], 2);
    assert_int_equal(w->blk.info.sectors, fake_config_now(&w->f, VWR_BLK_CONFIG_CAPACITY, 8));
    assert_false(fake_took(&w->f, VWR_F_RING_RESET));
    assert_false(fake_took(&w->f, VWR_F_NOTIF_CONFIG_DATA));
    assert_true(fake_took(&w->f, VWR_F_NOTIFICATION_DATA));
    commands = channel.commands[READ_STATUS];
    assert_int_equal(vwr_blk_read(&w->blk, 1, w->buffer, 1), VWR_OK);
    assert_true(world_has_pattern(w, 1, 1));
    assert_int_equal(channel.notifications, 1);
    assert_int_equal(channel.commands[READ_STATUS], commands); /* a request takes no command */
    assert_int_not_equal(channel.notified >> VWR_MMIO_QUEUE_NOTIFY_NEXT_OFF_SHIFT, 0);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
}

/* A device that changes its configuration between the two copies: the fields are all of one copy. */
static void reads_a_copy_that_changes(void **state)
{
    struct world *w = *state;
    struct vwr_blk_config_info info;
    uint32_t before;

    opened(w);
    before = channel.generation;
    fake_config(&w->f, VWR_BLK_CONFIG_CAPACITY, 8, UINT64_C(0x1122334455667788));
    assert_int_equal(vwr_config_read64(&channel.dev.config, VWR_BLK_CONFIG_CAPACITY), w->blk.info.sectors);
    assert_int_equal(vwr_dev_read_config(&channel.dev, vwr_blk_config_read, &info, sizeof(info)), VWR_OK);
    assert_int_equal(channel.generation, before + 1);
    assert_true(info.capacity == UINT64_C(0x1122334455667788));
}

/* A field that the driver writes. */
static void writes_a_field(void **state)
{
    struct world *w = *state;

    opened(w);
    assert_int_equal(vwr_blk_config_set_writeback(&channel.dev.config, 1), VWR_OK);
    assert_int_equal(channel.commands[WRITE_CONFIG], 1);
    assert_int_equal(fake_config_now(&w->f, VWR_BLK_CONFIG_WRITEBACK, 1), 1);
}

/* A recovery asks for all of it again: a status that is refused, features, a copy, a queue. */
static void recovers(void **state)
{
    struct world *w = *state;
    int r;

    opened(w);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_check(&channel.dev), VWR_ENEEDSRESET);
    do
        r = vwr_recover(&w->blk.bringup);
    while (r == VWR_EBUSY);
    assert_int_equal(r, VWR_OK);
    assert_int_equal(channel.commands[WRITE_QUEUE], 2);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_OK);
    assert_true(world_has_pattern(w, 0, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(reads_a_sector),
        WORLD_TEST(reads_a_copy_that_changes),
        WORLD_TEST(writes_a_field),
        WORLD_TEST(recovers),
    };

    return cmocka_run_group_tests_name("calls", tests, NULL, NULL);
}
