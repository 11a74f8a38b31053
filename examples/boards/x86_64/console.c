/* SPDX-License-Identifier: MIT */
#include "machine.h"

/* A 16550 UART, power off, and the report of an exception. */

#define UART 0x3f8u
#define UART_DATA (UART + 0)
#define UART_INTERRUPTS (UART + 1)
#define UART_FIFO (UART + 2)
#define UART_LINE_CONTROL (UART + 3)
#define UART_LINE_STATUS (UART + 5)

#define FIFO_ON_AND_CLEAR 0x07u
#define LINE_8_BITS 0x03u
#define STATUS_EMPTY 0x20u
#define POLLS_MAX 1000000u /* a UART that does not drain must not stop the program */

#define DEBUG_EXIT 0x501u /* of -device isa-debug-exit: QEMU exits with 2 * value + 1 */

void console_start(void)
{
    machine_out(UART_INTERRUPTS, 0);
    machine_out(UART_LINE_CONTROL, LINE_8_BITS);
    machine_out(UART_FIFO, FIFO_ON_AND_CLEAR);
}

void board_put(char c)
{
    for (unsigned i = 0; i < POLLS_MAX && (machine_in(UART_LINE_STATUS) & STATUS_EMPTY) == 0; i++)
        ;
    machine_out(UART_DATA, (uint8_t)c);
}

/* Without that device a triple fault resets any machine, and -no-reboot then exits QEMU. */
void board_off(int code)
{
    machine_out(DEBUG_EXIT, (uint8_t)code);
    start_triple_fault();
}

static void console_say(const char *text)
{
    while (*text != '\0')
        board_put(*text++);
}

void console_fail(const char *why)
{
    console_say("board: FAILED: ");
    console_say(why);
    console_say("\n");
    board_off(1);
}

static void console_put(const char *name, uint64_t v)
{
    console_say(name);
    for (unsigned digits = 16; digits-- > 0;)
        board_put("0123456789abcdef"[v >> 4u * digits & 15u]);
}

void exception_report(uint64_t vector, uint64_t error, uint64_t rip, uint64_t cr2)
{
    console_put("\nexception ", vector);
    console_put("\n  error ", error);
    console_put("\n  RIP ", rip);
    console_put("\n  CR2 ", cr2);
    console_say("\n");
    console_fail("an exception");
}
