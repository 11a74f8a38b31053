/* SPDX-License-Identifier: MIT */
#include "pci_common.h"

/* Interrupts for both interfaces. */

/* With MSI-X, nothing is read. Reading the ISR status deasserts INTx. */
uint32_t vwr_pci_irq_(struct vwr_dev *d)
{
    uint32_t why = VWR_PCI_ISR_QUEUE | VWR_PCI_ISR_CONFIG;

    if (pci_of(d)->enabled == 0)
        why &= pci_get_of(d, VWR_PCI_CAP_ISR_CFG, 0, 1);
    vwr_port_rmb(); /* load the cause before the rings */
    return why;
}

/* The device reads back NO_VECTOR if it cannot assign the vector. */
static bool irq_set_vector(struct vwr_dev *d, unsigned offset, unsigned vector)
{
    d->fault.got = vector;
    pci_put(d, offset, 2, vector);
    return pci_get(d, offset, 2) == vector;
}

bool vwr_pci_set_vectors_(struct vwr_dev *d, unsigned index, unsigned config, unsigned queue)
{
    const struct vwr_pci *const p = pci_of(d);

    return p->enabled == 0 ||
           (irq_set_vector(d, config, 0) && irq_set_vector(d, queue, pci_queue_vector(p, index)));
}
