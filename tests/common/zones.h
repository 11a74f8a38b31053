/* SPDX-License-Identifier: MIT */
#ifndef TESTS_COMMON_ZONES_H
#define TESTS_COMMON_ZONES_H

#include "vwr/blk_zone.h"

/* A zone of a report, in CPU order. */
struct zone {
    uint64_t start;
    uint64_t capacity;
    uint64_t write_pointer;
    uint8_t type;
    uint8_t state;
};

static inline struct zone zone_get(const struct vwr_blk_zone_report *report, unsigned index)
{
    const struct vwr_blk_zone_descriptor *const from = &report->zones[index];
    const struct zone z = {vwr_le64_to_cpu(from->z_start), vwr_le64_to_cpu(from->z_cap),
                           vwr_le64_to_cpu(from->z_wp), from->z_type, from->z_state};

    return z;
}

#endif
