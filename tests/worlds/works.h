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

/* works_sessions.c */
int scsi_works(void *driver, uint8_t *data, const char **wrong);
int vsock_works(void *driver, uint8_t *data, const char **wrong);
int crypto_works(void *driver, uint8_t *data, const char **wrong);
int sound_works(void *driver, uint8_t *data, const char **wrong);

/* The pattern that both sides expect. */
void works_fill(uint8_t *data, size_t bytes, unsigned seed);
bool works_is_filled(const uint8_t *data, size_t bytes, unsigned seed);

#endif
