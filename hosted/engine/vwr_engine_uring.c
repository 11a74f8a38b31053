/* SPDX-License-Identifier: MIT */
#include "engine_common.h"

#include "vwr_engine_uring.h"

#include <errno.h>
#include <fcntl.h>
#include <liburing.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define ZEROES_BYTES 65536u

struct uring_slot {
    struct vwr_engine_slot slot; /* first */
    uint16_t range;              /* index of the current range */
    bool zeroes;                 /* write zeroes, because the file system has no fallocate */
    uint64_t left;               /* size of the zeroes in bytes */
};

static const uint8_t uring_zeroes[ZEROES_BYTES];

static struct vwr_engine_uring *uring_of(struct vwr_engine *e)
{
    return (struct vwr_engine_uring *)(void *)e;
}

/* Each slot needs at most one entry and one cancellation, and the ring has space for both. */
static struct io_uring_sqe *entry(struct vwr_engine_uring *u)
{
    struct io_uring_sqe *sqe = io_uring_get_sqe(u->ring);

    if (sqe == NULL) {
        io_uring_submit(u->ring);
        sqe = io_uring_get_sqe(u->ring);
    }
    return sqe;
}

static void prepare_range(struct uring_slot *s, struct io_uring_sqe *sqe)
{
    const struct vwr_vblk_range *const range = &s->slot.range[s->range];
    const bool punch = s->slot.type == VWR_BLK_T_DISCARD || range->unmap;
    const uint64_t offset = engine_offset(range);

    if (s->zeroes)
        io_uring_prep_write(sqe, 0, uring_zeroes, s->left < ZEROES_BYTES ? (unsigned)s->left : ZEROES_BYTES,
                            offset + engine_bytes(range) - s->left);
    else
        io_uring_prep_fallocate(sqe, 0,
                                FALLOC_FL_KEEP_SIZE | (punch ? FALLOC_FL_PUNCH_HOLE : FALLOC_FL_ZERO_RANGE),
                                (off_t)offset, (off_t)engine_bytes(range));
}

static void prepare(struct vwr_engine_uring *u, struct uring_slot *s)
{
    struct vwr_engine_slot *const slot = &s->slot;
    struct io_uring_sqe *const sqe = entry(u);

    if (slot->type == VWR_BLK_T_IN)
        io_uring_prep_readv(sqe, 0, slot->iov + slot->at, slot->segs - slot->at, slot->offset + slot->done);
    else if (slot->type == VWR_BLK_T_OUT)
        io_uring_prep_writev(sqe, 0, slot->iov + slot->at, slot->segs - slot->at, slot->offset + slot->done);
    else if (slot->type == VWR_BLK_T_FLUSH)
        io_uring_prep_fsync(sqe, 0, IORING_FSYNC_DATASYNC);
    else
        prepare_range(s, sqe);
    sqe->flags |= IOSQE_FIXED_FILE; /* file 0 of the ring */
    io_uring_sqe_set_data(sqe, s);
}

static int start(struct vwr_engine *e, struct vwr_engine_slot *slot)
{
    struct uring_slot *const s = (struct uring_slot *)(void *)slot;

    s->range = 0;
    s->zeroes = false;
    prepare(uring_of(e), s);
    return VWR_LATER;
}

static void kick(struct vwr_engine *e)
{
    io_uring_submit(uring_of(e)->ring);
}

/* A range has completed or failed. true: there is more to do; false: *why is the result. */
static bool continue_ranges(struct uring_slot *s, int result, int *why)
{
    struct vwr_engine_slot *const slot = &s->slot;

    if (result == -EOPNOTSUPP && !s->zeroes && slot->type == VWR_BLK_T_WRITE_ZEROES) {
        s->zeroes = true;
        s->left = engine_bytes(&slot->range[s->range]);
        return true;
    }
    if (result < 0 && result != -EOPNOTSUPP) { /* a discard is a hint */
        *why = -result;
        return false;
    }
    if (s->zeroes) {
        s->left -= (uint64_t)result;
        if (s->left > 0 && result > 0)
            return true;
    }
    s->zeroes = false;
    *why = 0;
    return ++s->range < slot->ranges;
}

static bool continue_transfer(struct vwr_engine_slot *slot, int result, int *why)
{
    *why = result < 0 ? -result : 0;
    if (result < 0)
        return false;
    if (slot->done + (uint32_t)result < slot->bytes && result == 0)
        *why = slot->type == VWR_BLK_T_IN ? ENGINE_EARLY_END : ENOSPC;
    engine_moved(slot, (size_t)result);
    return *why == 0 && slot->done < slot->bytes;
}

