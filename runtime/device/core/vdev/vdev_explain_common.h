/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VDEV_EXPLAIN_COMMON_H
#define VWR_DEVICE_VDEV_EXPLAIN_COMMON_H

#include "vwr/message.h"
#include "vwr/vdev.h"

/* Interface between the files with messages; private. */

/* Prepares `args` for messages about this device, with values named a, b and c. */
void vwr_vexplain_begin_(struct vwr_message_args *args, const struct vwr_vdev *v,
                         const struct vwr_messages *messages);

/* put_fault: appends the device's last fault. put_tolerated: what it has tolerated since the last reset. */
void vwr_vexplain_put_fault_(struct vwr_text *t, const struct vwr_vdev *v);
void vwr_vexplain_put_tolerated_(struct vwr_text *t, const struct vwr_vdev *v);

#endif
