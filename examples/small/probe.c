/* SPDX-License-Identifier: MIT */
/*
 * Lists the devices: probes every slot of a window. A probe does not write, so this may run while a driver is
 * in use.
 */
#include "board.h"

#define LINE_BYTES 120u

int example(void)
{
    struct vwr_mmio_scan scan = {.windows = &board_slots, .count = 1};
    struct vwr_mmio found;
    unsigned empty = 0;
    int r;

    while ((r = vwr_mmio_scan_next(&scan, &found)) != 0) {
        char words[LINE_BYTES];

        if (r == 1) {
            say_device(&found);
        } else if (r == VWR_ENODEV) {
            empty++;
        } else { /* not a virtio-mmio block, an unknown version, a bus that reads as all ones */
            (void)vwr_dev_explain(&found.dev, words, sizeof(words));
            say(words);
        }
    }
    say_number("empty slots:", empty);
    return VWR_OK;
}