static void completed(struct vwr_engine_uring *u, struct uring_slot *s, int result)
{
    int why = result < 0 ? -result : 0;
    bool more = false;

    if (!s->slot.forgotten) {
        if (result == -EINTR || result == -EAGAIN)
            more = true;
        else if (engine_is_transfer(&s->slot))
            more = continue_transfer(&s->slot, result, &why);
        else if (s->slot.ranges > 0)
            more = continue_ranges(s, result, &why);
    }
    if (more)
        prepare(u, s);
    else
        engine_ended(&u->engine, &s->slot, why);
}

static void reap(struct vwr_engine *e)
{
    struct vwr_engine_uring *const u = uring_of(e);
    struct io_uring_cqe *cqe;
    bool again = false;

    while (io_uring_peek_cqe(u->ring, &cqe) == 0) {
        struct uring_slot *const s = io_uring_cqe_get_data(cqe);
        const int result = cqe->res;

        io_uring_cqe_seen(u->ring, cqe);
        if (s == NULL)
            continue;
        completed(u, s, result);
        again = true;
    }
    if (again && io_uring_sq_ready(u->ring) > 0)
        io_uring_submit(u->ring);
}

static void cancel(struct vwr_engine *e, struct vwr_engine_slot *slot)
{
    struct io_uring_sqe *const sqe = entry(uring_of(e));

    io_uring_prep_cancel(sqe, slot, 0);
    io_uring_sqe_set_data(sqe, NULL);
}

static bool wait_for_any(struct vwr_engine *e, unsigned ms)
{
    struct __kernel_timespec t = {.tv_sec = ms / 1000u, .tv_nsec = (long long)(ms % 1000u) * 1000000};
    struct io_uring_cqe *cqe;

    const int r = io_uring_wait_cqe_timeout(uring_of(e)->ring, &cqe, &t);

    reap(e);
    return r == 0 || r == -EINTR;
}

static void wake(struct vwr_engine *e)
{
    struct io_uring_sqe *const sqe = entry(uring_of(e));

    io_uring_prep_nop(sqe);
    io_uring_sqe_set_data(sqe, NULL);
    io_uring_submit(uring_of(e)->ring);
}

static void end(struct vwr_engine *e)
{
    struct vwr_engine_uring *const u = uring_of(e);

    io_uring_queue_exit(u->ring);
    free(u->ring);
    close(u->file);
}

static const struct vwr_engine_kind uring_kind = {.slot_bytes = sizeof(struct uring_slot),
                                                  .start = start,
                                                  .kick = kick,
                                                  .reap = reap,
                                                  .cancel = cancel,
                                                  .wait = wait_for_any,
                                                  .wake = wake,
                                                  .close = end};

/* Reads the size of the file or block device. Returns 0 or errno. */
static int look(struct vwr_engine_uring *u)
{
    struct vwr_vblk_backend *const be = &u->engine.backend;
    const off_t bytes = lseek(u->file, 0, SEEK_END); /* fstat reports 0 for a block device */
    struct stat s;

    if (bytes < 0 || fstat(u->file, &s) != 0)
        return errno;
    if (S_ISDIR(s.st_mode))
        return EISDIR;
    be->sectors = (uint64_t)bytes / VWR_BLK_SECTOR_BYTES;
    if (be->segments_max > IOV_MAX) /* readv and writev fail with more */
        be->segments_max = IOV_MAX;
    be->flush = !be->read_only;
    be->discard = !be->read_only;
    be->write_zeroes = !be->read_only;
    be->unmap = true;
    return 0;
}

static int make_ring(struct vwr_engine_uring *u)
{
    int r;

    u->ring = calloc(1, sizeof(*u->ring));
    if (u->ring == NULL)
        return ENOMEM;
    r = io_uring_queue_init(2u * u->engine.count + 2u, u->ring, 0);
    if (r == 0) {
        r = io_uring_register_files(u->ring, &u->file, 1);
        if (r == 0)
            return 0;
        io_uring_queue_exit(u->ring);
    }
    free(u->ring);
    return -r;
}

int vwr_engine_uring_open(struct vwr_engine_uring *u, const char *path, const struct vwr_engine_options *o)
{
    const int r = engine_open(&u->engine, &uring_kind, o);
    int why;

    if (r != VWR_OK)
        return r;
    u->file = open(path, (o->read_only ? O_RDONLY : O_RDWR) | O_CLOEXEC);
    why = u->file < 0 ? errno : look(u);
    if (why == 0)
        why = make_ring(u);
    if (why == 0) {
        u->engine.fd = u->ring->ring_fd;
        return VWR_OK;
    }
    if (u->file >= 0)
        close(u->file);
    engine_free(&u->engine);
    errno = why;
    return VWR_ENODEV;
}
