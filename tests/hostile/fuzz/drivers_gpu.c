/* SPDX-License-Identifier: MIT */
#include "drivers.h"

#include "vwr/gpu.h"

#include <string.h>

/* A GPU: two framebuffers, a cursor image, and updates. */

#define FRAMEBUFFERS 3u
#define UPDATES 4u
#define PIXELS 64u
#define ENTRIES 4u

static struct {
    struct vwr_gpu *gpu;
    struct vwr_gpu_framebuffer fb[FRAMEBUFFERS];
    struct vwr_gpu_update update[UPDATES];
    bool out[UPDATES];
    void *pixels[FRAMEBUFFERS];
    struct vwr_gpu_mem_entry *entry[FRAMEBUFFERS];
} gpu;

static struct vwr_bringup *recovery(void)
{
    return &gpu.gpu->bringup;
}

static void configure(uint8_t *config, bool legacy)
{
    (void)legacy;
    config[VWR_GPU_CONFIG_NUM_SCANOUTS] = 2;
}

static bool receives(unsigned queue)
{
    (void)queue;
    return false;
}

static uint32_t answer(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in)
{
    struct vwr_gpu_ctrl_hdr h;
    uint32_t type;

    (void)queue;
    if (n < sizeof(h))
        return 0;
    memcpy(&h, out, sizeof(h));
    type = vwr_le32_to_cpu(h.type);
    h.type = vwr_cpu_to_le32(type == VWR_GPU_CMD_GET_DISPLAY_INFO ? VWR_GPU_RESP_OK_DISPLAY_INFO
                             : type == VWR_GPU_CMD_GET_EDID       ? VWR_GPU_RESP_OK_EDID
                                                                  : VWR_GPU_RESP_OK_NODATA);
    memcpy(in, &h, sizeof(h));
    if (type == VWR_GPU_CMD_GET_EDID)
        in[offsetof(struct vwr_gpu_resp_edid, size)] = 128;
    return type == VWR_GPU_CMD_GET_DISPLAY_INFO ? (uint32_t)sizeof(struct vwr_gpu_resp_display_info)
           : type == VWR_GPU_CMD_GET_EDID       ? (uint32_t)sizeof(struct vwr_gpu_resp_edid)
                                                : (uint32_t)sizeof(h);
}

static int open_it(struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_gpu_options o = {.avoid = *avoid, .request = {.timeout_us = 2000, .spin = 10}};

    gpu.gpu = drivers_anew(gpu.gpu, sizeof(*gpu.gpu));
    memset(gpu.fb, 0, sizeof(gpu.fb));
    memset(gpu.update, 0, sizeof(gpu.update));
    memset(gpu.out, 0, sizeof(gpu.out));
    o.shared = drivers_share(sizeof(*o.shared));
    for (unsigned i = 0; i < FRAMEBUFFERS; i++) {
        gpu.pixels[i] = drivers_share(PIXELS * PIXELS * VWR_GPU_PIXEL_BYTES);
        gpu.entry[i] = drivers_share(ENTRIES * sizeof(*gpu.entry[i]));
    }
    return vwr_gpu_open(gpu.gpu, d, &o);
}

/* Does not change a framebuffer that the GPU uses. */
static void show(unsigned i, uint8_t how)
{
    struct vwr_gpu_framebuffer *const fb = &gpu.fb[i];

    if (fb->state == 0) {
        fb->pixels = gpu.pixels[i];
        fb->entry = gpu.entry[i];
        fb->entries = (how & 1) != 0 ? ENTRIES : 0;
        fb->width = (how & 2) != 0 ? how : PIXELS;
        fb->height = fb->width < PIXELS ? fb->width : PIXELS;
        fb->width = fb->width < PIXELS ? fb->width : PIXELS;
        fb->format = VWR_GPU_FORMAT_B8G8R8X8_UNORM;
        fb->scanout = i < 2 ? i : VWR_GPU_NO_SCANOUT;
        fb->blob = (how & 4) != 0;
    }
    MUST(vwr_gpu_show(gpu.gpu, fb) <= VWR_OK);
}

static struct vwr_gpu_area area(void)
{
    const uint8_t how = input_u8(drivers_in);

    return (struct vwr_gpu_area){how % 8, how / 8 % 8, 1u + how, 1u + how / 4};
}

static void submit(unsigned i, unsigned k)
{
    const struct vwr_gpu_area a = area();
    int r;

    if (gpu.out[k])
        return;
    vwr_gpu_fill(&gpu.update[k], &gpu.fb[i], a.x == 0 ? NULL : &a);
    r = vwr_gpu_submit(vwr_gpu_get_controlq(gpu.gpu, 0), &gpu.update[k]);
    MUST(r <= VWR_OK);
    gpu.out[k] = r == VWR_OK;
}

