/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/gen/mmio.h"

#include <time.h>

/* Registers of a virtio-mmio device, however it is accessed. The library's driver uses these functions. */

static const struct way *bus;

void mmio_use(const struct way *w)
{
    bus = w;
}

/* Registers are little-endian; the port returns them as this processor would load them. */
static uint32_t loaded(unsigned bytes, uint32_t value)
{
    return vwr_cpu_to_le32(value) >> (VWR_BIG_ENDIAN ? 32 - 8 * bytes : 0);
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    return loaded(bytes, bus->read((uintptr_t)reg, bytes));
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    bus->write((uintptr_t)reg, bytes, loaded(bytes, value));
}

uint64_t vwr_host_time_us(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

void mmio_found(struct session *s)
{
    const struct vwr_transport *const t = vwr_dev_transport(&s->mmio.dev);

    s->dev = &s->mmio.dev;
    s->offered = t->get_features(s->dev, 0);
    s->offered |= (uint64_t)t->get_features(s->dev, 1) << 32;
    s->has_config = s->has_status = s->knows_driver = true;
}

void mmio_kick(struct session *s)
{
    vwr_dev_transport(s->dev)->set_register(s->dev, VWR_MMIO_QUEUE_NOTIFY, s->class->queue);
}

void mmio_events(struct session *s)
{
    const struct vwr_transport *const t = vwr_dev_transport(s->dev);
    uint32_t status;

    if (s->ignores_interrupts)
        return;
    status = t->get_register(s->dev, VWR_MMIO_INTERRUPT_STATUS);
    if (!s->way->is_there(s) || status == 0)
        return;
    t->set_register(s->dev, VWR_MMIO_INTERRUPT_ACK, status);
    if ((status & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0)
        s->interrupts++;
}
