/* SPDX-License-Identifier: MIT */
#include "agree.h"
#include "vwr_fdt_node.h"
#include "libfdt.h"

#include <stdlib.h>
#include <string.h>

/*
 * trees_agree FILE...: for each tree, prints the results on which vwr/tree.h and libfdt agree. Exit code 1:
 * not a tree. trees_agree iommu FILE NODE FUNCTION: the IOMMU of a device.
 */

#define BYTES (4u << 20)

static void say_iommu(const void *fdt, const char *node, uint32_t function)
{
    struct vwr_fdt_iommu iommu = {.node = -1};
    const int r = vwr_fdt_iommu(fdt, fdt_path_offset(fdt, node), function, &iommu);
    char path[200];

    if (r == VWR_OK && fdt_get_path(fdt, iommu.node, path, sizeof(path)) == 0)
        printf("%s %u\n", path, iommu.endpoint);
    else
        printf("%d %s\n", r, iommu.wrong != NULL ? iommu.wrong : "-");
}

int main(int argc, char **argv)
{
    const bool of_iommu = argc == 5 && strcmp(argv[1], "iommu") == 0;
    void *const blob = aligned_alloc(8, BYTES);

    for (int i = of_iommu ? 2 : 1; i < argc && blob != NULL; i++) {
        FILE *const f = fopen(argv[i], "rb");
        size_t bytes;

        if (f == NULL) {
            perror(argv[i]);
            return 1;
        }
        bytes = fread(blob, 1, BYTES, f);
        fclose(f);
        if (of_iommu) {
            say_iommu(blob, argv[3], (uint32_t)strtoul(argv[4], NULL, 0));
            break;
        }
        if (!agree(blob, bytes, stdout)) {
            printf("%s: not a tree\n", argv[i]);
            return 1;
        }
    }
    free(blob);
    return argc < 2;
}
