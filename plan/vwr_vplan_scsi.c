/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_scsi.h"

int vwr_vplan_build_scsi(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                         const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_scsi *const scsi = row->options;
    struct vwr_vscsi_options o;

    if (host->disk == NULL)
        return VWR_EINVAL;
    vwr_copy(&o, &scsi->options, sizeof o);
    o.unit = vwr_vplan_member(memory, scsi->unit);
    o.message = vwr_vplan_member(memory, scsi->message);
    o.call = vwr_vplan_member(memory, scsi->call);
    o.seg = vwr_vplan_member(memory, scsi->seg);
    for (uint32_t i = 0; i < o.unit_count; i++) {
        vwr_copy(&o.unit[i], &scsi->row[i], sizeof o.unit[i]);
        o.unit[i].backend = host->disk[scsi->disk[i]];
    }
    return vwr_vscsi_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
