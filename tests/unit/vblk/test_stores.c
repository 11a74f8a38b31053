/* SPDX-License-Identifier: MIT */
#include "vwr_posix_disk.h"

#include "slow.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

/* Backends with storage: memory, and a host file. */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define SECTORS 64u
#define PAGE 4096u

static struct guest *plug(const struct kind *k, struct vwr_vblk_backend *be)
{
    struct guest *const g = &stage.guest[0];
    const struct vwr_vblk_options o = stage_options(g, be);

    stage_plug(g, k, &o);
    return g;
}

/* Reads, writes, zeroes, and reads everything back; before that, `bytes` holds the pattern of salt 0. */
static void use_it(struct guest *g, uint64_t sectors)
{
    uint8_t *const at = stage_alloc(g, SECTORS * SECTOR);

    stage_open(g, 1, 1);
    assert_int_equal(g->blk.info.sectors, sectors);
    stage_enter(g);
    assert_int_equal(vwr_blk_read(&g->blk, 0, at, (uint32_t)sectors), VWR_OK);
    stage_has_pattern(at, 0, sectors * SECTOR, 0);
    stage_pattern(at, 0, sectors * SECTOR, 1);
    assert_int_equal(vwr_blk_write(&g->blk, 1, at + SECTOR, (uint32_t)sectors - 2), VWR_OK);
    assert_int_equal(vwr_blk_flush(&g->blk), VWR_OK);
    assert_int_equal(vwr_blk_do_ranges(&g->blk, VWR_BLK_T_WRITE_ZEROES, 5, 3, false), VWR_OK);
    assert_int_equal(vwr_blk_do_ranges(&g->blk, VWR_BLK_T_WRITE_ZEROES, 9, 1, true), VWR_OK);
    assert_int_equal(vwr_blk_read(&g->blk, sectors, at, 1), VWR_ERANGE);
    memset(at, 0x11, SECTORS * SECTOR);
    assert_int_equal(vwr_blk_read(&g->blk, 0, at, (uint32_t)sectors), VWR_OK);
    stage_leave();
}

/* Contents after use_it. */
static void has_been_used(const uint8_t *at, uint64_t sectors)
{
    stage_has_pattern(at, 0, SECTOR, 0);
    stage_has_pattern(at + SECTOR, 1, 4 * SECTOR, 1);
    assert_true(stage_all(at + 5 * SECTOR, 0, 3 * SECTOR));
    stage_has_pattern(at + 8 * SECTOR, 8, SECTOR, 1);
    assert_true(stage_all(at + 9 * SECTOR, 0, SECTOR));
    stage_has_pattern(at + 10 * SECTOR, 10, (sectors - 11) * SECTOR, 1);
    stage_has_pattern(at + (sectors - 1) * SECTOR, sectors - 1, SECTOR, 0);
}

/* ---- memory ---- */

static uint8_t memory[SECTORS * SECTOR + 100];

static void in_memory(const struct kind *k)
{
    struct vwr_vblk_memory m;

    memset(memory, STAGE_POISON, sizeof(memory));
    stage_pattern(memory, 0, SECTORS * SECTOR, 0);
    vwr_vblk_memory_init(&m, memory, sizeof(memory), false, NULL);
    assert_int_equal(m.backend.sectors, SECTORS); /* without the 100 bytes behind them */
    use_it(plug(k, &m.backend), SECTORS);
    has_been_used(memory, SECTORS);
    assert_true(stage_all(memory + SECTORS * SECTOR, STAGE_POISON, 100));
}

