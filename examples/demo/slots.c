/* SPDX-License-Identifier: MIT */
#include "slots.h"
#include "vwr/gen/ids.h"

struct vwr_mmio_scan slots_scan(void)
{
    static const struct vwr_mmio_window window = {(volatile void *)SLOTS_BASE, VWR_MMIO_SIZE, SLOTS};

    return (struct vwr_mmio_scan){.windows = &window, .count = 1};
}

bool slots_find_disk(struct vwr_mmio *disk)
{
    struct vwr_mmio_scan s = slots_scan();
    int r;

    do {
        r = vwr_mmio_scan_next(&s, disk);
    } while (r < 0 || (r == 1 && disk->dev.type != VWR_ID_BLOCK));
    return r == 1;
}

uint32_t slots_line(const struct vwr_mmio *m)
{
    return SLOTS_LINE + (uint32_t)(((uintptr_t)m->base - SLOTS_BASE) / VWR_MMIO_SIZE);
}
