/* SPDX-License-Identifier: MIT */
#include "pci_common.h"
#include "vwr/gen/features.h"

/* The common configuration. Section: Virtio Over PCI Bus / PCI-specific Initialization And Device Operation.
 */

static volatile uint8_t *pci_common(const struct vwr_dev *d)
{
    return ((const struct vwr_pci *)(const void *)d)->common.at;
}

/* Two halves: a wider access is not promised to work. */
static void pci_modern_put64(const struct vwr_dev *d, unsigned offset, uint64_t v)
{
    pci_put32(pci_common(d), offset, (uint32_t)v);
    pci_put32(pci_common(d), offset + 4u, (uint32_t)(v >> 32));
}

static void pci_modern_select(const struct vwr_dev *d, unsigned index)
{
    pci_put16(pci_common(d), VWR_PCI_COMMON_CFG_QUEUE_SELECT, (uint16_t)index);
}

static uint32_t pci_modern_get_features(struct vwr_dev *d, uint32_t word)
{
    pci_put32(pci_common(d), VWR_PCI_COMMON_CFG_DEVICE_FEATURE_SELECT, word);
    return pci_get32(pci_common(d), VWR_PCI_COMMON_CFG_DEVICE_FEATURE);
}

static void pci_modern_set_features(struct vwr_dev *d, uint32_t word, uint32_t bits)
{
    pci_put32(pci_common(d), VWR_PCI_COMMON_CFG_DRIVER_FEATURE_SELECT, word);
    pci_put32(pci_common(d), VWR_PCI_COMMON_CFG_DRIVER_FEATURE, bits);
}

static uint32_t pci_modern_get_status(struct vwr_dev *d)
{
    return vwr_pci_status(d, pci_get8(pci_common(d), VWR_PCI_COMMON_CFG_DEVICE_STATUS));
}

static void pci_modern_set_status(struct vwr_dev *d, uint32_t status)
{
    pci_put8(pci_common(d), VWR_PCI_COMMON_CFG_DEVICE_STATUS, (uint8_t)status);
}

static uint32_t pci_modern_queue_busy(struct vwr_dev *d, unsigned index)
{
    pci_modern_select(d, index);
    return pci_get16(pci_common(d), VWR_PCI_COMMON_CFG_QUEUE_ENABLE);
}

static uint32_t pci_modern_queue_max(struct vwr_dev *d, unsigned index)
{
    pci_modern_select(d, index);
    return pci_get16(pci_common(d), VWR_PCI_COMMON_CFG_QUEUE_SIZE);
}

/* Where a queue is notified, if that is within the structure. */
static bool pci_modern_set_notify(struct vwr_dev *d, struct vwr_queue *q, unsigned index)
{
    const struct vwr_pci *const p = pci_of(d);
    const uint64_t at =
        (uint64_t)pci_get16(pci_common(d), VWR_PCI_COMMON_CFG_QUEUE_NOTIFY_OFF) * p->notify_multiplier;
    const bool data = VWR_WITH_NOTIFICATION_DATA && vwr_dev_has(d, VWR_F_NOTIFICATION_DATA);
    const unsigned bytes = data ? sizeof(uint32_t) : sizeof(uint16_t);

    d->fault.got = (uint32_t)at;
    if (bytes > p->notify.bytes || at > p->notify.bytes - bytes || (at & (bytes - 1)) != 0)
        return false;
    q->doorbell.reg = p->notify.at + at;
    q->doorbell.value = (uint16_t)index;
    q->doorbell.kind = data ? VWR_DOORBELL_32_DATA : VWR_DOORBELL_16;
    return true;
}

static uint32_t pci_modern_queue_set(struct vwr_dev *d, unsigned index, struct vwr_queue *q, uint64_t addr)
{
    size_t driver;
    size_t device;

    vwr_queue_areas(q, &driver, &device);
    pci_modern_select(d, index);
    if (!pci_modern_set_notify(d, q, index))
        return VWR_FAULT_PCI_NOTIFY;
    if (!vwr_pci_set_vectors(d, index, pci_common(d) + VWR_PCI_COMMON_CFG_CONFIG_MSIX_VECTOR,
                             pci_common(d) + VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR))
        return VWR_FAULT_PCI_VECTOR;
    pci_put16(pci_common(d), VWR_PCI_COMMON_CFG_QUEUE_SIZE, (uint16_t)q->size);
    pci_modern_put64(d, VWR_PCI_COMMON_CFG_QUEUE_DESC, addr);
    pci_modern_put64(d, VWR_PCI_COMMON_CFG_QUEUE_DRIVER, addr + driver);
    pci_modern_put64(d, VWR_PCI_COMMON_CFG_QUEUE_DEVICE, addr + device);
    vwr_port_wmb(); /* the zeroed ring before the device looks at it */
    pci_put16(pci_common(d), VWR_PCI_COMMON_CFG_QUEUE_ENABLE, 1);
    d->fault.got = pci_get16(pci_common(d), VWR_PCI_COMMON_CFG_QUEUE_ENABLE);
    return d->fault.got == 1 ? VWR_FAULT_NONE : VWR_FAULT_QUEUE_REFUSED;
}

