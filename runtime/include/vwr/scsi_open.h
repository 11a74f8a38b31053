/* SPDX-License-Identifier: MIT */
#ifndef VWR_SCSI_OPEN_H
#define VWR_SCSI_OPEN_H

#include "vwr/open.h"
#include "vwr/scsi.h"

VWR_BEGIN_C

/**
 * DOC: SCSI host device for vwr_open()
 *
 * This header defines the driver and the memory of a SCSI host device for vwr_open(). The driver
 * uses one request queue.
 */

/**
 * struct vwr_scsi_open_own - Private memory of a SCSI host device
 * @scsi: Device; the first member.
 */
struct vwr_scsi_open_own {
    struct vwr_scsi scsi;
};

/**
 * struct vwr_scsi_open_shared - Shared memory of a SCSI host device (see struct vwr_queue_memory)
 * @queues: Queues.
 */
struct vwr_scsi_open_shared {
    struct vwr_scsi_shared queues;
};

extern const struct vwr_open_class vwr_scsi_open_class;

VWR_END_C

#endif
