/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "io.h"
#include "lib/avatar_string.h"
#include "vwr_avatar_vmm.h"

/* Balloons: pages in a balloon belong to the VMM, and the guest's devices cannot access them. */

struct virtio_balloon {
    struct vwr_vballoon balloon; /* first */
    virtio_device_t *dev;        /* NULL: free */
    uint32_t *map;
    uint32_t words;
};

static virtio_balloon_t balloons[VIRTIO_VM_MAX];
static const struct vwr_avatar_parts parts = VWR_AVATAR_PARTS("balloons", balloons);

__attribute__((weak)) void virtio_balloon_released(struct _vm_t *vm, uint64_t guest, uint64_t bytes,
                                                   void *host)
{
    (void)vm;
    (void)guest;
    (void)bytes;
    (void)host;
}

__attribute__((weak)) void virtio_balloon_claimed(struct _vm_t *vm, uint64_t guest, uint64_t bytes,
                                                  void *host)
{
    (void)vm;
    (void)guest;
    (void)bytes;
    (void)host;
}

__attribute__((weak)) void virtio_balloon_reset(struct _vm_t *vm)
{
    (void)vm;
}

static struct _vm_t *vm_of(struct vwr_vballoon *b)
{
    return ((virtio_balloon_t *)(void *)b)->dev->vm;
}

static void release(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    virtio_balloon_released(vm_of(b), r->addr, r->bytes, r->host);
}

static void claim(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    virtio_balloon_claimed(vm_of(b), r->addr, r->bytes, r->host);
}

static void reset(struct vwr_vballoon *b, uint64_t bytes)
{
    if (bytes != 0)
        virtio_balloon_reset(vm_of(b));
}

static const struct vwr_vballoon_ops balloon_ops = {.release = release, .claim = claim, .reset = reset};

static int begin(struct vwr_avatar_device *d, const struct vwr_vdev_setup *s)
{
    virtio_balloon_t *const balloon = (virtio_balloon_t *)d->part;
    struct vwr_vballoon_options o;

    memset(&o, 0, sizeof(o));
    o.ops = &balloon_ops;
    o.map = balloon->map;
    o.map_count = balloon->words;
    o.must_tell = true;
    o.exclusive = true;
    d->vdev = vwr_vballoon_dev(&balloon->balloon);
    return vwr_vballoon_init_with(&balloon->balloon, s, &o);
}

virtio_balloon_t *virtio_balloon_create(uint64_t base_addr, uint32_t irq, void *memory, uint64_t bytes)
{
    const bool fits =
        memory != NULL && (uintptr_t)memory % sizeof(uint32_t) == 0 && bytes / sizeof(uint32_t) <= ~0u;
    virtio_balloon_t *const balloon = fits ? vwr_avatar_free_part(&parts) : NULL;
    virtio_device_t *dev;

    if (!fits)
        logger_error("VirtIO: no balloon with 0x%llx bytes at 0x%llx\n", bytes, (uint64_t)(uintptr_t)memory);
    dev = balloon == NULL ? NULL : virtio_create_device(VIRTIO_ID_BALLOON, base_addr, irq);
    if (dev == NULL)
        return NULL;
    memset(balloon, 0, sizeof(*balloon));
    balloon->dev = dev;
    balloon->map = memory;
    balloon->words = (uint32_t)(bytes / sizeof(uint32_t));
    (void)vwr_avatar_take(dev, begin, balloon);
    return balloon;
}

void virtio_balloon_destroy(virtio_balloon_t *balloon)
{
    if (balloon == NULL || vwr_avatar_part(balloon->dev, balloon) == NULL)
        return;
    virtio_destroy_device(balloon->dev);
    memset(balloon, 0, sizeof(*balloon));
}

virtio_balloon_t *virtio_balloon_of_vm(uint32_t vm_id)
{
    return vwr_avatar_part_of_vm(&parts, vm_id);
}

int virtio_balloon_set_target(virtio_balloon_t *balloon, uint32_t pages)
{
    struct vwr_avatar_device *const d = balloon == NULL ? NULL : vwr_avatar_part(balloon->dev, balloon);

    if (d == NULL || !vwr_avatar_ready(d))
        return -1;
    return vwr_vballoon_set_target(&balloon->balloon, pages) == VWR_OK ? 0 : -1;
}

bool virtio_balloon_in_use(virtio_balloon_t *balloon, uint64_t guest, uint64_t bytes)
{
    struct vwr_avatar_device *const d = balloon == NULL ? NULL : vwr_avatar_part(balloon->dev, balloon);

    return d != NULL && vwr_vm_uses(vwr_avatar_core(d), guest, bytes);
}

uint32_t virtio_balloon_pages(const virtio_balloon_t *balloon)
{
    return balloon == NULL ? 0 : (uint32_t)(balloon->balloon.gone / VWR_VBALLOON_PAGE);
}

void vwr_avatar_show_balloon(const virtio_balloon_t *balloon)
{
    logger_info("  target %u pages, in the balloon %u; the guest reports %u\n", balloon->balloon.target,
                virtio_balloon_pages(balloon), balloon->balloon.actual);
}
