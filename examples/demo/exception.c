/* SPDX-License-Identifier: MIT */
#include <stdbool.h>

#include "uart.h"

void system_off(void);
void exception_report(unsigned vector, uint64_t esr, uint64_t elr, uint64_t far);
void report_level_3(void);

/* Exception classes that an error in this image can raise. */
static const char *class_words(uint64_t esr)
{
    switch (esr >> 26 & 0x3fu) {
    case 0x00:
        return "undefined instruction";
    case 0x07:
        return "floating point or SIMD is off";
    case 0x21:
        return "instruction abort";
    case 0x22:
        return "unaligned program counter";
    case 0x25:
        return "data abort";
    case 0x26:
        return "unaligned stack pointer";
    default:
        return "see the Arm manual, ESR_ELx";
    }
}

static void put_register(const char *name, uint64_t v)
{
    put(name);
    put_hex(v, 16);
}

/* Called from start.S, which then powers off. */
void exception_report(unsigned vector, uint64_t esr, uint64_t elr, uint64_t far)
{
    static bool first = true; /* nonzero, to be in .data: .bss may be beyond the end of RAM */

    if (!first) /* an exception in this report */
        system_off();
    first = false;
    put("\nexception ");
    put_dec(vector);
    put(": ");
    put(class_words(esr));
    put_register("\n  ESR ", esr);
    put_register("\n  ELR ", elr);
    put_register("\n  FAR ", far);
    put("\nguest: FAILED: exception\n");
}

/* Called from start.S, which then stops. */
void report_level_3(void)
{
    uart_start();
    put("guest: FAILED: the program was started at EL3, and needs EL1 or EL2: start QEMU without secure=on. "
        "It stops here; Ctrl-A X ends QEMU with -nographic\n");
}
