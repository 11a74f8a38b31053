/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_X86_MACHINE_H
#define BOARDS_X86_MACHINE_H

#include "board.h"

/* Shared by the files of this board. */

static inline volatile void *machine_port(unsigned port)
{
    /* this board's port distinguishes I/O ports from memory by the address */
    return (volatile void *)(uintptr_t)port;
}

static inline uint8_t machine_in(unsigned port)
{
    return vwr_port_read8(machine_port(port));
}

static inline void machine_out(unsigned port, uint8_t value)
{
    vwr_port_write8(machine_port(port), value);
}

/* Vectors: exceptions, then connected interrupts; start.S has this many gates. */
#define MACHINE_VECTOR_TIMER 32u
#define MACHINE_VECTOR_FIRST 33u /* of devices */
#define MACHINE_VECTOR_SPURIOUS 63u

/* start.S */
_Noreturn void start_halt(void);

/* Called by start.S. */
#ifdef __x86_64__
void start_long_mode(const void *info);
#else
struct start_info;
void start_multiboot(uint32_t magic, const struct start_info *s);
#endif
_Noreturn void exception_report(uintptr_t vector, uintptr_t error, uintptr_t at, uintptr_t cr2);
void interrupt_handle(uint32_t vector);

void console_start(const void *rsdp);
_Noreturn void console_fail(const char *why); /* prints the message and powers off */

void pci_describe(struct board_description *d);

/* A file that QEMU provides for firmware; NULL: missing. There is memory for one file. */
const void *fw_cfg_file(const char *name);

/* Measures the time stamp counter and the APIC timer with the PIT. */
void clock_start(void);

/* The local APIC. */
void apic_start(void);
uint8_t apic_id(void);
void apic_timer(uint32_t ticks); /* counts down, then raises MACHINE_VECTOR_TIMER */
uint32_t apic_timer_left(void);

/* Connects `handler` to a vector; 0: none left. */
uint8_t interrupt_connect(board_handler handler, void *context);

/* The I/O APICs, from ACPI's MADT or at their default address. */
void ioapic_start(const struct board_description *d);

#endif
