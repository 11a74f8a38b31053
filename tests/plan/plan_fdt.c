/* SPDX-License-Identifier: MIT */
/*
 * plan_fdt OUT CELLS VM NODE: a device tree whose root has CELLS cells for addresses and sizes, with a node
 * NODE (if it is not empty), and the devices of VM number VM of the world's plan. Says libfdt's error and ends with 1.
 */
#include <stdio.h>
#include <stdlib.h>

#include "vwr_fdt.h"
#include "vwr_plan_world.h"
#include "libfdt.h"

static char tree[8192];

static int make(size_t bytes, uint32_t cells, uint32_t vm, const char *node)
{
    int r = fdt_create_empty_tree(tree, (int)bytes);

    if (r == 0)
        r = fdt_setprop_u32(tree, 0, "#size-cells", cells);
    if (r == 0)
        r = fdt_setprop_u32(tree, 0, "#address-cells", cells);
    if (r == 0 && node[0] != 0 && (r = fdt_add_subnode(tree, 0, node)) > 0)
        r = 0;
    return r == 0 ? vwr_fdt_add_devices(tree, &vwr_plan_world, vm) : r;
}

/* The least room with which it works is what the header says, at most. */
static int room_is_enough(uint32_t cells, uint32_t vm)
{
    const size_t devices = vwr_plan_world.vm[vm].devices;
    const size_t without = 192; /* of the tree above, without a device */

    return make(without + 64 + VWR_FDT_BYTES * devices, cells, vm, "") == 0;
}

int main(int argc, char **argv)
{
    FILE *out;
    int r;

    if (argc != 5)
        return 2;
    if (!room_is_enough((uint32_t)atoi(argv[2]), (uint32_t)atoi(argv[3])) && argv[4][0] == 0)
        printf("VWR_FDT_BYTES is too small, or ");
    r = make(sizeof tree, (uint32_t)atoi(argv[2]), (uint32_t)atoi(argv[3]), argv[4]);
    if (r != 0) {
        printf("%s\n", fdt_strerror(r));
        return 1;
    }
    if (make(300, 2, 0, "") != -FDT_ERR_NOSPACE || make(sizeof tree, 2, (uint32_t)atoi(argv[3]), argv[4]) != 0)
        return 2;
    r = make(sizeof tree, (uint32_t)atoi(argv[2]), (uint32_t)atoi(argv[3]), argv[4]);
    out = fopen(argv[1], "wb");
    if (r != 0 || out == NULL || fdt_pack(tree) != 0 || fwrite(tree, fdt_totalsize(tree), 1, out) != 1)
        return 2;
    return fclose(out) == 0 ? 0 : 2;
}
