/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/*
 * The same as the image, as a program of a Linux guest: reads the same sectors of the disk, bypassing the
 * page cache. One by one with pread; batches with io_submit, waiting for each batch to complete before the
 * next. Each of several readers is a process with separate sectors and BATCHES batches.
 *
 *     reader DEPTH BYTES BATCHES [READERS] SECTORS
 *
 * In the environment: vwr_disk, another disk than /dev/vda; vwr_null: the disk stores nothing, and the data
 * are not checked.
 */

#define SECTOR_BYTES 512u
#define STRIDE 5u /* as in guest.h */
#define STAMP_BYTES 4096u
#define DEPTH_MAX 256u
#define READERS_MAX 64u
#define NANOSECONDS 1000000000ull

struct run {
    unsigned depth;
    unsigned bytes;
    uint64_t batches;
    uint64_t first; /* first batch */
    unsigned readers;
    uint64_t mask; /* number of sectors - 1 */
};

static int disk;
static uint8_t *buffers;
static aio_context_t context;
static struct iocb control[DEPTH_MAX];
static struct io_event event[DEPTH_MAX];

static _Noreturn void fail(const char *what)
{
    printf("guest: FAILED: reader: %s%s%s\n", what, errno != 0 ? ": " : "",
           errno != 0 ? strerror(errno) : "");
    exit(1);
}

static uint64_t offset_of(const struct run *r, uint64_t n)
{
    return (n * STRIDE * (r->bytes / SECTOR_BYTES) & r->mask) * SECTOR_BYTES;
}

static void read_batch(const struct run *r, uint64_t first)
{
    struct iocb *list[DEPTH_MAX];

    for (unsigned i = 0; i < r->depth; i++) {
        control[i].aio_offset = (int64_t)offset_of(r, first + i);
        list[i] = &control[i];
    }
    if (syscall(SYS_io_submit, context, (long)r->depth, list) != (long)r->depth)
        fail("io_submit");
    if (syscall(SYS_io_getevents, context, (long)r->depth, (long)r->depth, event, NULL) != (long)r->depth)
        fail("io_getevents");
    for (unsigned i = 0; i < r->depth; i++)
        if (event[i].res != (int64_t)r->bytes)
            fail("a read is not whole");
}

static void read_all(const struct run *r)
{
    for (uint64_t batch = r->first; batch < r->first + r->batches; batch++) {
        if (r->depth > 1)
            read_batch(r, batch * r->depth);
        else if (pread(disk, buffers, r->bytes, (off_t)offset_of(r, batch)) != (ssize_t)r->bytes)
            fail("pread");
    }
}

static void prepare(const struct run *r)
{
    const char *const path = getenv("vwr_disk");

    disk = open(path != NULL ? path : "/dev/vda", O_RDONLY | O_DIRECT);
    if (disk < 0)
        fail("the disk");
    if (posix_memalign((void **)&buffers, STAMP_BYTES, (size_t)r->depth * r->bytes) != 0)
        fail("memory");
    memset(buffers, 1, (size_t)r->depth * r->bytes); /* maps the pages before the measurement */
    if (syscall(SYS_io_setup, (long)DEPTH_MAX, &context) != 0)
        fail("io_setup");
    for (unsigned i = 0; i < r->depth; i++)
        control[i] = (struct iocb){.aio_lio_opcode = IOCB_CMD_PREAD,
                                   .aio_fildes = (uint32_t)disk,
                                   .aio_buf = (uintptr_t)(buffers + (size_t)i * r->bytes),
                                   .aio_nbytes = r->bytes};
}

/* Checks the last batch, which is still in the buffers: each block of the disk begins with its number. */
static void check_buffers(const struct run *r)
{
    for (unsigned i = 0; i < r->depth; i++)
        for (unsigned at = 0; at < r->bytes; at += STAMP_BYTES) {
            const uint64_t where = offset_of(r, (r->first + r->batches - 1) * r->depth + i) + at;
            uint64_t stamp;

            memcpy(&stamp, buffers + (size_t)i * r->bytes + at, sizeof(stamp));
            if (stamp != where / STAMP_BYTES)
                fail("data read is not what the disk has");
        }
}

