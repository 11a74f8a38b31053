/* SPDX-License-Identifier: MIT */
#ifndef WORLDS_WORKS_H
#define WORLDS_WORKS_H

#include "vwr/open.h"

/* The data of a class: requests to the device, whose answers are checked. 0, or what is wrong. */
struct class_work {
    uint32_t type;
    int (*work)(void *driver, uint8_t *data, const char **wrong);
};
extern const struct class_work class_works[];
extern const struct vwr_open_class class_rows[];
extern const unsigned class_row_count;

#endif
