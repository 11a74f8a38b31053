/* SPDX-License-Identifier: MIT */
#include "pci_common.h"

/* Probes for either interface. Separate file: a build with a single interface leaves the other out. */

int vwr_pci_probe(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function)
{
    uint32_t kind = vwr_pci_begin(p, host, function);
    struct vwr_fault why;

    if (kind == VWR_FAULT_NONE)
        kind = vwr_pci_find_modern(p);
    if (VWR_FAULT_RESULT(kind) != VWR_EVERSION)
        return vwr_pci_conclude(p, kind, &vwr_pci_modern);
    why = p->dev.fault; /* reported if both probes fail */
    if (vwr_pci_find_legacy(p) == VWR_FAULT_NONE)
        return vwr_pci_conclude(p, VWR_FAULT_NONE, &vwr_pci_legacy);
    p->dev.fault = why;
    return vwr_pci_conclude(p, kind, NULL);
}
