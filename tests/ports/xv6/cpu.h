/* SPDX-License-Identifier: MIT */
#ifndef XV6_CPU_H
#define XV6_CPU_H

#define SSTATUS_SIE (1ul << 1)
#define SSTATUS_SPP (1ul << 8)

/* The one CPU. */
struct cpu {
    int depth;   /* locks that are held */
    int were_on; /* interrupts, before the first of them */
};
extern struct cpu cpu;

static inline int intr_are_on(void)
{
    uint64 status;

    __asm__ volatile("csrr %0, sstatus" : "=r"(status));
    return (status & SSTATUS_SIE) != 0;
}

static inline int intr_off(void)
{
    uint64 before;

    __asm__ volatile("csrrc %0, sstatus, %1" : "=r"(before) : "r"(SSTATUS_SIE) : "memory");
    return (before & SSTATUS_SIE) != 0;
}

#endif
