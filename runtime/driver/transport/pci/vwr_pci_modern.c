/* SPDX-License-Identifier: MIT */
#include "../../core/dev/dev_common.h"
#include "pci_common.h"

/* Common configuration. Section: Virtio Over PCI Bus / PCI-specific Initialization And Device Operation. */

/* Two 32-bit writes, which every device supports. */
static void pci_modern_put64(struct vwr_dev *d, unsigned offset, uint64_t v)
{
    pci_put(d, offset, 4, (uint32_t)v);
    pci_put(d, offset + 4u, 4, (uint32_t)(v >> 32));
}

/* Features that have fields in the common configuration, after those that each device has. */
#define PCI_MODERN_LATER (VWR_FEATURE_BIT(VWR_F_NOTIF_CONFIG_DATA, 1) | VWR_FEATURE_BIT(VWR_F_RING_RESET, 1))

/* Features that count as not offered if the structure ends before their fields. */
static uint32_t pci_modern_get_features(struct vwr_dev *d, uint32_t word)
{
    uint32_t bits;

    pci_put(d, VWR_PCI_COMMON_CFG_DEVICE_FEATURE_SELECT, 4, word);
    bits = pci_get(d, VWR_PCI_COMMON_CFG_DEVICE_FEATURE, 4);
    if (word == 1 &&
        pci_structure(pci_of(d), VWR_PCI_CAP_COMMON_CFG)->bytes < VWR_PCI_COMMON_CFG_ADMIN_QUEUE_INDEX)
        bits &= ~PCI_MODERN_LATER;
    return bits;
}

static void pci_modern_set_features(struct vwr_dev *d, uint32_t word, uint32_t bits)
{
    vwr_pci_start_(pci_of(d));
    pci_put(d, VWR_PCI_COMMON_CFG_DRIVER_FEATURE_SELECT, 4, word);
    pci_put(d, VWR_PCI_COMMON_CFG_DRIVER_FEATURE, 4, bits);
}

/* Offset of a queue register, from its MMIO offset. */
static unsigned pci_modern_offset(unsigned of)
{
    if (of == VWR_MMIO_QUEUE_SEL)
        return VWR_PCI_COMMON_CFG_QUEUE_SELECT;
    if (of == VWR_MMIO_QUEUE_SIZE_MAX)
        return VWR_PCI_COMMON_CFG_QUEUE_SIZE;
    return of == VWR_MMIO_QUEUE_READY ? VWR_PCI_COMMON_CFG_QUEUE_ENABLE : VWR_PCI_COMMON_CFG_QUEUE_RESET;
}

/*
 * Registers of a device that is gone read as all ones, or as 0 on some buses, such as that of QEMU's q35. In
 * that case, num_queues is also 0.
 */
static uint32_t pci_modern_get_register(struct vwr_dev *d, unsigned of)
{
    uint32_t v;

    if (of == VWR_MMIO_CONFIG_GENERATION)
        return pci_get(d, VWR_PCI_COMMON_CFG_CONFIG_GENERATION, 1);
    if (of != VWR_MMIO_STATUS) {
        v = pci_get(d, pci_modern_offset(of), 2);
        return v != 0xffffu ? v : VWR_FAULT_ALL_ONES;
    }
    v = pci_get(d, VWR_PCI_COMMON_CFG_DEVICE_STATUS, 1);
    if (v == 0xffu || (v == 0 && pci_get(d, VWR_PCI_COMMON_CFG_NUM_QUEUES, 2) == 0))
        return VWR_FAULT_ALL_ONES;
    return v;
}

static void pci_modern_set_register(struct vwr_dev *d, unsigned of, uint32_t value)
{
    if (of == VWR_MMIO_STATUS)
        pci_put(d, VWR_PCI_COMMON_CFG_DEVICE_STATUS, 1, value);
    else
        pci_put(d, pci_modern_offset(of), 2, value);
}

