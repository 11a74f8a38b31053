/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VEXPLAIN_COMMON_H
#define VWR_DEVICE_VEXPLAIN_COMMON_H

#include "vwr/message.h"
#include "vwr/vdev.h"

/* Between the files that explain devices; not for the embedder. */

/* Prepares `args` for sentences about this device; its values are named a, b and c. */
void vwr_vexplain_begin(struct vwr_message_args *args, const struct vwr_vdev *v,
                        const struct vwr_messages *messages);

/* The device's last fault, behind what the text has already. */
void vwr_vexplain_put_fault(struct vwr_text *t, const struct vwr_vdev *v);

#endif