static void in_read_only_memory(const struct kind *k)
{
    struct vwr_vblk_memory m;
    struct guest *g;
    uint8_t *at;

    stage_pattern(memory, 0, SECTORS * SECTOR, 0);
    vwr_vblk_memory_init(&m, memory, SECTORS * SECTOR, true, NULL);
    g = plug(k, &m.backend);
    at = stage_alloc(g, SECTOR);
    stage_open(g, 1, 1);
    stage_enter(g);
    assert_int_equal(vwr_blk_read(&g->blk, 3, at, 1), VWR_OK);
    assert_int_equal(vwr_blk_write(&g->blk, 3, at, 1), VWR_EROFS);
    assert_int_equal(vwr_blk_do_ranges(&g->blk, VWR_BLK_T_WRITE_ZEROES, 3, 1, false), VWR_EUNSUPP);
    stage_leave();
    stage_has_pattern(at, 3, SECTOR, 0);
}

/* Memory whose owner writes it back for a FLUSH. */
struct kept {
    struct vwr_vblk_memory memory;
    unsigned flushes;
    int result;
};

static int write_back(struct vwr_vblk_memory *m)
{
    struct kept *const k = m->backend.context;

    k->flushes++;
    return k->result;
}

static void in_kept_memory(const struct kind *kind)
{
    struct kept k = {.result = VWR_OK};
    struct guest *g;

    vwr_vblk_memory_init(&k.memory, memory, SECTORS * SECTOR, false, write_back);
    k.memory.backend.context = &k;
    g = plug(kind, &k.memory.backend);
    stage_open(g, 1, 1);
    stage_enter(g);
    assert_int_equal(vwr_blk_flush(&g->blk), VWR_OK);
    k.result = VWR_EIO;
    assert_int_equal(vwr_blk_flush(&g->blk), VWR_EIO);
    stage_leave();
    assert_int_equal(k.flushes, 2);
}

/* ---- a file ---- */

static char path[64];

static int make_file(size_t bytes)
{
    static uint8_t content[SECTORS * SECTOR];
    int fd;

    strcpy(path, "vblk_posix_XXXXXX");
    fd = mkstemp(path);
    assert_true(fd >= 0);
    stage_pattern(content, 0, sizeof(content), 0);
    assert_int_equal(pwrite(fd, content, bytes, 0), bytes);
    return fd;
}

static void in_a_file(const struct kind *k)
{
    static uint8_t content[SECTORS * SECTOR];
    struct vwr_posix_disk d;
    const int fd = make_file(SECTORS * SECTOR);

    assert_int_equal(ftruncate(fd, SECTORS * SECTOR + 100), 0);
    assert_int_equal(vwr_posix_disk_open(&d, path, false), VWR_OK);
    use_it(plug(k, &d.backend), SECTORS);
    vwr_posix_disk_close(&d);
    assert_int_equal(pread(fd, content, sizeof(content), 0), sizeof(content));
    has_been_used(content, SECTORS);
    assert_int_equal(lseek(fd, 0, SEEK_END), SECTORS * SECTOR + 100);
    close(fd);
    unlink(path);
}

/* A sector in two segments, the first of a single byte. A request that was not offered. */
static void in_small_parts(const struct kind *k)
{
    struct vwr_vblk_req erase = {.type = VWR_BLK_T_SECURE_ERASE};
    const int fd = make_file(SECTORS * SECTOR);
    struct segments p = {.out = 0};
    struct vwr_posix_disk d;
    uint8_t content[SECTOR];
    struct guest *g;
    uint8_t *at;
    uint8_t *status;

    assert_int_equal(vwr_posix_disk_use(&d, fd, false), VWR_OK);
    g = plug(k, &d.backend);
    at = stage_alloc(g, SECTOR);
    status = stage_alloc(g, 1);
    stage_take_queue(g);
    stage_pattern(at, 3, SECTOR, 1);
    stage_segment(g, &p, stage_header(g, VWR_BLK_T_OUT, 3), 16, false);
    stage_segment(g, &p, at, 1, false);
    stage_segment(g, &p, at + 1, SECTOR - 1, false);
    stage_segment(g, &p, status, 1, true);
    assert_int_equal(stage_send(g, &p), 1);
    assert_int_equal(*status, VWR_BLK_S_OK);
    assert_int_equal(pread(fd, content, SECTOR, 3 * SECTOR), SECTOR);
    stage_has_pattern(content, 3, SECTOR, 1);
    assert_int_equal(d.backend.ops->submit(&d.backend, &erase), VWR_EUNSUPP);
    vwr_posix_disk_close(&d);
    close(fd);
    unlink(path);
}

