/* SPDX-License-Identifier: MIT */
#include "bus_pci.h"
#include "bus.h"
#include "check.h"
#include "machine.h"

#include "vwr/gen/mmio.h"
#include "vwr/gen/pci.h"
#include "vwr/tables.h"

#define PAGE 4096u /* unit of a legacy queue address */

static struct pci_device {
    bool legacy;
    uint32_t type; /* 0: not watched */
    uint64_t common;
    uint64_t config;
    uint64_t notify; /* notification address of a modern device */
    uint64_t notify_bytes;
} devices[MACHINE_SLOTS];

/* A PCI register, and the virtio-mmio register with the same meaning. */
struct same {
    uint16_t here;
    uint16_t mmio;
};

static const struct same modern_same[] = {
    {VWR_PCI_COMMON_CFG_DEVICE_FEATURE_SELECT, VWR_MMIO_DEVICE_FEATURES_SEL},
    {VWR_PCI_COMMON_CFG_DRIVER_FEATURE_SELECT, VWR_MMIO_DRIVER_FEATURES_SEL},
    {VWR_PCI_COMMON_CFG_DRIVER_FEATURE, VWR_MMIO_DRIVER_FEATURES},
    {VWR_PCI_COMMON_CFG_DEVICE_STATUS, VWR_MMIO_STATUS},
    {VWR_PCI_COMMON_CFG_QUEUE_SELECT, VWR_MMIO_QUEUE_SEL},
    {VWR_PCI_COMMON_CFG_QUEUE_SIZE, VWR_MMIO_QUEUE_SIZE},
    {VWR_PCI_COMMON_CFG_QUEUE_DESC, VWR_MMIO_QUEUE_DESC_LOW},
    {VWR_PCI_COMMON_CFG_QUEUE_DESC + 4, VWR_MMIO_QUEUE_DESC_HIGH},
    {VWR_PCI_COMMON_CFG_QUEUE_DRIVER, VWR_MMIO_QUEUE_DRIVER_LOW},
    {VWR_PCI_COMMON_CFG_QUEUE_DRIVER + 4, VWR_MMIO_QUEUE_DRIVER_HIGH},
    {VWR_PCI_COMMON_CFG_QUEUE_DEVICE, VWR_MMIO_QUEUE_DEVICE_LOW},
    {VWR_PCI_COMMON_CFG_QUEUE_DEVICE + 4, VWR_MMIO_QUEUE_DEVICE_HIGH},
    {VWR_PCI_COMMON_CFG_QUEUE_ENABLE, VWR_MMIO_QUEUE_READY},
    {VWR_PCI_COMMON_CFG_QUEUE_RESET, VWR_MMIO_QUEUE_RESET},
};

static const struct same legacy_same[] = {
    {VWR_PCI_LEGACY_HEADER_DRIVER_FEATURES, VWR_MMIO_DRIVER_FEATURES},
    {VWR_PCI_LEGACY_HEADER_DEVICE_STATUS, VWR_MMIO_STATUS},
    {VWR_PCI_LEGACY_HEADER_QUEUE_SELECT, VWR_MMIO_QUEUE_SEL},
    {VWR_PCI_LEGACY_HEADER_QUEUE_SIZE, VWR_MMIO_QUEUE_SIZE},
    {VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS, VWR_MMIO_QUEUE_PFN},
    {VWR_PCI_LEGACY_HEADER_QUEUE_NOTIFY, VWR_MMIO_QUEUE_NOTIFY},
};

void bus_pci_watch(unsigned slot, const struct vwr_pci *p)
{
    struct pci_device *const d = &devices[slot];

    CHECK(slot < MACHINE_SLOTS);
    d->legacy = vwr_dev_is_legacy(&p->dev);
    d->type = p->dev.type;
    d->common = (uintptr_t)p->structure[0].at;
    d->config = (uintptr_t)p->dev.config.base;
    d->notify = (uintptr_t)p->structure[1].at;
    d->notify_bytes = p->structure[1].bytes;
    if (!d->legacy)
        return;
    /* legacy PCI has one word of features, and a fixed page size */
    bus_note(slot, VWR_MMIO_DRIVER_FEATURES_SEL, 0);
    bus_note(slot, VWR_MMIO_GUEST_PAGE_SIZE, PAGE);
    bus_note(slot, VWR_MMIO_QUEUE_ALIGN, PAGE);
}

