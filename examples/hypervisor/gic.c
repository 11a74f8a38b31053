/* SPDX-License-Identifier: MIT */
#include "hyp.h"

/* Registers of Arm's Generic Interrupt Controller Architecture Specification, versions 3 and 4. */
#define GICD_CTLR 0x0000u
#define GICD_IGROUPR 0x0080u
#define GICD_ISENABLER 0x0100u
#define GICD_IPRIORITYR 0x0400u
#define GICR_WAKER 0x0014u
#define GICR_SGI 0x10000u /* the second frame of a redistributor has the registers of SGIs and PPIs */

#define CTLR_ARE_GROUP_1 0x12u
#define WAKER_ASLEEP 4u
#define SRE_ALL 0xfu
#define PRIORITY_NONE 0xffu /* no active interrupts */
#define PRIORITY_ANY 0xffu
#define LINES_WORDS 3u /* words of 32 interrupts: SGIs and PPIs, and those of the board's devices */

void gic_start(void)
{
    write_word(BOARD_GICD + GICD_CTLR, CTLR_ARE_GROUP_1);
    for (unsigned word = 1; word < LINES_WORDS; word++)
        write_word(BOARD_GICD + GICD_IGROUPR + 4u * word, ~0u);
}

void gic_start_cpu(unsigned cpu)
{
    const uintptr_t frame = BOARD_GICR + cpu * BOARD_GICR_BYTES;

    write_word(frame + GICR_WAKER, 0);
    while ((read_word(frame + GICR_WAKER) & WAKER_ASLEEP) != 0)
        ;
    write_word(frame + GICR_SGI + GICD_IGROUPR, ~0u);
    write_word(frame + GICR_SGI + GICD_ISENABLER,
               1u << INTID_POKE | 1u << INTID_OWN_TIMER | 1u << INTID_MAINTENANCE | 1u << INTID_TIMER);
    WRITE_SYS(icc_sre_el2, SRE_ALL);
    isb();
    WRITE_SYS(icc_sre_el1, SRE_ALL);
    isb();
    WRITE_SYS(icc_pmr_el1, PRIORITY_ANY);
    WRITE_SYS(icc_ctlr_el1, 0);
    WRITE_SYS(icc_igrpen1_el1, 1);
    isb();
}

void gic_enable(unsigned intid)
{
    write_word(BOARD_GICD + GICD_ISENABLER + intid / 32u * 4u, 1u << intid % 32u);
}

void gic_poke(unsigned cpu)
{
    dsb();
    WRITE_SYS(icc_sgi1r_el1, (uint64_t)INTID_POKE << 24 | 1ull << cpu);
    isb();
}

unsigned gic_take(void)
{
    uint64_t intid;

    __asm__ volatile("mrs %0, icc_iar1_el1" POINT(POINT_POLLED) : "=r"(intid) : : "memory");
    dsb();
    return (unsigned)intid;
}

void gic_end(unsigned intid)
{
    dsb(); /* the device has to deassert its line first, or the interrupt is taken again */
    WRITE_SYS(icc_eoir1_el1, intid);
    isb();
}

bool gic_may_wake(void)
{
    return (READ_SYS(icc_rpr_el1) & PRIORITY_NONE) == PRIORITY_NONE;
}
