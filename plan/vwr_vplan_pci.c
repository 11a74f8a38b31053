/* SPDX-License-Identifier: MIT */
#include "vplan_pci.h"

void vwr_vplan_pci_start(const struct vwr_vplan_bus *bus, void *memory)
{
    const struct vwr_vplan_pci *const pci = (const struct vwr_vplan_pci *)(const void *)bus;
    struct vwr_vpci_host *const host = vwr_vplan_member(memory, pci->host);

    host->ecam = pci->ecam;
    host->buses = 1u + pci->bridges;
    host->window = pci->window;
    host->page = vwr_vplan_member(memory, pci->page);
    host->page_count = pci->pages;
}

/*
 * Adds the function of a device to bus 0, or to the bus behind its bridge, which exists already if the device
 * is built again.
 */
static int pci_add_to_bus(struct vwr_vpci_host *host, struct vwr_vpci_bridge *bridge, unsigned slot,
                          struct vwr_vpci *f)
{
    int result = VWR_OK;

    if (bridge == NULL)
        return vwr_vpci_add(host, &host->root, slot, f);
    if (bridge->head.host == NULL)
        result = vwr_vpci_add_bridge(host, &host->root, slot, bridge);
    return result == VWR_OK ? vwr_vpci_add(host, &bridge->behind, slot, f) : result;
}

int vwr_vplan_pci_add(const struct vwr_vplan_bus *bus, const struct vwr_vplan_device *row, void *memory)
{
    const struct vwr_vplan_pci *const pci = (const struct vwr_vplan_pci *)(const void *)bus;
    struct vwr_vpci_host *const host = vwr_vplan_member(memory, pci->host);
    struct vwr_vpci *const f = vwr_vplan_function(row, memory);
    const struct vwr_vpci_setup s = {.v = vwr_vplan_device(row, memory),
                                     .vector = vwr_vplan_member(memory, row->vector),
                                     .vector_count = row->vectors};
    const int result = vwr_vpci_init(f, &s);

    return result == VWR_OK ? pci_add_to_bus(host, vwr_vplan_bridge(row, memory), row->slot, f) : result;
}

bool vwr_vplan_pci_access(const struct vwr_vplan_bus *bus, void *memory, uint64_t addr, unsigned bytes,
                          bool is_write, uint64_t *value)
{
    const struct vwr_vplan_pci *const pci = (const struct vwr_vplan_pci *)(const void *)bus;
    struct vwr_vpci_host *const host = vwr_vplan_member(memory, pci->host);

    return vwr_vpci_access(host, addr, bytes, is_write, value);
}
