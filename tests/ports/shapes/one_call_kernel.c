/* SPDX-License-Identifier: MIT */
#include "gic.h"
#include "slots.h"
#include "uart.h"
#include "vectors.h"

/*
 * A kernel like that of docs/one-call.md: its disk driver is in C++, and the interrupt wakes the processor.
 */
#define FROM 3u
#define TO 1024u

void demo_main(unsigned exception_level);
int copy_inverted(uintptr_t mmio_base, uint64_t from, uint64_t to);
void copy_on_interrupt(void);
void copy_stats(uint64_t numbers[4]);
void copy_interrupts_on(void);
void copy_sleep_until(const volatile unsigned *count, unsigned value);

static uint32_t disk_line;

void on_interrupt(void)
{
    const uint32_t interrupt = gic_acknowledge();

    if (interrupt >= GIC_NONE)
        return;
    if (interrupt == disk_line)
        copy_on_interrupt();
    gic_end(interrupt);
}

void copy_interrupts_on(void)
{
    vectors_start();
    gic_start();
    gic_enable(disk_line, GIC_LEVEL);
}

/* Interrupts are enabled only in this function. */
void copy_sleep_until(const volatile unsigned *count, unsigned value)
{
    while (*count < value)
        __asm__ volatile("dsb sy\n\twfi\n\tmsr daifclr, #2\n\tisb\n\tmsr daifset, #2" ::: "memory");
}

static void say_stats(void)
{
    static const char *const what[] = {"bytes ", "kicks ", "interrupts ", "capacity "};
    uint64_t numbers[4];

    copy_stats(numbers);
    for (unsigned i = 0; i < 4; i++) {
        put(what[i]);
        put_dec(numbers[i]);
        put_char('\n');
    }
}

void demo_main(unsigned exception_level)
{
    struct vwr_mmio found;
    int r;

    (void)exception_level;
    uart_start();
    if (!slots_find_disk(&found)) {
        put("shape: FAILED: no disk found\n");
        return;
    }
    disk_line = GIC_SHARED + slots_line(&found);
    r = copy_inverted((uintptr_t)found.base, FROM, TO);
    say_stats();
    put(r == VWR_OK ? "shape: OK" : "shape: FAILED: ");
    put(r == VWR_OK ? "" : vwr_strerror(r));
    put_char('\n');
}
