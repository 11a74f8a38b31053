/* SPDX-License-Identifier: MIT */
#include "machine.h"

/* Interrupts. Section of the CPU's page: where it stores what an I/O interrupt is about. */

#define INTERRUPT_SUBCHANNEL 0xb8u
#define INTERRUPT_WORD 0xc0u
#define INTERRUPT_ADAPTER 0x80000000u
#define CONTROL_0_CLOCK 0x800u         /* the clock comparator may interrupt */
#define CONTROL_6_ALL 0xff000000u      /* all subclasses of I/O interrupts */
#define CONTROL_14_REPORTS 0x10000000u /* of machine checks, channel reports that are pending */
#define CLOCK_SHIFT 12u                /* a microsecond */

void channel_take(uint32_t subchannel); /* channel.c */
void on_io(void);                       /* for start.S */
void on_external(void);
void on_check(void);
void on_program(uint64_t at);

volatile uint32_t interrupt_reports;

static machine_handler handler;

static uint32_t page_load(uint64_t at)
{
    uint32_t value;

    __asm__ volatile("l %0,0(%1)" : "=d"(value) : "a"(at) : "memory");
    return value;
}

void on_io(void)
{
    if ((page_load(INTERRUPT_WORD) & INTERRUPT_ADAPTER) == 0)
        channel_take(page_load(INTERRUPT_SUBCHANNEL));
    handler();
}

static void clock_set(uint64_t at)
{
    __asm__ volatile("sckc %0" : : "Q"(at) : "cc");
}

/* The clock interrupts again until the comparator is set to another time. */
void on_external(void)
{
    clock_set(~UINT64_C(0));
}

/* A channel report is pending. */
void on_check(void)
{
    interrupt_reports++;
}

void on_program(uint64_t at)
{
    static const char text[] = "ERROR: a program interruption before 0x";

    for (unsigned i = 0; text[i] != '\0'; i++)
        machine_put(text[i]);
    for (unsigned i = 0; i < 16; i++)
        machine_put("0123456789abcdef"[at >> (60u - 4u * i) & 15u]);
    machine_put('\n');
}

uint64_t interrupt_mask(void)
{
    uint8_t mask;

    __asm__ volatile("stnsm %0,0xfc" : "=Q"(mask) : : "memory");
    return mask;
}

void interrupt_restore(uint64_t mask)
{
    if ((mask & 3u) != 0) {
        uint8_t before;

        __asm__ volatile("stosm %0,0x03" : "=Q"(before) : : "memory");
    }
}

void interrupt_start(machine_handler h)
{
    uint64_t control_0, control_6 = CONTROL_6_ALL, control_14 = CONTROL_14_REPORTS;

    handler = h;
    clock_set(~UINT64_C(0));
    __asm__ volatile("stctg 0,0,%0" : "=Q"(control_0) : : "memory");
    control_0 =
        CONTROL_0_CLOCK | (control_0 & ~UINT64_C(0xffff)); /* of external interrupts, this one alone */
    __asm__ volatile("lctlg 0,0,%0" : : "Q"(control_0) : "memory");
    __asm__ volatile("lctlg 6,6,%0" : : "Q"(control_6) : "memory");
    __asm__ volatile("lctlg 14,14,%0" : : "Q"(control_14) : "memory");
    interrupt_restore(3);
}

void vwr_s390x_wait(const volatile uint32_t *count, uint32_t seen, uint32_t us)
{
    const uint64_t mask = interrupt_mask();
    uint64_t now;

    if (*count == seen) {
        __asm__ volatile("stck %0" : "=Q"(now) : : "cc");
        clock_set(now + ((uint64_t)us << CLOCK_SHIFT));
        machine_wait();
        clock_set(~UINT64_C(0));
    }
    interrupt_restore(mask);
}
