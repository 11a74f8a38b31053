/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "io.h"
#include "lib/avatar_string.h"
#include "vwr_avatar_vmm.h"

/* Screens for guests, with images in memory provided by Avatar. */

#define RESOURCES 16      /* maximum images of a guest */
#define ENTRY_BYTES 4096u /* image bytes per entry; at worst, one page of the guest */

struct virtio_screen {
    struct vwr_vgpu gpu; /* first */
    struct vwr_vgpu_scanout scanout;
    struct vwr_vgpu_resource resource[RESOURCES];
    virtio_device_t *dev; /* NULL: free */
    uint8_t *memory;      /* images, followed by their entries */
    uint32_t entries;
    struct vwr_vgpu_pixels shown; /* base NULL: nothing */
    uint64_t flushes;
    bool changed; /* since the last virtio_screen_draw */
};

static virtio_screen_t screens[VIRTIO_VM_MAX];
static const struct vwr_avatar_parts parts = VWR_AVATAR_PARTS("screens", screens);

static void show(struct vwr_vgpu *g, unsigned scanout, const struct vwr_vgpu_pixels *pixels)
{
    virtio_screen_t *const screen = (virtio_screen_t *)(void *)g;

    (void)scanout;
    memset(&screen->shown, 0, sizeof(screen->shown));
    if (pixels != NULL)
        screen->shown = *pixels;
    screen->changed = true;
}

static int redraw(struct vwr_vgpu *g, const struct vwr_vgpu_flush *f)
{
    virtio_screen_t *const screen = (virtio_screen_t *)(void *)g;

    screen->flushes += f->last;
    screen->changed = true;
    return VWR_OK;
}

static const struct vwr_vgpu_ops gpu_ops = {.scanout = show, .flush = redraw};

static int begin(struct vwr_avatar_device *d, const struct vwr_vdev_setup *s)
{
    virtio_screen_t *const screen = (virtio_screen_t *)d->part;
    struct vwr_vgpu_options o;

    memset(&o, 0, sizeof(o));
    o.ops = &gpu_ops;
    o.scanout = &screen->scanout;
    o.scanout_count = 1;
    o.resource = screen->resource;
    o.resource_count = RESOURCES;
    o.memory = screen->memory;
    o.memory_bytes = (size_t)screen->entries * ENTRY_BYTES;
    o.entry = (struct vwr_vgpu_entry *)(void *)(screen->memory + o.memory_bytes);
    o.entry_count = screen->entries;
    o.edid = true;
    d->vdev = vwr_vgpu_dev(&screen->gpu);
    return vwr_vgpu_init_with(&screen->gpu, s, &o);
}

/* Space for two images of the screen's size and a cursor image, with an entry for each piece. */
static bool memory_fits(uint32_t width, uint32_t height, const void *memory, uint64_t bytes)
{
    const uint64_t needed =
        2 * VWR_VGPU_BYTES(width, height) + VWR_VGPU_BYTES(VWR_VGPU_CURSOR_PIXELS, VWR_VGPU_CURSOR_PIXELS);
    const uint64_t entries = bytes / (ENTRY_BYTES + sizeof(struct vwr_vgpu_entry));

    if (width >= 1 && width <= VWR_VGPU_SIDE_MAX && height >= 1 && height <= VWR_VGPU_SIDE_MAX &&
        memory != NULL && (uintptr_t)memory % VWR_VGPU_ALIGN == 0 && entries * ENTRY_BYTES >= needed &&
        entries <= ~0u)
        return true;
    logger_error("VirtIO: no screen of %u x %u in 0x%llx bytes at 0x%llx\n", width, height, bytes,
                 (uint64_t)(uintptr_t)memory);
    return false;
}

virtio_screen_t *virtio_screen_create(uint64_t base_addr, uint32_t irq, uint32_t width, uint32_t height,
                                      void *memory, uint64_t bytes)
{
    virtio_screen_t *const screen =
        memory_fits(width, height, memory, bytes) ? vwr_avatar_free_part(&parts) : NULL;
    virtio_device_t *const dev = screen == NULL ? NULL : virtio_create_device(VIRTIO_ID_GPU, base_addr, irq);

    if (dev == NULL)
        return NULL;
    dev->version = VWR_MODERN; /* a GPU has no legacy version */
    memset(screen, 0, sizeof(*screen));
    screen->dev = dev;
    screen->scanout.width = width;
    screen->scanout.height = height;
    screen->memory = memory;
    screen->entries = (uint32_t)(bytes / (ENTRY_BYTES + sizeof(struct vwr_vgpu_entry)));
    (void)vwr_avatar_take(dev, begin, screen);
    return screen;
}

void virtio_screen_destroy(virtio_screen_t *screen)
{
    if (screen == NULL || vwr_avatar_part(screen->dev, screen) == NULL)
        return;
    virtio_destroy_device(screen->dev);
    memset(screen, 0, sizeof(*screen));
}

virtio_screen_t *virtio_screen_of_vm(uint32_t vm_id)
{
    return vwr_avatar_part_of_vm(&parts, vm_id);
}

bool virtio_screen_pixels(const virtio_screen_t *screen, virtio_pixels_t *pixels)
{
    if (screen == NULL || screen->shown.base == NULL)
        return false;
    pixels->base = screen->shown.base;
    pixels->stride = screen->shown.stride;
    pixels->width = screen->shown.width;
    pixels->height = screen->shown.height;
    pixels->format = screen->shown.format;
    return true;
}

bool virtio_screen_draw(virtio_screen_t *screen, void *framebuffer, uint32_t stride, uint32_t width,
                        uint32_t height)
{
    struct vwr_vgpu_pixels to;
    struct vwr_vgpu_flush all;

    if (screen == NULL || !screen->changed)
        return false;
    screen->changed = false;
    memset(&to, 0, sizeof(to));
    to.base = framebuffer;
    to.stride = stride;
    to.width = width;
    to.height = height;
    to.format = VWR_GPU_FORMAT_B8G8R8X8_UNORM;
    for (uint32_t y = 0; screen->shown.base == NULL && y < height; y++)
        memset(to.base + (size_t)y * stride, 0, (size_t)width * VWR_VGPU_PIXEL_BYTES);
    memset(&all, 0, sizeof(all));
    all.pixels = screen->shown;
    all.area.width = screen->shown.width;
    all.area.height = screen->shown.height;
    vwr_vgpu_draw(&to, &all);
    return true;
}

void vwr_avatar_show_screen(const virtio_screen_t *screen)
{
    if (screen->shown.base == NULL)
        logger_info("  no image; screen %u x %u\n", screen->scanout.width, screen->scanout.height);
    else
        logger_info("  shows %u x %u pixels at 0x%llx, %u bytes a row, format %u; %llu flushes\n",
                    screen->shown.width, screen->shown.height, (uint64_t)(uintptr_t)screen->shown.base,
                    screen->shown.stride, screen->shown.format, screen->flushes);
}
