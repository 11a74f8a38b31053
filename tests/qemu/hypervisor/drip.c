/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/*
 * A slow guest program: it writes a block, reads it back, sleeps for a second, and repeats. It does not sleep
 * while the disk is busy, because QEMU would let time jump forward, and the disk would miss its deadline.
 * drip SECONDS SECTORS. If time does not jump, it sleeps for a millisecond, and also while the disk is busy:
 * drip STEPS SECTORS steady
 */

#define DISK "/dev/vda"
#define BLOCK 4096u
#define SECTOR_BYTES 512u
#define STRIDE 7u
#define FLUSH_EVERY 64u
#define TELL_EVERY 10u
#define NANOSECONDS 1000000000ull
#define MILLISECOND 1000000ull

static _Alignas(BLOCK) uint64_t out[BLOCK / sizeof(uint64_t)];
static _Alignas(BLOCK) uint64_t in[BLOCK / sizeof(uint64_t)];
static uint64_t requests;
static aio_context_t context;
static bool sleeps; /* while the disk works */

static _Noreturn void fail(const char *what, uint64_t step)
{
    printf("guest: FAILED: drip: step %llu: %s: %s\n", (unsigned long long)step, what, strerror(errno));
    exit(1);
}

/* The kernel's clock. */
static uint64_t now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC_RAW, &t);
    return (uint64_t)t.tv_sec * NANOSECONDS + (uint64_t)t.tv_nsec;
}

/* The machine's counter, from which the kernel derives its clock. */
static uint64_t counter_ns(void)
{
    uint64_t ticks;
    uint64_t hertz;

    __asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(ticks)::"memory");
    __asm__ volatile("mrs %0, cntfrq_el0" : "=r"(hertz));
    return ticks / hertz * NANOSECONDS + ticks % hertz * NANOSECONDS / hertz;
}

/* Sends one request. Returns the kernel's result. */
static int64_t request(int disk, unsigned what, void *buffer, uint64_t bytes, off_t at)
{
    struct iocb control = {.aio_lio_opcode = (uint16_t)what,
                           .aio_fildes = (uint32_t)disk,
                           .aio_buf = (uintptr_t)buffer,
                           .aio_nbytes = bytes,
                           .aio_offset = at};
    struct iocb *const list[] = {&control};
    struct timespec none = {.tv_sec = 0};
    struct io_event event = {.res = -1};
    long n = syscall(SYS_io_submit, context, 1l, list);

    for (n = n == 1 ? 0 : -1; n == 0;)
        n = syscall(SYS_io_getevents, context, 0l, 1l, &event, sleeps ? NULL : &none);
    requests++;
    return n == 1 ? event.res : -1;
}

static void write_and_read(int disk, uint64_t step, uint64_t blocks)
{
    const off_t at = (off_t)(step * STRIDE % blocks * BLOCK);

    for (unsigned i = 0; i < BLOCK / sizeof(out[0]); i++)
        out[i] = step << 16 ^ i;
    memset(in, 0, sizeof(in));
    if (request(disk, IOCB_CMD_PWRITE, out, BLOCK, at) != BLOCK)
        fail("write", step);
    if (request(disk, IOCB_CMD_PREAD, in, BLOCK, at) != BLOCK)
        fail("read", step);
    if (memcmp(in, out, BLOCK) != 0)
        fail("what was read is not what was written", step);
    if (step % FLUSH_EVERY == 0 && request(disk, IOCB_CMD_FDSYNC, NULL, 0, 0) != 0)
        fail("flush", step);
}

/* Sleeps for a second. Returns by how many nanoseconds it woke up late. */
static uint64_t sleep_a_second(uint64_t step)
{
    const struct timespec second = {.tv_sec = 1};
    const uint64_t begin = now();
    uint64_t slept;

    if (nanosleep(&second, NULL) != 0)
        fail("sleep", step);
    slept = now() - begin;
    if (slept < NANOSECONDS)
        fail("a second was too short", step);
    return slept - NANOSECONDS;
}

static int steady(int disk, uint64_t steps, uint64_t blocks)
{
    const struct timespec nap = {.tv_nsec = MILLISECOND};

    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    sleeps = true;
    for (uint64_t step = 0; step < steps; step++) {
        write_and_read(disk, step, blocks);
        (void)nanosleep(&nap, NULL);
        if (step % TELL_EVERY == 0)
            printf("guest: steady %llu\n", (unsigned long long)step);
    }
    return 0;
}

int main(int argc, char **argv)
{
    const uint64_t seconds = argc >= 3 ? strtoull(argv[1], NULL, 10) : 0;
    const uint64_t blocks = argc >= 3 ? strtoull(argv[2], NULL, 10) * SECTOR_BYTES / BLOCK : 0;
    const int disk = open(DISK, O_RDWR | O_DIRECT);
    const uint64_t begin = now();
    const uint64_t counter = counter_ns();
    uint64_t latest = 0;
    uint64_t step = 0;
    int64_t drift;

    if (disk < 0 || seconds == 0 || blocks == 0 || syscall(SYS_io_setup, 1l, &context) != 0)
        fail("drip SECONDS SECTORS, " DISK, 0);
    if (argc == 4)
        return steady(disk, seconds, blocks);
    for (; counter_ns() - counter < seconds * NANOSECONDS; step++) {
        uint64_t late;

        write_and_read(disk, step, blocks);
        late = sleep_a_second(step);
        latest = late > latest ? late : latest;
    }
    drift = (int64_t)(now() - begin) - (int64_t)(counter_ns() - counter);
    printf("guest: drip steps=%llu requests=%llu seconds=%llu latest_ms=%llu drift_us=%lld\n",
           (unsigned long long)step, (unsigned long long)requests,
           (unsigned long long)((now() - begin) / NANOSECONDS), (unsigned long long)(latest / MILLISECOND),
           (long long)(drift / 1000));
    return 0;
}
