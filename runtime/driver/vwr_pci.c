/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "pci_common.h"

/* A function of virtio, and its structures. Section: Virtio Over PCI Bus. */

/* What a class may read of a configuration, whatever length the device claims for it. */
#define CONFIG_BYTES 256u /* not the specification's */

static volatile uint8_t *ecam_at(const struct vwr_pci_access *a, uint32_t function, unsigned offset)
{
    const struct vwr_pci_ecam *const e = (const struct vwr_pci_ecam *)(const void *)a; /* its first member */

    return e->base + ((size_t)(function - VWR_PCI_FUNCTION(e->first_bus, 0, 0)) << 12) + offset;
}

static uint32_t ecam_read(const struct vwr_pci_access *a, uint32_t function, unsigned offset)
{
    return vwr_le32_to_cpu(vwr_port_read32(ecam_at(a, function, offset)));
}

static void ecam_write(const struct vwr_pci_access *a, uint32_t function, unsigned offset, uint32_t value)
{
    vwr_port_write32(ecam_at(a, function, offset), vwr_cpu_to_le32(value));
}

const struct vwr_pci_access *vwr_pci_ecam(struct vwr_pci_ecam *e, volatile void *base, uint8_t first_bus)
{
    e->access.read = ecam_read;
    e->access.write = ecam_write;
    e->base = (volatile uint8_t *)base;
    e->first_bus = first_bus;
    return &e->access;
}

/* The first capability of a type that can be used is the one (Virtio Structure PCI Capabilities). */
static void note_structure(const struct vwr_pci *p, const uint32_t cap[4], uint64_t least,
                           struct vwr_pci_structure *s)
{
    const unsigned bar = cap[1] & 0xffu;
    const uint64_t bytes = cap[3];

    if (s->at != NULL || bar > VWR_PCI_BAR_MAX || bytes < least || (cap[2] & 3u) != 0)
        return;
    s->at = vwr_pci_map(p, bar, cap[2], bytes);
    s->bytes = bytes;
}

/* Of the configuration there has to be room in the BAR for what classes read: no read leaves the device. */
static void note_config(struct vwr_pci *p, const uint32_t cap[4], struct vwr_pci_structure *config)
{
    const uint32_t room[4] = {cap[0], cap[1], cap[2], CONFIG_BYTES};

    note_structure(p, room, CONFIG_BYTES, config);
}

static void note_virtio(struct vwr_pci *p, unsigned at, struct vwr_pci_structure *config)
{
    uint32_t cap[4];
    unsigned length;

    for (unsigned i = 0; i < 4; i++)
        cap[i] = pci_read(p, at + 4u * i);
    length = cap[0] >> 16 & 0xffu;
    if (length < sizeof(struct vwr_pci_cap))
        return;
    switch (cap[0] >> 24) {
    case VWR_PCI_CAP_COMMON_CFG:
        note_structure(p, cap, VWR_PCI_COMMON_CFG_QUEUE_NOTIF_CONFIG_DATA, &p->common);
        break;
    case VWR_PCI_CAP_NOTIFY_CFG:
        if (p->notify.at != NULL || length < sizeof(struct vwr_pci_notify_cap))
            break;
        note_structure(p, cap, sizeof(uint16_t), &p->notify);
        p->notify_multiplier = pci_read(p, at + VWR_PCI_NOTIFY_CAP_NOTIFY_OFF_MULTIPLIER);
        break;
    case VWR_PCI_CAP_ISR_CFG:
        note_structure(p, cap, sizeof(struct vwr_pci_isr_cfg), &p->isr);
        break;
    case VWR_PCI_CAP_DEVICE_CFG:
        note_config(p, cap, config);
        break;
    default: /* what a driver does not know it passes over */
        break;
    }
}

static void note_capability(struct vwr_pci *p, unsigned at, uint32_t head, struct vwr_pci_structure *config)
{
    if ((head & 0xffu) == VWR_PCI_CAP_ID_VNDR)
        note_virtio(p, at, config);
    if ((head & 0xffu) == PCI_CAPABILITY_MSIX && p->msix == 0) {
        p->msix = (uint16_t)at;
        p->vectors = (uint16_t)((head >> 16 & VWR_PCI_MSIX_VECTOR_MAX) + 1u);
    }
}