/* Sets up the doorbell of a queue. false: its address is outside of the structure or misaligned. */
static bool pci_modern_set_notify(struct vwr_dev *d, struct vwr_doorbell *bell)
{
    const struct vwr_pci_structure *const s = pci_structure(pci_of(d), VWR_PCI_CAP_NOTIFY_CFG);
    const uint32_t offset = pci_get(d, VWR_PCI_COMMON_CFG_QUEUE_NOTIFY_OFF, 2);
    const uint64_t at = (uint64_t)offset * pci_of(d)->notify_multiplier;
    unsigned bytes = sizeof(uint16_t);

    d->fault.got = (uint32_t)at;
#if VWR_ACCESS_CALLS
    if (d->config.access != NULL) { /* with this access, a notification contains only the queue index */
        bell->kind = VWR_DOORBELL_CALL;
        bell->reg = &((struct vwr_pci_cfg *)(void *)d)->doorbell;
        bell->value = (uint16_t)offset;
        return at + bytes <= s->bytes && (at & (bytes - 1)) == 0;
    }
#endif
    bell->kind = VWR_DOORBELL_16;
    if (dev_notifies_with_data(d)) {
        bell->kind = VWR_DOORBELL_32_DATA;
        bytes = sizeof(uint32_t);
    }
    if (vwr_dev_has(d, VWR_F_NOTIF_CONFIG_DATA))
        bell->value = (uint16_t)pci_get(d, VWR_PCI_COMMON_CFG_QUEUE_NOTIF_CONFIG_DATA, 2);
    bell->reg = s->at + at;
    return at + bytes <= s->bytes && ((uintptr_t)bell->reg & (bytes - 1)) == 0;
}

static uint32_t pci_modern_queue_set(struct vwr_dev *d, struct vwr_queue *q, uint64_t addr)
{
    size_t driver;
    size_t device;

    vwr_queue_areas(q, &driver, &device);
    if (!pci_modern_set_notify(d, &q->doorbell))
        return VWR_FAULT_PCI_NOTIFY;
    if (!vwr_pci_set_vectors_(d, q->doorbell.index, VWR_PCI_COMMON_CFG_CONFIG_MSIX_VECTOR,
                              VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR))
        return VWR_FAULT_PCI_VECTOR;
    pci_put(d, VWR_PCI_COMMON_CFG_QUEUE_SIZE, 2, q->size);
    pci_modern_put64(d, VWR_PCI_COMMON_CFG_QUEUE_DESC, addr);
    pci_modern_put64(d, VWR_PCI_COMMON_CFG_QUEUE_DRIVER, addr + driver);
    pci_modern_put64(d, VWR_PCI_COMMON_CFG_QUEUE_DEVICE, addr + device);
    vwr_port_wmb(); /* make the zeroed ring visible before the device reads it */
    pci_put(d, VWR_PCI_COMMON_CFG_QUEUE_ENABLE, 2, 1);
    d->fault.got = pci_get(d, VWR_PCI_COMMON_CFG_QUEUE_ENABLE, 2);
    return d->fault.got == 1 ? VWR_FAULT_NONE : VWR_FAULT_QUEUE_REFUSED;
}

/* Functions for both ways of access: with loads and stores, and through configuration space. */
#define PCI_MODERN_CALLS                                                              \
    .get_register = pci_modern_get_register, .set_register = pci_modern_set_register, \
    .get_features = pci_modern_get_features, .set_features = pci_modern_set_features, \
    .queue_set = pci_modern_queue_set, .irq = vwr_pci_irq_

static const struct vwr_features pci_modern_usable = {
    {VWR_DEV_USABLE(PCI, 0), VWR_DEV_USABLE(PCI, 1), VWR_DEV_USABLE(PCI, 2), VWR_DEV_USABLE(PCI, 3)}};

const struct vwr_transport vwr_pci_modern = {
    PCI_MODERN_CALLS,
    .usable = &pci_modern_usable,
};

#if VWR_ACCESS_CALLS
/* Without other contents of a notification: through configuration space, it contains only the queue index. */
#define PCI_CFG_LACKS \
    (VWR_FEATURE_BIT(VWR_F_NOTIFICATION_DATA, 1) | VWR_FEATURE_BIT(VWR_F_NOTIF_CONFIG_DATA, 1))