static void discarded(const struct kind *k)
{
    struct vwr_posix_disk d;
    const int fd = make_file(SECTORS * SECTOR);
    struct guest *g;
    uint8_t *at;

    assert_int_equal(vwr_posix_disk_use(&d, fd, false), VWR_OK);
    g = plug(k, &d.backend);
    at = stage_alloc(g, 16 * SECTOR);
    stage_open(g, 1, 1);
    stage_enter(g);
    assert_int_equal(vwr_blk_do_ranges(&g->blk, VWR_BLK_T_DISCARD, 8, 8, false),
                     d.backend.discard ? VWR_OK : VWR_EUNSUPP);
    assert_int_equal(vwr_blk_read(&g->blk, 0, at, 8), VWR_OK);
    stage_leave();
    stage_has_pattern(at, 0, 8 * SECTOR, 0);
    vwr_posix_disk_close(&d);
    assert_int_equal(lseek(fd, 0, SEEK_END), SECTORS * SECTOR); /* the caller closes it */
    close(fd);
    unlink(path);
}

/* The file has become shorter: the read reports the bytes that exist, and the rest of the buffer is
 * unchanged. */
static void file_that_shrinks(const struct kind *k)
{
    struct vwr_posix_disk d;
    const int fd = make_file(SECTORS * SECTOR);
    struct guest *g;
    struct segments p = {.out = 0};
    uint8_t *at;
    uint8_t *status;

    assert_int_equal(vwr_posix_disk_open(&d, path, false), VWR_OK);
    g = plug(k, &d.backend);
    at = stage_alloc(g, 4 * SECTOR);
    status = stage_alloc(g, 1);
    stage_take_queue(g);
    assert_int_equal(ftruncate(fd, 10 * SECTOR + 77), 0);
    stage_segment(g, &p, stage_header(g, VWR_BLK_T_IN, 9), 16, false);
    stage_segment(g, &p, at, SECTOR + 50, true);
    stage_segment(g, &p, at + SECTOR + 50, 3 * SECTOR - 50, true);
    stage_segment(g, &p, status, 1, true);
    assert_int_equal(stage_send(g, &p), SECTOR + 77);
    assert_int_equal(*status, VWR_BLK_S_IOERR);
    assert_int_equal(d.errors, 1);
    assert_int_equal(d.last, 0);
    stage_has_pattern(at, 9, SECTOR, 0);
    assert_true(stage_all(at + SECTOR + 77, STAGE_POISON, 3 * SECTOR - 77));
    assert_int_equal(vwr_posix_disk_look(&d), VWR_OK);
    assert_int_equal(d.backend.sectors, 10);
    assert_int_equal(vwr_vblk_resize(&g->disk, 10), VWR_OK);
    vwr_posix_disk_close(&d);
    close(fd);
    unlink(path);
}

static void no_space(const struct kind *k)
{
    struct vwr_posix_disk d;
    const int fd = open("/dev/full", O_RDWR);
    struct guest *g;
    uint8_t *at;

    if (fd < 0)
        return; /* no such device here */
    assert_int_equal(vwr_posix_disk_use(&d, fd, false), VWR_OK);
    d.backend.sectors = SECTORS;
    g = plug(k, &d.backend);
    at = stage_alloc(g, SECTOR);
    stage_open(g, 1, 1);
    stage_enter(g);
    assert_int_equal(vwr_blk_write(&g->blk, 3, at, 1), VWR_EIO);
    assert_int_equal(d.last, ENOSPC);
    assert_int_equal(vwr_blk_do_ranges(&g->blk, VWR_BLK_T_WRITE_ZEROES, 3, 1, false), VWR_EIO);
    assert_int_equal(vwr_blk_read(&g->blk, 3, at, 1), VWR_OK); /* and the disk stays usable */
    stage_leave();
    assert_int_equal(d.errors, 2);
    close(fd);
}

