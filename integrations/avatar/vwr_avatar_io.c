/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "vwr_avatar.h"
#include "io.h"
#include "lib/avatar_string.h"

/*
 * Blocking transfers: allocate buffers from the pool, build a request, submit it and wait for it.
 *
 *   The request completes: the buffers are freed.
 *   The caller's timeout expires: it returns -1; the device keeps the request and its buffers (d->late) until
 *   the next transfer finds it completed. If that transfer is the same, it uses the result (d->kept).
 *
 * A device that takes longer than VIRTIO_GIVE_UP_US, or needs a reset, is reset, and the request is resent
 * with the same buffers.
 */

static uint32_t timeout_us = VIRTIO_TIMEOUT_US;

void avatar_virtio_block_set_timeouts(uint32_t wait_us, uint32_t give_up_us)
{
    timeout_us = wait_us;
    for (uint32_t i = 0; i < VIRTIO_MAX_DEVICES; i++)
        if (vwr_avatar_disk_at(i) != NULL)
            vwr_avatar_disk_at(i)->blk.options.request.timeout_us = give_up_us;
}

/* Performs one step of recovery. VWR_EFAILED: recovery has failed. */
static int recover(struct vwr_avatar_disk *d)
{
    const int r = vwr_recover(&d->blk.bringup);

    if (r == VWR_OK) {
        d->stats.resets++;
        vwr_avatar_describe(d);
        logger_warn("VirtIO block at 0x%llx: reset and running again\n", d->device.base_addr);
    } else if (r == VWR_EFAILED) {
        d->dead = true;
    }
    return r;
}

#define ANSWERS 8 /* maximum per reap */

/* Reaps completed requests. Negative: the queue is stopped. */
static int reap(struct vwr_avatar_disk *d)
{
    struct vwr_blk_req *done[ANSWERS];
    const int n = vwr_blk_reap(vwr_blk_get_requestq(&d->blk, 0), done, ANSWERS);

    for (int i = 0; i < n; i++)
        if (done[i] == &d->sync.request)
            d->sync.busy = false;
        else
            vwr_avatar_answered(d, (struct vwr_avatar_slot *)(void *)done[i]); /* the first member */
    return n;
}

int vwr_avatar_step(struct vwr_avatar_disk *d)
{
    const int n = reap(d);

    if (n >= 0)
        return n;
    if (recover(d) != VWR_EFAILED)
        return 0;
    while (reap(d) > 0) /* an acknowledged reset still returns all requests */
        ;
    return VWR_EFAILED;
}

/* Waits for the request and returns its result. VWR_EBUSY: timeout; the request is still in flight. */
static int wait(struct vwr_avatar_disk *d)
{
    const uint64_t from = vwr_port_time_us();
    bool more = true;

    for (;;) {
        const int n = vwr_avatar_step(d);

        if (!d->sync.busy)
            return d->sync.request.req.result;
        if (n < 0)
            return n;
        if (!more)
            return VWR_EBUSY;
        vwr_avatar_pause(d);
        more = vwr_port_time_us() - from < timeout_us;
    }
}

/* Completes a late request. VWR_EBUSY: still in flight. */
static int finish_late(struct vwr_avatar_disk *d)
{
    int r;

    if (!d->late)
        return VWR_OK;
    r = wait(d);
    if (d->sync.busy)
        return d->dead ? VWR_EFAILED : VWR_EBUSY;
    d->late = false;
    d->kept = r == VWR_OK;
    if (!d->kept)
        vwr_avatar_give_buffers(&d->sync);
    if (!d->dead) {
        char words[VWR_AVATAR_WORDS];

        d->stats.late_answers++;
        logger_warn("VirtIO block at 0x%llx: late completion of a request: %s\n", d->device.base_addr,
                    vwr_avatar_result(r, NULL, words));
    }
    return VWR_OK;
}

/* Submits the request; while the queue is full, waits up to the timeout. */
static int submit(struct vwr_avatar_disk *d)
{
    const uint64_t from = vwr_port_time_us();
    int r;

    while ((r = vwr_blk_submit(vwr_blk_get_requestq(&d->blk, 0), &d->sync.request)) == VWR_EFULL &&
           vwr_port_time_us() - from < timeout_us) {
        if (vwr_avatar_step(d) < 0)
            return VWR_EFAILED;
        vwr_avatar_pause(d);
    }
    return r;
}

/*
 * Sends one request with all allocated buffers. After an error d->late indicates whether it is still in
 * flight.
 */
