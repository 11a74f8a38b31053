/* SPDX-License-Identifier: MIT */
#include "machine.h"

#undef vwr_port_idle /* use the port's hook here, which sleeps in HLT */

/* The local APIC: vectors, messages, and the timer that bounds a sleep. */

#define APIC 0xfee00000u
#define APIC_ID 0x20u
#define APIC_TASK_PRIORITY 0x80u
#define APIC_END 0xb0u
#define APIC_SPURIOUS 0xf0u
#define APIC_TIMER 0x320u
#define APIC_LINE_0 0x350u
#define APIC_LINE_1 0x360u
#define APIC_TIMER_FROM 0x380u
#define APIC_TIMER_LEFT 0x390u
#define APIC_TIMER_DIVISOR 0x3e0u

#define APIC_ON 0x100u /* in the spurious vector register */
#define APIC_MASKED 0x10000u
#define APIC_BY_1 0x0bu

#define CPUID_FEATURES 1u
#define CPUID_APIC 0x200u

#define PIC_MASK_1 0x21u
#define PIC_MASK_2 0xa1u
#define PIC_ALL 0xffu

#define MESSAGE_CPU 12 /* shift of the APIC ID in a message address */

#define SLEEP_US 10000u

static struct {
    board_handler handler;
    void *context;
} interrupts[MACHINE_VECTOR_SPURIOUS - MACHINE_VECTOR_FIRST];
static volatile uint32_t interrupt_count; /* entries of `interrupts` */

static volatile void *apic(uint32_t offset)
{
    return (volatile void *)(uintptr_t)(APIC + offset);
}

uint8_t apic_id(void)
{
    return (uint8_t)(vwr_port_read32(apic(APIC_ID)) >> 24);
}

void apic_timer(uint32_t ticks)
{
    vwr_port_write32(apic(APIC_TIMER_FROM), ticks);
}

uint32_t apic_timer_left(void)
{
    return vwr_port_read32(apic(APIC_TIMER_LEFT));
}

static bool apic_is_there(void)
{
    uint32_t leaf = CPUID_FEATURES;
    uint32_t other = 0;
    uint32_t features;

    __asm__("cpuid" : "+a"(leaf), "=d"(features), "+c"(other) : : "ebx");
    return (features & CPUID_APIC) != 0;
}

/* Masks the legacy PICs. */
void apic_start(void)
{
    if (!apic_is_there()) /* bounds all sleeps */
        console_fail("the processor has no APIC");
    machine_out(PIC_MASK_1, PIC_ALL);
    machine_out(PIC_MASK_2, PIC_ALL);
    vwr_port_write32(apic(APIC_SPURIOUS), APIC_ON | MACHINE_VECTOR_SPURIOUS);
    vwr_port_write32(apic(APIC_LINE_0), APIC_MASKED);
    vwr_port_write32(apic(APIC_LINE_1), APIC_MASKED);
    vwr_port_write32(apic(APIC_TASK_PRIORITY), 0);
    vwr_port_write32(apic(APIC_TIMER_DIVISOR), APIC_BY_1);
    vwr_port_write32(apic(APIC_TIMER), MACHINE_VECTOR_TIMER);
}

void board_interrupts_start(const struct board_description *d)
{
    ioapic_start(d);
    __asm__ volatile("sti" ::: "memory");
}

uint8_t interrupt_connect(board_handler handler, void *context)
{
    const uint32_t at = interrupt_count;

    if (at == sizeof(interrupts) / sizeof(interrupts[0]))
        return 0;
    interrupts[at].handler = handler;
    interrupts[at].context = context;
    vwr_port_release(); /* another device may interrupt here */
    interrupt_count = at + 1;
    return (uint8_t)(MACHINE_VECTOR_FIRST + at);
}

/* The timer needs no handler: the interrupt itself ends the sleep. Spurious interrupts get no EOI. */
void interrupt_handle(uint32_t vector)
{
    if (vector == MACHINE_VECTOR_SPURIOUS)
        return;
    if (vector >= MACHINE_VECTOR_FIRST && vector - MACHINE_VECTOR_FIRST < interrupt_count)
        interrupts[vector - MACHINE_VECTOR_FIRST].handler(interrupts[vector - MACHINE_VECTOR_FIRST].context);
    vwr_port_write32(apic(APIC_END), 0);
}

/* The function's ID is not used. */
bool board_message(uint32_t id, struct vwr_pci_message *message, board_handler handler, void *context)
{
    const uint8_t vector = interrupt_connect(handler, context);

    (void)id;
    message->addr = APIC | (uint32_t)apic_id() << MESSAGE_CPU;
    message->data = vector;
    return vector != 0;
}

void board_sleep(volatile const uint32_t *count, uint32_t seen)
{
    vwr_port_idle(count, seen, SLEEP_US);
}
