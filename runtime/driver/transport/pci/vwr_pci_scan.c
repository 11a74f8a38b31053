/* SPDX-License-Identifier: MIT */
#include "pci_common.h"

/* Enumerates the functions on all buses of a host, because no bridge leads to a second root bus. */

bool vwr_pci_next_function_(const struct vwr_pci_host *h, uint32_t *next, uint32_t end, uint32_t *function,
                            uint32_t *header)
{
    while (*next < end) {
        const uint32_t at = (*next)++;
        const bool is_there = pci_host_read(h, at, PCI_ID) != VWR_FAULT_ALL_ONES;

        *header = is_there ? pci_host_read(h, at, PCI_HEADER) : 0;
        /* function 0 is mandatory; its header indicates whether there are others */
        if ((at & 7u) == 0 && (*header & PCI_HEADER_SEVERAL) == 0)
            *next = at + 8;
        if (is_there) {
            *function = at;
            return true;
        }
    }
    return false;
}

/* Checks the type before the probe, since the probe needs most of the accesses. */
static bool scan_wants(const struct vwr_pci_scan *s, struct vwr_pci *p, uint32_t function)
{
    return s->type == 0 || (vwr_pci_begin_(p, s->host, function) == VWR_FAULT_NONE && p->dev.type == s->type);
}

int vwr_pci_scan_next(struct vwr_pci_scan *s, struct vwr_pci *p)
{
    const uint32_t first = VWR_PCI_FUNCTION(s->host->first_bus, 0, 0);
    const uint32_t end = VWR_PCI_FUNCTION(s->host->last_bus + 1u, 0, 0);
    uint32_t function;
    uint32_t header;

    if (s->next < first)
        s->next = first;
    while (vwr_pci_next_function_(s->host, &s->next, end, &function, &header)) {
        int r;

        if (pci_header_type(header) == 1 || !scan_wants(s, p, function))
            continue;
        r = vwr_pci_probe(p, s->host, function);
        if (r != VWR_ENODEV)
            return r == VWR_OK ? 1 : r;
    }
    return 0;
}