/* Number of interrupts of virtio devices; the disk is the only one. */
static uint64_t interrupts(void)
{
    FILE *file = fopen("/proc/interrupts", "r");
    char line[256];
    uint64_t sum = 0;

    if (file == NULL)
        fail("/proc/interrupts");
    while (fgets(line, sizeof(line), file) != NULL)
        if (strstr(line, "virtio") != NULL && strchr(line, ':') != NULL)
            sum += strtoull(strchr(line, ':') + 1, NULL, 10);
    (void)fclose(file);
    return sum;
}

static uint64_t now(void)
{
    struct timespec t;

    if (clock_gettime(CLOCK_MONOTONIC, &t) != 0)
        fail("clock");
    return (uint64_t)t.tv_sec * NANOSECONDS + (uint64_t)t.tv_nsec;
}

/* Prints a line and waits until it is on the console: exits.py searches for it in QEMU's trace. */
static void mark(const char *word)
{
    printf("guest: %s\n", word);
    (void)fflush(stdout);
    (void)tcdrain(STDOUT_FILENO);
}

static void parse(struct run *r, int argc, char **argv)
{
    if (argc != 5 && argc != 6)
        fail("usage: reader DEPTH BYTES BATCHES [READERS] SECTORS");
    r->depth = (unsigned)strtoul(argv[1], NULL, 10);
    r->bytes = (unsigned)strtoul(argv[2], NULL, 10);
    r->batches = strtoull(argv[3], NULL, 10);
    r->readers = argc == 6 ? (unsigned)strtoul(argv[4], NULL, 10) : 1;
    r->mask = strtoull(argv[argc - 1], NULL, 10) - 1;
    r->first = 0;
    if (r->depth == 0 || r->depth > DEPTH_MAX || r->bytes % STAMP_BYTES != 0 || r->batches == 0 ||
        r->readers == 0 || r->readers > READERS_MAX)
        fail("that makes no sense");
}

/* One of several readers: reports that it is ready, and reads when `go` is closed. */
static _Noreturn void be_reader(const struct run *r, int ready, int go)
{
    char byte = 0;

    prepare(r);
    if (write(ready, &byte, 1) != 1 || read(go, &byte, 1) != 0)
        fail("pipe");
    read_all(r);
    if (getenv("vwr_null") == NULL)
        check_buffers(r);
    _exit(0);
}

/* Returns the file descriptor whose close starts all readers. */
static int start_readers(struct run r)
{
    int ready[2];
    int go[2];
    char byte;

    if (pipe(ready) != 0 || pipe(go) != 0)
        fail("pipe");
    for (unsigned i = 0; i < r.readers; i++, r.first += r.batches) {
        const pid_t child = fork();

        if (child < 0)
            fail("fork");
        if (child == 0) {
            (void)close(go[1]);
            be_reader(&r, ready[1], go[0]);
        }
    }
    for (unsigned i = 0; i < r.readers; i++)
        if (read(ready[0], &byte, 1) != 1)
            fail("pipe");
    return go[1];
}

static void read_by_all(const struct run *r, int go)
{
    int status;

    (void)close(go);
    for (unsigned i = 0; i < r->readers; i++)
        if (wait(&status) < 0 || status != 0)
            fail("one of the readers failed");
}

int main(int argc, char **argv)
{
    struct run r;
    uint64_t ticks;
    uint64_t before;
    uint64_t after;
    int go = -1;

    parse(&r, argc, argv);
    if (r.readers > 1)
        go = start_readers(r);
    else
        prepare(&r);
    mark("begin");
    before = interrupts();
    ticks = now();
    if (r.readers > 1)
        read_by_all(&r, go);
    else
        read_all(&r);
    ticks = now() - ticks;
    after = interrupts();
    mark("end");
    errno = 0;
    if (r.readers == 1 && getenv("vwr_null") == NULL)
        check_buffers(&r);
    printf("guest: linux requests=%llu ticks=%llu hertz=%llu depth=%u bytes=%u interrupts=%llu\n",
           (unsigned long long)(r.batches * r.depth * r.readers), (unsigned long long)ticks, NANOSECONDS,
           r.depth, r.bytes, (unsigned long long)(after - before));
    return 0;
}
