/* SPDX-License-Identifier: MIT */
#include "pci_common.h"
#include "vwr/gen/features.h"

/* The common configuration. Section: Virtio Over PCI Bus / PCI-specific Initialization And Device Operation.
 */

static uint8_t common_read8(const struct vwr_dev *d, unsigned offset)
{
    const volatile uint8_t *const at = ((const struct vwr_pci *)(const void *)d)->common.at + offset;
    const uint8_t v = vwr_port_read8(at);

    vwr_trace(VWR_TRACE_READ, (uintptr_t)at, sizeof(v), v);
    return v;
}

static uint16_t common_read16(const struct vwr_dev *d, unsigned offset)
{
    const volatile uint8_t *const at = ((const struct vwr_pci *)(const void *)d)->common.at + offset;
    const uint16_t v = vwr_le16_to_cpu(vwr_port_read16(at));

    vwr_trace(VWR_TRACE_READ, (uintptr_t)at, sizeof(v), v);
    return v;
}

static uint32_t common_read32(const struct vwr_dev *d, unsigned offset)
{
    const volatile uint8_t *const at = ((const struct vwr_pci *)(const void *)d)->common.at + offset;
    const uint32_t v = vwr_le32_to_cpu(vwr_port_read32(at));

    vwr_trace(VWR_TRACE_READ, (uintptr_t)at, sizeof(v), v);
    return v;
}

static void common_write8(const struct vwr_dev *d, unsigned offset, uint8_t v)
{
    volatile uint8_t *const at = ((const struct vwr_pci *)(const void *)d)->common.at + offset;

    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)at, sizeof(v), v);
    vwr_port_write8(at, v);
}

static void common_write16(const struct vwr_dev *d, unsigned offset, uint16_t v)
{
    volatile uint8_t *const at = ((const struct vwr_pci *)(const void *)d)->common.at + offset;

    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)at, sizeof(v), v);
    vwr_port_write16(at, vwr_cpu_to_le16(v));
}

static void common_write32(const struct vwr_dev *d, unsigned offset, uint32_t v)
{
    volatile uint8_t *const at = ((const struct vwr_pci *)(const void *)d)->common.at + offset;

    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)at, sizeof(v), v);
    vwr_port_write32(at, vwr_cpu_to_le32(v));
}

/* Two halves: a wider access is not promised to work. */
static void common_write64(const struct vwr_dev *d, unsigned offset, uint64_t v)
{
    common_write32(d, offset, (uint32_t)v);
    common_write32(d, offset + 4u, (uint32_t)(v >> 32));
}

static void select_queue(const struct vwr_dev *d, unsigned index)
{
    common_write16(d, VWR_PCI_COMMON_CFG_QUEUE_SELECT, (uint16_t)index);
}

static uint32_t pci_get_features(struct vwr_dev *d, uint32_t word)
{
    common_write32(d, VWR_PCI_COMMON_CFG_DEVICE_FEATURE_SELECT, word);
    return common_read32(d, VWR_PCI_COMMON_CFG_DEVICE_FEATURE);
}

static void pci_set_features(struct vwr_dev *d, uint32_t word, uint32_t bits)
{
    common_write32(d, VWR_PCI_COMMON_CFG_DRIVER_FEATURE_SELECT, word);
    common_write32(d, VWR_PCI_COMMON_CFG_DRIVER_FEATURE, bits);
}

/* A narrow register that reads as all ones is that of a device that is gone. */
static uint32_t pci_get_status(struct vwr_dev *d)
{
    const uint8_t status = common_read8(d, VWR_PCI_COMMON_CFG_DEVICE_STATUS);

    return status != UINT8_MAX ? status : VWR_FAULT_ALL_ONES;
}

static void pci_set_status(struct vwr_dev *d, uint32_t status)
{
    common_write8(d, VWR_PCI_COMMON_CFG_DEVICE_STATUS, (uint8_t)status);
}

static uint32_t pci_queue_busy(struct vwr_dev *d, unsigned index)
{
    select_queue(d, index);
    return common_read16(d, VWR_PCI_COMMON_CFG_QUEUE_ENABLE);
}

static uint32_t pci_queue_max(struct vwr_dev *d, unsigned index)
{
    select_queue(d, index);
    return common_read16(d, VWR_PCI_COMMON_CFG_QUEUE_SIZE);
}

