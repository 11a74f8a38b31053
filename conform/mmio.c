/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"

/* A device on virtio-mmio, however its registers are accessed. */

void read_offered(struct session *s)
{
    const struct vwr_transport *const t = vwr_dev_transport(s->dev);

    s->offered = t->get_features(s->dev, 0);
    s->offered |= (uint64_t)t->get_features(s->dev, 1) << 32;
}

void mmio_found(struct session *s)
{
    s->dev = &s->mmio.dev;
    s->has_config = s->has_status = s->knows_driver = true;
    read_offered(s);
}

void mmio_kick(struct session *s)
{
    vwr_dev_transport(s->dev)->set_register(s->dev, VWR_MMIO_QUEUE_NOTIFY, s->number);
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
