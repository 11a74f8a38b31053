/* SPDX-License-Identifier: MIT */
#include "board.h"
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"
#include "vwr/text.h"

#define LINE_BYTES 120u

int board_find(struct vwr_mmio *m, uint32_t type)
{
    struct vwr_mmio_scan scan = {.windows = &board_slots, .count = 1};
    int r;

    do {
        r = vwr_mmio_scan_next(&scan, m);
    } while (r < 0 || (r == 1 && m->dev.type != type));
    return r == 1 ? VWR_OK : VWR_ENODEV;
}

void say_device(const struct vwr_mmio *m)
{
    const char *const name = vwr_name(vwr_id_names, m->dev.type);
    char line[LINE_BYTES];
    struct vwr_text t;

    vwr_text_begin(&t, line, sizeof(line));
    vwr_text_hex(&t, (uintptr_t)m->base);
    vwr_text_str(&t, " ");
    vwr_text_str(&t, name != NULL ? name : "an unknown device type");
    vwr_text_str(&t, m->dev.version == VWR_MMIO_VERSION_LEGACY ? ", legacy" : ", modern");
    say(line);
}

void say_number(const char *words, uint64_t number)
{
    char line[LINE_BYTES];
    struct vwr_text t;

    vwr_text_begin(&t, line, sizeof(line));
    vwr_text_str(&t, words);
    vwr_text_str(&t, " ");
    vwr_text_dec(&t, number);
    say(line);
}

void say_bytes(const char *words, const void *bytes, unsigned count)
{
    static const char digits[] = "0123456789abcdef";
    char line[LINE_BYTES];
    struct vwr_text t;

    vwr_text_begin(&t, line, sizeof(line));
    vwr_text_str(&t, words);
    for (unsigned i = 0; i < count; i++) {
        const uint8_t byte = ((const uint8_t *)bytes)[i];
        const char two[] = {' ', digits[byte >> 4], digits[byte & 15u], '\0'};

        vwr_text_str(&t, two);
    }
    say(line);
}

void say_ring(const struct vwr_dev *d)
{
    say(vwr_dev_has(d, VWR_F_RING_PACKED) ? "packed rings" : "split rings");
}