static void reap(void)
{
    struct vwr_gpu_update *done[UPDATES];
    const int n = vwr_gpu_reap(vwr_gpu_get_controlq(gpu.gpu, 0), done, UPDATES);

    MUST(n <= (int)UPDATES);
    for (int i = 0; i < n; i++) {
        const size_t k = (size_t)(done[i] - gpu.update);

        MUST(k < UPDATES && gpu.out[k]);
        MUST(!vwr_req_is_in_flight(&done[i]->flush.req) && !vwr_req_is_in_flight(&done[i]->transfer.req));
        gpu.out[k] = false;
    }
}

static void ask(uint8_t which)
{
    struct vwr_gpu_display display[VWR_GPU_MAX_SCANOUTS + 1];
    struct vwr_gpu_edid edid;

    if (which % 2 != 0)
        MUST(vwr_gpu_read_displays(gpu.gpu, display, VWR_GPU_MAX_SCANOUTS + 1) <= (int)VWR_GPU_MAX_SCANOUTS);
    else if (vwr_gpu_read_edid(gpu.gpu, which / 2 % 4, &edid) == VWR_OK)
        MUST(edid.bytes <= sizeof(edid.data));
}

static void point(uint8_t which)
{
    const uint8_t at = input_u8(drivers_in);
    const struct vwr_gpu_pointer c = {at % 4 != 0 ? &gpu.fb[2] : NULL, at % 3, at, at, at / 2, at / 4};

    MUST((which % 2 != 0 ? vwr_gpu_set_cursor(gpu.gpu, &c) : vwr_gpu_move_cursor(gpu.gpu, at, at)) <= VWR_OK);
}

static void call(uint8_t which)
{
    const unsigned i = which / 8 % FRAMEBUFFERS;
    char text[200];

    switch (which % 8) {
    case 0:
        show(i, input_u8(drivers_in));
        return;
    case 1:
        MUST(vwr_gpu_hide(gpu.gpu, &gpu.fb[i]) <= VWR_OK);
        return;
    case 2:
        submit(i, which / 32 % UPDATES);
        return;
    case 3:
        (void)vwr_gpu_kick(vwr_gpu_get_controlq(gpu.gpu, 0));
        reap();
        return;
    case 4:
        MUST(vwr_gpu_flush(gpu.gpu, &gpu.fb[i], NULL) <= VWR_OK);
        return;
    case 5:
        ask(which / 8);
        return;
    case 6:
        point(which / 8);
        return;
    default:
        MUST(vwr_gpu_poll(gpu.gpu) <= 1);
        drivers_see(vwr_gpu_arm(vwr_gpu_get_controlq(gpu.gpu, 0), 1));
        (void)vwr_gpu_explain(gpu.gpu, text, sizeof(text));
    }
}

static int close_it(void)
{
    return vwr_close(&gpu.gpu->bringup);
}

static void closed(void)
{
    for (unsigned k = 0; k < UPDATES; k++) {
        MUST(!vwr_req_is_in_flight(&gpu.update[k].flush.req));
        MUST(!vwr_req_is_in_flight(&gpu.update[k].transfer.req));
    }
    for (unsigned i = 0; i < FRAMEBUFFERS; i++)
        MUST(gpu.fb[i].state == 0 && !vwr_req_is_in_flight(&gpu.fb[i].request.req));
}

static void works(void)
{
    show(0, 0);
    MUST(gpu.fb[0].result == VWR_OK && gpu.fb[0].state != 0);
    MUST(vwr_gpu_flush(gpu.gpu, &gpu.fb[0], NULL) == VWR_OK);
    MUST(vwr_gpu_hide(gpu.gpu, &gpu.fb[0]) == VWR_OK);
}

const struct driver_row driver_gpu = {
    .id = VWR_GPU_ID,
    .features = {{VWR_GPU_FEATURES_W0, VWR_GPU_FEATURES_W1, VWR_GPU_FEATURES_W2, VWR_GPU_FEATURES_W3}},
    .fields = vwr_gpu_config_fields,
    .rules = vwr_gpu_feature_rules,
    .field_count = VWR_GPU_CONFIG_FIELD_COUNT,
    .rule_count = VWR_GPU_FEATURE_RULE_COUNT,
    .steps = &vwr_gpu_bringup,
    .bringup = recovery,
    .configure = configure,
    .receives = receives,
    .answer = answer,
    .open = open_it,
    .call = call,
    .close = close_it,
    .closed = closed,
    .works = works,
};
