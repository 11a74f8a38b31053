/* SPDX-License-Identifier: MIT */
#include "vwr/mmio.h"

int vwr_mmio_scan_next(struct vwr_mmio_scan *s, struct vwr_mmio *m)
{
    while (s->window < s->count) {
        const struct vwr_mmio_window *w = &s->windows[s->window];
        /* a stride of 0: there is no other block */
        const size_t room = w->stride - 1u < VWR_MMIO_SIZE ? w->stride : VWR_MMIO_SIZE;
        int r;

        if (s->slot >= w->count) {
            s->window++;
            s->slot = 0;
            continue;
        }
        r = vwr_mmio_probe(m, (volatile uint8_t *)w->base + (size_t)s->slot * w->stride, room);
        s->slot++;
        return r == VWR_OK ? 1 : r;
    }
    return 0;
}
