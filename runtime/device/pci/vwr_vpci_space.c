/* SPDX-License-Identifier: MIT */
#include "vpci_common.h"
#include "vwr/gen/ids.h"

/* Configuration space of a function. Section: PCI Device Discovery; Virtio Structure PCI Capabilities. */

/* Capabilities, in the order of the list. Offsets are ours; the fourth with the structure has its number. */
struct vpci_capability {
    uint8_t at;
    uint8_t id;
    uint8_t bytes;
    uint8_t type;    /* of a virtio capability */
    uint16_t offset; /* in the BAR */
};

#define VPCI_CAP_BYTES ((uint8_t)sizeof(struct vwr_pci_cap))
#define VPCI_AT(part) ((uint16_t)((part)*VPCI_PART_BYTES))
#define VPCI_AF_BYTES 6u /* not the specification's; two more follow */

/* Where they are. */
enum {
    VPCI_CAP_COMMON = PCI_CAPABILITY_FIRST,
    VPCI_CAP_ISR = VPCI_CAP_COMMON + sizeof(struct vwr_pci_cap),
    VPCI_CAP_NOTIFY = VPCI_CAP_ISR + sizeof(struct vwr_pci_cap),
    VPCI_CAP_PCI_CFG = VPCI_CAP_NOTIFY + sizeof(struct vwr_pci_notify_cap),
    VPCI_CAP_AF = VPCI_CAP_PCI_CFG + sizeof(struct vwr_pci_cfg_cap),
    VPCI_CAP_DEVICE = VPCI_CAP_AF + VPCI_AF_BYTES + 2u,
    VPCI_CAP_MSIX = VPCI_CAP_DEVICE + sizeof(struct vwr_pci_cap)
};

static const struct vpci_capability vpci_capabilities[] = {
    {VPCI_CAP_COMMON, VWR_PCI_CAP_ID_VNDR, VPCI_CAP_BYTES, VWR_PCI_CAP_COMMON_CFG, VPCI_AT(VPCI_REGISTERS)},
    {VPCI_CAP_ISR, VWR_PCI_CAP_ID_VNDR, VPCI_CAP_BYTES, VWR_PCI_CAP_ISR_CFG,
     VPCI_AT(VPCI_REGISTERS) + VPCI_ISR},
    {VPCI_CAP_NOTIFY, VWR_PCI_CAP_ID_VNDR, sizeof(struct vwr_pci_notify_cap), VWR_PCI_CAP_NOTIFY_CFG,
     VPCI_AT(VPCI_NOTIFY)},
    {VPCI_CAP_PCI_CFG, VWR_PCI_CAP_ID_VNDR, sizeof(struct vwr_pci_cfg_cap), VWR_PCI_CAP_PCI_CFG, 0},
    {VPCI_CAP_AF, PCI_CAPABILITY_AF, VPCI_AF_BYTES, 0, 0},
    {VPCI_CAP_DEVICE, VWR_PCI_CAP_ID_VNDR, VPCI_CAP_BYTES, VWR_PCI_CAP_DEVICE_CFG, VPCI_AT(VPCI_CONFIG)},
    {VPCI_CAP_MSIX, PCI_CAPABILITY_MSIX, 12, 0, 0},
};

#define VPCI_CAPABILITIES (sizeof(vpci_capabilities) / sizeof(vpci_capabilities[0]))

/* A device without a configuration, or without MSI-X, has no capability for it. */
static bool vpci_has(const struct vwr_vpci *f, const struct vpci_capability *c)
{
    if (c->at == VPCI_CAP_DEVICE)
        return f->v->config_bytes != 0;
    return c->at != VPCI_CAP_MSIX || f->vectors != 0;
}

/* Offset of the capability after the entry `i` of the table; 0: it is the last one. */
static uint32_t vpci_next(const struct vwr_vpci *f, size_t i)
{
    for (i++; i < VPCI_CAPABILITIES; i++)
        if (vpci_has(f, &vpci_capabilities[i]))
            return vpci_capabilities[i].at;
    return 0;
}

static uint32_t vpci_structure_bytes(const struct vwr_vpci *f, unsigned type)
{
    switch (type) {
    case VWR_PCI_CAP_COMMON_CFG:
        return sizeof(struct vwr_pci_common_cfg);
    case VWR_PCI_CAP_ISR_CFG:
        return sizeof(struct vwr_pci_isr_cfg);
    case VWR_PCI_CAP_NOTIFY_CFG:
        return (f->v->queues != 0 ? f->v->queues : 1u) * VPCI_NOTIFY_BYTES;
    default:
        return f->v->config_bytes;
    }
}