/* Memory of a request is gone: an I/O error, and the disk stays usable. */
static void memory_is_gone(const struct kind *k)
{
    struct vwr_posix_disk d;
    const int fd = make_file(SECTORS * SECTOR);
    struct guest *g;
    uint8_t *at;

    assert_int_equal(vwr_posix_disk_use(&d, fd, false), VWR_OK);
    g = plug(k, &d.backend);
    at = stage_alloc(g, PAGE);
    assert_int_equal((uintptr_t)at % PAGE, 0);
    stage_open(g, 1, 1);
    stage_enter(g);
    assert_int_equal(mprotect(at, PAGE, PROT_NONE), 0);
    assert_int_equal(vwr_blk_read(&g->blk, 3, at, 1), VWR_EIO);
    assert_int_equal(d.last, EFAULT);
    d.last = 0;
    assert_int_equal(vwr_blk_write(&g->blk, 3, at, 1), VWR_EIO);
    assert_int_equal(d.last, EFAULT);
    assert_int_equal(mprotect(at, PAGE, PROT_READ | PROT_WRITE), 0);
    assert_int_equal(vwr_blk_read(&g->blk, 3, at, 1), VWR_OK);
    stage_leave();
    stage_has_pattern(at, 3, SECTOR, 0);
    assert_int_equal(d.errors, 2);
    vwr_posix_disk_close(&d);
    close(fd);
    unlink(path);
}

/* A file that has become shorter and cannot grow again: the guest gets an I/O error, and no signal ends
 * the VMM. */
static void size_limit(const struct kind *k)
{
    struct vwr_posix_disk d;
    const int fd = make_file(SECTORS * SECTOR);
    struct rlimit before;
    struct rlimit limit;
    struct guest *g;
    sigset_t set;
    uint8_t *at;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(vwr_posix_disk_use(&d, fd, false), VWR_OK);
    g = plug(k, &d.backend);
    at = stage_alloc(g, 4 * SECTOR);
    stage_open(g, 1, 1);
    limit = before;
    limit.rlim_cur = 10 * SECTOR;
    assert_int_equal(ftruncate(fd, 8 * SECTOR), 0);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    stage_enter(g);
    assert_int_equal(vwr_blk_write(&g->blk, 9, at, 4), VWR_EIO);
    assert_int_equal(vwr_blk_do_ranges(&g->blk, VWR_BLK_T_WRITE_ZEROES, 20, 1, false), VWR_EIO);
    assert_int_equal(vwr_blk_write(&g->blk, 8, at, 2), VWR_OK);
    stage_leave();
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(d.errors, 2);
    assert_int_equal(d.last, EFBIG);
    assert_int_equal(sigpending(&set), 0);
    assert_int_equal(sigismember(&set, SIGXFSZ), 0);
    vwr_posix_disk_close(&d);
    close(fd);
    unlink(path);
}

static void file_that_is_not_there(const struct kind *k)
{
    struct vwr_posix_disk d;
    int ends[2];

    (void)k;
    assert_int_equal(vwr_posix_disk_open(&d, "no/such/file", true), VWR_ENODEV);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(vwr_posix_disk_use(&d, ends[0], true), VWR_ENODEV);
    close(ends[0]);
    close(ends[1]);
}

static const struct stage_row rows[] = {
#define ROW(name)   \
    {               \
#name, name \
    }
    ROW(in_memory),      ROW(in_read_only_memory), ROW(in_kept_memory),         ROW(in_a_file),
    ROW(in_small_parts), ROW(discarded),           ROW(file_that_shrinks),      ROW(no_space),
    ROW(memory_is_gone), ROW(size_limit),          ROW(file_that_is_not_there),
};

int main(void)
{
    return stage_run("stores", rows, sizeof(rows) / sizeof(rows[0]));
}
