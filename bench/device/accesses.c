/* SPDX-License-Identifier: MIT */
#include "bench_device.h"
#include "vwr/gen/pci.h"
#include "vwr/gen/status.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"
#include "vwr/vpci.h"

/*
 * Writes to one register over MMIO and over PCI, as a trap handler performs them: it looks up the window, the
 * device and the register. On PCI, the device is a function on bus 0, and pci_start() assigns its BAR.
 */

#define ECAM UINT64_C(0x3f000000)
#define BAR UINT64_C(0x10000000)
#define DEVICE 1u
#define SPACE_BYTES (VWR_VPCI_BUS_BYTES / VWR_VPCI_DEVICES)

enum { COMMAND = 4, MEMORY_AND_MASTER = 6, BAR_0 = 0x10, FIRST = 0x34 }; /* of the PCI specification */

static struct vwr_vpci *page[1];
static struct vwr_vpci_host host = {.ecam = ECAM, .buses = 1, .window = BAR, .page = page, .page_count = 1};
static struct vwr_vpci function;

__attribute__((noinline)) unsigned mmio_measured(struct vwr_vm *vm, uint64_t addr, unsigned bytes,
                                                 unsigned passes)
{
    unsigned handled = 0;

    for (unsigned i = 0; i < passes; i++) {
        uint64_t value = 0;

        handled += vwr_vm_access(vm, addr, bytes, true, &value);
    }
    return handled;
}

__attribute__((noinline)) unsigned pci_measured(struct vwr_vm *vm, uint64_t addr, unsigned bytes,
                                                unsigned passes)
{
    unsigned handled = 0;

    (void)vm;
    for (unsigned i = 0; i < passes; i++) {
        uint64_t value = 0;

        handled += vwr_vpci_access(&host, addr, bytes, true, &value);
    }
    return handled;
}

static uint32_t space(unsigned offset, unsigned bytes)
{
    uint64_t value = 0;

    (void)vwr_vpci_access(&host, ECAM + DEVICE * SPACE_BYTES + offset, bytes, false, &value);
    return (uint32_t)value;
}

uint64_t pci_structure(unsigned type)
{
    for (unsigned at = space(FIRST, 1); at != 0; at = space(at + 1, 1))
        if (space(at, 1) == VWR_PCI_CAP_ID_VNDR && space(at + VWR_PCI_CAP_CFG_TYPE, 1) == type)
            return BAR + space(at + VWR_PCI_CAP_OFFSET, sizeof(uint32_t));
    return 0;
}

static void put(uint64_t addr, unsigned bytes, uint64_t value)
{
    (void)vwr_vpci_access(&host, addr, bytes, true, &value);
}

static void start_queue(uint64_t common, const struct bench_ring *b)
{
    put(common + VWR_PCI_COMMON_CFG_QUEUE_SELECT, sizeof(uint16_t), 0);
    put(common + VWR_PCI_COMMON_CFG_QUEUE_SIZE, sizeof(uint16_t), QUEUE);
    put(common + VWR_PCI_COMMON_CFG_QUEUE_DESC, sizeof(uint32_t), b->desc);
    put(common + VWR_PCI_COMMON_CFG_QUEUE_DRIVER, sizeof(uint32_t), b->driver);
    put(common + VWR_PCI_COMMON_CFG_QUEUE_DEVICE, sizeof(uint32_t), b->device);
    put(common + VWR_PCI_COMMON_CFG_QUEUE_ENABLE, sizeof(uint16_t), 1);
}

bool pci_start(struct vwr_vdev *v, const struct bench_ring *b)
{
    const struct vwr_vpci_setup s = {.v = v};
    const uint64_t config = ECAM + DEVICE * SPACE_BYTES;
    uint32_t status = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER;
    uint64_t common;

    if (vwr_vpci_init(&function, &s) != VWR_OK ||
        vwr_vpci_add(&host, &host.root, DEVICE, &function) != VWR_OK)
        return false;
    put(config + BAR_0, sizeof(uint32_t), BAR);
    put(config + COMMAND, sizeof(uint16_t), MEMORY_AND_MASTER);
    common = pci_structure(VWR_PCI_CAP_COMMON_CFG);
    put(common + VWR_PCI_COMMON_CFG_DEVICE_STATUS, 1, 0);
    put(common + VWR_PCI_COMMON_CFG_DEVICE_STATUS, 1, status);
    for (uint32_t i = 0; i < 2; i++) {
        put(common + VWR_PCI_COMMON_CFG_DRIVER_FEATURE_SELECT, sizeof(uint32_t), i);
        put(common + VWR_PCI_COMMON_CFG_DRIVER_FEATURE, sizeof(uint32_t), v->offered.w[i]);
    }
    status |= VWR_STATUS_FEATURES_OK;
    put(common + VWR_PCI_COMMON_CFG_DEVICE_STATUS, 1, status);
    start_queue(common, b);
    put(common + VWR_PCI_COMMON_CFG_DEVICE_STATUS, 1, status | VWR_STATUS_DRIVER_OK);
    return v->live && v->queue[0].ready;
}
