/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "pci_common.h"

/* A virtio function and its structures. Section: Virtio Over PCI Bus. */

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

VWR_OUT_OF_LINE uint32_t vwr_pci_read_(const struct vwr_pci *p, unsigned offset)
{
    return pci_host_read(p->host, p->function, offset);
}

VWR_OUT_OF_LINE void vwr_pci_write_(const struct vwr_pci *p, unsigned offset, uint32_t value)
{
    pci_host_write(p->host, p->function, offset, value);
}

/* A function that leaves D3hot may lose its BARs. */
static void pci_wake(struct vwr_pci *p, unsigned at)
{
    const uint32_t control = vwr_pci_read_(p, at);
    uint32_t bar[PCI_BARS];
    struct vwr_wait wait;

    if ((control & PCI_POWER_STATE) == 0)
        return;
    for (unsigned i = 0; i < PCI_BARS; i++)
        bar[i] = vwr_pci_read_(p, pci_bar_offset(i));
    vwr_pci_write_(p, at, control & ~(PCI_POWER_STATE | PCI_POWER_EVENTS));
    vwr_wait_begin(&wait, PCI_POWER_US);
    while (vwr_wait_more(&wait))
        ;
    for (unsigned i = 0; i < PCI_BARS; i++)
        vwr_pci_write_(p, pci_bar_offset(i), bar[i]);
}

/* Undoes the settings of a previous owner. Only the first MSI-X capability is used. */
static void pci_undo_capability(struct vwr_pci *p, unsigned at, uint32_t head)
{
    const uint32_t id = head & 0xffu;
    uint32_t on = id == PCI_CAPABILITY_MSI ? PCI_MSI_ENABLE : 0;

    if (id == PCI_CAPABILITY_POWER)
        pci_wake(p, at + PCI_POWER_CONTROL);
    if (id == PCI_CAPABILITY_MSIX) {
        on = PCI_MSIX_ENABLE;
        if (p->msix == 0) {
            p->msix = (uint16_t)at;
            p->vectors = (uint16_t)((head >> 16 & VWR_PCI_MSIX_VECTOR_MAX) + 1u);
        }
    }
    if ((head & on) != 0)
        vwr_pci_write_(p, at, head & ~on);
}

/* The number of capabilities is bounded, in case the list is a loop. */
void vwr_pci_walk_(struct vwr_pci *p, void (*note)(struct vwr_pci *p, unsigned at, uint32_t head))
{
    unsigned at = vwr_pci_read_(p, PCI_CAPABILITIES) & PCI_CAPABILITY_MASK;

    if ((vwr_pci_read_(p, PCI_COMMAND) & PCI_STATUS_CAPABILITIES) == 0)
        return;
    for (unsigned i = 0; i < PCI_CAPABILITIES_MAX && at >= PCI_CAPABILITY_FIRST; i++) {
        const uint32_t head = vwr_pci_read_(p, at);

        if ((head & 0xffu) == VWR_PCI_CAP_ID_VNDR && note != NULL)
            note(p, at, head);
        /* What is undone is in a capability of two registers at least. */
        if (p->dev.state == VWR_DEV_NONE && at + sizeof(uint32_t) < PCI_CAPABILITIES_END)
            pci_undo_capability(p, at, head);
        at = head >> 8 & PCI_CAPABILITY_MASK;
    }
}

VWR_OUT_OF_LINE uint32_t vwr_pci_begin_(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function)
{
    uint32_t id, device, subsystem, interrupt;

    vwr_zero(p, sizeof(*p)); /* state is VWR_DEV_NONE from here on */
    p->host = host;
    p->function = function;
    if (!VWR_ARRAY_FITS(&p->dev.shortage, host, windows, window_count, host->window_count)) {
        p->dev.fault.got = (uint32_t)p->dev.shortage.needed;
        return VWR_FAULT_ARRAY;
    }
    id = vwr_pci_read_(p, PCI_ID);
    p->dev.fault.got = id;
    device = id >> 16;
    if ((id & 0xffffu) != VWR_PCI_VENDOR_ID || device < VWR_PCI_DEVICE_ID_MIN ||
        device > VWR_PCI_DEVICE_ID_MAX || pci_header_type(vwr_pci_read_(p, PCI_HEADER)) != 0)
        return VWR_FAULT_PCI_OTHER;
    subsystem = vwr_pci_read_(p, PCI_SUBSYSTEM);
    p->dev.type = device <= VWR_PCI_DEVICE_ID_TRANSITIONAL_MAX
                      ? subsystem >> 16 /* the type of a transitional device */
                      : device - VWR_PCI_DEVICE_ID_MODERN_BASE;
    p->dev.vendor = subsystem & 0xffffu;
    p->dev.version = vwr_pci_read_(p, PCI_CLASS) & 0xffu; /* revision ID */
    interrupt = vwr_pci_read_(p, PCI_INTERRUPT);
    p->interrupt = (uint8_t)(interrupt >> 8);
    p->line = (uint8_t)interrupt;
    return VWR_FAULT_NONE;
}

