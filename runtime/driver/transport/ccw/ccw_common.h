/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_CCW_COMMON_H
#define VWR_DRIVER_CCW_COMMON_H

#include "../../core/dev/dev_common.h"
#include "vwr/bytes.h"
#include "vwr/ccw.h"

/* Interface between the files of the transport for channel I/O; private. */

static inline struct vwr_ccw *ccw_of(struct vwr_dev *d)
{
    return (struct vwr_ccw *)(void *)d; /* dev is its first member */
}

/*
 * Sends a command. Returns the number of bytes that were transferred, VWR_EPROTO if the device has rejected
 * the command, or VWR_EGONE.
 */
int vwr_ccw_command_(struct vwr_ccw *c, uint8_t code, void *buffer, uint32_t bytes);

/* vwr_ccw_config.c: gets a copy of the configuration, and changes the generation if its bytes differ. */
void vwr_ccw_copy_config_(struct vwr_ccw *c);
extern const struct vwr_config_access vwr_ccw_config_access_;

#endif
