/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/gen/features.h"
#include "vwr/vbell.h"
#include "../mmio/vmmio_common.h"

/*
 * The device's end of registers in shared memory. The driver reads what the last vbell_store() has stored; a
 * write is executed as an access to the window of virtio-mmio.
 */

static struct vwr_vbell *vbell_of(const struct vwr_vdev *v)
{
    return (struct vwr_vbell *)(void *)((uint8_t *)(uintptr_t)v->bus -
                                        __builtin_offsetof(struct vwr_vbell, bus));
}

static void vbell_put(struct vwr_vbell *b, unsigned offset, uint32_t value)
{
    vwr_bell_store(b->block, VWR_BELL_REGISTERS + offset, value);
}

/* Whether the configuration in the block is not that of the device. */
static bool vbell_differs(const struct vwr_vbell *b)
{
    const uint8_t *const now = b->v->config;
    const volatile uint8_t *const there = b->block + VWR_BELL_BYTES_OF(0);
    bool differs = false;

    for (uint32_t i = 0; i < b->v->config_bytes; i++)
        differs = differs || there[i] != now[i];
    return differs;
}

static void vbell_store_config(struct vwr_vbell *b)
{
    const uint8_t *const now = b->v->config;
    volatile uint8_t *const there = b->block + VWR_BELL_BYTES_OF(0);

    if (!vbell_differs(b))
        return;
    b->generation++;
    vwr_bell_store(b->block, VWR_BELL_BEGINS, b->generation);
    vwr_port_release();
    for (uint32_t i = 0; i < b->v->config_bytes; i++)
        there[i] = now[i];
    vwr_port_release();
    vwr_bell_store(b->block, VWR_BELL_ENDS, b->generation);
}

/* Stores what the driver may read. MagicValue is stored once. */
static void vbell_store(struct vwr_vbell *b)
{
    for (unsigned i = 0; i < VWR_MMIO_REG_COUNT; i++) {
        const struct vwr_register *const r = &vwr_mmio_registers[i];

        if ((r->access & VWR_READ) != 0 && (r->versions & VWR_MODERN) != 0 && r->offset < VWR_MMIO_CONFIG &&
            r->reg != VWR_MMIO_REG_MAGIC_VALUE)
            vbell_put(b, r->offset, vmmio_read_register(b->v, (enum vwr_mmio_reg)r->reg));
    }
    vbell_store_config(b);
}

static void vbell_raise(struct vwr_vdev *v, uint8_t reason, uint16_t queue)
{
    struct vwr_vbell *const b = vbell_of(v);

    (void)queue;
    if (reason == VDEV_USED_BUFFER) {
        vwr_port_release();
        vwr_bell_store(b->block, VWR_BELL_USED, ++b->used);
    } else {
        vbell_store(b);
        vwr_port_release();
        vwr_bell_store(b->block, VWR_BELL_CHANGED, ++b->changed);
    }
    b->ring(b->context, reason);
}

/* Nothing is acknowledged. */
static void vbell_lower(struct vwr_vdev *v)
{
    (void)v;
}

static bool vbell_is_width(uint32_t bytes)
{
    return bytes == sizeof(uint8_t) || bytes == sizeof(uint16_t) || bytes == sizeof(uint32_t);
}

/* Executes the write that the driver has stored, if it is a new one. */
static void vbell_take(struct vwr_vbell *b)
{
    const uint32_t sequence = vwr_bell_load(b->block, VWR_BELL_SEQUENCE);
    uint32_t offset, bytes;
    uint64_t value;

    if (sequence == b->taken)
        return;
    vwr_port_rmb();
    offset = vwr_bell_load(b->block, VWR_BELL_OFFSET);
    bytes = vwr_bell_load(b->block, VWR_BELL_BYTES);
    value = vwr_bell_load(b->block, VWR_BELL_VALUE);
    if (vbell_is_width(bytes) && offset != VWR_MMIO_QUEUE_NOTIFY) /* which is a ring */
        (void)vwr_vmmio_access(b->v, offset, bytes, true, &value);
    vwr_vbell_poll(b);
    vwr_port_release();
    b->taken = sequence;
    vwr_bell_store(b->block, VWR_BELL_TAKEN, sequence);
}

void vwr_vbell_poll(struct vwr_vbell *b)
{
    vwr_vdev_lock(b->v);
    vbell_store(b);
    vwr_vdev_unlock(b->v);
}

void vwr_vbell_rung(struct vwr_vbell *b, uint32_t what)
{
    const bool any = what == VWR_BELL_ANY;

    if (any || what == VWR_BELL_WRITE)
        vbell_take(b);
    vwr_vdev_lock(b->v);
    for (uint16_t n = 0; n < b->v->queues; n++)
        if ((any && vwr_vdev_is_alive(b->v, n)) || what == n)
            vwr_vdev_notified(b->v, n);
    vwr_vdev_unlock(b->v);
}

int vwr_vbell_init(struct vwr_vbell *b, const struct vwr_vbell_setup *s)
{
    struct vwr_vdev *const v = s->v;

    if (v->legacy || (v->vm->ops->again == NULL && v->vm->ops->kicked == NULL) ||
        s->bytes < VWR_BELL_BYTES_OF((size_t)v->config_bytes) ||
        ((uintptr_t)s->block & (sizeof(uint32_t) - 1u)) != 0)
        return VWR_EINVAL;
    vwr_zero(b, sizeof(*b));
    b->v = v;
    b->ring = s->ring;
    b->context = s->context;
    b->block = s->block;
    b->bus.raise = vbell_raise;
    b->bus.lower = vbell_lower;
    v->bus = &b->bus;
    vwr_features_remove(&v->offered, VWR_F_NOTIFICATION_DATA);
    vwr_features_remove(&v->offered, VWR_F_SUSPEND);
    b->used = vwr_bell_load(b->block, VWR_BELL_USED);
    b->changed = vwr_bell_load(b->block, VWR_BELL_CHANGED);
    b->generation = vwr_bell_load(b->block, VWR_BELL_BEGINS);
    vwr_vbell_poll(b);
    vwr_bell_store(b->block, VWR_BELL_BEGINS, b->generation);
    vwr_bell_store(b->block, VWR_BELL_ENDS, b->generation);
    b->taken = vwr_bell_load(b->block, VWR_BELL_SEQUENCE);
    vwr_bell_store(b->block, VWR_BELL_TAKEN, b->taken);
    vwr_port_release();
    vbell_put(b, VWR_MMIO_MAGIC_VALUE, VWR_MMIO_MAGIC_VALUE_VALUE);
    return VWR_OK;
}
