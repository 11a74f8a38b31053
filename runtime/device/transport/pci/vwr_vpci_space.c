/* SPDX-License-Identifier: MIT */
#include "vpci_common.h"
#include "vwr/gen/ids.h"

/* Configuration space of a function. Section: PCI Device Discovery; Virtio Structure PCI Capabilities. */

/*
 * Capabilities, in the order of the list. The offsets are chosen by this library. `offset` selects the part
 * of the BAR that contains the structure.
 */
struct vpci_capability {
    uint8_t at;
    uint8_t id;
    uint8_t bytes;
    uint8_t type;    /* of a virtio capability */
    uint16_t offset; /* offset in the BAR; for a region, its ID */
};

#define VPCI_CAP_BYTES ((uint8_t)sizeof(struct vwr_pci_cap))
#define VPCI_AT(part) ((uint16_t)((part)*VPCI_PART_BYTES))
#define VPCI_AF_BYTES 6u /* two more follow */
#define VPCI_MSIX_BYTES 12u
#define VPCI_CAP64_BYTES ((uint8_t)sizeof(struct vwr_pci_cap64))

/* Offsets of the capabilities. */
enum {
    VPCI_CAP_COMMON = PCI_CAPABILITY_FIRST,
    VPCI_CAP_ISR = VPCI_CAP_COMMON + sizeof(struct vwr_pci_cap),
    VPCI_CAP_NOTIFY = VPCI_CAP_ISR + sizeof(struct vwr_pci_cap),
    VPCI_CAP_PCI_CFG = VPCI_CAP_NOTIFY + sizeof(struct vwr_pci_notify_cap),
    VPCI_CAP_AF = VPCI_CAP_PCI_CFG + sizeof(struct vwr_pci_cfg_cap),
    VPCI_CAP_DEVICE = VPCI_CAP_AF + VPCI_AF_BYTES + 2u,
    VPCI_CAP_MSIX = VPCI_CAP_DEVICE + sizeof(struct vwr_pci_cap),
    VPCI_CAP_REGION = VPCI_CAP_MSIX + VPCI_MSIX_BYTES
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
    {VPCI_CAP_MSIX, PCI_CAPABILITY_MSIX, VPCI_MSIX_BYTES, 0, 0},
    {VPCI_CAP_REGION, VWR_PCI_CAP_ID_VNDR, VPCI_CAP64_BYTES, VWR_PCI_CAP_SHARED_MEMORY_CFG, 0},
    {VPCI_CAP_REGION + sizeof(struct vwr_pci_cap64), VWR_PCI_CAP_ID_VNDR, VPCI_CAP64_BYTES,
     VWR_PCI_CAP_SHARED_MEMORY_CFG, 1},
    {VPCI_CAP_REGION + 2u * sizeof(struct vwr_pci_cap64), VWR_PCI_CAP_ID_VNDR, VPCI_CAP64_BYTES,
     VWR_PCI_CAP_SHARED_MEMORY_CFG, 2},
};

VWR_STATIC_ASSERT(VPCI_CAP_REGION + VWR_VPCI_REGIONS_MAX * sizeof(struct vwr_pci_cap64) <=
                      PCI_CAPABILITIES_END,
                  "capabilities of regions");

#define VPCI_CAPABILITIES (sizeof(vpci_capabilities) / sizeof(vpci_capabilities[0]))

/*
 * A device without a configuration, MSI-X or a region has no capability for it. The legacy registers are in
 * their own BAR.
 */
static bool vpci_has(const struct vwr_vpci *f, const struct vpci_capability *c)
{
    if (c->id == VWR_PCI_CAP_ID_VNDR && vwr_vdev_is_legacy(f->v))
        return false;
    if (c->at == VPCI_CAP_DEVICE)
        return f->v->config_bytes != 0;
    if (c->type == VWR_PCI_CAP_SHARED_MEMORY_CFG)
        return c->offset < f->v->shms;
    return c->at != VPCI_CAP_MSIX || f->vectors != 0;
}

