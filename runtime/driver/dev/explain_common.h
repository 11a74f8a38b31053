/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_EXPLAIN_COMMON_H
#define VWR_DRIVER_EXPLAIN_COMMON_H

#include "vwr/dev.h"
#include "vwr/message.h"

/* Between the files that explain; not for the embedder. */

/* What to do about a legacy device where a modern one was asked for: quirk mmio.legacy-by-default. */
#define VWR_EXPLAIN_FOR_MODERN "for modern, QEMU needs -global virtio-mmio.force-legacy=false"

/* The sentence of args->fault, behind what the text has already. */
void vwr_message_put_fault(struct vwr_text *t, const struct vwr_message_args *args);

#endif
