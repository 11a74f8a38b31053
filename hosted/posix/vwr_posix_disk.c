/* SPDX-License-Identifier: MIT */
#include "posix_host.h"

#include "vwr_posix_disk.h"
#include "posix_size_limit.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define ZEROES_BYTES 65536u
#define ZERO_SECTORS 65536u /* maximum of a WRITE_ZEROES range */

#ifdef FALLOC_FL_PUNCH_HOLE
#define CAN_PUNCH 1
#else
#define CAN_PUNCH 0
#endif

static struct vwr_posix_disk *disk_of(struct vwr_vblk_backend *be)
{
    return (struct vwr_posix_disk *)(void *)be; /* the first member */
}

static int failed(struct vwr_posix_disk *d, int why)
{
    d->errors++;
    d->last = why;
    return VWR_EIO;
}

/* Reads [at, at + bytes), up to the end of the file; *done: number of bytes read. Returns 0 or errno. */
static int read_all(int fd, uint8_t *at, size_t bytes, uint64_t offset, size_t *done)
{
    for (*done = 0; *done < bytes;) {
        const ssize_t n = pread(fd, at + *done, bytes - *done, (off_t)(offset + *done));

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n < 0 ? errno : 0;
        *done += (size_t)n;
    }
    return 0;
}

static int write_all(int fd, const uint8_t *at, size_t bytes, uint64_t offset)
{
    struct posix_size_limit limit;
    int why = 0;

    posix_size_limit_begin(&limit);
    while (bytes > 0) {
        const ssize_t n = pwrite(fd, at, bytes, (off_t)offset);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            why = n < 0 ? errno : ENOSPC;
            break;
        }
        at += n;
        offset += (uint64_t)n;
        bytes -= (size_t)n;
    }
    posix_size_limit_end(&limit, why != 0);
    return why;
}

static int read_segments(struct vwr_posix_disk *d, struct vwr_vblk_req *r)
{
    const uint64_t offset = r->sector * VWR_BLK_SECTOR_BYTES;
    uint32_t read = 0;

    for (unsigned i = 0; i < r->segs; i++) {
        size_t done;
        const int why = read_all(d->fd, r->seg[i].at, r->seg[i].len, offset + read, &done);

        read += (uint32_t)done;
        if (done < r->seg[i].len) {
            r->read = read; /* 0 otherwise: a request in parts is submitted again */
            return failed(d, why);
        }
    }
    return VWR_OK;
}

static int write_segments(struct vwr_posix_disk *d, const struct vwr_vblk_req *r)
{
    uint64_t offset = r->sector * VWR_BLK_SECTOR_BYTES;

    for (unsigned i = 0; i < r->segs; i++) {
        const int why = write_all(d->fd, r->seg[i].at, r->seg[i].len, offset);

        if (why != 0)
            return failed(d, why);
        offset += r->seg[i].len;
    }
    return VWR_OK;
}

/* Deallocates a range, which then reads as zeroes. Returns 0 or errno. */
static int punch(int fd, uint64_t offset, uint64_t bytes)
{
#if CAN_PUNCH
    while (fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)offset, (off_t)bytes) != 0)
        if (errno != EINTR)
            return errno;
    return 0;
#else
    (void)fd;
    (void)offset;
    (void)bytes;
    return EOPNOTSUPP;
#endif
}

static int write_zeroes(int fd, uint64_t offset, uint64_t bytes)
{
    static const uint8_t zeroes[ZEROES_BYTES];
    int why = 0;

    while (bytes > 0 && why == 0) {
        const size_t n = bytes < sizeof(zeroes) ? (size_t)bytes : sizeof(zeroes);

        why = write_all(fd, zeroes, n, offset);
        offset += n;
        bytes -= n;
    }
    return why;
}

/* Deallocation is best effort: it is not an error if the file system does not support it. */
static int change_ranges(struct vwr_posix_disk *d, const struct vwr_vblk_req *r)
{
    const bool discard = r->type == VWR_BLK_T_DISCARD;
    int why = 0;

    for (unsigned i = 0; i < r->ranges && why == 0; i++) {
        const uint64_t offset = r->range[i].sector * VWR_BLK_SECTOR_BYTES;
        const uint64_t bytes = (uint64_t)r->range[i].sectors * VWR_BLK_SECTOR_BYTES;

        why = discard || r->range[i].unmap ? punch(d->fd, offset, bytes) : EOPNOTSUPP;
        if (why == EOPNOTSUPP)
            why = discard ? 0 : write_zeroes(d->fd, offset, bytes);
    }
    return why == 0 ? VWR_OK : failed(d, why);
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    struct vwr_posix_disk *const d = disk_of(be);

    switch (r->type) {
    case VWR_BLK_T_IN:
        return read_segments(d, r);
    case VWR_BLK_T_OUT:
        return write_segments(d, r);
    case VWR_BLK_T_FLUSH:
        return fdatasync(d->fd) == 0 ? VWR_OK : failed(d, errno);
    case VWR_BLK_T_DISCARD:
    case VWR_BLK_T_WRITE_ZEROES:
        return change_ranges(d, r);
    default: /* secure erase is not offered: a file system may keep other copies of the data */
        return VWR_EUNSUPP;
    }
}

static const struct vwr_vblk_backend_ops posix_ops = {.submit = submit};

int vwr_posix_disk_look(struct vwr_posix_disk *d)
{
    const off_t bytes = lseek(d->fd, 0, SEEK_END); /* fstat reports 0 for a block device */

    if (bytes < 0)
        return VWR_ENODEV;
    d->backend.sectors = (uint64_t)bytes / VWR_BLK_SECTOR_BYTES;
    return VWR_OK;
}

int vwr_posix_disk_use(struct vwr_posix_disk *d, int fd, bool read_only)
{
    memset(d, 0, sizeof(*d));
    d->fd = fd;
    d->backend.ops = &posix_ops;
    d->backend.block_bytes = VWR_BLK_SECTOR_BYTES;
    d->backend.bytes_max = VWR_VDEV_BUDGET_BYTES;
    d->backend.read_only = read_only;
    d->backend.flush = !read_only;
    d->backend.discard = !read_only && CAN_PUNCH;
    d->backend.write_zeroes = !read_only;
    d->backend.write_zeroes_sectors = ZERO_SECTORS;
    d->backend.unmap = CAN_PUNCH;
    return vwr_posix_disk_look(d);
}

int vwr_posix_disk_open(struct vwr_posix_disk *d, const char *path, bool read_only)
{
    const int fd = open(path, (read_only ? O_RDONLY : O_RDWR) | O_CLOEXEC);

    if (fd < 0)
        return VWR_ENODEV;
    if (vwr_posix_disk_use(d, fd, read_only) != VWR_OK) {
        const int why = errno;

        close(fd);
        errno = why;
        return VWR_ENODEV;
    }
    d->ours = true;
    return VWR_OK;
}

void vwr_posix_disk_close(struct vwr_posix_disk *d)
{
    if (d->ours)
        close(d->fd);
    d->ours = false;
}
