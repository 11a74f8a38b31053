/* SPDX-License-Identifier: MIT */
#include "types.h"
#include "param.h"
#include "riscv.h"
#include "defs.h"
#include "memlayout.h"
#include "spinlock.h"
#include "sleeplock.h"
#include "fs.h"
#include "buf.h"
#include "stand.h"

/*
 * Three processes write blocks of a disk and read them back, into buffers that straddle two scattered pages;
 * a fourth one never sleeps. Then one process reads the first blocks of the disk, written by the host, and
 * adds up their bytes.
 */

#define WRITERS 3
#define BLOCKS 24 /* for each writer */
#define FIRST 64  /* first block that is written; the blocks before it are only read */
#define POWER_OFF 0x5555

static int left = WRITERS;
static uint64 passes, wrong, sum;
static struct buf host_block;

void power_off(void)
{
    for (;;)
        *(volatile uint *)POWER = POWER_OFF;
}

/* The host computes it too: test_xv6.py. */
static uchar pattern(uint block, uint i)
{
    return (uchar)(block * 37u + i * 3u + i / 256u);
}

/* A buffer whose data straddle a writer's two pages. */
static struct buf *over_an_edge(int writer)
{
    const uint64 edge = SCATTERED + (2 * writer + 1) * PGSIZE;

    return (struct buf *)(edge - BSIZE / 2 - __builtin_offsetof(struct buf, data));
}

static void writer(int number)
{
    struct buf *const b = over_an_edge(number);
    const uint first = FIRST + (uint)number * BLOCKS;

    for (uint k = first; k < first + BLOCKS; k++) {
        b->blockno = k;
        for (uint i = 0; i < BSIZE; i++)
            b->data[i] = pattern(k, i);
        virtio_disk_rw(b, 1);
    }
    for (uint k = first; k < first + BLOCKS; k++) {
        b->blockno = k;
        b->data[0] = b->data[BSIZE - 1] = 0;
        virtio_disk_rw(b, 0);
        for (uint i = 0; i < BSIZE; i++)
            wrong += b->data[i] != pattern(k, i);
    }
    __sync_fetch_and_sub(&left, 1);
}

static void spinner(int number)
{
    (void)number;
    while (*(volatile int *)&left > 0) {
        passes++;
        yield();
    }
}

static void read_hosts_blocks(void)
{
    for (uint k = 0; k < FIRST; k++) {
        host_block.blockno = k;
        virtio_disk_rw(&host_block, 0);
        for (uint i = 0; i < BSIZE; i++)
            sum = sum * 31 + host_block.data[i];
    }
}

static void reader(int number)
{
    (void)number;
    while (!all_done())
        yield();
    read_hosts_blocks();
    print("wrong bytes %", wrong);
    print("sum %", sum & 0xffffffff);
    print("sleeps %", sleeps);
    print("disk interrupts %", disk_interrupts);
    print("woken by the disk %", woken_by_disk);
    print("ticks %", ticks);
    print("passes of the one that never sleeps %", passes);
    print("bytes left of the boot stack %", boot_stack_left());
    print("bytes left of a stack %", stack_left());
    print(wrong == 0 ? "xv6: OK" : "xv6: FAILED", 0);
    power_off();
}

#ifdef STAND_SELFTEST /* with part selftest: the port's own test, in plain memory, then across two pages */
#include "vwr.h"

static _Alignas(64) uchar memory[3 * PGSIZE];

static void selftest(void)
{
    static char text[160];
    uchar *const scattered = (uchar *)(SCATTERED + 2 * WRITERS * PGSIZE);
    int r = vwr_port_selftest(memory, sizeof(memory), text, sizeof(text));

    print(text, 0);
    if (r == VWR_OK) {
        r = vwr_port_selftest(scattered, 2 * PGSIZE, text, sizeof(text));
        print(text, 0);
    }
    if (r != VWR_OK)
        panic("the port is wrong");
}
#else
static void selftest(void)
{
}
#endif

static void first_process(int number)
{
    (void)number;
    selftest();
}

#ifdef DISK_STOPS /* for the test: the disk does not answer, and its call fails */
static void stopper(int number)
{
    (void)number;
    print("begins at tick %", ticks);
    virtio_disk_rw(&host_block, 0);
}
#endif

/* Runs before the scheduler. */
void stand_start(void)
{
#ifdef DISK_STOPS
    spawn(stopper);
    return;
#endif
    for (int i = 0; i < WRITERS; i++)
        spawn(writer);
    spawn(spinner);
    spawn(first_process);
    spawn(reader);
}
