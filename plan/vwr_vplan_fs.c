/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_fs.h"

int vwr_vplan_build_fs(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                       const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_fs *const folder = row->options;
    struct vwr_vfs_options o;

    if (host->folder == NULL && !folder->in_memory)
        return VWR_EINVAL;
    vwr_copy(&o, &folder->options, sizeof o);
    o.files = folder->in_memory ? vwr_vplan_member(memory, folder->tree) : host->folder[folder->folder];
    o.node = vwr_vplan_member(memory, folder->node);
    o.message = vwr_vplan_member(memory, folder->message);
    o.call = vwr_vplan_member(memory, folder->call);
    o.seg = vwr_vplan_member(memory, folder->seg);
    return vwr_vfs_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
