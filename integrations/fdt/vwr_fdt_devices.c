/* SPDX-License-Identifier: MIT */
#include "vwr/text.h"
#include "vplan_pci.h"
#include "vwr_fdt.h"
#include "libfdt.h"

#define NAME_BYTES 32
#define SPI 0 /* shared interrupts in the GIC binding, which start at interrupt 32 */
#define FIRST_SPI 32
#define EDGE 1
#define LEVEL 4
#define CELLS 2              /* address and size cells of the root and the GIC of a guest with a bus */
#define PCI_CELLS 3          /* address cells on PCI */
#define PCI_MEMORY 0x2000000 /* space of 32-bit addresses */
#define PCI_DEVICE_SHIFT 11
#define PCI_DEVICES 0xf800 /* mask of device numbers, and of pins */
#define PCI_PINS 7
#define PCI_PIN_A 1
#define PCI_PIN_COUNT 4
#define MAP_CELLS 10 /* device, pin, controller, address and interrupt of the controller */
#define FRAME_BYTES 0x1000

/* Appends a number of 1 or 2 cells at `at`. */
static int put_number(fdt32_t *to, int *at, int cells, uint64_t value)
{
    if (cells < 1 || cells > CELLS || (cells == 1 && value >> 32 != 0))
        return -FDT_ERR_BADVALUE;
    if (cells == CELLS)
        to[(*at)++] = cpu_to_fdt32((uint32_t)(value >> 32));
    to[(*at)++] = cpu_to_fdt32((uint32_t)value);
    return 0;
}

static int add_reg(void *fdt, int node, const struct vwr_vplan_device *row, uint32_t bytes)
{
    fdt32_t reg[4];
    int n = 0;
    int r = put_number(reg, &n, fdt_address_cells(fdt, 0), row->addr);

    if (r == 0)
        r = put_number(reg, &n, fdt_size_cells(fdt, 0), bytes);
    return r == 0 ? fdt_setprop(fdt, node, "reg", reg, n * (int)sizeof reg[0]) : r;
}

static int add_node(void *fdt, int parent, const char *prefix, uint64_t addr)
{
    char name[NAME_BYTES];
    struct vwr_text t;

    vwr_text_begin(&t, name, sizeof name);
    vwr_text_str(&t, prefix);
    vwr_text_digits(&t, addr);
    return fdt_add_subnode(fdt, parent, name);
}

/* libfdt inserts before existing nodes, so the last device is added first. */
static int add_device(void *fdt, const struct vwr_vplan *plan, const struct vwr_vplan_device *row)
{
    const fdt32_t interrupts[3] = {cpu_to_fdt32(SPI), cpu_to_fdt32(row->line - FIRST_SPI),
                                   cpu_to_fdt32(plan->edge ? EDGE : LEVEL)};
    const int node = add_node(fdt, 0, "virtio_mmio@", row->addr);
    int r;

    if (node < 0)
        return node;
    r = plan->coherent ? fdt_setprop(fdt, node, "dma-coherent", NULL, 0) : 0;
    if (r == 0)
        r = fdt_setprop(fdt, node, "interrupts", interrupts, sizeof interrupts);
    if (r == 0)
        r = add_reg(fdt, node, row, plan->vm[row->vm].stride);
    return r == 0 ? fdt_setprop_string(fdt, node, "compatible", "virtio,mmio") : r;
}

static int set_cells(void *fdt, int node, int address, int size)
{
    int r = fdt_setprop_u32(fdt, node, "#size-cells", (uint32_t)size);

    return r == 0 ? fdt_setprop_u32(fdt, node, "#address-cells", (uint32_t)address) : r;
}

static int add_place(void *fdt, int node, uint64_t addr, uint64_t bytes)
{
    const fdt64_t reg[2] = {cpu_to_fdt64(addr), cpu_to_fdt64(bytes)};

    return fdt_setprop(fdt, node, "reg", reg, sizeof reg);
}

/* The frame is a child of the GIC. */
static int add_frame(void *fdt, int gic, const struct vwr_vplan_pci *pci, uint32_t phandle)
{
    int node;
    int r = fdt_getprop(fdt, gic, "#address-cells", NULL) == NULL ? set_cells(fdt, gic, CELLS, CELLS) : 0;

    if (r == 0 && fdt_getprop(fdt, gic, "ranges", NULL) == NULL)
        r = fdt_setprop(fdt, gic, "ranges", NULL, 0);
    if (r != 0)
        return r;
    if (fdt_address_cells(fdt, gic) != CELLS || fdt_size_cells(fdt, gic) != CELLS)
        return -FDT_ERR_BADNCELLS;
    node = add_node(fdt, gic, "v2m@", pci->frame);
    if (node < 0)
        return node;
    r = fdt_setprop_u32(fdt, node, "phandle", phandle);
    if (r == 0)
        r = fdt_setprop_u32(fdt, node, "arm,msi-num-spis", pci->messages);
    if (r == 0)
        r = fdt_setprop_u32(fdt, node, "arm,msi-base-spi", pci->message);
    if (r == 0)
        r = add_place(fdt, node, pci->frame, FRAME_BYTES);
    if (r == 0)
        r = fdt_setprop(fdt, node, "msi-controller", NULL, 0);
    return r == 0 ? fdt_setprop_string(fdt, node, "compatible", "arm,gic-v2m-frame") : r;
}

