/* SPDX-License-Identifier: MIT */
/*
 * plan_fdt OUT PLAN CELLS VM NODE: writes a device tree whose root has CELLS cells for addresses and sizes,
 * with a node NODE (unless empty), and the devices of VM number VM of the plan, `world` or `two`. It prints
 * an error of libfdt and exits with 1; 2: another error.
 */
#include <stdio.h>
#include <stdlib.h>

#include "vwr_fdt.h"
#include "vwr_plan_two_guests.h"
#include "vwr_plan_world.h"
#include "libfdt.h"

static char tree[8192];

static int make(const struct vwr_vplan *plan, size_t bytes, uint32_t cells, uint32_t vm, const char *node)
{
    int r = fdt_create_empty_tree(tree, (int)bytes);
    int gic;

    if (r == 0)
        r = fdt_setprop_u32(tree, 0, "#size-cells", cells);
    if (r == 0)
        r = fdt_setprop_u32(tree, 0, "#address-cells", cells);
    if (r == 0 && node[0] != 0 && (r = fdt_add_subnode(tree, 0, node)) > 0)
        r = 0;
    if (r == 0 && plan->vm[vm].bus != NULL) {
        gic = fdt_add_subnode(tree, 0, "interrupt-controller@8000000");
        r = gic < 0 ? gic : fdt_setprop_u32(tree, gic, "phandle", 1);
        if (r == 0)
            r = fdt_setprop_u32(tree, gic, "#interrupt-cells", 3);
        if (r == 0)
            r = fdt_setprop_u32(tree, 0, "interrupt-parent", 1);
    }
    return r == 0 ? vwr_fdt_add_devices(tree, plan, vm) : r;
}

/* Checks that exactly the free space that the header requires is enough. */
static int room_is_enough(const struct vwr_vplan *plan, uint32_t vm)
{
    const size_t without = 192; /* of the tree above, without devices */
    const size_t bus = plan->vm[vm].bus != NULL ? 128 + VWR_FDT_BUS_BYTES : 0; /* with a GIC */

    return make(plan, bus + without + 64 + VWR_FDT_BYTES * (size_t)plan->vm[vm].devices, 2, vm, "") == 0;
}

/* An address that exceeds one cell. */
static int a_high_address(void)
{
    struct vwr_vplan plan = vwr_plan_two_guests;
    struct vwr_vplan_device device[13];

    for (int i = 0; i < 13; i++)
        device[i] = vwr_plan_two_guests.device[i];
    device[1].addr = 0x100000000;
    plan.device = device;
    return make(&plan, sizeof tree, 1, 0, "") == -FDT_ERR_BADVALUE && make(&plan, sizeof tree, 2, 0, "") == 0;
}

static int write_to(const char *path)
{
    FILE *const out = fopen(path, "wb");

    if (out == NULL || fdt_pack(tree) != 0 || fwrite(tree, fdt_totalsize(tree), 1, out) != 1)
        return 2;
    return fclose(out) == 0 ? 0 : 2;
}

int main(int argc, char **argv)
{
    const struct vwr_vplan *plan;
    uint32_t vm;
    int r;

    if (argc != 6)
        return 2;
    plan = argv[2][0] == 't' ? &vwr_plan_two_guests : &vwr_plan_world;
    vm = (uint32_t)atoi(argv[4]);
    if (!room_is_enough(plan, vm) || make(plan, 300, 2, vm, "") != -FDT_ERR_NOSPACE || !a_high_address())
        return 2;
    r = make(plan, sizeof tree, (uint32_t)atoi(argv[3]), vm, argv[5]);
    if (r != 0) {
        printf("%s\n", fdt_strerror(r));
        return 1;
    }
    return write_to(argv[1]);
}