/* A list that loops ends after as many as fit. */
static void walk_capabilities(struct vwr_pci *p, struct vwr_pci_structure *config)
{
    unsigned at = pci_read(p, PCI_CAPABILITIES) & 0xfcu;

    if ((pci_read(p, PCI_COMMAND) & PCI_STATUS_CAPABILITIES) == 0)
        return;
    for (unsigned i = 0; i < PCI_CAPABILITIES_MAX && at >= PCI_CAPABILITY_FIRST; i++) {
        const uint32_t head = pci_read(p, at);

        note_capability(p, at, head, config);
        at = head >> 8 & 0xfcu;
    }
}

/* Which of the structures that no driver can do without is missing: a fault kind. */
static uint32_t check_structures(struct vwr_pci *p)
{
    struct vwr_fault *const f = &p->dev.fault;

    f->where = VWR_PCI_CAP_COMMON_CFG;
    if (p->common.at == NULL)
        return VWR_FAULT_PCI_STRUCTURE;
    f->where = VWR_PCI_CAP_NOTIFY_CFG;
    if (p->notify.at == NULL)
        return VWR_FAULT_PCI_STRUCTURE;
    f->where = VWR_PCI_CAP_ISR_CFG;
    return p->isr.at == NULL ? VWR_FAULT_PCI_STRUCTURE : VWR_FAULT_NONE;
}

/* Of a transitional device the subsystem says the type. */
static uint32_t pci_type(const struct vwr_pci *p, uint32_t device)
{
    if (device <= VWR_PCI_DEVICE_ID_TRANSITIONAL_MAX)
        return pci_read(p, PCI_SUBSYSTEM) >> 16;
    return device - VWR_PCI_DEVICE_ID_MODERN_BASE;
}

static uint32_t pci_identify(struct vwr_pci *p)
{
    const uint32_t id = pci_read(p, PCI_ID);
    struct vwr_pci_structure config = {NULL, 0};
    uint32_t kind;

    p->dev.fault.got = id;
    if ((id & 0xffffu) != VWR_PCI_VENDOR_ID || id >> 16 < VWR_PCI_DEVICE_ID_MIN ||
        id >> 16 > VWR_PCI_DEVICE_ID_MAX || PCI_HEADER_TYPE(pci_read(p, PCI_HEADER)) != 0)
        return VWR_FAULT_PCI_OTHER;
    p->dev.type = pci_type(p, id >> 16);
    p->dev.vendor = pci_read(p, PCI_SUBSYSTEM) & 0xffffu;
    p->interrupt = (uint8_t)(pci_read(p, PCI_INTERRUPT) >> 8);
    p->line = (uint8_t)pci_read(p, PCI_INTERRUPT);
    vwr_pci_size_bars(p->host->access, p->function, p->bar, VWR_PCI_BAR_MAX + 1u);
    walk_capabilities(p, &config);
    kind = check_structures(p);
    if (kind != VWR_FAULT_NONE)
        return kind;
    /* Who has no configuration has classes that read none; of a liar they read its registers. */
    p->dev.config.base = config.at != NULL ? config.at : p->common.at;
    pci_write(p, PCI_COMMAND, (pci_read(p, PCI_COMMAND) & 0xffffu) | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
    return VWR_FAULT_NONE;
}

int vwr_pci_probe(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function)
{
    uint32_t kind;

    vwr_zero(p, sizeof(*p)); /* state is VWR_DEV_NONE from here on */
    p->host = host;
    p->function = function;
    kind = pci_identify(p);
    if (kind != VWR_FAULT_NONE)
        return vwr_dev_note(&p->dev, kind, p->dev.fault.where, p->dev.fault.got);
    vwr_dev_set_transport(&p->dev, &vwr_pci_modern);
    p->dev.version = pci_read(p, PCI_CLASS) & 0xffu; /* the revision */
    p->dev.state = VWR_DEV_PROBED;
    return VWR_OK;
}
