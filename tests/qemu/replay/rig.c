/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "rig.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/vm.h"

/* Content of a sector before a driver writes to it. memory.py uses the same content. */
static void pattern(uint64_t sector, uint8_t *to)
{
    for (unsigned i = 0; i < VWR_BLK_SECTOR_BYTES / 2; i++) {
        const uint16_t word = (uint16_t)(sector * 40503u + i * 12347u);

        to[2 * i] = (uint8_t)word;
        to[2 * i + 1] = (uint8_t)(word >> 8);
    }
}

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    struct rig *const r = vm->context;

    (void)line;
    r->interrupts += level;
}

static const struct vwr_vm_ops vm_ops = {.irq = irq};

static int finish(struct rig_backend *be, const struct vwr_vblk_req *q)
{
    uint8_t *at = be->store + q->sector * VWR_BLK_SECTOR_BYTES;

    if (q->type == VWR_BLK_T_WRITE_ZEROES)
        for (unsigned i = 0; i < q->ranges; i++)
            memset(be->store + q->range[i].sector * VWR_BLK_SECTOR_BYTES, 0,
                   (size_t)q->range[i].sectors * VWR_BLK_SECTOR_BYTES);
    if (q->type != VWR_BLK_T_IN && q->type != VWR_BLK_T_OUT)
        return VWR_OK;
    for (unsigned i = 0; i < q->segs; at += q->seg[i++].len) {
        if (q->type == VWR_BLK_T_IN)
            memcpy(q->seg[i].at, at, q->seg[i].len);
        else
            memcpy(at, q->seg[i].at, q->seg[i].len);
    }
    return VWR_OK;
}

static int submit(struct vwr_vblk_backend *base, struct vwr_vblk_req *q)
{
    struct rig_backend *const be = (struct rig_backend *)base;
    struct vwr_vblk_req **at = &be->pending;

    if (be->at_once)
        return finish(be, q);
    while (*at != NULL)
        at = &(*at)->next;
    q->next = NULL;
    *at = q;
    q->kept = vwr_vblk_ticket(q);
    return VWR_LATER;
}

static void drain(struct vwr_vblk_backend *base, struct vwr_vblk *b, unsigned queue)
{
    (void)b;
    (void)queue; /* the disk has only one */
    ((struct rig_backend *)base)->pending = NULL;
}

static const struct vwr_vblk_backend_ops backend_ops = {.submit = submit, .drain = drain};

static struct vwr_vblk_req *take(struct rig_backend *be, uint32_t id)
{
    struct vwr_vblk_req **at = &be->pending;
    struct vwr_vblk_req *q;

    while (*at != NULL && (*at)->chain.id != id)
        at = &(*at)->next;
    q = *at;
    if (q != NULL)
        *at = q->next;
    return q;
}

bool rig_done(struct rig *r, uint32_t id)
{
    struct vwr_vblk_req *q = take(&r->be, id);
    const bool found = q != NULL;

    vwr_vdev_lock(&r->disk.dev);
    for (; q != NULL; q = take(&r->be, id)) /* without a write cache, a write ends with a flush */
        vwr_vblk_done_locked(q, q->kept, finish(&r->be, q));
    vwr_vdev_unlock(&r->disk.dev);
    vwr_vblk_signal(&r->disk);
    return found;
}

uint8_t *rig_at(const struct rig *r, uint64_t addr, uint64_t bytes)
{
    return vwr_memory_ptr(&r->vm.memory, addr, bytes);
}

uint64_t rig_access(struct rig *r, uint64_t offset, unsigned bytes, bool is_write, uint64_t value)
{
    if (!vwr_vm_access(&r->vm, RIG_WINDOW + offset, bytes, is_write, &value))
        abort(); /* there is only one window */
    return value;
}

static void *memory(size_t bytes)
{
    void *const p = calloc(1, bytes);

    if (p == NULL)
        abort();
    return p;
}

static void open_backend(struct rig *r, const struct script_device *d)
{
    struct rig_backend *const be = &r->be;

    memset(be, 0, sizeof(*be));
    be->store = memory(d->sectors * VWR_BLK_SECTOR_BYTES);
    memcpy(be->store, r->pattern, d->sectors * VWR_BLK_SECTOR_BYTES);
    be->at_once = d->at_once;
    be->backend.ops = &backend_ops;
    be->backend.sectors = d->sectors;
    be->backend.block_bytes = VWR_BLK_SECTOR_BYTES;
    be->backend.flush = true;
    be->backend.discard = true;
    be->backend.write_zeroes = true;
}

