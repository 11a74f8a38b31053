/* SPDX-License-Identifier: MIT */
#include "classes.h"

#include "vwr/vgpu.h"

#include <string.h>

/* A GPU. Every picture that the VMM receives must be in its own memory and inside of the screen. */

#define SCANOUTS 2u
#define RESOURCES 4u
#define ENTRIES 12u
#define MEMORY 0x8000u
#define SIDE 32u /* side length of the framebuffer */

static struct {
    struct vwr_vgpu *device;
    struct vwr_vgpu_scanout *scanout;
    struct vwr_vgpu_resource *resource;
    struct vwr_vgpu_entry *entry;
    uint8_t *memory;
    uint8_t *frame;
    uint64_t kept; /* ticket of a flush that the VMM completes later */
    bool has_kept;
} gpu;

static void check_pixels(const struct vwr_vgpu_pixels *p)
{
    const size_t first = (size_t)(p->base - gpu.memory);

    MUST(p->width != 0 && p->height != 0 && p->stride >= p->width * VWR_VGPU_PIXEL_BYTES);
    MUST(first < MEMORY &&
         (size_t)(p->height - 1) * p->stride + p->width * VWR_VGPU_PIXEL_BYTES <= MEMORY - first);
}

static void scanout(struct vwr_vgpu *g, unsigned which, const struct vwr_vgpu_pixels *pixels)
{
    class_called(vwr_vgpu_dev(g));
    MUST(g == gpu.device && which < SCANOUTS);
    if (pixels != NULL)
        check_pixels(pixels);
}

static int flush(struct vwr_vgpu *g, const struct vwr_vgpu_flush *f)
{
    const struct vwr_vgpu_pixels to = {gpu.frame, SIDE * VWR_VGPU_PIXEL_BYTES, SIDE, SIDE, f->pixels.format};
    const uint8_t how = class_fed();

    class_called(vwr_vgpu_dev(g));
    check_pixels(&f->pixels);
    MUST(f->scanout < SCANOUTS && f->area.width != 0 && f->area.height != 0);
    MUST(f->area.x < f->pixels.width && f->area.width <= f->pixels.width - f->area.x);
    MUST(f->area.y < f->pixels.height && f->area.height <= f->pixels.height - f->area.y);
    vwr_vgpu_draw(&to, f);
    if (how < 0xa0)
        return VWR_OK;
    if (how >= 0xe0)
        return VWR_EIO;
    gpu.kept = f->ticket;
    gpu.has_kept = true;
    return VWR_LATER;
}

static void cursor(struct vwr_vgpu *g, const struct vwr_vgpu_cursor *c)
{
    class_called(vwr_vgpu_dev(g));
    if (c->moved || c->image.base == NULL)
        return;
    check_pixels(&c->image);
    MUST(c->hot_x < c->image.width && c->hot_y < c->image.height);
    class_touch(c->image.base,
                (size_t)c->image.stride * (c->image.height - 1) + c->image.width * VWR_VGPU_PIXEL_BYTES);
}

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    static const struct vwr_vgpu_ops ops = {scanout, flush, cursor};
    struct vwr_vdev_setup own = *setup;
    struct vwr_vgpu_options o = {.ops = &ops,
                                 .entry_count = ENTRIES,
                                 .resource_count = RESOURCES,
                                 .scanout_count = SCANOUTS,
                                 .memory_bytes = MEMORY};

    own.legacy = false; /* the specification defines no legacy GPU */
    world.plan.legacy = false;
    gpu.device = class_memory(gpu.device, sizeof(*gpu.device));
    gpu.scanout = class_memory(gpu.scanout, SCANOUTS * sizeof(*gpu.scanout));
    gpu.resource = class_memory(gpu.resource, RESOURCES * sizeof(*gpu.resource));
    gpu.entry = class_memory(gpu.entry, ENTRIES * sizeof(*gpu.entry));
    gpu.memory = class_memory(gpu.memory, MEMORY);
    gpu.frame = class_memory(gpu.frame, (size_t)SIDE * SIDE * VWR_VGPU_PIXEL_BYTES);
    gpu.has_kept = false;
    gpu.scanout[0].width = SIDE;
    gpu.scanout[0].height = SIDE / 2;
    gpu.scanout[1].width = 0;
    gpu.scanout[1].height = 0;
    o.scanout = gpu.scanout;
    o.resource = gpu.resource;
    o.entry = gpu.entry;
    o.memory = gpu.memory;
    o.edid = world.plan.queues != 1;
    MUST(vwr_vgpu_init_with(gpu.device, &own, &o) == VWR_OK);
    return vwr_vgpu_dev(gpu.device);
}

