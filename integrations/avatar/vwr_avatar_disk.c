/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "vwr_avatar.h"
#include "io.h"
#include "lib/avatar_string.h"

/* Disks and buffers: static memory, discovery and open. */

/* Shared memory, and private memory. */
static struct vwr_blk_shared shared[VIRTIO_MAX_DEVICES];
static struct vwr_blk_own own[VIRTIO_MAX_DEVICES];

static struct vwr_avatar_disk disks[VIRTIO_MAX_DEVICES];

static _Alignas(64) uint8_t buffers[VIRTIO_BUFFER_POOL_SIZE][VIRTIO_BUFFER_SIZE];
static bool in_use[VIRTIO_BUFFER_POOL_SIZE];

uint8_t *vwr_avatar_pool_take(void)
{
    for (uint32_t i = 0; i < VIRTIO_BUFFER_POOL_SIZE; i++)
        if (!in_use[i]) {
            in_use[i] = true;
            return buffers[i];
        }
    return NULL;
}

void vwr_avatar_pool_give(const uint8_t *buffer)
{
    in_use[(size_t)(buffer - buffers[0]) / VIRTIO_BUFFER_SIZE] = false;
}

uint32_t vwr_avatar_pool_free(void)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < VIRTIO_BUFFER_POOL_SIZE; i++)
        n += !in_use[i];
    return n;
}

uint32_t vwr_avatar_take_buffers(const struct vwr_avatar_disk *d, struct vwr_avatar_slot *s, uint32_t sectors)
{
    s->span = 0;
    while (s->span < sectors && s->owned < d->parts_max) {
        struct vwr_vec *const part = &s->part[s->owned];
        const uint32_t left = sectors - s->span;
        const uint32_t n = left < VWR_AVATAR_BUFFER_SECTORS ? left : VWR_AVATAR_BUFFER_SECTORS;

        part->p = vwr_avatar_pool_take();
        if (part->p == NULL)
            break;
        part->bytes = n * VIRTIO_SECTOR_SIZE;
        s->owned++;
        s->span += n;
    }
    return s->span;
}

void vwr_avatar_give_buffers(struct vwr_avatar_slot *s)
{
    while (s->owned > 0)
        vwr_avatar_pool_give(s->part[--s->owned].p);
}

static const struct {
    uint64_t base;
    uint32_t stride;
    uint32_t count;
} places[] = {VIRTIO_BASE_ADDRESSES};
#define PLACES (sizeof(places) / sizeof(places[0]))

struct vwr_mmio_scan vwr_avatar_scan(void)
{
    static struct vwr_mmio_window windows[PLACES];
    struct vwr_mmio_scan s;

    for (unsigned i = 0; i < PLACES; i++) {
        windows[i].base = (volatile void *)(uintptr_t)places[i].base;
        windows[i].stride = places[i].stride;
        windows[i].count = places[i].count;
    }
    memset(&s, 0, sizeof(s));
    s.windows = windows;
    s.count = PLACES;
    return s;
}

#if VWR_WITH_TEXTS
const char *vwr_avatar_result(int result, const struct vwr_fault *fault, char words[VWR_AVATAR_WORDS])
{
    (void)fault;
    (void)words;
    return vwr_strerror(result);
}
#else
/* Appends a name and a number. Returns the end of the text. */
static char *append(char *at, const char *name, uint32_t value, uint32_t base)
{
    uint32_t unit = 1;

    while (*name != '\0')
        *at++ = *name++;
    while (value / unit >= base)
        unit *= base;
    for (; unit > 0; unit /= base)
        *at++ = "0123456789abcdef"[value / unit % base];
    *at = '\0';
    return at;
}

