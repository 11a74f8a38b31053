/* SPDX-License-Identifier: MIT */
#include "../../core/dev/dev_common.h"
#include "pci_common.h"

/*
 * Legacy header in the I/O BAR. Section: Virtio Over PCI Bus / Virtio Structure PCI Capabilities / Legacy
 * Interfaces: A Note on PCI Device Layout.
 */

/*
 * A legacy device has a single word of features, and vwr_dev_usable_legacy contains only bits in that word.
 */
static uint32_t pci_legacy_get_features(struct vwr_dev *d, uint32_t word)
{
    (void)word;
    return pci_get(d, VWR_PCI_LEGACY_HEADER_DEVICE_FEATURES, 4);
}

static void pci_legacy_set_features(struct vwr_dev *d, uint32_t word, uint32_t bits)
{
    (void)word;
    vwr_pci_start_(pci_of(d));
    pci_put(d, VWR_PCI_LEGACY_HEADER_DRIVER_FEATURES, 4, bits);
}

static uint32_t pci_legacy_get_register(struct vwr_dev *d, unsigned of)
{
    uint32_t v;

    if (of == VWR_MMIO_QUEUE_READY) /* a queue is in use if its address is not 0 */
        return pci_get(d, VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS, 4);
    if (of == VWR_MMIO_QUEUE_SIZE_MAX)
        return pci_get(d, VWR_PCI_LEGACY_HEADER_QUEUE_SIZE, 2);
    v = pci_get(d, VWR_PCI_LEGACY_HEADER_DEVICE_STATUS, 1);
    return v != 0xffu ? v : VWR_FAULT_ALL_ONES;
}

static void pci_legacy_set_register(struct vwr_dev *d, unsigned of, uint32_t value)
{
    if (of == VWR_MMIO_STATUS)
        pci_put(d, VWR_PCI_LEGACY_HEADER_DEVICE_STATUS, 1, value);
    else
        pci_put(d, VWR_PCI_LEGACY_HEADER_QUEUE_SELECT, 2, value);
}

static uint32_t pci_legacy_queue_set(struct vwr_dev *d, struct vwr_queue *q, uint64_t addr)
{
    const uint32_t page = (uint32_t)(addr / VWR_PCI_LEGACY_QUEUE_ALIGN);

    d->fault_size = pci_get(d, VWR_PCI_LEGACY_HEADER_QUEUE_SIZE, 2);
    if (d->fault_size !=
        q->size) { /* @got is the size that the ring of q->size needs, including the class's bytes after it */
        d->fault.got += (uint32_t)(vwr_dev_queue_bytes(d, d->fault_size) - vwr_dev_queue_bytes(d, q->size));
        return VWR_FAULT_PCI_SIZE;
    }
    d->fault.got = page;
    if (addr / VWR_PCI_LEGACY_QUEUE_ALIGN > 0xffffffffu || page == 0) /* page 0 means "not in use" */
        return VWR_FAULT_QUEUE_ADDRESS;
    if (!vwr_pci_set_vectors_(d, q->doorbell.index, VWR_PCI_LEGACY_HEADER_MSIX_CONFIG_MSIX_VECTOR,
                              VWR_PCI_LEGACY_HEADER_MSIX_QUEUE_MSIX_VECTOR))
        return VWR_FAULT_PCI_VECTOR;
    vwr_port_wmb(); /* make the zeroed ring visible before the device reads it */
    pci_put(d, VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS, 4, page);
    d->fault.got = pci_get(d, VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS, 4);
    q->doorbell.reg = pci_common(d) + VWR_PCI_LEGACY_HEADER_QUEUE_NOTIFY;
    q->doorbell.kind = VWR_DOORBELL_16;
    return d->fault.got == page ? VWR_FAULT_NONE : VWR_FAULT_QUEUE_REFUSED;
}

const struct vwr_transport vwr_pci_legacy = {
    .get_register = pci_legacy_get_register,
    .set_register = pci_legacy_set_register,
    .get_features = pci_legacy_get_features,
    .set_features = pci_legacy_set_features,
    .queue_set = pci_legacy_queue_set,
    .irq = vwr_pci_irq_,
    .usable = &vwr_dev_usable_legacy,
    .legacy = true,
};

uint32_t vwr_pci_find_legacy_(struct vwr_pci *p)
{
    struct vwr_pci_structure *const s = pci_structure(p, VWR_PCI_CAP_COMMON_CFG);
    struct vwr_pci_structure *const isr = pci_structure(p, VWR_PCI_CAP_ISR_CFG);

    p->dev.fault.got = vwr_pci_read_(p, PCI_ID) >> 16;
    if (p->dev.fault.got > VWR_PCI_DEVICE_ID_TRANSITIONAL_MAX) /* its BAR 0 may have any purpose */
        return VWR_FAULT_PCI_MODERN;
    p->dev.fault.where = VWR_PCI_LEGACY_BAR;
    s->at = vwr_pci_map_(p, VWR_PCI_LEGACY_BAR, 0, VWR_PCI_LEGACY_CONFIG);
    s->bytes = p->bar[VWR_PCI_LEGACY_BAR].bytes;
    if (s->at == NULL || !p->bar[VWR_PCI_LEGACY_BAR].io)
        return VWR_FAULT_PCI_BAR;
    isr->at = s->at + VWR_PCI_LEGACY_HEADER_ISR_STATUS;
    isr->bytes = sizeof(struct vwr_pci_isr_cfg);
    p->dev.config.base = s->at + VWR_PCI_LEGACY_CONFIG;
    p->dev.config.bytes = (uint32_t)s->bytes - VWR_PCI_LEGACY_CONFIG;
    return VWR_FAULT_NONE;
}

int vwr_pci_probe_legacy(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function)
{
    uint32_t kind = vwr_pci_begin_(p, host, function);

    if (kind == VWR_FAULT_NONE) {
        vwr_pci_walk_(p, NULL);
        kind = vwr_pci_find_legacy_(p);
    }
    return vwr_pci_conclude_(p, kind, &vwr_pci_legacy);
}
