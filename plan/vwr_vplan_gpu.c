/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_gpu.h"

int vwr_vplan_build_gpu(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                        const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_gpu *const gpu = row->options;
    struct vwr_vgpu_options o;

    vwr_copy(&o, &gpu->options, sizeof o);
    o.ops = host->gpu;
    o.context = host->context;
    o.width_max = host->gpu_width_max;
    o.height_max = host->gpu_height_max;
    o.scanout = vwr_vplan_member(memory, gpu->scanouts);
    o.resource = vwr_vplan_member(memory, gpu->resource);
    o.entry = vwr_vplan_member(memory, gpu->entry);
    o.memory = vwr_vplan_member(memory, gpu->memory);
    vwr_copy(o.scanout, gpu->scanout, o.scanout_count * sizeof *o.scanout);
    return vwr_vgpu_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