static int send(struct vwr_avatar_disk *d, uint32_t type, uint64_t sector)
{
    int r;

    vwr_blk_fill(&d->sync.request, type, sector, NULL, 0);
    d->sync.request.req.vecs = d->sync.part;
    d->sync.request.req.vec_count = d->sync.owned;
    r = submit(d);
    if (r != VWR_OK)
        return r;
    d->sync.busy = true;
    (void)vwr_blk_kick(vwr_blk_get_requestq(&d->blk, 0));
    r = wait(d);
    d->late = d->sync.busy;
    d->stats.late += d->late;
    return d->late ? VWR_ETIMEOUT : r;
}

/* Copies between the buffers, from byte `skip` on, and the caller's memory. */
static void copy(const struct vwr_avatar_disk *d, uint32_t skip, uint8_t *memory, size_t bytes, bool in)
{
    for (unsigned i = 0; bytes > 0; i++) {
        uint8_t *const buffer = (uint8_t *)d->sync.part[i].p + skip;
        const size_t room = d->sync.part[i].bytes - skip;
        const size_t n = bytes < room ? bytes : room;

        if (in)
            memcpy(memory, buffer, n);
        else
            memcpy(buffer, memory, n);
        memory += n;
        bytes -= n;
        skip = 0;
    }
}

/* Whether the caller's memory equals the buffers. */
static bool is_written(const struct vwr_avatar_disk *d, const uint8_t *memory)
{
    for (unsigned i = 0; i < d->sync.owned; i++) {
        if (memcmp(memory, d->sync.part[i].p, d->sync.part[i].bytes) != 0)
            return false;
        memory += d->sync.part[i].bytes;
    }
    return true;
}

static void let_go(struct vwr_avatar_disk *d)
{
    d->kept = false;
    vwr_avatar_give_buffers(&d->sync);
}

/*
 * Uses the result of a late request if the new one is the same, and frees it. Returns the number of sectors
 * completed.
 */
static uint32_t use_kept(struct vwr_avatar_disk *d, uint64_t sector, uint8_t *memory, uint32_t count,
                         bool write)
{
    const uint32_t skip = (uint32_t)(sector % d->block_sectors);
    uint32_t n = 0;

    if (d->kept && d->sync.request.type == (write ? VWR_BLK_T_OUT : VWR_BLK_T_IN) &&
        d->sync.request.sector == sector - skip) {
        n = d->sync.span - skip < count ? d->sync.span - skip : count;
        if (write && (n != d->sync.span || !is_written(d, memory)))
            n = 0;
        else if (!write)
            copy(d, skip * VIRTIO_SECTOR_SIZE, memory, (size_t)n * VIRTIO_SECTOR_SIZE, true);
    }
    let_go(d);
    return n;
}

/*
 * Transfers `count` sectors at offset `skip` of the `span` sectors in the buffers. Partial blocks are read
 * before they are written.
 */
static int move(struct vwr_avatar_disk *d, uint64_t sector, uint32_t skip, uint32_t span, uint8_t *memory,
                uint32_t count, bool write)
{
    const size_t bytes = (size_t)count * VIRTIO_SECTOR_SIZE;
    int r = VWR_OK;

    if (!write || count != span)
        r = send(d, VWR_BLK_T_IN, sector - skip);
    if (r == VWR_OK && !write)
        copy(d, skip * VIRTIO_SECTOR_SIZE, memory, bytes, true);
    if (r == VWR_OK && write) {
        copy(d, skip * VIRTIO_SECTOR_SIZE, memory, bytes, false);
        r = send(d, VWR_BLK_T_OUT, sector - skip);
    }
    if (!d->late)
        vwr_avatar_give_buffers(&d->sync);
    return r;
}

/* Transfers as much as fits the buffers. */
static int move_some(struct vwr_avatar_disk *d, uint64_t sector, uint8_t *memory, uint32_t count, bool write,
                     uint32_t *moved)
{
    const uint32_t skip = (uint32_t)(sector % d->block_sectors);
    const uint32_t most = VWR_AVATAR_SEGMENTS * VWR_AVATAR_BUFFER_SECTORS; /* keeps sums from wrapping */
    const uint32_t wanted = skip + (count < most ? count : most);
    const uint32_t span = vwr_avatar_take_buffers(
        d, &d->sync, (wanted + d->block_sectors - 1) / d->block_sectors * d->block_sectors);

    if (span == 0)
        return VWR_EFULL;
    *moved = span - skip < count ? span - skip : count;
    return move(d, sector, skip, span, memory, *moved, write);
}

int vwr_avatar_check(const struct vwr_avatar_disk *d, uint64_t sector, uint64_t count, bool write)
{
    if (count == 0)
        return VWR_EINVAL;
    if (sector > d->device.capacity || count > d->device.capacity - sector)
        return VWR_ERANGE;
    return write && d->device.read_only ? VWR_EROFS : VWR_OK;
}

