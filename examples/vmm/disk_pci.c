/* SPDX-License-Identifier: MIT */
/* A VM with a disk on PCI: a host bridge with one function, whose interrupts are messages. */
#define VWR_VBLK_SEGMENTS 32u /* of a request */
#include "disk_pci.h"
#include "vwr/vblk_memory.h"
#include "vwr/vm.h"
#include "vwr/vpci.h"

#define VECTORS 2u /* a queue, and the configuration */
#define PAGES (DISK_PCI_WINDOW_BYTES / VWR_VPCI_BAR_BYTES)

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    hv_interrupt(line, level);
}

static void msi(struct vwr_vm *vm, uint64_t addr, uint32_t data)
{
    (void)vm;
    hv_message(addr, data);
}

/* The guest has more requests than the budget of one access. */
static void again(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t n)
{
    (void)vm, (void)v, (void)n;
    hv_work();
}

static struct vwr_memory_region region = {.addr = DISK_PCI_RAM};
static const struct vwr_vm_ops ops = {.irq = irq, .msi = msi, .again = again};
static const struct vwr_vm_setup vm_setup = {.ops = &ops, .region = &region, .region_count = 1};
static struct vwr_vm vm;
static struct vwr_vblk disk;
static struct vwr_vpci function;
static struct vwr_vpci *page[PAGES];
static struct vwr_vpci_host host = {
    .ecam = DISK_PCI_ECAM, .buses = 1, .window = DISK_PCI_WINDOW, .page = page, .page_count = PAGES};

bool disk_pci_start(void *ram, uint64_t bytes, void *medium, uint64_t medium_bytes)
{
    static struct vwr_vblk_own own;
    static struct vwr_vblk_memory be;
    static struct vwr_vpci_vector vector[VECTORS];
    const struct vwr_vblk_options options = {.backend = &be.backend};
    const struct vwr_vpci_setup on_pci = {.v = &disk.dev, .vector = vector, .vector_count = VECTORS};
    const struct vwr_vdev_setup setup = {.vm = &vm, .line = DISK_PCI_LINE};

    region.bytes = bytes;
    region.host = ram;
    vwr_vblk_memory_init(&be, medium, medium_bytes, false, NULL);
    return vwr_vm_init(&vm, &vm_setup) == VWR_OK && vwr_vblk_init(&disk, &setup, &own, &options) == VWR_OK &&
           vwr_vpci_init(&function, &on_pci) == VWR_OK &&
           vwr_vpci_add(&host, &host.root, 1, &function) == VWR_OK;
}

bool disk_pci_abort(uint64_t addr, unsigned bytes, bool is_write, uint64_t *value)
{
    return vwr_vpci_access(&host, addr, bytes, is_write, value);
}

void disk_pci_work(void)
{
    vwr_vdev_serve(&disk.dev, 0);
}

void disk_pci_guest_reset(void)
{
    vwr_vpci_reset(&function);
}
