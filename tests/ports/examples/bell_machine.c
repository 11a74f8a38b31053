/* SPDX-License-Identifier: MIT */
#include "shared.h"
#include "uart.h"

/*
 * One of two machines with examples/bell, by QEMU's virt without firmware: with -DDEVICE=1 that of the disk,
 * otherwise that of its driver. They share the memory of ivshmem-plain, at different addresses. A bell is a
 * word of it, which the other machine polls.
 */

#define ECAM 0x3f000000u
#define FUNCTION_BYTES 0x8000u
#define IVSHMEM 0x11101af4u /* device and vendor ID */
#define COMMAND 0x04u
#define REGISTERS 0x10u /* BAR 0 */
#define SHARED 0x18u    /* BAR 2 and BAR 3 */
#define OF_REGISTERS 0x10000000u
#define OF_DRIVER 0x10400000u
#define OF_DEVICE 0x10800000u
#define BELLS 0x180000u /* behind what the example shares */
#define ROUNDS 500u
#define NOT_YET (-2) /* VWR_EMAGIC: the device has not stored its registers */

void demo_main(void);

static uint8_t *memory;

static volatile uint32_t *word(uintptr_t at)
{
    return (volatile uint32_t *)at;
}

static volatile uint32_t *bell_of(unsigned end)
{
    return word((uintptr_t)memory + BELLS + 64u * end);
}

static void find(uint32_t at)
{
    for (uintptr_t space = ECAM; space < ECAM + 32u * FUNCTION_BYTES; space += FUNCTION_BYTES) {
        if (*word(space) != IVSHMEM)
            continue;
        *word(space + REGISTERS) = OF_REGISTERS;
        *word(space + SHARED) = at;
        *word(space + SHARED + 4u) = 0;
        *word(space + COMMAND) |= 2u;
        memory = (uint8_t *)(uintptr_t)at;
    }
}

static void ring(unsigned end)
{
    __asm__ volatile("dmb sy" ::: "memory");
    *bell_of(end) += 1u;
}

static void say(const char *what, int r)
{
    put(what);
    put_dec((uint64_t)(int64_t)-r);
    put("\n");
}

#if DEVICE
static uint8_t disk[0x20000];

static void ring_driver(void *context, uint32_t reason)
{
    (void)context;
    (void)reason;
    ring(1);
}

static void run(void)
{
    uint32_t last;

    find(OF_DEVICE);
    last = *bell_of(0);
    say("begins: ", device_begin(memory, OF_DRIVER, disk, sizeof(disk), ring_driver));
    for (;;) {
        const uint32_t now = *bell_of(0);

        __asm__ volatile("dmb sy" ::: "memory");
        if (now != last)
            device_rung();
        last = now;
    }
}
#else
static void ring_device(void *context, uint32_t what)
{
    (void)context;
    (void)what;
    ring(0);
}

static void run(void)
{
    int r;

    find(OF_DRIVER);
    do
        r = driver_begin(memory, ring_device);
    while (r == NOT_YET);
    say("opened: ", r);
    for (unsigned i = 0; i < ROUNDS && r == 0; i++)
        r = driver_try(i);
    say("read what was written: ", r);
    say("closed: ", driver_end());
}
#endif

void demo_main(void)
{
    uart_start();
    run();
}
