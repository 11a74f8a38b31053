/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_SCSI_H
#define VWR_VPLAN_SCSI_H

#include "vplan.h"
#include "vwr/vscsi.h"

VWR_BEGIN_C

/**
 * DOC: A SCSI host of a plan
 *
 * The rows that `./vwr plan` writes for a SCSI host (vwr/vscsi.h), and the function that
 * builds it from them.
 */

/**
 * struct vwr_vplan_scsi - A SCSI host of a plan
 * @options: Options; pointers are set when the device is built.
 * @row: Units, options.unit_count entries; back ends are set when the device is built.
 * @disk: Index of each unit's back end in the plan.
 * @unit: Offset of the table of units in the structure.
 * @message: Offset of the messages.
 * @call: Offset of the calls.
 * @seg: Offset of the segments.
 */
struct vwr_vplan_scsi {
    struct vwr_vscsi_options options;
    const struct vwr_vt10_unit *row;
    const uint16_t *disk;
    size_t unit;
    size_t message;
    size_t call;
    size_t seg;
};

vwr_vplan_build vwr_vplan_build_scsi;

VWR_END_C

#endif
