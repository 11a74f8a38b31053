/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_9p.h"

int vwr_vplan_build_tree(const struct vwr_vplan_shared *row, void *memory, const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_tree *const tree = row->options;
    struct vwr_vfiles_memory_options o;

    (void)host;
    vwr_copy(&o, &tree->options, sizeof o);
    o.file = vwr_vplan_member(memory, tree->file);
    o.entry = vwr_vplan_member(memory, tree->entry);
    o.pool = vwr_vplan_member(memory, tree->pool);
    return vwr_vfiles_memory_init(vwr_vplan_member(memory, row->at), &o);
}

int vwr_vplan_build_9p(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                       const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_9p *const folder = row->options;
    struct vwr_v9p_options o;

    if (host->folder == NULL && !folder->in_memory)
        return VWR_EINVAL;
    vwr_copy(&o, &folder->options, sizeof o);
    o.files = folder->in_memory ? vwr_vplan_member(memory, folder->tree) : host->folder[folder->folder];
    o.fid = vwr_vplan_member(memory, folder->fid);
    o.message = vwr_vplan_member(memory, folder->message);
    o.call = vwr_vplan_member(memory, folder->call);
    o.seg = vwr_vplan_member(memory, folder->seg);
    return vwr_v9p_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
