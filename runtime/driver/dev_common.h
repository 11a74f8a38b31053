/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_DEV_COMMON_H
#define VWR_DRIVER_DEV_COMMON_H

#include "vwr/dev.h"

/*
 * Between the files of a device's life. Its steps answer a fault kind, VWR_FAULT_NONE if all went well, and
 * leave what they read in d->fault; the call that they are steps of concludes: gives the device up, or goes
 * on to `state`.
 */

/* vwr_dev.c */
int vwr_dev_conclude(struct vwr_dev *d, uint32_t kind, uint8_t state);
/* What no driver can go on with: `set` are the bits that it has set. */
uint32_t vwr_dev_status_fault(uint32_t status, uint8_t set);
/* Sets a bit of the device status, and sees whether it stays. */
uint32_t vwr_dev_set_status_bit(struct vwr_dev *d, uint8_t bit);

/* vwr_dev_reset.c */
uint32_t vwr_dev_reset_and_wait(struct vwr_dev *d);

#endif
