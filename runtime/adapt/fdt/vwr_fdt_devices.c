/* SPDX-License-Identifier: MIT */
#include "vwr/text.h"
#include "vwr_fdt.h"
#include "libfdt.h"

#define NAME_BYTES 32
#define SPI 0 /* shared interrupts in the GIC binding; numbered from 32 */
#define FIRST_SPI 32
#define EDGE 1
#define LEVEL 4

/* Appends a number of 1 or 2 cells at `at`. */
static int put_number(fdt32_t *to, int *at, int cells, uint64_t value)
{
    if (cells < 1 || cells > 2 || (cells == 1 && value >> 32 != 0))
        return -FDT_ERR_BADVALUE;
    if (cells == 2) /* not the specification's */
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

/* libfdt inserts before existing nodes, so the last device is added first. */
static int add_device(void *fdt, const struct vwr_vplan *plan, const struct vwr_vplan_device *row)
{
    const fdt32_t interrupts[3] = {cpu_to_fdt32(SPI), cpu_to_fdt32(row->line - FIRST_SPI),
                                   cpu_to_fdt32(plan->edge ? EDGE : LEVEL)};
    char name[NAME_BYTES];
    struct vwr_text t;
    int node;
    int r;

    vwr_text_begin(&t, name, sizeof name);
    vwr_text_str(&t, "virtio_mmio@");
    vwr_text_digits(&t, row->addr);
    node = fdt_add_subnode(fdt, 0, name);
    if (node < 0)
        return node;
    r = plan->coherent ? fdt_setprop(fdt, node, "dma-coherent", NULL, 0) : 0;
    if (r == 0)
        r = fdt_setprop(fdt, node, "interrupts", interrupts, sizeof interrupts);
    if (r == 0)
        r = add_reg(fdt, node, row, plan->vm[row->vm].stride);
    return r == 0 ? fdt_setprop_string(fdt, node, "compatible", "virtio,mmio") : r;
}

int vwr_fdt_add_devices(void *fdt, const struct vwr_vplan *plan, uint32_t vm)
{
    const struct vwr_vplan_vm *const row = &plan->vm[vm];
    int r = 0;

    for (uint32_t i = row->devices; i > 0 && r == 0; i--)
        r = add_device(fdt, plan, &plan->device[row->first + i - 1]);
    return r;
}
