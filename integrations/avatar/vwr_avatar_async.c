/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "exception.h"
#include "gic.h"
#include "io.h"
#include "lib/avatar_string.h"
#include "vwr_avatar.h"

/*
 * Asynchronous transfers. Each transfer is split into parts that fit in the free buffers. A transfer without
 * a slot, buffers or descriptors for its next part waits in the list d->first, in order. Each completion
 * frees some of these.
 *
 * The device only accesses buffers of the pool, so a transfer can be cancelled immediately. While a cancelled
 * part is in flight, nothing new is sent to the disk: it must not overtake a later write.
 */

#define PASSES 16 /* maximum passes over a disk that completes requests faster than they are reaped */
#define FIRST_CPU 1

static uint64_t sectors_of(const virtio_blk_io_t *io)
{
    return io->bytes / VIRTIO_SECTOR_SIZE;
}

/* Copies between a slot's buffers and its transfer's segments, starting after the completed bytes. */
static void copy(const struct vwr_avatar_slot *s, bool in)
{
    const virtio_blk_segment_t *seg = s->io->segment;
    uint64_t skip = s->io->at;

    for (unsigned i = 0; i < s->owned; i++) {
        uint8_t *buffer = s->part[i].p;
        uint64_t left = s->part[i].bytes;

        while (left > 0) {
            const uint64_t room = skip < seg->bytes ? seg->bytes - skip : 0;
            const uint64_t n = left < room ? left : room;

            if (n > 0 && in)
                memcpy((uint8_t *)seg->at + skip, buffer, n);
            else if (n > 0)
                memcpy(buffer, (uint8_t *)seg->at + skip, n);
            buffer += n;
            left -= n;
            skip += n;
            if (skip >= seg->bytes)
                skip -= seg++->bytes;
        }
    }
}

static struct vwr_avatar_slot *free_slot(struct vwr_avatar_disk *d)
{
    for (uint32_t i = 0; i < VIRTIO_REQUESTS; i++)
        if (!d->slot[i].busy)
            return &d->slot[i];
    return NULL;
}

static void free_it(struct vwr_avatar_slot *s)
{
    vwr_avatar_give_buffers(s);
    s->io = NULL;
    s->busy = false;
}

/* Builds the next part of a read or write in a slot. false: no buffers. */
static bool fill(const struct vwr_avatar_disk *d, struct vwr_avatar_slot *s)
{
    const virtio_blk_io_t *const io = s->io;
    const uint64_t left = (io->bytes - io->at) / VIRTIO_SECTOR_SIZE;
    const uint32_t most = VWR_AVATAR_SEGMENTS * VWR_AVATAR_BUFFER_SECTORS;

    if (vwr_avatar_take_buffers(d, s, left < most ? (uint32_t)left : most) == 0)
        return false;
    if (io->what == VIRTIO_BLK_WRITE)
        copy(s, false);
    vwr_blk_fill(&s->request, io->what == VIRTIO_BLK_WRITE ? VWR_BLK_T_OUT : VWR_BLK_T_IN,
                 io->sector + io->at / VIRTIO_SECTOR_SIZE, NULL, 0);
    s->request.req.vecs = s->part;
    s->request.req.vec_count = s->owned;
    return true;
}

/* Returns VWR_OK: a part was submitted; VWR_EFULL: retry later; or an error. */
static int send(struct vwr_avatar_disk *d, virtio_blk_io_t *io)
{
    struct vwr_avatar_slot *const s = free_slot(d);
    int r = VWR_EFULL;

    if (s == NULL)
        return VWR_EFULL;
    s->busy = true;
    s->io = io;
    if (io->what == VIRTIO_BLK_FLUSH)
        vwr_blk_fill(&s->request, VWR_BLK_T_FLUSH, 0, NULL, 0);
    if (io->what == VIRTIO_BLK_FLUSH || fill(d, s))
        r = vwr_blk_submit(vwr_blk_get_requestq(&d->blk, 0), &s->request);
    if (r != VWR_OK)
        free_it(s);
    return r == VWR_EFAILED && !d->dead ? VWR_EFULL : r; /* the disk may recover */
}

/* Submits waiting transfers. One that failed is left to the next poll. */
static void pump(struct vwr_avatar_disk *d)
{
    bool sent = false;

    while (d->first != NULL && d->first->error == VWR_OK && d->cancelled == 0) {
        virtio_blk_io_t *const io = d->first;
        const int r = send(d, io);

        if (r == VWR_EFULL)
            break;
        io->error = r;
        if (r != VWR_OK)
            break;
        d->first = io->next;
        sent = true;
    }
    if (sent)
        (void)vwr_blk_kick(vwr_blk_get_requestq(&d->blk, 0));
}

static void finish(struct vwr_avatar_disk *d, virtio_blk_io_t *io, int r)
{
    static const char *const doing[] = {"read", "write", vwr_avatar_flushing};

    io->busy = false;
    if (r != VWR_OK)
        (void)vwr_avatar_fail(d, doing[io->what], io->sector, sectors_of(io),
                              io->sector + io->at / VIRTIO_SECTOR_SIZE, r);
    else if (io->what == VIRTIO_BLK_READ)
        d->stats.reads++, d->stats.sectors_read += sectors_of(io);
    else if (io->what == VIRTIO_BLK_WRITE)
        d->stats.writes++, d->stats.sectors_written += sectors_of(io);
    io->done(io, r == VWR_OK ? 0 : -1);
}

