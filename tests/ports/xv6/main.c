/* SPDX-License-Identifier: MIT */
#include "vwr/selftest.h"
#include "types.h"
#include "memlayout.h"
#include "spinlock.h"
#include "sleeplock.h"
#include "fs.h"
#include "buf.h"
#include "defs.h"

/*
 * Three processes write blocks of a disk and read them back into a buffer on their stack, whose pages are
 * scattered; one more never sleeps. Before that the port's own test is made, after that the disk's first
 * blocks, which are the host's, are summed up.
 */

#define WRITERS 3
#define BLOCKS 24 /* of each writer */
#define FIRST 64  /* block; those before it are only read */

static int left = WRITERS;
static uint64 turns, wrong, sum;
static struct buf host_block;
static _Alignas(64) uchar memory[3 * PGSIZE];
static char text[160];

/* The host knows it too: test_xv6.py. */
static uchar pattern(uint block, uint i)
{
    return (uchar)(block * 37u + i * 3u + i / 256u);
}

/* A buffer that goes over the edge of a page, wherever the stack is. */
static struct buf *over_an_edge(uchar *room)
{
    const uint64 edge = ((uint64)room / PGSIZE + 1) * PGSIZE;

    return (struct buf *)(edge - BSIZE / 2 - __builtin_offsetof(struct buf, data));
}

static void writer(int number)
{
    uchar room[2 * PGSIZE];
    struct buf *const b = over_an_edge(room + BSIZE);
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
        turns++;
        yield();
    }
}

static void reader(int number)
{
    (void)number;
    for (uint k = 0; k < FIRST; k++) {
        host_block.blockno = k;
        virtio_disk_rw(&host_block, 0);
        for (uint i = 0; i < BSIZE; i++)
            sum = sum * 31 + host_block.data[i];
    }
}

#ifdef DISK_STOPS /* for the test: it does not answer, and is given up */
static void stopper(int number)
{
    (void)number;
    print("begins at tick %", ticks);
    virtio_disk_rw(&host_block, 0);
}
#endif

/* On a stack that is scattered, as the library will meet it; then with memory of that stack. */
static void selftest(int number)
{
    _Alignas(64) uchar room[PGSIZE + BSIZE];
    int r = vwr_port_selftest(memory, sizeof(memory), text, sizeof(text));

    (void)number;
    print(text, 0);
    if (r == VWR_OK) {
        r = vwr_port_selftest(room, sizeof(room), text, sizeof(text));
        print(text, 0);
    }
    if (r != VWR_OK)
        panic("the port is wrong");
    virtio_disk_init();
}

void kernel_main(void)
{
    vm_start();
    trap_start();
    spawn(selftest);
    scheduler();
#ifdef DISK_STOPS
    spawn(stopper);
    scheduler();
#endif
    for (int i = 0; i < WRITERS; i++)
        spawn(writer);
    spawn(spinner);
    scheduler();
    spawn(reader);
    scheduler();
    print("wrong bytes %", wrong);
    print("sum %", sum & 0xffffffff);
    print("sleeps %", sleeps);
    print("disk interrupts %", disk_interrupts);
    print("woken by the disk %", woken_by_disk);
    print("ticks %", ticks);
    print("turns of the one that never sleeps %", turns);
    print(wrong == 0 ? "xv6: OK" : "xv6: FAILED", 0);
    power_off();
}