/* Offset of the first capability in the table, starting at entry `i`; 0: there is none. */
static uint32_t vpci_first_from(const struct vwr_vpci *f, size_t i)
{
    for (; i < VPCI_CAPABILITIES; i++)
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

/* 32 bits of the MSI-X capability, after its first 32 bits. Table and pending bits are in the memory BAR. */
static uint32_t vpci_msix_place(const struct vwr_vpci *f, unsigned offset)
{
    return vpci_bar_of_memory(f) + VPCI_AT(VPCI_MSIX) + (offset == PCI_MSIX_TABLE ? 0 : VPCI_PENDING);
}

/* 32 bits of a virtio capability, after its first 32 bits. */
static uint32_t vpci_virtio_word(const struct vwr_vpci *f, const struct vpci_capability *c, unsigned offset)
{
    const bool window = c->type == VWR_PCI_CAP_PCI_CFG;

    if (c->type == VWR_PCI_CAP_SHARED_MEMORY_CFG)
        return vwr_vpci_region_word_(f, c->offset, offset);
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
        const uint32_t next = vpci_first_from(f, i + 1u);
        const uint32_t head = c->id | next << 8;

        if (at < c->at || at - c->at >= c->bytes || !vpci_has(f, c))
            continue;
        if (c->id == PCI_CAPABILITY_MSIX)
            return at == c->at ? head | f->msix | (f->vectors - 1u) << 16 : vpci_msix_place(f, at - c->at);
        if (c->id == PCI_CAPABILITY_AF)
            return at == c->at ? head | PCI_AF_CAPS : f->v->unsafe ? PCI_AF_PENDING : 0;
        return at == c->at ? head | (uint32_t)c->bytes << 16 | (uint32_t)c->type << 24
                           : vpci_virtio_word(f, c, at - c->at);
    }
    return 0;
}

/* IDs of transitional devices, and class codes, which determine how a guest's lspci names a device. */
struct vpci_type {
    uint8_t id;
    uint16_t transitional; /* 0: there is none */
    uint16_t code;
};

static const struct vpci_type vpci_types[] = {
    {VWR_ID_NET, VWR_TRANSITIONAL_NET, PCI_CODE_ETHERNET},
    {VWR_ID_BLOCK, VWR_TRANSITIONAL_BLOCK, PCI_CODE_STORAGE},
    {VWR_ID_CONSOLE, VWR_TRANSITIONAL_CONSOLE, PCI_CODE_COMMUNICATION},
    {VWR_ID_RNG, VWR_TRANSITIONAL_RNG, PCI_CODE_NONE},
    {VWR_ID_BALLOON, VWR_TRANSITIONAL_BALLOON, PCI_CODE_NONE},
    {VWR_ID_SCSI, VWR_TRANSITIONAL_SCSI, PCI_CODE_SCSI},
    {VWR_ID_9P, VWR_TRANSITIONAL_9P, PCI_CODE_NONE},
    {VWR_ID_GPU, 0, PCI_CODE_DISPLAY},
    {VWR_ID_INPUT, 0, PCI_CODE_INPUT},
    {VWR_ID_SOUND, 0, PCI_CODE_MULTIMEDIA},
    {VWR_ID_CRYPTO, 0, PCI_CODE_ENCRYPTION},
    {0, 0, PCI_CODE_NONE}, /* any other */
};

static const struct vpci_type *vpci_type(const struct vwr_vdev *v)
{
    const struct vpci_type *type = vpci_types;

    while (type->id != 0 && type->id != v->kind->id)
        type++;
    return type;
}

bool vwr_vpci_may_be_legacy_(const struct vwr_vdev *v)
{
    return vpci_type(v)->transitional != 0;
}

static uint32_t vpci_id(const struct vwr_vdev *v)
{
    return vwr_vdev_is_legacy(v) ? vpci_type(v)->transitional : VWR_PCI_DEVICE_ID_MODERN_BASE + v->kind->id;
}

static uint32_t vpci_revision(const struct vwr_vdev *v)
{
    return vwr_vdev_is_legacy(v) ? VWR_PCI_REVISION_TRANSITIONAL : VWR_PCI_REVISION_MODERN_MIN;
}

static uint32_t vpci_subsystem(const struct vwr_vdev *v)
{
    return vwr_vdev_is_legacy(v) ? v->kind->id : VWR_PCI_SUBSYSTEM_DEVICE_ID_MODERN_MIN;
}

static uint32_t vpci_status(const struct vwr_vpci *f)
{
    const bool interrupt = f->v->interrupt != 0 && (f->msix & PCI_MSIX_ENABLE) == 0;

    return PCI_STATUS_CAPABILITIES | (interrupt ? PCI_STATUS_INTERRUPT : 0);
}

/* 32 bits of the BARs. */
static uint32_t vpci_read_bar(const struct vwr_vpci *f, unsigned bar)
{
    const unsigned memory = vpci_bar_of_memory(f);

    if (vwr_vdev_is_legacy(f->v) && bar == VWR_PCI_LEGACY_BAR)
        return f->io | PCI_BAR_IO;
    if (bar == memory && vpci_has_memory(f))
        return (uint32_t)f->bar | (f->narrow ? 0 : PCI_BAR_64);
    if (bar == VPCI_BAR_OF_REGIONS && f->v->shms != 0)
        return (uint32_t)f->shared | PCI_BAR_64 | PCI_BAR_PREFETCHABLE;
    if (bar == VPCI_BAR_OF_REGIONS + 1u)
        return (uint32_t)(f->shared >> 32);
    return bar == memory + 1u ? (uint32_t)(f->bar >> 32) : 0;
}

