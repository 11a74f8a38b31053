/* SPDX-License-Identifier: MIT */
#include "pci_common.h"

/* Interrupts of both interfaces. */

/* A message says all by itself; the read of the ISR status takes INTx back. */
uint32_t vwr_pci_irq(struct vwr_dev *d)
{
    uint32_t why = VWR_PCI_ISR_QUEUE | VWR_PCI_ISR_CONFIG;

    if (pci_of(d)->enabled == 0)
        why &= pci_get_of(d, VWR_PCI_CAP_ISR_CFG, 0, 1);
    vwr_port_rmb(); /* the reason before the ring that it speaks of */
    return why;
}

/* A vector that the device could not have reads as none. */
static bool irq_set_vector(struct vwr_dev *d, unsigned offset, unsigned vector)
{
    d->fault.got = vector;
    pci_put(d, offset, 2, vector);
    return pci_get(d, offset, 2) == vector;
}

bool vwr_pci_set_vectors(struct vwr_dev *d, unsigned index, unsigned config, unsigned queue)
{
    const struct vwr_pci *const p = pci_of(d);

    return p->enabled == 0 ||
           (irq_set_vector(d, config, 0) && irq_set_vector(d, queue, pci_queue_vector(p, index)));
}
