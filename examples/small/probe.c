/* SPDX-License-Identifier: MIT */
/*
 * What is there? Looks into every slot of a window and says what it finds. A probe writes nothing, so
 * this may run beside a driver that is in use.
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
        } else { /* not a virtio-mmio block, a version that nobody knows, a bus that reads as ones */
            (void)vwr_dev_explain(&found.dev, words, sizeof(words));
            say(words);
        }
    }
    say_number("empty slots:", empty);
    return VWR_OK;
}
