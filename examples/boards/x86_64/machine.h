/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_X86_64_MACHINE_H
#define BOARDS_X86_64_MACHINE_H

#include "board.h"

/* What the files of this board have in common. */

static inline volatile void *machine_port(unsigned port)
{
    return (volatile void *)(uintptr_t)port; /* the port of this board tells it from memory by its value */
}

static inline uint8_t machine_in(unsigned port)
{
    return vwr_port_read8(machine_port(port));
}

static inline void machine_out(unsigned port, uint8_t value)
{
    vwr_port_write8(machine_port(port), value);
}

/* Vectors: exceptions of the processor, then what is connected; start.S has as many gates. */
#define MACHINE_VECTOR_TIMER 32u
#define MACHINE_VECTOR_FIRST 33u /* of devices */
#define MACHINE_VECTOR_SPURIOUS 63u

/* start.S */
_Noreturn void start_triple_fault(void);

/* What start.S calls. */
void start_long_mode(const void *info);
_Noreturn void exception_report(uint64_t vector, uint64_t error, uint64_t rip, uint64_t cr2);
void interrupt_handle(uint32_t vector);

void console_start(void);
_Noreturn void console_fail(const char *why); /* says it, and switches off */

void pci_describe(struct board_description *d);

/* A file that QEMU has for firmware; NULL: it has it not. There is memory for one. */
const void *fw_cfg_file(const char *name);

/* How fast the processor's counter and the timer of its interrupt controller are, by the PIT. */
void clock_start(void);

/* The interrupt controller of the processor. */
void apic_start(void);
uint8_t apic_id(void);
void apic_timer(uint32_t ticks); /* counts down, then MACHINE_VECTOR_TIMER comes */
uint32_t apic_timer_left(void);

/* The vector that calls `handler` from now on; 0: all are taken. */
uint8_t interrupt_connect(board_handler handler, void *context);

/* The I/O interrupt controllers, by ACPI's MADT, or where the machine has one always. */
void ioapic_start(const struct board_description *d);

#endif
