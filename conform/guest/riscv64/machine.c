/* SPDX-License-Identifier: MIT */
#include "../guest.h"

/*
 * Start, and calls of the firmware for the console and the end, by the RISC-V Supervisor Binary Interface
 * Specification, version 2.0.
 */

#define HERTZ 10000000u /* if the device tree does not tell: a wrong unit is better than no time limit */

#define SBI_BASE 0x10ul
#define SBI_BASE_PROBE 3ul
#define SBI_CONSOLE 0x4442434eul
#define SBI_CONSOLE_WRITE_BYTE 2ul
#define SBI_RESET 0x53525354ul
#define SBI_RESET_SYSTEM 0ul
#define SBI_RESET_SHUTDOWN 0ul
#define SBI_RESET_NO_REASON 0ul
#define SBI_RESET_FAILURE 1ul
#define SBI_LEGACY_PUTCHAR 1ul
#define SBI_LEGACY_SHUTDOWN 8ul

void machine_start(const void *blob);
void machine_exception(uint64_t cause, uint64_t at, uint64_t address);

uint64_t clock_hertz = HERTZ;

static enum { TREE, FIRMWARE, OLD_FIRMWARE } console;

/* Returns the value, or 0 if the call fails. */
static unsigned long sbi_call(unsigned long extension, unsigned long function, unsigned long first,
                              unsigned long second)
{
    register unsigned long a0 __asm__("a0") = first;
    register unsigned long a1 __asm__("a1") = second;
    register unsigned long a6 __asm__("a6") = function;
    register unsigned long a7 __asm__("a7") = extension;

    __asm__ volatile("ecall" : "+r"(a0), "+r"(a1) : "r"(a6), "r"(a7) : "memory");
    return a0 == 0 ? a1 : 0;
}

static bool sbi_has(unsigned long extension)
{
    return sbi_call(SBI_BASE, SBI_BASE_PROBE, extension, 0) != 0;
}

void machine_put(char c)
{
    if (console == TREE)
        (void)uart_put(c);
    else if (console == FIRMWARE)
        (void)sbi_call(SBI_CONSOLE, SBI_CONSOLE_WRITE_BYTE, (uint8_t)c, 0);
    else
        (void)sbi_call(SBI_LEGACY_PUTCHAR, 0, (uint8_t)c, 0);
}

void machine_off(bool is_good)
{
    vwr_port_mb(); /* what was printed has reached the console */
    if (sbi_has(SBI_RESET))
        (void)sbi_call(SBI_RESET, SBI_RESET_SYSTEM, SBI_RESET_SHUTDOWN,
                       is_good ? SBI_RESET_NO_REASON : SBI_RESET_FAILURE);
    (void)sbi_call(SBI_LEGACY_SHUTDOWN, 0, 0, 0);
}

void machine_exception(uint64_t cause, uint64_t at, uint64_t address)
{
    guest_fail("scause", cause, at, address);
}

static void find_clock(const struct vwr_tree *t)
{
    struct vwr_tree_node n;

    vwr_tree_begin(&n, t);
    while (vwr_tree_next(&n)) {
        const uint32_t hertz = tree_cell(&n, "timebase-frequency", 0);

        if (hertz != 0)
            clock_hertz = hertz;
    }
}

void machine_start(const void *blob)
{
    static struct vwr_tree tree;
    struct machine m = {.tree = NULL};

    if (vwr_tree_open(&tree, blob, VWR_TREE_ANY_SIZE) == VWR_OK) {
        m.tree = &tree;
        m.command_line = vwr_tree_chosen(&tree, "bootargs");
        find_clock(&tree);
    }
    if (m.tree == NULL || !tree_console(&tree))
        console = sbi_has(SBI_CONSOLE) ? FIRMWARE : OLD_FIRMWARE;
    guest_main(&m);
}