/* A previous owner may have disabled INTx, and may have left the device running as a bus master. */
VWR_OUT_OF_LINE void vwr_pci_switch_on_(const struct vwr_pci *p)
{
    const uint32_t command = pci_command(p) & ~(PCI_COMMAND_MASTER | PCI_COMMAND_INTX_OFF);

    vwr_pci_write_(p, PCI_COMMAND, command | p->decode);
}

/* A recovery, which may run in an interrupt handler, does not access configuration space. */
VWR_OUT_OF_LINE void vwr_pci_start_(struct vwr_pci *p)
{
    if ((p->decode & PCI_COMMAND_MASTER) != 0)
        return;
    p->decode |= PCI_COMMAND_MASTER;
    vwr_pci_switch_on_(p);
}

/* Traces where a structure is, because `./vwr explain` identifies accesses by their address. */
static void pci_trace_place(struct vwr_pci *p, unsigned type, uint32_t what)
{
    const struct vwr_pci_structure *const s = pci_structure(p, type);

    vwr_trace(VWR_TRACE_PLACE, (uintptr_t)s->at, what, s->at != NULL ? (uint32_t)s->bytes : 0);
}

static void pci_trace_places(struct vwr_pci *p, bool is_legacy)
{
    if (is_legacy) { /* a single structure */
        pci_trace_place(p, VWR_PCI_CAP_COMMON_CFG, VWR_TRACE_STRUCTURE(0, p->dev.type));
        return;
    }
    pci_trace_place(p, VWR_PCI_CAP_COMMON_CFG, VWR_TRACE_STRUCTURE(VWR_PCI_CAP_COMMON_CFG, p->dev.type));
    pci_trace_place(p, VWR_PCI_CAP_NOTIFY_CFG,
                    VWR_TRACE_STRUCTURE(VWR_PCI_CAP_NOTIFY_CFG, p->notify_multiplier));
    pci_trace_place(p, VWR_PCI_CAP_ISR_CFG, VWR_TRACE_STRUCTURE(VWR_PCI_CAP_ISR_CFG, 0));
    pci_trace_place(p, VWR_PCI_CAP_DEVICE_CFG, VWR_TRACE_STRUCTURE(VWR_PCI_CAP_DEVICE_CFG, 0));
}

VWR_OUT_OF_LINE int vwr_pci_conclude_(struct vwr_pci *p, uint32_t kind, const struct vwr_transport *transport)
{
    p->dev.fault.kind = kind;
    if (kind != VWR_FAULT_NONE)
        return VWR_FAULT_RESULT(kind);
    vwr_pci_switch_on_(p);
    pci_trace_places(p, transport->legacy);
    vwr_dev_set_transport(&p->dev, transport);
    p->dev.state = VWR_DEV_PROBED;
    return VWR_OK;
}

int vwr_pci_probe(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function)
{
    uint32_t kind = vwr_pci_begin_(p, host, function);
    struct vwr_fault why;

    if (kind == VWR_FAULT_NONE)
        kind = vwr_pci_find_modern_(p);
    if (VWR_FAULT_RESULT(kind) != VWR_EVERSION)
        return vwr_pci_conclude_(p, kind, &vwr_pci_modern);
    why = p->dev.fault; /* reported if both probes fail */
    if (vwr_pci_find_legacy_(p) == VWR_FAULT_NONE)
        kind = VWR_FAULT_NONE;
    else
        p->dev.fault = why;
    return vwr_pci_conclude_(p, kind, &vwr_pci_legacy);
}