static void pci_modern_queue_reset(struct vwr_dev *d, unsigned index)
{
    pci_modern_select(d, index);
    pci_put16(pci_common(d), VWR_PCI_COMMON_CFG_QUEUE_RESET, 1);
}

static uint32_t pci_modern_queue_resetting(struct vwr_dev *d, unsigned index)
{
    uint16_t resetting;

    pci_modern_select(d, index);
    resetting = pci_get16(pci_common(d), VWR_PCI_COMMON_CFG_QUEUE_RESET);
    return resetting != 0xffffu ? resetting : VWR_FAULT_ALL_ONES;
}

static uint32_t pci_modern_generation(struct vwr_dev *d)
{
    return pci_get8(pci_common(d), VWR_PCI_COMMON_CFG_CONFIG_GENERATION);
}

const struct vwr_transport vwr_pci_modern = {
    .get_features = pci_modern_get_features,
    .set_features = pci_modern_set_features,
    .get_status = pci_modern_get_status,
    .set_status = pci_modern_set_status,
    .queue_busy = pci_modern_queue_busy,
    .queue_max = pci_modern_queue_max,
    .queue_set = pci_modern_queue_set,
    .queue_reset = pci_modern_queue_reset,
    .queue_resetting = pci_modern_queue_resetting,
    .irq = vwr_pci_irq,
    .generation = pci_modern_generation,
    .legacy = false,
};

/* ---- its structures ---- */

/* What a class may read of a configuration, whatever length the device claims for it. */
#define CONFIG_BYTES 256u /* not the specification's */

/* A capability that leads to a structure. */
struct pci_pointer {
    unsigned bar;
    uint32_t offset;
    uint32_t bytes;
};

/* The first capability of a type that can be used is the one (Virtio Structure PCI Capabilities). */
static void pci_note_structure(const struct vwr_pci *p, const struct pci_pointer *to, uint32_t least,
                               struct vwr_pci_structure *s)
{
    if (s->at != NULL || to->bar > VWR_PCI_BAR_MAX || to->bytes < least || (to->offset & 3u) != 0)
        return;
    s->at = vwr_pci_map(p, to->bar, to->offset, to->bytes);
    s->bytes = to->bytes;
}

void vwr_pci_note_modern(struct vwr_pci *p, unsigned at, uint32_t head)
{
    const unsigned length = head >> 16 & 0xffu;
    struct pci_pointer to;

    if (length < sizeof(struct vwr_pci_cap) || at + length > PCI_CAPABILITIES_END)
        return;
    to.bar = pci_read(p, at + VWR_PCI_CAP_BAR) & 0xffu;
    to.offset = pci_read(p, at + VWR_PCI_CAP_OFFSET);
    to.bytes = pci_read(p, at + VWR_PCI_CAP_LENGTH);
    switch (head >> 24) {
    case VWR_PCI_CAP_COMMON_CFG:
        pci_note_structure(p, &to, VWR_PCI_COMMON_CFG_QUEUE_NOTIF_CONFIG_DATA, &p->common);
        break;
    case VWR_PCI_CAP_NOTIFY_CFG:
        if (p->notify.at != NULL || length < sizeof(struct vwr_pci_notify_cap))
            break;
        pci_note_structure(p, &to, sizeof(uint16_t), &p->notify);
        p->notify_multiplier = pci_read(p, at + VWR_PCI_NOTIFY_CAP_NOTIFY_OFF_MULTIPLIER);
        break;
    case VWR_PCI_CAP_ISR_CFG:
        pci_note_structure(p, &to, sizeof(struct vwr_pci_isr_cfg), &p->isr);
        break;
    case VWR_PCI_CAP_DEVICE_CFG:
        to.bytes = CONFIG_BYTES; /* there has to be room in the BAR for what classes read */
        pci_note_structure(p, &to, CONFIG_BYTES, &p->config);
        break;
    default: /* what a driver does not know it passes over */
        break;
    }
}

/* Which of the structures that no driver can do without is missing. */
static uint32_t pci_check_structures(struct vwr_pci *p)
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

uint32_t vwr_pci_find_modern(struct vwr_pci *p)
{
    /* Classes of devices without a configuration read none; of a liar they read its registers. */
    p->dev.config.base = p->config.at != NULL ? p->config.at : p->common.at;
    return pci_check_structures(p);
}

int vwr_pci_probe_modern(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function)
{
    static const struct vwr_pci_interface modern = {
        .note = vwr_pci_note_modern, .find = vwr_pci_find_modern, .transport = &vwr_pci_modern};

    return vwr_pci_identify(p, host, function, &modern, NULL);
}