/*
 * Features that QEMU offers and this library would not (a geometry, a topology of zeroes, SCSI,
 * NOTIFY_ON_EMPTY), and QEMU's configuration values: the recorded drivers have read them.
 */
static void pretend(struct vwr_vdev *v, const struct script_device *d)
{
    v->offered.w[0] = (uint32_t)d->offer;
    v->offered.w[1] = (uint32_t)(d->offer >> 32);
    if (d->config_bytes > v->config_bytes)
        abort();
    memset(v->config, 0, v->config_bytes);
    memcpy(v->config, d->config, d->config_bytes);
}

/* RAM is a separate mapping: fresh zeros cost nothing, and the neighboring pages are inaccessible. */
static void open_memory(struct rig *r, const struct script_device *d)
{
    const size_t guard = sysconf(_SC_PAGESIZE) > 0 ? (size_t)sysconf(_SC_PAGESIZE) : 0;
    uint8_t *const at = mmap(NULL, d->ram_bytes + 2 * guard, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (at == MAP_FAILED || mprotect(at + guard, d->ram_bytes, PROT_READ | PROT_WRITE) != 0)
        abort();
    r->mapping = at;
    r->mapping_bytes = d->ram_bytes + 2 * guard;
    r->region = (struct vwr_memory_region){d->ram, d->ram_bytes, at + guard};
}

void rig_put(struct rig *r, uint64_t sector, const uint8_t *byte, size_t bytes)
{
    uint8_t *const at = r->pattern + sector * VWR_BLK_SECTOR_BYTES;

    memset(at, 0, VWR_BLK_SECTOR_BYTES);
    memcpy(at, byte, bytes);
    memcpy(r->be.store + sector * VWR_BLK_SECTOR_BYTES, at, VWR_BLK_SECTOR_BYTES);
}

void rig_prepare(struct rig *r, const struct script_device *d, enum vwr_tolerate tolerate)
{
    memset(r, 0, sizeof(*r));
    r->tolerate = tolerate;
    r->pattern = memory(d->sectors * VWR_BLK_SECTOR_BYTES);
    for (uint64_t i = 0; i < d->sectors; i++)
        pattern(i, r->pattern + i * VWR_BLK_SECTOR_BYTES);
}

void rig_begin(struct rig *r, const struct script_device *d)
{
    const struct vwr_vm_setup of_vm = {.ops = &vm_ops,
                                       .context = r,
                                       .region = &r->region,
                                       .region_count = 1,
                                       .slot = r->slot,
                                       .slot_count = 1,
                                       .base = RIG_WINDOW,
                                       .stride = VWR_MMIO_SIZE};
    struct vwr_vdev_setup s = {.vm = &r->vm,
                               .legacy = d->version == 1,
                               .tolerate = r->tolerate,
                               .vendor = d->vendor,
                               .queue = r->queue,
                               .queue_count = 1};
    struct vwr_vblk_options o = {.backend = &r->be.backend, .id = d->serial};

    open_memory(r, d);
    open_backend(r, d);
    vwr_vdev_features(&s.features);
    vwr_features_add(&s.features, VWR_F_IN_ORDER);
    s.queue_size = (uint16_t)d->queue_max;
    s.own_count = s.queue_size;
    s.own = memory(s.own_count * sizeof(*s.own));
    o.req = memory(RIG_REQUESTS * sizeof(*o.req));
    o.req_count = RIG_REQUESTS;
    o.seg = memory((size_t)RIG_REQUESTS * RIG_SEGMENTS * sizeof(*o.seg));
    o.seg_count = RIG_REQUESTS * RIG_SEGMENTS;
    if (vwr_vm_init(&r->vm, &of_vm) != VWR_OK || vwr_vblk_init_with(&r->disk, &s, &o) != VWR_OK ||
        vwr_vm_add(&r->vm, 0, &r->disk.dev) != VWR_OK)
        abort();
    pretend(&r->disk.dev, d);
}

void rig_end(struct rig *r)
{
    (void)munmap(r->mapping, r->mapping_bytes);
    free(r->be.store);
    free(r->disk.req);
    free(r->disk.seg);
    free(r->queue[0].done);
}