const char vwr_avatar_flushing[] = "flush";

static const char *reason(const struct vwr_avatar_disk *d, int r, char words[VWR_AVATAR_WORDS])
{
    switch (r) {
    case VWR_EBUSY:
        return "an earlier request has not completed";
    case VWR_EFULL:
        return "all buffers are in use: see VIRTIO_BUFFER_POOL_SIZE";
    case VWR_ETIMEOUT:
        (void)my_snprintf(words, VWR_AVATAR_WORDS, "no answer in %u us; the device keeps its buffers",
                          timeout_us);
        return words;
    default:
        return vwr_avatar_reason(d, r, words);
    }
}

#define PLACE_BYTES 96 /* three numbers of 20 digits, and text */

int vwr_avatar_fail(struct vwr_avatar_disk *d, const char *doing, uint64_t sector, uint64_t count,
                    uint64_t at, int result)
{
    char words[VWR_AVATAR_WORDS];
    char place[PLACE_BYTES];

    (void)my_snprintf(place, PLACE_BYTES,
                      at == sector ? " sector %llu count %llu" : " sector %llu count %llu, at sector %llu",
                      sector, count, at);
    d->stats.errors++;
    logger_error("VirtIO block at 0x%llx: %s%s: %s\n", d->device.base_addr, doing,
                 doing == vwr_avatar_flushing ? "" : place, reason(d, result, words));
    return -1;
}

/* Serializes blocking calls on a disk. Waits only if the other call can proceed meanwhile. */
static int take_disk(struct vwr_avatar_disk *d)
{
    const uint64_t from = vwr_port_time_us();

    while (d->taken) {
        if (!vwr_avatar_may_sleep() || vwr_port_time_us() - from >= timeout_us)
            return VWR_EBUSY;
        vwr_avatar_pause(d);
    }
    d->taken = true;
    return VWR_OK;
}

static void leave_disk(struct vwr_avatar_disk *d)
{
    d->taken = false;
    vwr_avatar_wake();
}

/* The caller holds the disk. *at is the sector reached. */
static int transfer(struct vwr_avatar_disk *d, uint64_t *at, uint8_t *memory, uint32_t left, bool write)
{
    uint32_t n = 0;
    int r = finish_late(d);

    if (r == VWR_OK)
        n = use_kept(d, *at, memory, left, write);
    while (r == VWR_OK && left > 0) {
        if (n == 0)
            r = move_some(d, *at, memory, left, write, &n);
        if (r != VWR_OK)
            break;
        *at += n;
        memory += (size_t)n * VIRTIO_SECTOR_SIZE;
        left -= n;
        n = 0;
    }
    return r;
}

int vwr_avatar_transfer(struct vwr_avatar_disk *d, uint64_t sector, uint8_t *memory, uint32_t count,
                        bool write)
{
    const char *const doing = write ? "write" : "read";
    uint64_t at = sector;
    int r = memory == NULL ? VWR_EINVAL : vwr_avatar_check(d, sector, count, write);

    if (VIRTIO_DEBUG)
        logger_info("VirtIO block at 0x%llx: %s sector %llu count %u\n", d->device.base_addr, doing, sector,
                    count);
    if (r == VWR_OK)
        r = take_disk(d);
    if (r == VWR_OK) {
        r = transfer(d, &at, memory, count, write);
        leave_disk(d);
    }
    if (r != VWR_OK)
        return vwr_avatar_fail(d, doing, sector, count, at, r);
    *(write ? &d->stats.writes : &d->stats.reads) += 1;
    *(write ? &d->stats.sectors_written : &d->stats.sectors_read) += count;
    return 0;
}

/* The disk is taken. */
static int flush_it(struct vwr_avatar_disk *d)
{
    bool done;
    const int r = finish_late(d);

    if (r != VWR_OK)
        return r;
    done = d->kept && d->sync.request.type == VWR_BLK_T_FLUSH;
    let_go(d);
    return done || !vwr_dev_has(d->blk.bringup.dev, VWR_BLK_F_FLUSH) ? VWR_OK : send(d, VWR_BLK_T_FLUSH, 0);
}

int vwr_avatar_flush(struct vwr_avatar_disk *d)
{
    int r = take_disk(d);

    if (r == VWR_OK) {
        r = flush_it(d);
        leave_disk(d);
    }
    return r == VWR_OK ? 0 : vwr_avatar_fail(d, vwr_avatar_flushing, 0, 0, 0, r);
}
