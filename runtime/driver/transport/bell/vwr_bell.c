/* SPDX-License-Identifier: MIT */
#include "vwr/bell.h"
#include "vwr/bytes.h"
#include "vwr/gen/status.h"
#include "../../core/dev/dev_common.h"

/* The driver's end of registers in shared memory: reads are loads, and a write is a call of the device. */

#if VWR_ACCESS_CALLS

static struct vwr_bell *bell_of(const struct vwr_dev *d)
{
    return (struct vwr_bell *)(void *)(uintptr_t)d; /* dev is its first member */
}

static uint32_t bell_read(const struct vwr_bell *b, unsigned offset)
{
    return vwr_bell_load(b->block, VWR_BELL_REGISTERS + offset);
}

/* Waits until the device has executed all writes. false: not in time. */
static bool bell_wait(struct vwr_bell *b)
{
    struct vwr_wait wait;
    bool more = true;

    vwr_wait_begin(&wait, VWR_BELL_TIMEOUT_US);
    while (vwr_bell_load(b->block, VWR_BELL_TAKEN) != b->sequence && more)
        more = vwr_wait_more(&wait);
    b->lost = vwr_bell_load(b->block, VWR_BELL_TAKEN) != b->sequence;
    vwr_port_rmb(); /* load that before the registers */
    return !b->lost;
}

/* While the device may still read the last write, there is no other one. */
static void bell_write(struct vwr_bell *b, uint32_t offset, unsigned bytes, uint32_t value)
{
    if (vwr_bell_load(b->block, VWR_BELL_TAKEN) != b->sequence && !bell_wait(b))
        return;
    vwr_bell_store(b->block, VWR_BELL_OFFSET, offset);
    vwr_bell_store(b->block, VWR_BELL_BYTES, bytes);
    vwr_bell_store(b->block, VWR_BELL_VALUE, value);
    vwr_port_wmb();
    b->sequence++;
    vwr_bell_store(b->block, VWR_BELL_SEQUENCE, b->sequence);
    vwr_port_wmb();
    b->ring(b->context, VWR_BELL_WRITE);
    (void)bell_wait(b);
}

/*
 * A number that differs from the last one if the configuration was stored in between, or is being stored. A
 * write of no bytes makes the device store its configuration, which may change without a notification.
 */
static uint32_t bell_generation(struct vwr_bell *b)
{
    uint32_t begins;

    vwr_port_rmb(); /* load the fields before it */
    bell_write(b, VWR_MMIO_CONFIG, 0, 0);
    begins = vwr_bell_load(b->block, VWR_BELL_BEGINS);

    if (begins != vwr_bell_load(b->block, VWR_BELL_ENDS))
        return ~begins ^ b->readings++;
    vwr_port_rmb();
    return begins;
}

static uint32_t bell_get_register(struct vwr_dev *d, unsigned offset)
{
    struct vwr_bell *const b = bell_of(d);

    if (offset == VWR_MMIO_CONFIG_GENERATION)
        return bell_generation(b);
    if (b->lost && vwr_bell_load(b->block, VWR_BELL_TAKEN) == b->sequence)
        b->lost = false; /* it has answered since */
    if (b->lost && (offset == VWR_MMIO_STATUS || offset == VWR_MMIO_QUEUE_RESET))
        return VWR_FAULT_ALL_ONES;
    return bell_read(b, offset);
}

static void bell_set_register(struct vwr_dev *d, unsigned offset, uint32_t value)
{
    bell_write(bell_of(d), offset, sizeof(uint32_t), value);
}

static uint32_t bell_get_features(struct vwr_dev *d, uint32_t word)
{
    bell_set_register(d, VWR_MMIO_DEVICE_FEATURES_SEL, word);
    return bell_of(d)->lost ? 0 : bell_read(bell_of(d), VWR_MMIO_DEVICE_FEATURES);
}

static void bell_set_features(struct vwr_dev *d, uint32_t word, uint32_t bits)
{
    bell_set_register(d, VWR_MMIO_DRIVER_FEATURES_SEL, word);
    bell_set_register(d, VWR_MMIO_DRIVER_FEATURES, bits);
}

static void bell_set_area(struct vwr_dev *d, unsigned low, unsigned high, uint64_t addr)
{
    bell_set_register(d, low, (uint32_t)addr);
    bell_set_register(d, high, (uint32_t)(addr >> 32));
}

static uint32_t bell_queue_set(struct vwr_dev *d, struct vwr_queue *q, uint64_t addr)
{
    struct vwr_bell *const b = bell_of(d);
    size_t driver, device;

    vwr_queue_areas(q, &driver, &device);
    bell_set_register(d, VWR_MMIO_QUEUE_SIZE, q->size);
    bell_set_area(d, VWR_MMIO_QUEUE_DESC_LOW, VWR_MMIO_QUEUE_DESC_HIGH, addr);
    bell_set_area(d, VWR_MMIO_QUEUE_DRIVER_LOW, VWR_MMIO_QUEUE_DRIVER_HIGH, addr + driver);
    bell_set_area(d, VWR_MMIO_QUEUE_DEVICE_LOW, VWR_MMIO_QUEUE_DEVICE_HIGH, addr + device);
    bell_set_register(d, VWR_MMIO_QUEUE_READY, 1);
    d->fault.got = b->lost ? 0 : bell_read(b, VWR_MMIO_QUEUE_READY);
    q->doorbell.kind = VWR_DOORBELL_CALL;
    q->doorbell.reg = &b->doorbell;
    return d->fault.got == 1 ? VWR_FAULT_NONE : VWR_FAULT_QUEUE_REFUSED;
}

