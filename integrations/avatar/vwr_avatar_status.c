/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "vwr_avatar.h"
#include "io.h"
#include "lib/avatar_string.h"

#define KIB 1024

static const char *layout(uint32_t version)
{
    return version == 1 ? "legacy" : "modern";
}

static const char *stage_of(const struct vwr_avatar_disk *d)
{
    if (d->dead)
        return "given up";
    return d->late ? "waits for a late completion" : "runs";
}

static void print_disk(const struct vwr_avatar_disk *d)
{
    const virtio_blk_device_t *const v = &d->device;
    const virtio_blk_stats_t *const s = &d->stats;

    logger_info("VirtIO block %u at 0x%llx: version %u (%s), %s%s\n", v->device_index, v->base_addr,
                v->version, layout(v->version), stage_of(d), v->read_only ? ", read-only" : "");
    logger_info("  %llu sectors of %u bytes (%llu KiB), blocks of %u bytes, queue of %u\n", v->capacity,
                v->block_size, v->capacity / (KIB / VIRTIO_SECTOR_SIZE), v->disk_block,
                (uint32_t)vwr_queue_size(&d->blk.first.requests.queue));
    logger_info("  read %llu sectors in %llu calls, written %llu in %llu\n", s->sectors_read, s->reads,
                s->sectors_written, s->writes);
    logger_info("  errors %llu, timeouts %llu, late completions %llu; resets %llu\n", s->errors, s->late,
                s->late_answers, s->resets);
}

void avatar_virtio_block_print_status(void)
{
    logger_info("=== VirtIO block status ===\n");
    if (avatar_virtio_block_count() == 0)
        logger_info("not initialized\n");
    for (uint32_t i = 0; i < VIRTIO_MAX_DEVICES; i++)
        if (vwr_avatar_disk_at(i) != NULL)
            print_disk(vwr_avatar_disk_at(i));
    logger_info("buffers of %u bytes: %u, free %u\n", (uint32_t)VIRTIO_BUFFER_SIZE,
                (uint32_t)VIRTIO_BUFFER_POOL_SIZE, vwr_avatar_pool_free());
}

void virtio_blk_print_info(virtio_blk_device_t *blk_dev)
{
    const struct vwr_avatar_disk *const d = vwr_avatar_disk_of(blk_dev);

    if (d != NULL)
        print_disk(d);
}

int virtio_blk_get_stats(const virtio_blk_device_t *blk_dev, virtio_blk_stats_t *stats)
{
    const struct vwr_avatar_disk *const d = vwr_avatar_disk_of(blk_dev);

    if (d == NULL || stats == NULL)
        return -1;
    memcpy(stats, &d->stats, sizeof(*stats));
    return 0;
}

/* Empty slots are not logged, but slots with an error are. */
static void print_slot(const struct vwr_mmio *m, int found)
{
    const uint64_t base = (uint64_t)(uintptr_t)m->base;
    char words[VWR_AVATAR_WORDS];

    if (found > 0) {
        logger_info("0x%llx %s, type %u, version %u (%s), vendor 0x%x\n", base,
                    m->dev.type == VIRTIO_ID_BLOCK ? "block device" : "another device", m->dev.type,
                    m->dev.version, layout(m->dev.version), m->dev.vendor);
    } else if (found != VWR_ENODEV) {
#if VWR_WITH_TEXTS
        (void)vwr_dev_explain(&m->dev, words, sizeof(words));
#else
        (void)vwr_avatar_result(found, &m->dev.fault, words);
#endif
        logger_info("0x%llx %s\n", base, words);
    }
}

void virtio_detect_devices(void)
{
    struct vwr_mmio_scan s = vwr_avatar_scan();
    struct vwr_mmio m;
    uint32_t devices = 0;
    int r;

    logger_info("=== VirtIO devices ===\n");
    while ((r = vwr_mmio_scan_next(&s, &m)) != 0) {
        print_slot(&m, r);
        devices += r > 0;
    }
    logger_info("%u found\n", devices);
}

uint64_t scan_for_virtio_block_device(uint32_t device_id)
{
    struct vwr_mmio_scan s = vwr_avatar_scan();
    struct vwr_mmio m;
    int r;

    while ((r = vwr_mmio_scan_next(&s, &m)) != 0)
        if (r > 0 && m.dev.type == device_id)
            return (uint64_t)(uintptr_t)m.base;
    return 0;
}