void bus_pci_forget(void)
{
    for (unsigned i = 0; i < MACHINE_SLOTS; i++)
        devices[i] = (struct pci_device){.type = 0};
}

uint32_t bus_pci_type(unsigned slot)
{
    return devices[slot].type;
}

uint64_t bus_pci_config(unsigned slot)
{
    return devices[slot].config;
}

/* Returns the table row for the register at `offset`, or NULL if there is none. */
static const struct vwr_register *row_of(const struct pci_device *d, uint64_t offset)
{
    const struct vwr_register *rows = vwr_pci_common_cfg_registers;
    uint8_t row;

    if (d->legacy) {
        rows = vwr_pci_legacy_header_msix_registers;
        if (offset >= d->config - d->common)
            return NULL;
        row = vwr_pci_legacy_header_msix_register_at[offset];
    } else {
        if (offset >= sizeof(struct vwr_pci_common_cfg))
            return NULL;
        row = vwr_pci_common_cfg_register_at[offset];
    }
    CHECK(row != VWR_REGISTER_NONE);
    return &rows[row];
}

static void note(unsigned slot, const struct pci_device *d, uint64_t offset, uint32_t value)
{
    const struct same *const same = d->legacy ? legacy_same : modern_same;
    const size_t count = d->legacy ? sizeof(legacy_same) / sizeof(legacy_same[0])
                                   : sizeof(modern_same) / sizeof(modern_same[0]);

    for (size_t i = 0; i < count; i++)
        if (same[i].here == offset)
            bus_note(slot, same[i].mmio, value);
}

static void check_register(unsigned slot, const struct vwr_register *r, uint64_t offset, unsigned bytes,
                           unsigned access)
{
    const unsigned version = devices[slot].legacy ? 0 : 1;
    const uint32_t status = bus_written(slot, VWR_MMIO_STATUS);

    if (offset != r->offset || (r->widths & bytes) == 0 || (r->access & access) == 0)
        check_failed(__FILE__, __LINE__, "slot %u: no %s of %u bytes is allowed at offset 0x%x", slot,
                     access == VWR_READ ? "read" : "write", bytes, (unsigned)offset);
    if (access == VWR_WRITE && ((status & r->must_be_set[version]) != r->must_be_set[version] ||
                                (status & r->must_be_clear[version]) != 0))
        check_failed(__FILE__, __LINE__, "slot %u: status 0x%x does not allow a write at offset 0x%x", slot,
                     status, (unsigned)offset);
}

/* The slot with registers or notifications at this address; MACHINE_SLOTS: none. */
static unsigned slot_of(uint64_t addr)
{
    unsigned slot = 0;

    while (slot < MACHINE_SLOTS &&
           (devices[slot].type == 0 ||
            ((addr < devices[slot].common || row_of(&devices[slot], addr - devices[slot].common) == NULL) &&
             addr - devices[slot].notify >= devices[slot].notify_bytes)))
        slot++;
    return slot;
}

void bus_pci_check(uint64_t addr, unsigned bytes, unsigned access, uint32_t value)
{
    const unsigned slot = slot_of(addr);
    const struct pci_device *const d = &devices[slot % MACHINE_SLOTS];
    const struct vwr_register *r;

    if (slot == MACHINE_SLOTS)
        return;
    if (addr - d->notify < d->notify_bytes) {
        CHECK(access == VWR_WRITE);
        bus_note(slot, VWR_MMIO_QUEUE_NOTIFY, value & 0xffffu);
        return;
    }
    r = row_of(d, addr - d->common);
    check_register(slot, r, addr - d->common, bytes, access);
    if (access == VWR_WRITE)
        note(slot, d, addr - d->common, value);
}

/* Records a queue size that the device may have chosen. */
void bus_pci_has_read(uint64_t addr, uint32_t value)
{
    const unsigned slot = slot_of(addr);
    const struct pci_device *const d = &devices[slot % MACHINE_SLOTS];

    if (slot != MACHINE_SLOTS && addr - d->common == (d->legacy ? (unsigned)VWR_PCI_LEGACY_HEADER_QUEUE_SIZE
                                                                : (unsigned)VWR_PCI_COMMON_CFG_QUEUE_SIZE))
        bus_note(slot, VWR_MMIO_QUEUE_SIZE, value);
}