static void bell_ring(struct vwr_doorbell_call *call, const struct vwr_doorbell *doorbell, uint32_t data)
{
    const struct vwr_bell *const b =
        (struct vwr_bell *)(void *)((uint8_t *)call - __builtin_offsetof(struct vwr_bell, doorbell));

    (void)data;
    vwr_port_wmb();
    b->ring(b->context, doorbell->index);
}

static uint32_t bell_irq(struct vwr_dev *d)
{
    struct vwr_bell *const b = bell_of(d);
    const uint32_t used = vwr_bell_load(b->block, VWR_BELL_USED);
    const uint32_t changed = vwr_bell_load(b->block, VWR_BELL_CHANGED);
    uint32_t causes = 0;

    if (used != b->used)
        causes |= VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK;
    if (changed != b->changed)
        causes |= VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK;
    b->used = used;
    b->changed = changed;
    vwr_port_rmb(); /* load the cause before the rings */
    return causes;
}

static struct vwr_bell *bell_of_config(const struct vwr_config *c)
{
    return (struct vwr_bell *)(void *)((uint8_t *)(uintptr_t)c - __builtin_offsetof(struct vwr_dev, config));
}

static uint32_t bell_config_read(const struct vwr_config *c, unsigned offset, unsigned bytes)
{
    const volatile uint8_t *const at = bell_of_config(c)->block + VWR_BELL_BYTES_OF(offset);
    uint32_t v = 0;

    for (unsigned i = 0; i < bytes; i++)
        v |= (uint32_t)at[i] << 8 * i;
    return v;
}

static void bell_config_write(const struct vwr_config *c, unsigned offset, unsigned bytes, uint32_t value)
{
    bell_write(bell_of_config(c), VWR_MMIO_CONFIG + offset, bytes, value);
}

static const struct vwr_config_access bell_config = {.read = bell_config_read, .write = bell_config_write};

#define BELL_USABLE(word)                                                           \
    (VWR_DEV_USABLE(MMIO, word) & ~VWR_FEATURE_BIT(VWR_F_NOTIFICATION_DATA, word) & \
     ~VWR_FEATURE_BIT(VWR_F_SUSPEND, word))

static const struct vwr_features bell_usable = {
    {BELL_USABLE(0), BELL_USABLE(1), BELL_USABLE(2), BELL_USABLE(3)}};

const struct vwr_transport vwr_bell_modern = {
    .get_register = bell_get_register,
    .set_register = bell_set_register,
    .get_features = bell_get_features,
    .set_features = bell_set_features,
    .queue_set = bell_queue_set,
    .irq = bell_irq,
    .usable = &bell_usable,
};

/* Identifies the device. Returns a fault kind, and in *got the value that was read. */
static uint32_t bell_identify(struct vwr_bell *b, size_t bytes, uint32_t *got)
{
    struct vwr_dev *const d = &b->dev;

    *got = (uint32_t)bytes;
    if (bytes < VWR_BELL_BYTES_OF(0) || ((uintptr_t)b->block & (sizeof(uint32_t) - 1u)) != 0)
        return VWR_FAULT_WINDOW;
    *got = bell_read(b, VWR_MMIO_MAGIC_VALUE);
    if (*got != VWR_MMIO_MAGIC_VALUE_VALUE)
        return *got == VWR_FAULT_ALL_ONES ? VWR_FAULT_GONE : VWR_FAULT_MAGIC;
    vwr_port_rmb(); /* the device stores it last */
    *got = d->version = bell_read(b, VWR_MMIO_VERSION);
    if (d->version != VWR_MMIO_VERSION_MODERN)
        return VWR_FAULT_VERSION;
    *got = d->type = bell_read(b, VWR_MMIO_DEVICE_ID);
    if (d->type == 0)
        return VWR_FAULT_EMPTY;
    d->vendor = bell_read(b, VWR_MMIO_VENDOR_ID);
    d->config.bytes = (uint32_t)(bytes - VWR_BELL_BYTES_OF(0));
    return VWR_FAULT_NONE;
}

int vwr_bell_probe(struct vwr_bell *b, const struct vwr_bell_setup *s)
{
    uint32_t kind;

    vwr_zero(b, sizeof(*b));
    vwr_dev_set_transport(&b->dev, &vwr_bell_modern);
    b->block = s->block;
    kind = bell_identify(b, s->bytes, &b->dev.fault.got);
    b->dev.fault.kind = kind;
    if (kind != VWR_FAULT_NONE)
        return VWR_FAULT_RESULT(kind);
    b->ring = s->ring;
    b->context = s->context;
    b->doorbell.ring = bell_ring;
    b->sequence = vwr_bell_load(b->block, VWR_BELL_SEQUENCE);
    b->used = vwr_bell_load(b->block, VWR_BELL_USED);
    b->changed = vwr_bell_load(b->block, VWR_BELL_CHANGED);
    b->dev.config.base = b->block + VWR_BELL_BYTES_OF(0);
    b->dev.config.access = &bell_config;
    b->dev.state = VWR_DEV_PROBED;
    return VWR_OK;
}

#endif
