/* SPDX-License-Identifier: MIT */
/*
 * What is there? Looks into every slot of a window and says what it finds. A probe writes nothing, so
 * this may run beside a driver that is in use.
 */
#include "board.h"
#include "vwr/gen/ids.h"
#include "vwr/text.h"

#define LINE_BYTES 120u

static void say_device(const struct vwr_mmio *m)
{
    const char *const name = vwr_name(vwr_id_names, m->dev.type);
    char line[LINE_BYTES];
    struct vwr_text t;

    vwr_text_begin(&t, line, sizeof(line));
    vwr_text_hex(&t, (uintptr_t)m->base);
    vwr_text_str(&t, " ");
    vwr_text_str(&t, name != NULL ? name : "a type that has no name");
    vwr_text_str(&t, m->dev.version == VWR_MMIO_VERSION_LEGACY ? ", legacy" : ", modern");
    say(line);
}

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
