/* SPDX-License-Identifier: MIT */
#include "types.h"
#include "memlayout.h"
#include "defs.h"
#include "cpu.h"

/* Interrupts: the disk's, by the controller, and the clock's. Anything else is the end. */

#define INTERRUPT (1ul << 63)
#define TIMER (INTERRUPT | 5)
#define EXTERNAL (INTERRUPT | 9)
#define TICK 100000ul /* 10 ms of QEMU's 10 MHz */

/* Of the first CPU's supervisor mode. */
#define PLIC_PRIORITY(irq) (PLIC + (irq)*4)
#define PLIC_ENABLE (PLIC + 0x2080)
#define PLIC_THRESHOLD (PLIC + 0x201000)
#define PLIC_CLAIM (PLIC + 0x201004)

uint ticks;
volatile uint64 disk_interrupts;
uint64 woken_by_disk;

void kernel_vector(void);
void kernel_trap(void);
void set_timer(uint64 time);

static volatile uint *reg(uint64 address)
{
    return (volatile uint *)address;
}

static void next_tick(void)
{
    uint64 now;

    __asm__ volatile("rdtime %0" : "=r"(now));
    set_timer(now + TICK);
}

void trap_start(void)
{
    __asm__ volatile("csrw stvec, %0" ::"r"(kernel_vector));
    *reg(PLIC_PRIORITY(VIRTIO0_IRQ)) = 1;
#ifndef DISK_IS_DEAF /* for the test: its interrupts do not come through */
    *reg(PLIC_ENABLE) = 1u << VIRTIO0_IRQ;
#endif
    *reg(PLIC_THRESHOLD) = 0;
    next_tick();
}

static void external(void)
{
    const uint irq = *reg(PLIC_CLAIM);

    if (irq == VIRTIO0_IRQ) {
        const uint64 before = wakings;

        disk_interrupts++;
        virtio_disk_intr();
        woken_by_disk += wakings - before;
    }
    if (irq != 0)
        *reg(PLIC_CLAIM) = irq;
}

void kernel_trap(void)
{
    uint64 cause, pc, status;

    __asm__ volatile("csrr %0, scause\n\tcsrr %1, sepc\n\tcsrr %2, sstatus"
                     : "=r"(cause), "=r"(pc), "=r"(status));
    if (cause == EXTERNAL) {
        external();
    } else if (cause == TIMER) {
        ticks++;
        next_tick();
        virtio_disk_tick();
        if (is_in_process())
            yield();
    } else {
        print("exception % ", cause);
        print("at %", pc);
        panic("no interrupt");
    }
    /* yield may have let others have traps of their own */
    __asm__ volatile("csrw sepc, %0\n\tcsrw sstatus, %1" ::"r"(pc), "r"(status));
}
