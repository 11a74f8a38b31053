/* SPDX-License-Identifier: MIT */
#include "pci_common.h"

/* Interrupts of both interfaces. */

/* A message says all by itself; the read of the ISR status takes INTx back. */
uint32_t vwr_pci_irq(struct vwr_dev *d)
{
    struct vwr_pci *const p = pci_of(d);
    uint32_t why = VWR_PCI_ISR_QUEUE | VWR_PCI_ISR_CONFIG;

    if (p->enabled == 0)
        why &= pci_get8(pci_structure(p, VWR_PCI_CAP_ISR_CFG)->at, 0);
    vwr_port_rmb(); /* the reason before the ring that it speaks of */
    return why;
}

/* A vector that the device could not have reads as none. */
static bool irq_set_vector(struct vwr_dev *d, volatile uint8_t *at, unsigned vector)
{
    d->fault.got = vector;
    pci_put16(at, 0, (uint16_t)vector);
    return pci_get16(at, 0) == vector;
}

bool vwr_pci_set_vectors(struct vwr_dev *d, unsigned index, volatile uint8_t *config, volatile uint8_t *queue)
{
    const struct vwr_pci *const p = pci_of(d);

    return p->enabled == 0 ||
           (irq_set_vector(d, config, 0) && irq_set_vector(d, queue, pci_queue_vector(p, index)));
}
