/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_DEV_EXPLAIN_COMMON_H
#define VWR_DRIVER_DEV_EXPLAIN_COMMON_H

#include "vwr/dev.h"
#include "vwr/message.h"

/* Interface between the files with messages; private. */

/* Advice for a legacy device where a modern one was required (quirk mmio.legacy-by-default). */
#define VWR_EXPLAIN_FOR_MODERN "for modern, QEMU needs -global virtio-mmio.force-legacy=false"

/* Appends the message for args->fault. */
void vwr_message_put_fault_(struct vwr_text *t, const struct vwr_message_args *args);

#endif
