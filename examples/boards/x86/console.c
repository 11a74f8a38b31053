/* SPDX-License-Identifier: MIT */
#include "machine.h"
#include "vwr/acpi.h"

/* A 16550 UART, power-off, and the report of an exception. */

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

#define DEBUG_EXIT 0x501u   /* port of -device isa-debug-exit: QEMU exits with 2 * value + 1 */
#define DEBUG_EXIT_IS 0x00u /* what it reads as; without the device, the port reads as all ones */

/* ACPI's table FADT (signature FACP): the power management control register, if it is an I/O port. */
#define FADT_CONTROL 64u
#define SLEEP_ENABLE 0x2000u /* with sleep type 0, which is S5 of q35 and pc */
/* The guest continues until QEMU's main loop runs; on a busy machine that may take seconds. */
#define SLEEP_US 10000000u

static unsigned control_port; /* 0: there is none */

static void console_find_control(const void *rsdp)
{
    struct vwr_acpi acpi;
    uint32_t bytes;
    const uint8_t *fadt = NULL;

    if (vwr_acpi_open(&acpi, rsdp, NULL, NULL) == VWR_OK)
        fadt = vwr_acpi_table(&acpi, "FACP", &bytes);
    if (fadt != NULL && bytes >= FADT_CONTROL + 4u)
        control_port = fadt[FADT_CONTROL] | (unsigned)fadt[FADT_CONTROL + 1u] << 8;
}

void console_start(const void *rsdp)
{
    console_find_control(rsdp);
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

static void console_say(const char *text)
{
    while (*text != '\0')
        board_put(*text++);
}

static void console_power_off(void)
{
    const uint64_t begin = vwr_port_time_us();

    vwr_port_write16(machine_port(control_port), SLEEP_ENABLE);
    while (vwr_port_time_us() - begin < SLEEP_US)
        vwr_port_relax();
}

/* QEMU exits some time after the access that asks for it; nothing may be printed until then. */
void board_off(int code)
{
    const bool exits = machine_in(DEBUG_EXIT) == DEBUG_EXIT_IS;

    machine_out(DEBUG_EXIT, (uint8_t)code);
    if (exits)
        start_halt();
    if (control_port != 0)
        console_power_off();
    console_say("board: halted; with -device isa-debug-exit QEMU exits\n");
    start_halt();
}

void console_fail(const char *why)
{
    console_say("board: FAILED: ");
    console_say(why);
    console_say("\n");
    board_off(1);
}

static void console_put(const char *name, uintptr_t v)
{
    console_say(name);
    for (unsigned digits = 2 * sizeof(v); digits-- > 0;)
        board_put("0123456789abcdef"[v >> 4u * digits & 15u]);
}

void exception_report(uintptr_t vector, uintptr_t error, uintptr_t at, uintptr_t cr2)
{
    console_put("\nexception ", vector);
    console_put("\n  error ", error);
    console_put("\n  RIP ", at);
    console_put("\n  CR2 ", cr2);
    console_say("\n");
    console_fail("an exception");
}
