/* SPDX-License-Identifier: MIT */
#include "gpu_common.h"

/* Display information and EDID. */

static const struct vwr_gpu_row gpu_get_displays = {GPU_ASKS(DISPLAY_INFO, ctrl_hdr, display_info), {{0, 0}}};
static const struct vwr_gpu_row gpu_get_edid = {GPU_ASKS(EDID, get_edid, edid),
                                                {GPU_FIELD(get_edid, scanout, request, scanout)}};

int vwr_gpu_read_displays(struct vwr_gpu *g, struct vwr_gpu_display *display, unsigned count)
{
    const struct vwr_gpu_display_one *const one = g->answer.displays.pmodes;
    const int r = vwr_gpu_do(&g->control.client.requests, &g->ask, &gpu_get_displays);

    for (unsigned i = 0; r == VWR_OK && i < count && i < g->info.num_scanouts; i++) {
        display[i].area.x = vwr_le32_to_cpu(one[i].r.x);
        display[i].area.y = vwr_le32_to_cpu(one[i].r.y);
        display[i].area.width = vwr_le32_to_cpu(one[i].r.width);
        display[i].area.height = vwr_le32_to_cpu(one[i].r.height);
        display[i].enabled = one[i].enabled != 0;
    }
    return r == VWR_OK ? (int)g->info.num_scanouts : r;
}

#define GPU_EDID_HIGH 0xf0u /* not the specification's, but VESA's: bits 8 to 11 of a size in a timing */
#define GPU_EDID_BLOCK 128u /* not the specification's */

/* Base block of an EDID (VESA E-EDID standard). */
struct gpu_edid_timing {
    uint8_t clock[2]; /* 0: not a timing */
    uint8_t width, width_blank, width_high;
    uint8_t height, height_blank, height_high;
    uint8_t rest[10];
};

struct gpu_edid_block {
    uint8_t mark[8]; /* 0, six times 255, 0 */
    uint8_t other[46];
    struct gpu_edid_timing timing[4]; /* the first one is the preferred mode */
    uint8_t extensions;               /* number of blocks that follow */
    uint8_t sum;                      /* makes the sum of the block's bytes 0 */
};

/* Whether all blocks are present and their headers and checksums are valid. */
static bool gpu_edid_is_valid(const struct vwr_gpu_edid *e, const struct gpu_edid_block *b)
{
    const uint32_t bytes = (uint32_t)sizeof(*b) * (1u + b->extensions);
    uint8_t sum = 0;

    VWR_STATIC_ASSERT(sizeof(*b) == GPU_EDID_BLOCK, "as VESA has it");
    for (uint32_t i = 0; i < bytes && i < e->bytes; i++) {
        sum = (uint8_t)(sum + e->data[i]);
        if (i < sizeof(b->mark) && e->data[i] != (i == 0 || i == sizeof(b->mark) - 1u ? 0 : 0xff))
            return false;
        if ((i + 1u) % sizeof(*b) == 0 && sum != 0)
            return false;
    }
    return bytes <= e->bytes;
}

int vwr_gpu_read_edid(struct vwr_gpu *g, unsigned scanout, struct vwr_gpu_edid *edid)
{
    const struct gpu_edid_block *const b = (const void *)edid->data;
    const struct gpu_edid_timing *const t = b->timing;
    uint32_t bytes;
    int r;

    if (scanout >= g->info.num_scanouts)
        return VWR_EINVAL;
    if (!vwr_dev_has(g->bringup.dev, VWR_GPU_F_EDID))
        return VWR_EFEATURE;
    g->ask.scanout = scanout;
    r = vwr_gpu_do(&g->control.client.requests, &g->ask, &gpu_get_edid);
    if (r != VWR_OK)
        return r;
    bytes = vwr_le32_to_cpu(g->answer.edid.size);
    if (bytes > sizeof(edid->data))
        return vwr_request_note(&g->control.client.requests, VWR_FAULT_GPU_EDID, VWR_GPU_CMD_GET_EDID, bytes);
    vwr_zero(edid, sizeof(*edid));
    vwr_copy(edid->data, g->answer.edid.edid, bytes);
    edid->bytes = bytes;
    edid->valid = gpu_edid_is_valid(edid, b);
    if (edid->valid && (t->clock[0] | t->clock[1]) != 0) {
        edid->width = (uint16_t)(t->width | (t->width_high & GPU_EDID_HIGH) << 4);
        edid->height = (uint16_t)(t->height | (t->height_high & GPU_EDID_HIGH) << 4);
    }
    return VWR_OK;
}

int vwr_gpu_poll_event(struct vwr_gpu *g)
{
    struct vwr_gpu_config_info info;
    int r = vwr_bringup_read_info(&g->bringup, &vwr_gpu_bringup, &info);

    if (r != VWR_OK)
        return r;
    g->info.events_read = info.events_read; /* the other fields do not change */
    if ((info.events_read & VWR_GPU_EVENT_DISPLAY) == 0)
        return 0;
    r = vwr_gpu_config_set_events_clear(&g->bringup.dev->config, VWR_GPU_EVENT_DISPLAY);
    return r == VWR_OK ? 1 : r;
}
