/* SPDX-License-Identifier: MIT */
#include "vgpu_common.h"

/*
 * Displays of a gpu and their sizes, which are reported in messages and as an EDID (VESA, E-EDID standard,
 * release A2).
 * Section: GPU Device / Device Operation / Device Operation: controlq.
 */

bool vwr_vgpu_is_size_(uint32_t width, uint32_t height)
{
    return (width == 0) == (height == 0) && width <= VWR_VGPU_SIDE_MAX && height <= VWR_VGPU_SIDE_MAX;
}

int vwr_vgpu_resize(struct vwr_vgpu *g, unsigned scanout, uint32_t width, uint32_t height)
{
    struct vwr_vdev *const v = vwr_vgpu_dev(g);

    if (scanout >= g->scanouts || !vwr_vgpu_is_size_(width, height))
        return VWR_EINVAL;
    vwr_vdev_lock(v);
    g->scanout[scanout].width = width;
    g->scanout[scanout].height = height;
    g->service.config.events_read |= vwr_guest32(false, VWR_GPU_EVENT_DISPLAY);
    vwr_vdev_config_changed(v);
    vwr_vdev_unlock(v);
    return VWR_OK;
}

/* Displays are placed side by side. */
int vwr_vgpu_display_info_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                           const struct vwr_gpu_get_display_info_msg *m,
                           struct vwr_gpu_get_display_info_answer *a)
{
    struct vwr_vgpu *const g = vgpu_of(s);
    struct vwr_gpu_resp_display_info back;
    uint32_t left = 0;

    (void)m;
    (void)a;
    vwr_zero(&back, sizeof(back));
    vwr_vgpu_put_fence_(g, &back.hdr);
    for (unsigned i = 0; i < g->scanouts; i++) {
        const struct vwr_vgpu_scanout *const from = &g->scanout[i];
        struct vwr_gpu_display_one *const to = &back.pmodes[i];

        to->r.x = vwr_guest32(false, left);
        to->r.width = vwr_guest32(false, from->width);
        to->r.height = vwr_guest32(false, from->height);
        to->enabled = vwr_guest32(false, from->width != 0);
        left += from->width;
    }
    vwr_vmessage_end(x, VWR_OK, &back);
    return VWR_LATER;
}

int vwr_vgpu_get_edid_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                       const struct vwr_gpu_get_edid_msg *m, struct vwr_gpu_get_edid_answer *a)
{
    struct vwr_vgpu *const g = vgpu_of(s);
    struct vwr_gpu_resp_edid *const back = &g->answer;

    (void)a;
    vwr_zero(back, sizeof(*back));
    vwr_vgpu_put_fence_(g, &back->hdr);
    if (m->scanout < g->scanouts) {
        back->size = vwr_guest32(false, VWR_VGPU_EDID_BYTES);
        vwr_vgpu_edid(back->edid, m->scanout, g->scanout[m->scanout].width, g->scanout[m->scanout].height);
    }
    vwr_vmessage_end(x, m->scanout < g->scanouts ? VWR_OK : (int)VWR_GPU_RESP_ERR_INVALID_SCANOUT_ID, back);
    return VWR_LATER;
}
