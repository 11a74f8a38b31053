/* SPDX-License-Identifier: MIT */
#include "vpci_common.h"

/* Interrupts of a function: INTx, MSI-X and its table. Section: MSI-X Vector Configuration. */

void vwr_vpci_renew_(struct vwr_vpci *f)
{
    struct vwr_vdev *const v = f->v;
    const bool asserted =
        v->interrupt != 0 && !vpci_uses_msix(f) && (f->head.command & PCI_COMMAND_INTX_OFF) == 0;

    if (asserted == f->asserted)
        return;
    f->asserted = asserted;
    v->vm->ops->irq(v->vm, v->line, asserted);
}

/* Sends the message of a vector, either now or as soon as it is no longer masked. */
static void vpci_send(struct vwr_vpci *f, struct vwr_vpci_vector *vector)
{
    vector->pending = (f->msix & PCI_MSIX_MASK) != 0 || vector->masked || f->v->held;
    if (!vector->pending)
        f->v->vm->ops->msi(f->v->vm, vector->addr, vector->data);
}

void vwr_vpci_send_pending_(struct vwr_vpci *f)
{
    for (unsigned i = 0; i < f->vectors && vpci_uses_msix(f); i++)
        if (f->vector[i].pending)
            vpci_send(f, &f->vector[i]);
}

/* With MSI-X, the ISR status reports only configuration changes. */
static void vpci_raise(struct vwr_vdev *v, uint8_t reason, uint16_t queue)
{
    struct vwr_vpci *const f = vpci_of(v);
    const bool used = reason == VDEV_USED_BUFFER;
    uint16_t vector;

    if (!vpci_uses_msix(f) || !used)
        v->interrupt |= reason;
    if (!vpci_uses_msix(f)) {
        vwr_vpci_renew_(f);
        return;
    }
    vector = used ? v->queue[queue].vector : v->config_vector;
    if (vector < f->vectors)
        vpci_send(f, &f->vector[vector]);
}

static void vpci_lower(struct vwr_vdev *v)
{
    vwr_vpci_renew_(vpci_of(v));
}

const struct vwr_vdev_bus vwr_vpci_interrupts = {.raise = vpci_raise, .lower = vpci_lower};

/* The words of a vector in the table. */
enum vpci_vector_word { VPCI_ADDR, VPCI_ADDR_HIGH, VPCI_DATA, VPCI_CONTROL };

static enum vpci_vector_word vpci_vector_word(unsigned offset)
{
    return (enum vpci_vector_word)(offset % PCI_MSIX_ENTRY / sizeof(uint32_t));
}

static uint32_t vpci_vector_read(const struct vwr_vpci_vector *vector, enum vpci_vector_word word)
{
    switch (word) {
    case VPCI_ADDR:
        return (uint32_t)vector->addr;
    case VPCI_ADDR_HIGH:
        return (uint32_t)(vector->addr >> 32);
    case VPCI_DATA:
        return vector->data;
    case VPCI_CONTROL:
        return vector->masked ? 1 : 0;
    }
    return 0;
}

/* The pending bits of 32 vectors. */
static uint32_t vpci_pending_bits(const struct vwr_vpci *f, unsigned first)
{
    uint32_t bits = 0;

    for (unsigned i = 0; i < 32u && first + i < f->vectors; i++)
        bits |= (uint32_t)f->vector[first + i].pending << i;
    return bits;
}

/* Accesses 32 bits of the table or of the pending bits. */
static uint32_t vpci_msix_word(const struct vwr_vpci *f, unsigned offset)
{
    if (offset >= VPCI_PENDING)
        return vpci_pending_bits(f, (offset - VPCI_PENDING) * 8u);
    if (offset >= f->vectors * PCI_MSIX_ENTRY)
        return 0;
    return vpci_vector_read(&f->vector[offset / PCI_MSIX_ENTRY], vpci_vector_word(offset));
}

uint64_t vwr_vpci_msix_read_(const struct vwr_vpci *f, unsigned offset, unsigned bytes)
{
    const uint64_t low = vpci_msix_word(f, offset);

    return bytes == sizeof(uint64_t) ? low | (uint64_t)vpci_msix_word(f, offset + 4u) << 32 : low;
}

static void vpci_msix_write_word(struct vwr_vpci *f, unsigned offset, uint32_t word)
{
    struct vwr_vpci_vector *vector;

    if (offset >= f->vectors * PCI_MSIX_ENTRY)
        return;
    vector = &f->vector[offset / PCI_MSIX_ENTRY];
    switch (vpci_vector_word(offset)) {
    case VPCI_ADDR:
        vector->addr = (vector->addr & ~(uint64_t)0xffffffffu) | (word & ~3u);
        break;
    case VPCI_ADDR_HIGH:
        vector->addr = (uint64_t)word << 32 | (uint32_t)vector->addr;
        break;
    case VPCI_DATA:
        vector->data = word;
        break;
    case VPCI_CONTROL:
        vector->masked = (word & 1u) != 0;
        vwr_vpci_send_pending_(f);
    }
}

void vwr_vpci_msix_write_(struct vwr_vpci *f, unsigned offset, unsigned bytes, uint64_t value)
{
    vpci_msix_write_word(f, offset, (uint32_t)value);
    if (bytes == sizeof(uint64_t))
        vpci_msix_write_word(f, offset + 4u, (uint32_t)(value >> 32));
}
