/* SPDX-License-Identifier: MIT */
#include "types.h"
#include "param.h"
#include "memlayout.h"
#include "riscv.h"
#include "spinlock.h"
#include "proc.h"
#include "defs.h"
#include "stand.h"

/*
 * Handles disk interrupts, which arrive through the controller, and clock interrupts, which timervec
 * forwards. Any other trap ends the program.
 */

#define EXTERNAL 0x8000000000000009ul
#define SOFTWARE 0x8000000000000001ul

struct spinlock tickslock;
uint ticks;
uint64 disk_interrupts, woken_by_disk;

void kernelvec(void);
void kerneltrap(void);

void trapinit(void)
{
    initlock(&tickslock, "time");
}

void trapinithart(void)
{
    w_stvec((uint64)kernelvec);
}

static void external(void)
{
    const int irq = plic_claim();

    if (irq == VIRTIO0_IRQ) {
        const uint64 before = wakings;

        disk_interrupts++;
        virtio_disk_intr();
        woken_by_disk += wakings - before;
    }
    if (irq != 0)
        plic_complete(irq);
}

static void clockintr(void)
{
    acquire(&tickslock);
    ticks++;
    wakeup(&ticks);
    release(&tickslock);
}

void kerneltrap(void)
{
    const uint64 sepc = r_sepc(), sstatus = r_sstatus(), scause = r_scause();

    if (scause == EXTERNAL) {
        external();
    } else if (scause == SOFTWARE) {
        clockintr();
        w_sip(r_sip() & ~2);
        if (myproc() != 0 && myproc()->state == RUNNING)
            yield();
    } else {
        printf("scause %p\nsepc=%p stval=%p\n", scause, sepc, r_stval());
        panic("kerneltrap");
    }
    /* other processes may have trapped during yield */
    w_sepc(sepc);
    w_sstatus(sstatus);
}