/* 32 bits of the capability MSI-X, after the first. Table and pending bits are in BAR 0. */
static uint32_t vpci_msix_place(unsigned offset)
{
    return VPCI_AT(VPCI_MSIX) + (offset == PCI_MSIX_TABLE ? 0 : VPCI_PENDING);
}

/* 32 bits of a capability of virtio, after the first. */
static uint32_t vpci_virtio_word(const struct vwr_vpci *f, const struct vpci_capability *c, unsigned offset)
{
    const bool window = c->type == VWR_PCI_CAP_PCI_CFG;

    switch (offset) {
    case VWR_PCI_CFG_CAP_CAP_BAR:
        return window ? f->cfg_bar : 0;
    case VWR_PCI_CFG_CAP_CAP_OFFSET:
        return window ? f->cfg_offset : c->offset;
    case VWR_PCI_CFG_CAP_CAP_LENGTH:
        return window ? f->cfg_length : vpci_structure_bytes(f, c->type);
    default: /* pci_cfg_data is read by vpci_window */
        return window ? 0 : VPCI_NOTIFY_BYTES;
    }
}

static uint32_t vpci_capability_word(const struct vwr_vpci *f, unsigned at)
{
    for (size_t i = 0; i < VPCI_CAPABILITIES; i++) {
        const struct vpci_capability *const c = &vpci_capabilities[i];
        const uint32_t head = c->id | vpci_next(f, i) << 8;

        if (at - c->at >= c->bytes || !vpci_has(f, c))
            continue;
        if (c->id == PCI_CAPABILITY_MSIX)
            return at == c->at ? head | f->msix | (f->vectors - 1u) << 16 /* not the specification's */
                               : vpci_msix_place(at - c->at);
        if (c->id == PCI_CAPABILITY_AF)
            return at == c->at ? head | PCI_AF_CAPS : 0;
        return at == c->at ? head | (uint32_t)c->bytes << 16 | (uint32_t)c->type << 24
                           : vpci_virtio_word(f, c, at - c->at);
    }
    return 0;
}

/* Class codes, which the PCI SIG assigns: what a guest's lspci calls a device. */
static const struct {
    uint8_t id;
    uint16_t code;
} vpci_classes[] = {
    {VWR_ID_NET, 0x0200},     /* not the specification's: Ethernet controller */
    {VWR_ID_BLOCK, 0x0180},   /* not the specification's: mass storage controller */
    {VWR_ID_CONSOLE, 0x0780}, /* not the specification's: communication controller */
    {VWR_ID_SCSI, 0x0100},    /* not the specification's: SCSI storage controller */
    {VWR_ID_GPU, 0x0380},     /* not the specification's: display controller */
    {VWR_ID_INPUT, 0x0980},   /* not the specification's: input device controller */
    {VWR_ID_SOUND, 0x0480},   /* not the specification's: multimedia controller */
    {VWR_ID_CRYPTO, 0x1080},  /* not the specification's: encryption controller */
};

static uint32_t vpci_class(const struct vwr_vdev *v)
{
    for (size_t i = 0; i < sizeof(vpci_classes) / sizeof(vpci_classes[0]); i++)
        if (vpci_classes[i].id == v->kind->id)
            return (uint32_t)vpci_classes[i].code << 16;
    return 0xff000000u; /* not the specification's: fits no class */
}

static uint32_t vpci_status(const struct vwr_vpci *f)
{
    const bool interrupt = f->v->interrupt != 0 && (f->msix & PCI_MSIX_ENABLE) == 0;

    return PCI_STATUS_CAPABILITIES | (interrupt ? PCI_STATUS_INTERRUPT : 0);
}

/* 32 bits of the configuration space; reserved ones read as 0. */
static uint32_t vpci_space_read(const struct vwr_vpci *f, unsigned at)
{
    switch (at) {
    case PCI_ID:
        return VWR_PCI_VENDOR_ID | (VWR_PCI_DEVICE_ID_MODERN_BASE + f->v->kind->id) << 16;
    case PCI_COMMAND:
        return f->head.command | vpci_status(f);
    case PCI_CLASS:
        return VWR_PCI_REVISION_MODERN_MIN | vpci_class(f->v);
    case PCI_BAR_0:
        return (uint32_t)f->bar | (f->narrow ? 0 : PCI_BAR_64);
    case PCI_BAR_0 + 4u:
        return (uint32_t)(f->bar >> 32);
    case PCI_SUBSYSTEM:
        return VWR_PCI_VENDOR_ID | VWR_PCI_SUBSYSTEM_DEVICE_ID_MODERN_MIN << 16;
    case PCI_CAPABILITIES:
        return PCI_CAPABILITY_FIRST;
    case PCI_INTERRUPT:
        return f->head.line | PCI_PIN_A;
    default:
        return vpci_capability_word(f, at);
    }
}

