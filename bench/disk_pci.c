/* SPDX-License-Identifier: MIT */
#include "disk.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/mmio.h"
#include "vwr/pci.h"
#include <string.h>

/*
 * The same disk as a PCI function: configuration space, and the mapping of its structures to the registers of
 * disk.c.
 */

#define WINDOW 0x10000000u
#define BAR_REGISTER 8u /* index of BAR 4 in configuration space, in 32-bit words */
#define BAR_BYTES 0x4000u
#define CAPABILITY 0x40u
#define ISR 0x1000u
#define CONFIG 0x2000u
#define NOTIFY 0x3000u

static _Alignas(4096) uint8_t bar[BAR_BYTES];

/*
 * Vendor and device, status with capability list, revision, assigned BAR 4, capabilities pointer; then the
 * capabilities.
 */
static uint32_t space[64] = {[0] = (VWR_PCI_DEVICE_ID_MODERN_BASE + VWR_ID_BLOCK) << 16 | VWR_PCI_VENDOR_ID,
                             [1] = 0x00100000,
                             [2] = 1,
                             [BAR_REGISTER] = WINDOW,
                             [13] = CAPABILITY};

static uint32_t space_read(const struct vwr_pci_host *h, uint32_t function, unsigned offset)
{
    (void)h;
    (void)function;
    return space[offset / 4u];
}

static void space_write(const struct vwr_pci_host *h, uint32_t function, unsigned offset, uint32_t value)
{
    (void)h;
    (void)function;
    if (offset / 4u == BAR_REGISTER)
        space[BAR_REGISTER] = value & ~(BAR_BYTES - 1u);
}

static const struct vwr_pci_access space_access = {.read = space_read, .write = space_write};
static struct vwr_pci_window window = {.bus = WINDOW, .bytes = BAR_BYTES, .cpu = bar, .kind = VWR_PCI_MEMORY};
static struct vwr_pci_host host = {.access = &space_access, .windows = &window, .window_count = 1};

/* Adds a capability of 20 bytes, the last one if `next` is 0. */
static void add_capability(unsigned at, unsigned type, unsigned next, uint32_t offset)
{
    space[at / 4u] = VWR_PCI_CAP_ID_VNDR | next << 8 | 20u << 16 | type << 24;
    space[at / 4u + 1u] = 4; /* BAR */
    space[at / 4u + 2u] = offset;
    space[at / 4u + 3u] = 0x1000;
}

struct vwr_pci_host *bench_pci_host(void)
{
    add_capability(CAPABILITY, VWR_PCI_CAP_COMMON_CFG, CAPABILITY + 20u, 0);
    add_capability(CAPABILITY + 20u, VWR_PCI_CAP_ISR_CFG, CAPABILITY + 40u, ISR);
    add_capability(CAPABILITY + 40u, VWR_PCI_CAP_DEVICE_CFG, CAPABILITY + 60u, CONFIG);
    add_capability(CAPABILITY + 60u, VWR_PCI_CAP_NOTIFY_CFG, 0, NOTIFY);
    return &host;
}

/* MMIO register of a common configuration field; DISK_NO_REGISTER reads as 0. */
static size_t common(unsigned offset, bool write)
{
    if (offset >= VWR_PCI_COMMON_CFG_QUEUE_DESC && offset < VWR_PCI_COMMON_CFG_QUEUE_NOTIF_CONFIG_DATA) {
        const unsigned word = (offset - VWR_PCI_COMMON_CFG_QUEUE_DESC) / 4u;

        return VWR_MMIO_QUEUE_DESC_LOW + (word / 2u) * (VWR_MMIO_QUEUE_DRIVER_LOW - VWR_MMIO_QUEUE_DESC_LOW) +
               word % 2u * 4u;
    }
    switch (offset) {
    case VWR_PCI_COMMON_CFG_DEVICE_FEATURE_SELECT:
        return VWR_MMIO_DEVICE_FEATURES_SEL;
    case VWR_PCI_COMMON_CFG_DEVICE_FEATURE:
        return VWR_MMIO_DEVICE_FEATURES;
    case VWR_PCI_COMMON_CFG_DRIVER_FEATURE_SELECT:
        return VWR_MMIO_DRIVER_FEATURES_SEL;
    case VWR_PCI_COMMON_CFG_DRIVER_FEATURE:
        return VWR_MMIO_DRIVER_FEATURES;
    case VWR_PCI_COMMON_CFG_DEVICE_STATUS:
        return VWR_MMIO_STATUS;
    case VWR_PCI_COMMON_CFG_CONFIG_GENERATION:
        return VWR_MMIO_CONFIG_GENERATION;
    case VWR_PCI_COMMON_CFG_QUEUE_SELECT:
        return VWR_MMIO_QUEUE_SEL;
    case VWR_PCI_COMMON_CFG_NUM_QUEUES: /* nonzero: 0 may mean that the device is gone */
    case VWR_PCI_COMMON_CFG_QUEUE_SIZE:
        return write ? VWR_MMIO_QUEUE_SIZE : VWR_MMIO_QUEUE_SIZE_MAX;
    case VWR_PCI_COMMON_CFG_QUEUE_ENABLE:
        return VWR_MMIO_QUEUE_READY;
    default:
        return DISK_NO_REGISTER;
    }
}

size_t disk_pci_register(const volatile void *reg, bool write)
{
    const size_t offset = (size_t)((const volatile uint8_t *)reg - (volatile uint8_t *)bar);

    if (offset >= NOTIFY)
        return VWR_MMIO_QUEUE_NOTIFY;
    if (offset >= CONFIG)
        return VWR_MMIO_CONFIG + (offset - CONFIG);
    return offset < ISR ? common((unsigned)offset, write) : VWR_MMIO_INTERRUPT_STATUS;
}

bool disk_pci_has(const volatile void *reg)
{
    return (uintptr_t)reg - (uintptr_t)bar < BAR_BYTES;
}
