/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "pci_common.h"

/* Shared memory of a modern device. Section: Virtio Over PCI Bus / Virtio Structure PCI Capabilities. */

/* A walk through the capabilities to find one of them. */
struct pci_region_search {
    struct vwr_pci pci; /* first */
    unsigned at;        /* offset of the capability; 0: not found yet */
    uint8_t id;
};

static void pci_region_note(struct vwr_pci *p, unsigned at, uint32_t head)
{
    struct pci_region_search *const s = (void *)p;
    const unsigned length = head >> 16 & 0xffu;
    uint32_t place;

    if (s->at != 0 || head >> 24 != VWR_PCI_CAP_SHARED_MEMORY_CFG || length < sizeof(struct vwr_pci_cap64) ||
        at + length > PCI_CAPABILITIES_END)
        return;
    place = vwr_pci_read_(p, at + VWR_PCI_CAP64_CAP_BAR);
    if ((place & 0xffu) <= VWR_PCI_BAR_MAX && (place >> 8 & 0xffu) == s->id) /* other BARs are reserved */
        s->at = at;
}

static uint64_t pci_region_read64(const struct vwr_pci *p, unsigned low, unsigned high)
{
    return vwr_pci_read_(p, low) | (uint64_t)vwr_pci_read_(p, high) << 32;
}

/* Both words of a 64-bit BAR are sized, because regions may be larger than 4 GiB. */
static uint64_t pci_region_size_bar(const struct vwr_pci *p, unsigned at, bool wide)
{
    const uint32_t low = vwr_pci_read_(p, at);
    uint64_t mask;

    vwr_pci_write_(p, at, VWR_FAULT_ALL_ONES);
    mask = pci_bar_address(vwr_pci_read_(p, at));
    vwr_pci_write_(p, at, low);
    if (wide) {
        const uint32_t high = vwr_pci_read_(p, at + 4u);

        vwr_pci_write_(p, at + 4u, VWR_FAULT_ALL_ONES);
        mask |= (uint64_t)vwr_pci_read_(p, at + 4u) << 32;
        vwr_pci_write_(p, at + 4u, high);
    }
    return mask & (0u - mask);
}

/* Gets the BAR's address and size; false: it is not a memory BAR. */
static bool pci_region_find_bar(const struct vwr_pci *p, unsigned bar, struct vwr_region *found)
{
    const unsigned at = pci_bar_offset(bar);
    const uint32_t low = bar <= VWR_PCI_BAR_MAX ? vwr_pci_read_(p, at) : PCI_BAR_IO;
    const bool wide = pci_bar_is_64(low);
    const uint32_t command = pci_command(p);

    if ((low & PCI_BAR_IO) != 0 || (wide && bar == VWR_PCI_BAR_MAX))
        return false;
    found->addr = pci_bar_address(low);
    if (wide)
        found->addr |= (uint64_t)vwr_pci_read_(p, at + 4u) << 32;
    vwr_pci_write_(p, PCI_COMMAND, command & ~(PCI_COMMAND_IO | PCI_COMMAND_MEMORY));
    found->bytes = pci_region_size_bar(p, at, wide);
    vwr_pci_write_(p, PCI_COMMAND, command);
    return found->bytes != 0;
}

static bool pci_region_is_in_window(const struct vwr_pci_host *h, const struct vwr_region *r)
{
    for (unsigned i = 0; i < h->window_count; i++) {
        const struct vwr_pci_window *const w = &h->windows[i];
        const uint64_t at = r->addr - w->bus; /* wraps if the BAR is below the window */

        if (w->kind != VWR_PCI_IO && at < w->bytes && r->bytes <= w->bytes - at)
            return true;
    }
    return false;
}

int vwr_pci_get_region(struct vwr_pci *p, uint8_t id, struct vwr_region *region)
{
    struct pci_region_search s;
    struct vwr_region bar;
    uint64_t offset;

    if (p->dev.state == VWR_DEV_NONE || vwr_dev_is_legacy(&p->dev))
        return VWR_ENODEV;
    vwr_zero(&s, sizeof(s));
    s.pci.dev.state = p->dev.state;
    s.pci.host = p->host;
    s.pci.function = p->function;
    s.id = id;
    vwr_pci_walk_(&s.pci, pci_region_note);
    if (s.at == 0)
        return VWR_ENODEV;
    offset = pci_region_read64(p, s.at + VWR_PCI_CAP64_CAP_OFFSET, s.at + VWR_PCI_CAP64_OFFSET_HI);
    region->bytes = pci_region_read64(p, s.at + VWR_PCI_CAP64_CAP_LENGTH, s.at + VWR_PCI_CAP64_LENGTH_HI);
    if (!pci_region_find_bar(p, vwr_pci_read_(p, s.at + VWR_PCI_CAP64_CAP_BAR) & 0xffu, &bar) ||
        region->bytes == 0 || offset > bar.bytes || region->bytes > bar.bytes - offset)
        return VWR_EPROTO;
    if (!pci_region_is_in_window(p->host, &bar))
        return VWR_ERANGE;
    region->addr = bar.addr + offset;
    p->decode |= PCI_COMMAND_MEMORY;
    vwr_pci_switch_on_(p);
    return VWR_OK;
}