/* 32 bits of the configuration space; reserved ones read as 0. */
static uint32_t vpci_space_read(const struct vwr_vpci *f, unsigned at)
{
    switch (at) {
    case PCI_ID:
        return VWR_PCI_VENDOR_ID | vpci_id(f->v) << 16;
    case PCI_COMMAND:
        return f->head.command | vpci_status(f);
    case PCI_CLASS:
        return vpci_revision(f->v) | (uint32_t)vpci_type(f->v)->code << 16;
    case PCI_BAR_0:
    case PCI_BAR_0 + 4u:
    case PCI_BAR_0 + 8u:
    case PCI_BAR_0 + 12u:
        return vpci_read_bar(f, (at - PCI_BAR_0) / 4u);
    case PCI_SUBSYSTEM:
        return VWR_PCI_VENDOR_ID | vpci_subsystem(f->v) << 16;
    case PCI_CAPABILITIES:
        return vpci_first_from(f, 0);
    case PCI_INTERRUPT:
        return f->head.line | PCI_PIN_A;
    default:
        return vpci_capability_word(f, at);
    }
}

static void vpci_write_command(struct vwr_vpci *f, uint32_t command)
{
    f->head.command = (uint16_t)(command & vpci_commands(f));
    vwr_vpci_place_(f);
    vwr_vdev_hold_(f->v, (command & PCI_COMMAND_MASTER) == 0);
    vwr_vpci_renew_(f);
    vwr_vpci_send_pending_(f);
}

static void vpci_write_bar(struct vwr_vpci *f, unsigned bar, uint32_t word)
{
    const unsigned memory = vpci_bar_of_memory(f);

    if (vwr_vdev_is_legacy(f->v) && bar == VWR_PCI_LEGACY_BAR)
        f->io = word & ~(VWR_VPCI_IO_BYTES - 1u);
    else if (bar == memory && vpci_has_memory(f))
        vdev_set_low(&f->bar, word & ~(VWR_VPCI_BAR_BYTES - 1u));
    else if (bar == memory + 1u && !f->narrow)
        vdev_set_high(&f->bar, word);
    else if (bar == VPCI_BAR_OF_REGIONS && f->v->shms != 0)
        vdev_set_low(&f->shared, word & (uint32_t)(0u - f->shared_bytes));
    else if (bar == VPCI_BAR_OF_REGIONS + 1u && f->v->shms != 0)
        vdev_set_high(&f->shared, word & (uint32_t)((0u - f->shared_bytes) >> 32));
    vwr_vpci_place_(f);
}

static void vpci_write_msix(struct vwr_vpci *f, uint32_t word)
{
    if (f->vectors == 0)
        return;
    f->msix = word & (PCI_MSIX_ENABLE | PCI_MSIX_MASK);
    vwr_vpci_renew_(f);
    vwr_vpci_send_pending_(f);
}

/* Writes 32 bits. Bits that are not covered by the access have their previous value. */
static void vpci_space_write(struct vwr_vpci *f, unsigned at, uint32_t word)
{
    switch (at) {
    case PCI_COMMAND:
        vpci_write_command(f, word);
        break;
    case PCI_BAR_0:
    case PCI_BAR_0 + 4u:
    case PCI_BAR_0 + 8u:
    case PCI_BAR_0 + 12u:
        vpci_write_bar(f, (at - PCI_BAR_0) / 4u, word);
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
    return bytes <= sizeof(uint32_t) && vwr_is_power_of_2(bytes);
}

/*
 * An access to pci_cfg_data is an access to cap.length bytes of the BAR; other bytes read as 0. The BAR need
 * not be decoded.
 */
static void vpci_window(struct vwr_vpci *f, bool is_write, uint64_t *value)
{
    const uint32_t length = f->cfg_length;
    uint64_t data;

    if (f->cfg_bar == 0 && vpci_is_width(length) && (f->cfg_offset & (length - 1u)) == 0 &&
        f->cfg_offset < VWR_VPCI_BAR_BYTES) {
        data = *value & vpci_nothing(length); /* the first bytes of a longer access */
        vwr_vpci_bar_(f, f->cfg_offset, length, is_write, is_write ? &data : value);
    } else {
        vdev_refuse(f->v, is_write, value);
    }
}

/* Allowed: 1, 2 or 4 bytes, aligned. */
static void vpci_space(struct vwr_vpci *f, unsigned offset, unsigned bytes, bool is_write, uint64_t *value)
{
    const unsigned word = offset & ~3u;

    if (offset == VPCI_CAP_PCI_CFG + VWR_PCI_CFG_CAP_PCI_CFG_DATA && !vwr_vdev_is_legacy(f->v)) {
        vpci_window(f, is_write, value);
        if (!is_write)
            *value &= vpci_nothing(bytes);
    } else if (is_write && word == VPCI_CAP_AF + PCI_AF_CONTROL) {
        if (offset == word && (*value & PCI_AF_RESET) != 0)
            vwr_vpci_start_over_(f);
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
