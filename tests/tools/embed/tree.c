/* SPDX-License-Identifier: MIT */
/* A program beside a copy: finds the disk of a machine in its device tree, and in a window. */
#include <stdio.h>
#include <stdlib.h>
#include "vwr.h"

static uint32_t blob[1u << 18];
static uint32_t empty[VWR_MMIO_SIZE / 4u], disk[VWR_MMIO_SIZE / 4u];

static uint64_t place; /* of the disk; the other slots are empty */

static volatile void *map(void *context, uint64_t at, uint64_t bytes)
{
    (void)context;
    (void)bytes;
    return at == place ? disk : empty;
}

static void walk(const char *name, const struct vwr_find_source *source)
{
    struct vwr_find find;
    struct vwr_found found;
    char line[200];
    int r;

    vwr_find_begin(&find, source, 1, NULL, 0);
    find.map = map;
    while ((r = vwr_find_next(&find, &found)) != 0)
        if (r > 0)
            printf("%s: type %u, %u cells of an interrupt\n", name, (unsigned)found.dev.type,
                   (unsigned)found.interrupt.count);
        else if (vwr_find_explain(&find, line, sizeof(line)) == 0)
            printf("%s: no text for %d\n", name, r);
}

int main(int argc, char **argv)
{
    const struct vwr_mmio_window window = {disk, VWR_MMIO_SIZE, 1};
    const struct vwr_find_source windows = {.kind = &vwr_find_windows, .from = &window, .count = 1};
    struct vwr_tree tree;
    const struct vwr_find_source nodes = {.kind = &vwr_find_tree, .from = &tree};
    FILE *const file = argc > 1 ? fopen(argv[1], "rb") : NULL;
    int r;

    place = argc > 2 ? strtoull(argv[2], NULL, 16) : 0;
    if (file == NULL || fread(blob, 1, sizeof(blob), file) == 0 || fclose(file) != 0)
        return 2;
    empty[0] = disk[0] = 0x74726976; /* MagicValue, Version, DeviceID */
    empty[1] = disk[1] = 2;
    disk[2] = 2;
    r = vwr_tree_open(&tree, blob, sizeof(blob));
    printf("tree: %s\n", vwr_strerror(r));
    if (r == VWR_OK)
        walk("tree", &nodes);
    walk("window", &windows);
    return 0;
}