static const struct vwr_features pci_cfg_usable = {{VWR_DEV_USABLE(PCI, 0),
                                                    VWR_DEV_USABLE(PCI, 1) & ~PCI_CFG_LACKS,
                                                    VWR_DEV_USABLE(PCI, 2), VWR_DEV_USABLE(PCI, 3)}};

const struct vwr_transport vwr_pci_cfg_modern = {
    PCI_MODERN_CALLS,
    .usable = &pci_cfg_usable,
};
#endif

/* ---- structures ---- */

/*
 * Indexed by cfg_type, like pci_structure: minimum size of the capability and of the structure (without
 * fields that depend on a feature), and alignment of its offset. The class checks the size of the device
 * configuration.
 */
static const struct {
    uint8_t capability;
    uint8_t least;
    uint8_t align;
} pci_modern_needs[VWR_PCI_STRUCTURES] = {
    {sizeof(struct vwr_pci_cap), VWR_PCI_COMMON_CFG_QUEUE_NOTIF_CONFIG_DATA, sizeof(uint32_t)},
    {sizeof(struct vwr_pci_notify_cap), sizeof(uint16_t), sizeof(uint16_t)},
    {sizeof(struct vwr_pci_cap), sizeof(struct vwr_pci_isr_cfg), 1},
    {sizeof(struct vwr_pci_cap), 1, sizeof(uint32_t)},
};

bool vwr_pci_read_place_(const struct vwr_pci *p, unsigned at, uint32_t head, struct vwr_pci_location *place)
{
    const unsigned index = (head >> 24) - VWR_PCI_CAP_COMMON_CFG;
    const unsigned length = head >> 16 & 0xffu;

    if (index >= VWR_PCI_STRUCTURES || length < pci_modern_needs[index].capability ||
        at + length > PCI_CAPABILITIES_END)
        return false; /* the driver skips capabilities that it does not support */
    place->bar = vwr_pci_read_(p, at + VWR_PCI_CAP_BAR) & 0xffu;
    place->offset = vwr_pci_read_(p, at + VWR_PCI_CAP_OFFSET);
    place->bytes = vwr_pci_read_(p, at + VWR_PCI_CAP_LENGTH);
    return place->bar <= VWR_PCI_BAR_MAX && (place->offset & (pci_modern_needs[index].align - 1u)) == 0 &&
           place->bytes >= pci_modern_needs[index].least;
}

/* The first usable capability of each type is used (Virtio Structure PCI Capabilities). */
static void pci_modern_note(struct vwr_pci *p, unsigned at, uint32_t head)
{
    struct vwr_pci_structure *s;
    struct vwr_pci_location place;

    if (!vwr_pci_read_place_(p, at, head, &place))
        return;
    s = pci_structure(p, head >> 24);
    if (s->at != NULL)
        return;
    s->bytes = place.bytes;
    s->at = vwr_pci_map_(p, place.bar, place.offset, place.bytes);
    if (head >> 24 == VWR_PCI_CAP_NOTIFY_CFG)
        p->notify_multiplier = vwr_pci_read_(p, at + VWR_PCI_NOTIFY_CAP_NOTIFY_OFF_MULTIPLIER);
}

/* Fails if a mandatory structure is missing. */
uint32_t vwr_pci_find_modern_(struct vwr_pci *p)
{
    const struct vwr_pci_structure *const config = pci_structure(p, VWR_PCI_CAP_DEVICE_CFG);

    vwr_pci_walk_(p, pci_modern_note);
    p->dev.config.base = config->at; /* a class that reads the configuration is refused if there is none */
    if (config->at != NULL)
        p->dev.config.bytes = (uint32_t)config->bytes;
    for (unsigned type = VWR_PCI_CAP_COMMON_CFG; type < VWR_PCI_CAP_DEVICE_CFG; type++) {
        p->dev.fault.where = type;
        if (pci_structure(p, type)->at == NULL)
            return VWR_FAULT_PCI_STRUCTURE;
    }
    return VWR_FAULT_NONE;
}

int vwr_pci_probe_modern(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function)
{
    uint32_t kind = vwr_pci_begin_(p, host, function);

    if (kind == VWR_FAULT_NONE)
        kind = vwr_pci_find_modern_(p);
    return vwr_pci_conclude_(p, kind, &vwr_pci_modern);
}
