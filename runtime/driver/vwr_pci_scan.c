/* SPDX-License-Identifier: MIT */
#include "pci_common.h"

/* The functions of all buses of a host, by number. */

static uint32_t scan_read(const struct vwr_pci_host *host, uint32_t function, unsigned offset)
{
    return host->access->read(host->access, function, offset);
}

int vwr_pci_scan_next(struct vwr_pci_scan *s, struct vwr_pci *p)
{
    const uint32_t end = VWR_PCI_FUNCTION((uint32_t)s->host->last_bus + 1u, 0, 0);

    if (s->next < VWR_PCI_FUNCTION(s->host->first_bus, 0, 0))
        s->next = VWR_PCI_FUNCTION(s->host->first_bus, 0, 0);
    while (s->next < end) {
        const uint32_t function = s->next++;
        int r;

        if (scan_read(s->host, function, PCI_ID) == VWR_FAULT_ALL_ONES) {
            if (function % 8 == 0)
                s->next = function + 8; /* a device has its function 0 */
            continue;
        }
        if (function % 8 == 0 && (scan_read(s->host, function, PCI_HEADER) & PCI_HEADER_SEVERAL) == 0)
            s->next = function + 8;
        r = vwr_pci_probe(p, s->host, function);
        if (r != VWR_ENODEV)
            return r == VWR_OK ? 1 : r;
    }
    return 0;
}