/* Where a queue is notified, if that is within the structure. */
static bool pci_set_notify(struct vwr_dev *d, struct vwr_queue *q, unsigned index)
{
    const struct vwr_pci *const p = pci_of(d);
    const uint64_t at =
        (uint64_t)common_read16(d, VWR_PCI_COMMON_CFG_QUEUE_NOTIFY_OFF) * p->notify_multiplier;
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

/* A vector that the device could not have reads as none. */
static bool pci_set_vector(struct vwr_dev *d, unsigned offset, unsigned vector)
{
    d->fault.got = vector;
    common_write16(d, offset, (uint16_t)vector);
    return common_read16(d, offset) == vector;
}

static bool pci_set_vectors(struct vwr_dev *d, unsigned index)
{
    const unsigned count = pci_of(d)->enabled;
    const unsigned vector = count > 1 ? 1 + index % (count - 1) : 0;

    return count == 0 || (pci_set_vector(d, VWR_PCI_COMMON_CFG_CONFIG_MSIX_VECTOR, 0) &&
                          pci_set_vector(d, VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR, vector));
}

static uint32_t pci_queue_set(struct vwr_dev *d, unsigned index, struct vwr_queue *q, uint64_t addr)
{
    size_t driver;
    size_t device;

    vwr_queue_areas(q, &driver, &device);
    select_queue(d, index);
    if (!pci_set_notify(d, q, index))
        return VWR_FAULT_PCI_NOTIFY;
    if (!pci_set_vectors(d, index))
        return VWR_FAULT_PCI_VECTOR;
    common_write16(d, VWR_PCI_COMMON_CFG_QUEUE_SIZE, (uint16_t)q->size);
    common_write64(d, VWR_PCI_COMMON_CFG_QUEUE_DESC, addr);
    common_write64(d, VWR_PCI_COMMON_CFG_QUEUE_DRIVER, addr + driver);
    common_write64(d, VWR_PCI_COMMON_CFG_QUEUE_DEVICE, addr + device);
    vwr_port_wmb(); /* the zeroed ring before the device looks at it */
    common_write16(d, VWR_PCI_COMMON_CFG_QUEUE_ENABLE, 1);
    d->fault.got = common_read16(d, VWR_PCI_COMMON_CFG_QUEUE_ENABLE);
    return d->fault.got == 1 ? VWR_FAULT_NONE : VWR_FAULT_QUEUE_REFUSED;
}

static void pci_queue_reset(struct vwr_dev *d, unsigned index)
{
    select_queue(d, index);
    common_write16(d, VWR_PCI_COMMON_CFG_QUEUE_RESET, 1);
}

static uint32_t pci_queue_resetting(struct vwr_dev *d, unsigned index)
{
    uint16_t resetting;

    select_queue(d, index);
    resetting = common_read16(d, VWR_PCI_COMMON_CFG_QUEUE_RESET);
    return resetting != UINT16_MAX ? resetting : VWR_FAULT_ALL_ONES;
}

/* A message says all by itself; the read of the ISR status takes INTx back. */
static uint32_t pci_irq(struct vwr_dev *d)
{
    const struct vwr_pci *const p = pci_of(d);
    uint8_t why = VWR_PCI_ISR_QUEUE | VWR_PCI_ISR_CONFIG;

    if (p->enabled == 0) {
        why &= vwr_port_read8(p->isr.at);
        vwr_trace(VWR_TRACE_READ, (uintptr_t)p->isr.at, sizeof(why), why);
    }
    vwr_port_rmb(); /* the reason before the ring that it speaks of */
    return why;
}

static uint32_t pci_generation(struct vwr_dev *d)
{
    return common_read8(d, VWR_PCI_COMMON_CFG_CONFIG_GENERATION);
}

const struct vwr_transport vwr_pci_modern = {
    .get_features = pci_get_features,
    .set_features = pci_set_features,
    .get_status = pci_get_status,
    .set_status = pci_set_status,
    .queue_busy = pci_queue_busy,
    .queue_max = pci_queue_max,
    .queue_set = pci_queue_set,
    .queue_reset = pci_queue_reset,
    .queue_resetting = pci_queue_resetting,
    .irq = pci_irq,
    .generation = pci_generation,
    .legacy = false,
};
