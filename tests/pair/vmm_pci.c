/* SPDX-License-Identifier: MIT */
#include "vmm_pci.h"
#include "check.h"

#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"

#include <string.h>

#define ECAM UINT64_C(0x4010000000)
#define WINDOW UINT64_C(0x10000000)
#define IO UINT64_C(0x3eff0000)
#define MESSAGES UINT64_C(0x212340000) /* the address of a message names the slot, its data the vector */
#define MESSAGE_DATA 0x4000u
#define VECTORS 16u
#define BAR 0x10u
#define IDLE 32u /* functions; that of a slot is idle until its device is added */

static struct {
    struct vwr_vpci_host host;
    struct vwr_vpci *page[VMM_PCI_WINDOW_BYTES / VWR_VPCI_BAR_BYTES];
    struct vwr_vpci *port[VMM_PCI_IO_BYTES / VWR_VPCI_IO_BYTES];
    struct vwr_vpci_bridge outer;
    struct vwr_vpci_bridge inner;
    struct vwr_vpci function[VMM_SLOTS];
    struct vwr_vpci_vector vector[VMM_SLOTS][VECTORS];
    struct vwr_vdev idle_device[IDLE];
    struct vwr_vpci idle[IDLE];
    uint64_t region; /* where the guest has it */
    /* the driver's */
    bool placed;
    struct vwr_pci_window windows[2];
    struct vwr_pci_host found;
} pci;

/* One device has a region, and that is one. */
static void region(struct vwr_vpci *f, unsigned id, uint64_t addr)
{
    CHECK(f->v->shms == 1 && id == 0);
    pci.region = addr;
}

static void add(struct vwr_vpci_bus *bus, unsigned device, struct vwr_vpci *f)
{
    CHECK_NUMBER(vwr_vpci_add(&pci.host, bus, device, f), VWR_OK);
}

/* Where the function of a slot is. */
static const unsigned devices[VMM_SLOTS] = {0, 2, 5, 31};

static struct vwr_vpci_bus *bus_of(unsigned slot, bool on_root)
{
    struct vwr_vpci_bus *const buses[VMM_SLOTS] = {&pci.host.root, &pci.outer.behind, &pci.inner.behind,
                                                   &pci.inner.behind};

    return vmm_bus == VMM_MSIX && !on_root ? buses[slot] : &pci.host.root;
}

/* Devices that nobody drives, with narrow BARs. */
static void add_idle(struct vwr_vpci_bus *bus, unsigned device, unsigned i)
{
    static const struct vwr_vdev_class idle = {.name = "idle", .id = VWR_ID_WATCHDOG};
    static const struct vwr_features none;
    const struct vwr_vdev_setup s = {.vm = &vmm, .queue_size = 1};
    const struct vwr_vpci_setup function = {.v = &pci.idle_device[i], .narrow = true};

    CHECK_NUMBER(vwr_vdev_init(&pci.idle_device[i], &idle, &s, &none, 0, NULL, 0), VWR_OK);
    CHECK_NUMBER(vwr_vpci_init(&pci.idle[i], &function), VWR_OK);
    add(bus, device, &pci.idle[i]);
}

void vmm_pci_begin(void)
{
    memset(&pci, 0, sizeof(pci));
    pci.region = VWR_VPCI_NOWHERE;
    pci.host.ecam = ECAM;
    pci.host.buses = VMM_PCI_ECAM_BYTES / VWR_VPCI_BUS_BYTES;
    pci.host.window = WINDOW;
    pci.host.page = pci.page;
    pci.host.page_count = VMM_PCI_WINDOW_BYTES / VWR_VPCI_BAR_BYTES;
    pci.host.io = IO;
    pci.host.port = pci.port;
    pci.host.port_count = VMM_PCI_IO_BYTES / VWR_VPCI_IO_BYTES;
    if (vmm_bus == VMM_MSIX) {
        CHECK_NUMBER(vwr_vpci_add_bridge(&pci.host, &pci.host.root, 3, &pci.outer), VWR_OK);
        CHECK_NUMBER(vwr_vpci_add_bridge(&pci.host, &pci.outer.behind, 1, &pci.inner), VWR_OK);
    }
    for (unsigned slot = 0; slot < VMM_SLOTS; slot++)
        add_idle(bus_of(slot, false), devices[slot], slot);
    for (unsigned i = VMM_SLOTS; i < IDLE && vmm_bus == VMM_MSIX; i++)
        add_idle(&pci.outer.behind, i, i);
}

bool vmm_pci_is_sized(const struct vwr_vdev *v)
{
    static const uint8_t transitional[] = {VWR_ID_NET, VWR_ID_BLOCK,   VWR_ID_CONSOLE,
                                           VWR_ID_RNG, VWR_ID_BALLOON, VWR_ID_9P};

    return memchr(transitional, (int)v->kind->id, sizeof(transitional)) &&
           (v->kind->id != VWR_ID_NET || v->queues < 3);
}

bool vmm_pci_takes(const struct vwr_vdev *v)
{
    return vmm_bus != VMM_MMIO && vmm_bus < VMM_RPROC && (!v->legacy || vmm_pci_is_sized(v));
}

/*
 * In the place of an idle one, whose BAR may have been placed. Bridges forward no I/O, and no shared memory:
 * a device that has either is on bus 0.
 */