static void event(uint8_t what, struct input *in)
{
    const uint8_t width = input_u8(in);

    if ((what & 1) == 0) {
        class_answers(vwr_vgpu_resize(gpu.device, what >> 1 & 3u, width, input_u8(in)));
    } else if (gpu.has_kept) {
        gpu.has_kept = false;
        vwr_vgpu_done(gpu.device, gpu.kept, width < 0x80 ? VWR_OK : VWR_EIO);
    }
}

/* Sends a command with these words, without flags. Returns the type of the answer. */
static uint32_t command(struct script *s, uint32_t type, const uint32_t *word, unsigned words)
{
    struct vwr_gpu_ctrl_hdr header;
    uint8_t bytes[sizeof(header) + 16 * sizeof(*word)];
    const uint8_t *answer;

    memset(&header, 0, sizeof(header));
    header.type = vwr_guest32(false, type);
    memcpy(bytes, &header, sizeof(header));
    for (unsigned i = 0; i < words; i++) {
        const uint32_t n = vwr_guest32(false, word[i]);

        memcpy(bytes + sizeof(header) + i * sizeof(n), &n, sizeof(n));
    }
    answer = class_exchange(s, VWR_GPU_QUEUE_CONTROLQ, bytes,
                            (uint32_t)(sizeof(header) + words * sizeof(*word)), sizeof(header));
    memcpy(&header, answer, sizeof(header));
    return vwr_guest32(false, header.type);
}

/* Shows a picture of two pixels by one, from guest memory to the framebuffer. */
static void must_work(struct vwr_dev *d)
{
    static struct script s;
    static const uint8_t pixels[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    const uint64_t at = WORLD_DATA + 0x1800u;
    const uint32_t create[] = {7, VWR_GPU_FORMAT_B8G8R8X8_UNORM, 2, 1};
    const uint32_t attach[] = {7, 1, (uint32_t)at, (uint32_t)(at >> 32), sizeof(pixels), 0};
    const uint32_t show[] = {0, 0, 2, 1, 0, 7};
    const uint32_t transfer[] = {0, 0, 2, 1, 0, 0, 7, 0};
    const uint32_t flushed[] = {0, 0, 2, 1, 7, 0};

    (void)d;
    gpu.has_kept = false;
    class_answers(vwr_vgpu_resize(gpu.device, 0, SIDE, SIDE));
    class_start(&s);
    memset(gpu.frame, 0, sizeof(pixels));
    script_write(at, pixels, sizeof(pixels));
    MUST(command(&s, VWR_GPU_CMD_RESOURCE_CREATE_2D, create, 4) == VWR_GPU_RESP_OK_NODATA);
    MUST(command(&s, VWR_GPU_CMD_RESOURCE_ATTACH_BACKING, attach, 6) == VWR_GPU_RESP_OK_NODATA);
    MUST(command(&s, VWR_GPU_CMD_SET_SCANOUT, show, 6) == VWR_GPU_RESP_OK_NODATA);
    MUST(command(&s, VWR_GPU_CMD_TRANSFER_TO_HOST_2D, transfer, 8) == VWR_GPU_RESP_OK_NODATA);
    MUST(command(&s, VWR_GPU_CMD_RESOURCE_FLUSH, flushed, 6) == VWR_GPU_RESP_OK_NODATA);
    MUST(memcmp(gpu.frame, pixels, sizeof(pixels)) == 0);
}

const struct world_service class_gpu = {begin, event, must_work, false};
CLASS_ALONE(class_gpu);