/* Pin A of each device is routed to the interrupt of its row. A bridge rotates the pins by the device number.
 */
static int add_map(void *fdt, int node, const struct vwr_vplan *plan, uint32_t vm, uint32_t gic)
{
    static const uint32_t masks[PCI_CELLS + 1] = {PCI_DEVICES, 0, 0, PCI_PINS};
    int r = 0;

    for (uint32_t i = 0; i < plan->vm[vm].devices && r == 0; i++) {
        const struct vwr_vplan_device *const row = &plan->device[plan->vm[vm].first + i];
        const uint32_t pin = PCI_PIN_A + (row->bridge != 0 ? row->slot % PCI_PIN_COUNT : 0);
        const uint32_t words[MAP_CELLS] = {row->slot << PCI_DEVICE_SHIFT, 0,    0, pin, gic, 0, 0, SPI,
                                           row->line - FIRST_SPI,         LEVEL};

        for (int k = 0; k < MAP_CELLS && r == 0; k++)
            r = fdt_appendprop_u32(fdt, node, "interrupt-map", words[k]);
    }
    for (int k = 0; k <= PCI_CELLS && r == 0; k++)
        r = fdt_appendprop_u32(fdt, node, "interrupt-map-mask", masks[k]);
    return r;
}

static int add_window(void *fdt, int node, const struct vwr_vplan_pci *pci)
{
    int r = fdt_appendprop_u32(fdt, node, "ranges", PCI_MEMORY);

    if (r == 0)
        r = fdt_appendprop_u64(fdt, node, "ranges", pci->window);
    if (r == 0)
        r = fdt_appendprop_u64(fdt, node, "ranges", pci->window);
    if (r == 0)
        r = fdt_appendprop_u64(fdt, node, "ranges", (uint64_t)pci->pages * VWR_VPCI_BAR_BYTES);
    return r;
}

static int add_bus(void *fdt, const struct vwr_vplan *plan, uint32_t vm, uint32_t gic, uint32_t frame)
{
    const struct vwr_vplan_pci *const pci = vwr_vplan_pci(&plan->vm[vm]);
    const int node = add_node(fdt, 0, "pcie@", pci->ecam);
    int r;

    if (node < 0)
        return node;
    r = plan->coherent ? fdt_setprop(fdt, node, "dma-coherent", NULL, 0) : 0;
    if (r == 0)
        r = fdt_setprop_u32(fdt, node, "msi-parent", frame);
    if (r == 0)
        r = add_map(fdt, node, plan, vm, gic);
    if (r == 0)
        r = add_window(fdt, node, pci);
    if (r == 0)
        r = fdt_setprop_u64(fdt, node, "bus-range", pci->bridges);
    if (r == 0)
        r = add_place(fdt, node, pci->ecam, (uint64_t)(1 + pci->bridges) * VWR_VPCI_BUS_BYTES);
    if (r == 0)
        r = fdt_setprop_u32(fdt, node, "#interrupt-cells", 1);
    if (r == 0)
        r = set_cells(fdt, node, PCI_CELLS, CELLS);
    if (r == 0)
        r = fdt_setprop_string(fdt, node, "device_type", "pci");
    return r == 0 ? fdt_setprop_string(fdt, node, "compatible", "pci-host-ecam-generic") : r;
}

static int add_pci(void *fdt, const struct vwr_vplan *plan, uint32_t vm)
{
    int bytes;
    const fdt32_t *const parent = fdt_getprop(fdt, 0, "interrupt-parent", &bytes);
    uint32_t gic;
    uint32_t frame;
    int node;
    int r;

    if (parent == NULL || bytes != (int)sizeof *parent)
        return -FDT_ERR_NOTFOUND;
    if (fdt_address_cells(fdt, 0) != CELLS || fdt_size_cells(fdt, 0) != CELLS)
        return -FDT_ERR_BADNCELLS;
    gic = fdt32_ld(parent);
    node = fdt_node_offset_by_phandle(fdt, gic);
    r = node < 0 ? node : fdt_generate_phandle(fdt, &frame);
    if (r == 0)
        r = add_frame(fdt, node, vwr_vplan_pci(&plan->vm[vm]), frame);
    return r == 0 ? add_bus(fdt, plan, vm, gic, frame) : r;
}

int vwr_fdt_add_devices(void *fdt, const struct vwr_vplan *plan, uint32_t vm)
{
    const struct vwr_vplan_vm *const row = &plan->vm[vm];
    int r = 0;

    if (row->bus != NULL)
        return add_pci(fdt, plan, vm);
    for (uint32_t i = row->devices; i > 0 && r == 0; i--)
        r = add_device(fdt, plan, &plan->device[row->first + i - 1]);
    return r;
}