const char *vwr_avatar_result(int result, const struct vwr_fault *fault, char words[VWR_AVATAR_WORDS])
{
    char *at = append(words, result < 0 ? "result -" : "result ",
                      result < 0 ? 0u - (uint32_t)result : (uint32_t)result, 10);

    if (fault != NULL) {
        at = append(at, ", fault ", fault->kind >> 8, 10);
        at = append(at, ", where 0x", fault->where, 16);
        at = append(at, ", got 0x", fault->got, 16);
    }
    return words;
}
#endif

const char *vwr_avatar_reason(const struct vwr_avatar_disk *d, int result, char words[VWR_AVATAR_WORDS])
{
    const struct vwr_fault *const device = &d->blk.bringup.dev->fault;
    const struct vwr_fault *const fault =
        device->kind != VWR_FAULT_NONE ? device : &d->blk.first.requests.fault;

    /*
     * A fault stays recorded until the next one. EFAILED has no separate fault: the message describes the
     * fault that stopped the disk.
     */
    if (fault->kind == VWR_FAULT_NONE || (VWR_FAULT_RESULT(fault->kind) != result && result != VWR_EFAILED))
        return vwr_avatar_result(result, NULL, words);
#if VWR_WITH_TEXTS
    if (vwr_blk_explain(&d->blk, words, VWR_AVATAR_WORDS) > 0)
        return words;
#endif
    return vwr_avatar_result(result, fault, words);
}

struct vwr_avatar_disk *vwr_avatar_disk_at(uint32_t index)
{
    return index < VIRTIO_MAX_DEVICES && disks[index].open ? &disks[index] : NULL;
}

struct vwr_avatar_disk *vwr_avatar_disk_of(const virtio_blk_device_t *device)
{
    struct vwr_avatar_disk *const d = device != NULL ? vwr_avatar_disk_at(device->device_index) : NULL;

    if (d == NULL || d->device.base_addr != device->base_addr) {
        logger_error("VirtIO block: not initialized\n");
        return NULL;
    }
    return d;
}

/* Buffers per request, limited by the queue and the device. */
static unsigned buffers_in_request(const struct vwr_blk *b)
{
    const uint32_t most = b->info.segment_bytes_max;
    const uint32_t segments =
        most != 0 && most < VIRTIO_BUFFER_SIZE ? (VIRTIO_BUFFER_SIZE + most - 1u) / most : 1u;
    uint32_t n = vwr_queue_size(&b->first.requests.queue) - 2u;

    if (b->info.segments_max != 0 && b->info.segments_max < n)
        n = b->info.segments_max;
    if (n > VWR_AVATAR_SEGMENTS)
        n = VWR_AVATAR_SEGMENTS;
    return n / segments;
}

int32_t vwr_avatar_irq_of(const struct vwr_avatar_disk *d)
{
    uint64_t irq = VIRTIO_FIRST_IRQ;

    for (unsigned i = 0; i < PLACES; irq += places[i++].count) {
        const uint64_t place = (d->device.base_addr - places[i].base) / places[i].stride;

        if (d->device.base_addr >= places[i].base && place < places[i].count)
            return (int32_t)(irq + place);
    }
    return -1;
}

void vwr_avatar_describe(struct vwr_avatar_disk *d)
{
    d->block_sectors = d->blk.info.block_bytes / VIRTIO_SECTOR_SIZE;
    if (d->block_sectors == 0)
        d->block_sectors = 1;
    d->device.version = d->mmio.dev.version;
    d->device.capacity = d->blk.info.sectors;
    d->device.block_size = VIRTIO_SECTOR_SIZE;
    d->device.disk_block = d->block_sectors * VIRTIO_SECTOR_SIZE;
    d->device.read_only = d->blk.info.read_only != 0;
}

/* Closes a disk that this configuration cannot support. */
static int refuse(struct vwr_avatar_disk *d, const char *words)
{
    logger_error("VirtIO block at 0x%llx: %s\n", d->device.base_addr, words);
    if (vwr_close(&d->blk.bringup) != VWR_OK)
        logger_error("VirtIO block at 0x%llx: no answer to a reset\n", d->device.base_addr);
    return -1;
}

