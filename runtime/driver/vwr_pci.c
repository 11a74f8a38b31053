/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "pci_common.h"

/* A function of virtio, and its structures. Section: Virtio Over PCI Bus. */

static volatile uint8_t *ecam_at(const struct vwr_pci_host *h, uint32_t function, unsigned offset)
{
    const size_t register_block = function - VWR_PCI_FUNCTION(h->first_bus, 0, 0);

    return (volatile uint8_t *)h->space + (register_block << 12) + offset;
}

static uint32_t ecam_read(const struct vwr_pci_host *h, uint32_t function, unsigned offset)
{
    return vwr_le32_to_cpu(vwr_port_read32(ecam_at(h, function, offset)));
}

static void ecam_write(const struct vwr_pci_host *h, uint32_t function, unsigned offset, uint32_t value)
{
    vwr_port_write32(ecam_at(h, function, offset), vwr_cpu_to_le32(value));
}

const struct vwr_pci_access vwr_pci_ecam = {.read = ecam_read, .write = ecam_write};

/*
 * Of a device that is gone a narrow register reads as all ones, and as 0 behind a bus that answers so, as
 * QEMU's q35 does: but not its configuration space.
 */
uint32_t vwr_pci_status(struct vwr_dev *d, uint8_t status)
{
    if (status == 0xffu || (status == 0 && pci_read(pci_of(d), PCI_ID) == VWR_FAULT_ALL_ONES))
        return VWR_FAULT_ALL_ONES;
    return status;
}

static void pci_note_msix(struct vwr_pci *p, unsigned at, uint32_t head)
{
    p->msix = (uint16_t)at;
    p->vectors = (uint16_t)((head >> 16 & VWR_PCI_MSIX_VECTOR_MAX) + 1u);
}

/* A list that loops ends after as many as fit. */
static void pci_walk_capabilities(struct vwr_pci *p, const struct vwr_pci_interface *interface)
{
    unsigned at = pci_read(p, PCI_CAPABILITIES) & PCI_CAPABILITY_MASK;

    if ((pci_read(p, PCI_COMMAND) & PCI_STATUS_CAPABILITIES) == 0)
        return;
    for (unsigned i = 0; i < PCI_CAPABILITIES_MAX && at >= PCI_CAPABILITY_FIRST; i++) {
        const uint32_t head = pci_read(p, at);

        if ((head & 0xffu) == VWR_PCI_CAP_ID_VNDR && interface->note != NULL)
            interface->note(p, at, head);
        if ((head & 0xffu) == PCI_CAPABILITY_MSIX && p->msix == 0)
            pci_note_msix(p, at, head);
        at = head >> 8 & PCI_CAPABILITY_MASK;
    }
}

/* Of a transitional device the subsystem says the type. */
static uint32_t pci_type(const struct vwr_pci *p, uint32_t device)
{
    if (device <= VWR_PCI_DEVICE_ID_TRANSITIONAL_MAX)
        return pci_read(p, PCI_SUBSYSTEM) >> 16;
    return device - VWR_PCI_DEVICE_ID_MODERN_BASE;
}

static bool pci_is_virtio(const struct vwr_pci *p, uint32_t id)
{
    return (id & 0xffffu) == VWR_PCI_VENDOR_ID && id >> 16 >= VWR_PCI_DEVICE_ID_MIN &&
           id >> 16 <= VWR_PCI_DEVICE_ID_MAX && pci_header_type(p->host, p->function) == 0;
}

/* For `./vwr explain`, which knows accesses by their addresses; nothing without a trace. */
static void pci_trace_places(const struct vwr_pci *p, bool is_legacy)
{
    vwr_trace(VWR_TRACE_PLACE, (uintptr_t)p->common.at,
              VWR_TRACE_STRUCTURE(is_legacy ? 0 : VWR_PCI_CAP_COMMON_CFG, p->dev.type),
              (uint32_t)p->common.bytes);
    if (is_legacy) /* all in one */
        return;
    vwr_trace(VWR_TRACE_PLACE, (uintptr_t)p->notify.at,
              VWR_TRACE_STRUCTURE(VWR_PCI_CAP_NOTIFY_CFG, p->notify_multiplier), (uint32_t)p->notify.bytes);
    vwr_trace(VWR_TRACE_PLACE, (uintptr_t)p->isr.at, VWR_PCI_CAP_ISR_CFG, (uint32_t)p->isr.bytes);
    vwr_trace(VWR_TRACE_PLACE, (uintptr_t)p->config.at, VWR_PCI_CAP_DEVICE_CFG, (uint32_t)p->config.bytes);
}

/* By the first interface that the device has all of. */
static uint32_t pci_find(struct vwr_pci *p, const struct vwr_pci_interface *first,
                         const struct vwr_pci_interface *second)
{
    const struct vwr_transport *transport = first->transport;
    const uint32_t id = pci_read(p, PCI_ID);
    const uint32_t interrupt = pci_read(p, PCI_INTERRUPT);
    uint32_t kind;

    p->dev.fault.got = id;
    if (!pci_is_virtio(p, id))
        return VWR_FAULT_PCI_OTHER;
    p->dev.type = pci_type(p, id >> 16);
    p->dev.vendor = pci_read(p, PCI_SUBSYSTEM) & 0xffffu;
    p->dev.version = pci_read(p, PCI_CLASS) & 0xffu; /* the revision */
    p->interrupt = (uint8_t)(interrupt >> 8);
    p->line = (uint8_t)interrupt;
    vwr_pci_size_bars(p->host, p->function, p->bar, VWR_PCI_BAR_MAX + 1u);
    pci_walk_capabilities(p, first);
    kind = first->find(p);
    if (kind != VWR_FAULT_NONE) {
        const struct vwr_fault why = p->dev.fault; /* reported if neither is there */

        if (second == NULL || second->find(p) != VWR_FAULT_NONE) {
            p->dev.fault = why;
            return kind;
        }
        transport = second->transport;
    }
    pci_write(p, PCI_COMMAND, pci_command(p->host, p->function) | PCI_COMMAND_DECODE);
    pci_trace_places(p, transport->legacy);
    vwr_dev_set_transport(&p->dev, transport);
    p->dev.state = VWR_DEV_PROBED;
    return VWR_FAULT_NONE;
}

int vwr_pci_identify(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function,
                     const struct vwr_pci_interface *first, const struct vwr_pci_interface *second)
{
    uint32_t kind;

    vwr_zero(p, sizeof(*p)); /* state is VWR_DEV_NONE from here on */
    p->host = host;
    p->function = function;
    kind = pci_find(p, first, second);
    if (kind != VWR_FAULT_NONE)
        return vwr_dev_note(&p->dev, kind, p->dev.fault.where, p->dev.fault.got);
    return VWR_OK;
}