void vwr_avatar_answered(struct vwr_avatar_disk *d, struct vwr_avatar_slot *s)
{
    virtio_blk_io_t *const io = s->io;
    const int r = s->request.req.result;

    if (io == NULL) {
        d->cancelled--;
        free_it(s);
        return;
    }
    if (r == VWR_OK && io->what != VIRTIO_BLK_FLUSH) {
        if (io->what == VIRTIO_BLK_READ)
            copy(s, true);
        io->at += (uint64_t)s->span * VIRTIO_SECTOR_SIZE;
    }
    free_it(s);
    if (r == VWR_OK && io->at < io->bytes) {
        io->next = d->first;
        d->first = io;
    } else {
        finish(d, io, r);
    }
}

/* Completes failed transfers, or all transfers if the disk is dead. */
static void finish_failed(struct vwr_avatar_disk *d)
{
    while (d->first != NULL && (d->first->error != VWR_OK || d->dead)) {
        virtio_blk_io_t *const io = d->first;

        d->first = io->next;
        finish(d, io, io->error != VWR_OK ? io->error : VWR_EFAILED);
    }
}

static bool is_busy(const struct vwr_avatar_disk *d)
{
    bool some = d->first != NULL || d->sync.busy;

    for (uint32_t i = 0; i < VIRTIO_REQUESTS; i++)
        some = some || d->slot[i].busy;
    return some;
}

static void poll(struct vwr_avatar_disk *d)
{
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&d->blk, 0);
    bool more = is_busy(d);

    for (uint32_t i = 0; i < PASSES && more; i++) {
        more = vwr_avatar_step(d) > 0;
        finish_failed(d);
        pump(d);
        more = more || (is_busy(d) && !d->dead && !vwr_blk_arm(q, 1));
    }
    if (!is_busy(d))
        vwr_blk_disarm(q);
}

static void poll_all(void)
{
    for (uint32_t i = 0; i < VIRTIO_MAX_DEVICES; i++)
        if (vwr_avatar_disk_at(i) != NULL)
            poll(vwr_avatar_disk_at(i));
}

void avatar_virtio_block_poll(void)
{
    vwr_avatar_wait_has_tick();
    poll_all();
    vwr_avatar_wake();
}

/* Avatar's interrupt handlers do not receive the interrupt number. */
void vwr_avatar_take_interrupts(void)
{
    for (uint32_t i = 0; i < VIRTIO_MAX_DEVICES; i++)
        if (vwr_avatar_disk_at(i) != NULL)
            (void)vwr_dev_irq(&vwr_avatar_disk_at(i)->mmio.dev);
    poll_all();
}

static void interrupt(uint64_t *sp)
{
    (void)sp;
    vwr_avatar_take_interrupts();
    vwr_avatar_wake_now();
}

void avatar_virtio_block_enable_irq(void)
{
    for (uint32_t i = 0; i < VIRTIO_MAX_DEVICES; i++) {
        const struct vwr_avatar_disk *const d = vwr_avatar_disk_at(i);
        const int32_t irq = d != NULL ? vwr_avatar_irq_of(d) : -1;

        if (irq < 0)
            continue;
        irq_install(irq, interrupt);
        gic_set_target(irq, FIRST_CPU);
        gic_set_ipriority((uint32_t)irq, 1);
        gic_enable_int(irq, 1);
        vwr_avatar_wait_by_interrupt();
        logger_info("VirtIO block at 0x%llx: interrupt %d\n", d->device.base_addr, irq);
    }
}

/* Validates a transfer. VWR_OK or an error. */
static int check(const struct vwr_avatar_disk *d, virtio_blk_io_t *io)
{
    io->bytes = 0;
    if (io->what > VIRTIO_BLK_FLUSH || io->done == NULL)
        return VWR_EINVAL;
    if (io->what == VIRTIO_BLK_FLUSH)
        return VWR_OK;
    for (uint32_t i = 0; i < io->segments; i++)
        io->bytes += io->segment[i].bytes;
    if (io->bytes % ((uint64_t)d->block_sectors * VIRTIO_SECTOR_SIZE) != 0 ||
        io->sector % d->block_sectors != 0)
        return VWR_EALIGN;
    return vwr_avatar_check(d, io->sector, sectors_of(io), io->what == VIRTIO_BLK_WRITE);
}

int virtio_blk_submit(virtio_blk_device_t *blk_dev, virtio_blk_io_t *io)
{
    struct vwr_avatar_disk *const d = vwr_avatar_disk_of(blk_dev);
    virtio_blk_io_t **last;
    int r;

    if (d == NULL || io == NULL)
        return -1;
    r = io->busy ? VWR_EBUSY : check(d, io);
    if (r != VWR_OK)
        return vwr_avatar_fail(d, "submit", io->sector, sectors_of(io), io->sector, r);
    io->next = NULL;
    io->at = 0;
    io->error = VWR_OK;
    io->busy = true;
    for (last = &d->first; *last != NULL;)
        last = &(*last)->next;
    *last = io;
    /* armed before the device can complete it */
    if (!vwr_blk_arm(vwr_blk_get_requestq(&d->blk, 0), 1) && VIRTIO_DEBUG)
        logger_info("VirtIO block at 0x%llx: requests have already completed\n", d->device.base_addr);
    pump(d);
    return 0;
}

void virtio_blk_cancel(virtio_blk_device_t *blk_dev, virtio_blk_io_t *io)
{
    struct vwr_avatar_disk *const d = vwr_avatar_disk_of(blk_dev);

    if (d == NULL || io == NULL || !io->busy)
        return;
    for (virtio_blk_io_t **at = &d->first; *at != NULL; at = &(*at)->next)
        if (*at == io) {
            *at = io->next;
            break;
        }
    for (uint32_t i = 0; i < VIRTIO_REQUESTS; i++)
        if (d->slot[i].busy && d->slot[i].io == io) {
            d->slot[i].io = NULL;
            d->cancelled++;
        }
    io->busy = false;
}