static int open_disk(struct vwr_avatar_disk *d, uint64_t base, uint32_t index)
{
    struct vwr_blk_options options;
    char words[VWR_AVATAR_WORDS];
    int r;

    memset(d, 0, sizeof(*d));
    memset(&options, 0, sizeof(options));
    options.request.timeout_us = VIRTIO_GIVE_UP_US;
    options.own = &own[index];
    options.shared = &shared[index];
    options.request.replay = true;
    d->device.base_addr = base;
    d->device.device_index = index;
    r = vwr_mmio_probe(&d->mmio, (volatile void *)(uintptr_t)base, VWR_MMIO_SIZE);
    d->blk.bringup.dev = &d->mmio.dev; /* for the message if the probe fails */
    if (r == VWR_OK)
        r = vwr_blk_open(&d->blk, &d->mmio.dev, &options);
    if (r != VWR_OK) {
        logger_error("VirtIO block at 0x%llx: open failed: %s\n", base, vwr_avatar_reason(d, r, words));
        return -1;
    }
    vwr_avatar_describe(d);
    d->parts_max = buffers_in_request(&d->blk);
    if (d->parts_max == 0)
        return refuse(d, "the maximum request of the device is smaller than VIRTIO_BUFFER_SIZE");
    if (VWR_AVATAR_BUFFER_SECTORS % d->block_sectors != 0)
        return refuse(d, "the block size of the disk exceeds VIRTIO_BUFFER_SIZE");
    vwr_blk_disarm(vwr_blk_get_requestq(&d->blk, 0));
    d->open = true;
    return 0;
}

/* An unused index. */
static uint32_t free_index(void)
{
    uint32_t i = 0;

    while (i < VIRTIO_MAX_DEVICES && disks[i].open)
        i++;
    return i;
}

static struct vwr_avatar_disk *disk_with_base(uint64_t base)
{
    for (uint32_t i = 0; i < VIRTIO_MAX_DEVICES; i++)
        if (disks[i].open && disks[i].device.base_addr == base)
            return &disks[i];
    return NULL;
}

int virtio_blk_init(virtio_blk_device_t *blk_dev, uint64_t base_addr, uint32_t device_index)
{
    struct vwr_avatar_disk *d = disk_with_base(base_addr);

    if (blk_dev == NULL || (d == NULL && (device_index >= VIRTIO_MAX_DEVICES || disks[device_index].open))) {
        logger_error("VirtIO block at 0x%llx: index %u is not free, of %u indices\n", base_addr, device_index,
                     (uint32_t)VIRTIO_MAX_DEVICES);
        return -1;
    }
    if (d == NULL) {
        d = &disks[device_index];
        if (open_disk(d, base_addr, device_index) < 0)
            return -1;
        logger_info("VirtIO block device initialized at 0x%llx: %llu sectors, version %u\n", base_addr,
                    d->device.capacity, d->device.version);
    }
    memcpy(blk_dev, &d->device, sizeof(*blk_dev));
    return 0;
}

uint32_t vwr_avatar_open_all(void)
{
    struct vwr_mmio_scan s = vwr_avatar_scan();
    virtio_blk_device_t handle;
    struct vwr_mmio m;
    uint32_t count = 0;
    int r;

    while ((r = vwr_mmio_scan_next(&s, &m)) != 0) {
        if (r < 0 || m.dev.type != VIRTIO_ID_BLOCK)
            continue;
        if (free_index() == VIRTIO_MAX_DEVICES)
            logger_warn("VirtIO block at 0x%llx: not used, VIRTIO_MAX_DEVICES is %u\n",
                        (uint64_t)(uintptr_t)m.base, (uint32_t)VIRTIO_MAX_DEVICES);
        else if (virtio_blk_init(&handle, (uint64_t)(uintptr_t)m.base, free_index()) == 0)
            count++;
    }
    return count;
}
