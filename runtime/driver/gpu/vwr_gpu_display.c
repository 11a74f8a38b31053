/* SPDX-License-Identifier: MIT */
#include "gpu_common.h"

/* Display information and EDID. */

static const struct vwr_gpu_row gpu_get_displays = {GPU_ASKS(DISPLAY_INFO, ctrl_hdr, display_info), {{0, 0}}};
static const struct vwr_gpu_row gpu_edid = {GPU_ASKS(EDID, get_edid, edid),
                                            {GPU_FIELD(get_edid, scanout, request, scanout)}};

int vwr_gpu_read_displays(struct vwr_gpu *g, struct vwr_gpu_display *display, unsigned count)
{
    const struct vwr_gpu_display_one *const one = g->answer.displays.pmodes;
    const int r = vwr_gpu_do_(&g->control.client.requests, &g->ask, &gpu_get_displays);

    for (unsigned i = 0; r == VWR_OK && i < count && i < g->info.num_scanouts; i++) {
        display[i].area.x = vwr_le32_to_cpu(one[i].r.x);
        display[i].area.y = vwr_le32_to_cpu(one[i].r.y);
        display[i].area.width = vwr_le32_to_cpu(one[i].r.width);
        display[i].area.height = vwr_le32_to_cpu(one[i].r.height);
        display[i].enabled = one[i].enabled != 0;
    }
    return r == VWR_OK ? (int)g->info.num_scanouts : r;
}

int vwr_gpu_read_edid(struct vwr_gpu *g, unsigned scanout, struct vwr_gpu_edid *edid)
{
    uint32_t bytes;
    int r;

    if (scanout >= g->info.num_scanouts)
        return VWR_EINVAL;
    if (!vwr_dev_has(g->bringup.dev, VWR_GPU_F_EDID))
        return VWR_EFEATURE;
    g->ask.scanout = scanout;
    r = vwr_gpu_do_(&g->control.client.requests, &g->ask, &gpu_edid);
    if (r != VWR_OK)
        return r;
    bytes = vwr_le32_to_cpu(g->answer.edid.size);
    if (bytes > sizeof(edid->data))
        return vwr_request_note(&g->control.client.requests, VWR_FAULT_GPU_EDID, VWR_GPU_CMD_GET_EDID, bytes);
    vwr_zero(edid, sizeof(*edid));
    vwr_copy(edid->data, g->answer.edid.edid, bytes);
    edid->bytes = bytes;
    return VWR_OK;
}

int vwr_gpu_poll(struct vwr_gpu *g)
{
    struct vwr_gpu_config_info info;
    int r = vwr_bringup_read_info(&g->bringup, &info);

    if (r != VWR_OK)
        return r;
    g->info.events_read = info.events_read; /* the other fields do not change */
    if ((info.events_read & VWR_GPU_EVENT_DISPLAY) == 0)
        return 0;
    (void)!vwr_gpu_config_set_events_clear(&g->bringup.dev->config, VWR_GPU_EVENT_DISPLAY); /* always there */
    return 1;
}