static void vpci_write_command(struct vwr_vpci *f, uint32_t command)
{
    f->head.command = (uint16_t)(command & (PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER | PCI_COMMAND_INTX_OFF));
    vwr_vpci_place(f);
    vwr_vdev_hold(f->v, (command & PCI_COMMAND_MASTER) == 0);
    vwr_vpci_renew(f);
    vwr_vpci_send_pending(f);
}

static void vpci_write_bar(struct vwr_vpci *f, uint64_t addr)
{
    f->bar = addr & ~(uint64_t)(VWR_VPCI_BAR_BYTES - 1u);
    vwr_vpci_place(f);
}

static void vpci_write_msix(struct vwr_vpci *f, uint32_t word)
{
    if (f->vectors == 0)
        return;
    f->msix = word & (PCI_MSIX_ENABLE | PCI_MSIX_MASK);
    vwr_vpci_renew(f);
    vwr_vpci_send_pending(f);
}

/* Writes 32 bits, of which those that an access does not cover are as before. */
static void vpci_space_write(struct vwr_vpci *f, unsigned at, uint32_t word)
{
    switch (at) {
    case PCI_COMMAND:
        vpci_write_command(f, word);
        break;
    case PCI_BAR_0:
        vpci_write_bar(f, (f->bar & ~(uint64_t)0xffffffffu) | word);
        break;
    case PCI_BAR_0 + 4u:
        if (!f->narrow)
            vpci_write_bar(f, (uint64_t)word << 32 | (uint32_t)f->bar);
        break;
    case PCI_INTERRUPT:
        f->head.line = (uint8_t)word;
        break;
    case VPCI_CAP_PCI_CFG + VWR_PCI_CFG_CAP_CAP_BAR:
        f->cfg_bar = (uint8_t)word;
        break;
    case VPCI_CAP_PCI_CFG + VWR_PCI_CFG_CAP_CAP_OFFSET:
        f->cfg_offset = word;
        break;
    case VPCI_CAP_PCI_CFG + VWR_PCI_CFG_CAP_CAP_LENGTH:
        f->cfg_length = word;
        break;
    case VPCI_CAP_MSIX:
        vpci_write_msix(f, word);
        break;
    default:
        break;
    }
}

static bool vpci_is_width(uint32_t bytes)
{
    return bytes <= sizeof(uint32_t) && vdev_is_power_of_2(bytes);
}

/*
 * An access to pci_cfg_data is one to the BAR, of as many bytes as cap.length says; others read as 0. The
 * BAR need not be decoded.
 */
static void vpci_window(struct vwr_vpci *f, bool is_write, uint64_t *value)
{
    const uint32_t length = f->cfg_length;

    if (f->cfg_bar == 0 && vpci_is_width(length) && (f->cfg_offset & (length - 1u)) == 0 &&
        f->cfg_offset < VWR_VPCI_BAR_BYTES) {
        vwr_vpci_bar(f, f->cfg_offset, length, is_write, value);
    } else {
        vdev_refuse(f->v, is_write, value);
    }
}

/* Allowed: 1, 2 or 4 bytes, aligned. */
static void vpci_space(struct vwr_vpci *f, unsigned offset, unsigned bytes, bool is_write, uint64_t *value)
{
    const unsigned word = offset & ~3u;

    if (offset == VPCI_CAP_PCI_CFG + VWR_PCI_CFG_CAP_PCI_CFG_DATA) {
        vpci_window(f, is_write, value);
        if (!is_write)
            *value &= vpci_nothing(bytes);
    } else if (is_write && word == VPCI_CAP_AF + PCI_AF_CONTROL) {
        if (offset == word && (*value & 1u) != 0)
            vwr_vpci_start_over(f);
    } else if (is_write) {
        vpci_space_write(f, word, vpci_with_part(vpci_space_read(f, word), offset, bytes, *value));
    } else {
        *value = vpci_part_of(vpci_space_read(f, word), offset, bytes);
    }
}

void vwr_vpci_space_access(struct vwr_vpci *f, unsigned offset, unsigned bytes, bool is_write,
                           uint64_t *value)
{
    if (!vpci_is_width(bytes) || (offset & (bytes - 1u)) != 0) {
        if (!is_write)
            *value = vpci_nothing(bytes);
        return;
    }
    vwr_vdev_lock(f->v);
    vpci_space(f, offset, bytes, is_write, value);
    vwr_vdev_unlock(f->v);
}
