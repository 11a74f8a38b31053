/* SPDX-License-Identifier: MIT */
/* QEMU's 32-bit virt board. PCI has to be below 4 GiB: highmem=off. */
#include "board.h"
#include "say.h"
#include "v2m.h"

#undef vwr_port_idle /* use the port's hook here, which sleeps in WFI */

#define BOARD_RAM 0x40000000u /* starts with the device tree */
#define BOARD_SLEEP_US 10000u

/* The console, a PL011 enabled by QEMU. */
#define UART 0x09000000u
#define UART_DATA 0x00u
#define UART_FLAGS 0x18u
#define UART_FLAGS_FULL 0x20u
#define UART_CONTROL 0x30u
#define UART_CONTROL_TRANSMIT 0x101u
#define UART_POLLS_MAX 1000000u

/* Defined in start.S, or called from it. */
void board_main(void);
void system_off(void);
void interrupts_on(void);
void exception_report(unsigned kind, uint32_t at, uint32_t status, uint32_t address);

/* The compiler's library calls this for a division by 0; its default would raise a signal. */
void __aeabi_ldiv0(void);
void __aeabi_idiv0(void);

static volatile uint32_t *uart(uint32_t offset)
{
    return (volatile uint32_t *)(UART + offset);
}

void board_put(char c)
{
    for (unsigned i = 0; i < UART_POLLS_MAX && (*uart(UART_FLAGS) & UART_FLAGS_FULL) != 0; i++)
        ;
    *uart(UART_DATA) = (uint8_t)c;
}

void board_main(void)
{
    static struct board_description d;

    *uart(UART_CONTROL) = UART_CONTROL_TRANSMIT;
    d.tree = (const void *)BOARD_RAM;
    boards_main(&d);
}

void __aeabi_ldiv0(void)
{
    say("board: FAILED: a division by 0\n");
    system_off();
}

void __aeabi_idiv0(void)
{
    __aeabi_ldiv0();
}

/* start.S then powers off. */
void exception_report(unsigned kind, uint32_t at, uint32_t status, uint32_t address)
{
    static const char *const words[] = {"", "undefined instruction", "call", "prefetch abort", "data abort"};
    static bool first = true;

    while (!first) /* an exception in this report, or no firmware to power off: -M virt,secure=on */
        ;
    first = false;
    say("\nexception: ");
    say(words[kind]);
    say("\n  LR ");
    say_hex(at, 8);
    say("\n  fault status ");
    say_hex(status, 8);
    say("\n  fault address ");
    say_hex(address, 8);
    say("\nboard: FAILED: exception\n");
}

void board_sleep(volatile const uint32_t *count, uint32_t seen)
{
    vwr_port_idle(count, seen, BOARD_SLEEP_US);
}

void board_interrupts_start(const struct board_description *d)
{
    interrupt_start(v2m_start(d));
    interrupts_on();
}

void board_off(int code)
{
    (void)code; /* the firmware call takes no exit code */
    system_off();
    for (;;)
        ;
}