void vmm_pci_add(unsigned slot, struct vwr_vdev *v)
{
    const struct vwr_vpci_setup s = {.v = v,
                                     .vector = pci.vector[slot],
                                     .vector_count = vmm_bus == VMM_MSIX ? VECTORS : 0,
                                     .region = v->shms != 0 ? region : NULL};
    const bool on_root = v->legacy || v->shms != 0;
    const unsigned memory = v->legacy ? BAR + 4 : BAR;
    uint64_t io = 0x1000 + VWR_VPCI_IO_BYTES * slot;
    uint64_t bar;

    vwr_vpci_space_access(&pci.idle[slot], BAR, 4, false, &bar);
    bus_of(slot, on_root)->device[devices[slot]] = NULL;
    CHECK_NUMBER(vwr_vpci_init(&pci.function[slot], &s), VWR_OK);
    add(bus_of(slot, on_root), devices[slot], &pci.function[slot]);
    if (v->legacy)
        vwr_vpci_space_access(&pci.function[slot], BAR, 4, true, &io);
    vwr_vpci_space_access(&pci.function[slot], memory, 4, true, &bar);
}

uint64_t vmm_pci_region(void)
{
    return pci.region;
}

struct vwr_vpci *vmm_pci_function(unsigned slot)
{
    return &pci.function[slot];
}

void vmm_pci_access(size_t at, unsigned bytes, bool is_write, uint64_t *value)
{
    uint64_t addr = ECAM + at;

    if (at >= VMM_PCI_ECAM_BYTES + VMM_PCI_WINDOW_BYTES)
        addr = IO + (at - VMM_PCI_ECAM_BYTES - VMM_PCI_WINDOW_BYTES);
    else if (at >= VMM_PCI_ECAM_BYTES)
        addr = WINDOW + (at - VMM_PCI_ECAM_BYTES);

    CHECK(vwr_vpci_access(&pci.host, addr, bytes, is_write, value));
}

const struct vwr_vpci *vmm_pci_at(size_t at, unsigned *offset, bool *is_space)
{
    *is_space = at < VMM_PCI_ECAM_BYTES;
    if (*is_space)
        return vwr_vpci_space(&pci.host, ECAM + at, offset);
    if (at >= VMM_PCI_ECAM_BYTES + VMM_PCI_WINDOW_BYTES)
        return NULL;
    *offset = (unsigned)((at - VMM_PCI_ECAM_BYTES) % VWR_VPCI_BAR_BYTES);
    return pci.page[(at - VMM_PCI_ECAM_BYTES) / VWR_VPCI_BAR_BYTES];
}

static void place(volatile uint8_t *windows)
{
    pci.windows[0] = (struct vwr_pci_window){WINDOW, VMM_PCI_WINDOW_BYTES, windows + VMM_PCI_ECAM_BYTES,
                                             VWR_PCI_MEMORY, 0};
    pci.windows[1] = (struct vwr_pci_window){
        0, VMM_PCI_IO_BYTES, windows + VMM_PCI_ECAM_BYTES + VMM_PCI_WINDOW_BYTES, VWR_PCI_IO, 0};
    pci.found = (struct vwr_pci_host){.access = &vwr_pci_ecam,
                                      .space = windows,
                                      .windows = pci.windows,
                                      .window_count = 2,
                                      .last_bus = (uint8_t)(pci.host.buses - 1)};
    CHECK_NUMBER(vwr_pci_place(&pci.found), VWR_OK);
    pci.placed = true;
}

/* Its number, by the buses that the driver gave the bridges. */
static uint32_t number_of(const struct vwr_vpci *f)
{
    const uint32_t bus = f->head.on == &pci.host.root ? 0 : f->head.on == &pci.outer.behind ? 1 : 2;

    return VWR_PCI_FUNCTION(bus, f->head.device, 0);
}

static void use_msix(struct vwr_pci *p, unsigned slot)
{
    const unsigned wanted = pci.function[slot].v->queues + 1u;
    struct vwr_pci_message message[VECTORS];
    const unsigned count = wanted < VECTORS ? wanted : VECTORS;

    for (unsigned i = 0; i < count; i++)
        message[i] = (struct vwr_pci_message){MESSAGES + 4 * slot, MESSAGE_DATA + i};
    CHECK_NUMBER(p->vectors, VECTORS);
    CHECK_NUMBER(vwr_pci_use_msix(p, message, count), VWR_OK);
}

int vmm_pci_find(struct vwr_pci *p, unsigned slot, volatile void *windows)
{
    int r;

    if (!pci.placed)
        place(windows);
    /* a scan would probe functions in use */
    r = vwr_pci_probe(p, &pci.found, number_of(&pci.function[slot]));
    vwr_dev_want(&p->dev, VWR_F_IN_ORDER);
    if (r == VWR_OK && vmm_bus == VMM_MSIX)
        use_msix(p, slot);
    return r;
}

uint32_t vmm_pci_reasons(const struct vwr_vdev *v, uint32_t data)
{
    return data - MESSAGE_DATA == v->config_vector ? VWR_PCI_ISR_CONFIG : VWR_PCI_ISR_QUEUE;
}

unsigned vmm_pci_slot(uint64_t addr, uint32_t data)
{
    CHECK(addr >= MESSAGES && addr < MESSAGES + 4 * VMM_SLOTS && addr % 4 == 0);
    CHECK_AT_MOST(data - MESSAGE_DATA, VECTORS - 1);
    return (unsigned)(addr - MESSAGES) / 4;
}
