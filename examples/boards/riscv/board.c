/* SPDX-License-Identifier: MIT */
/* Start-up, and exceptions. */
#include "machine.h"

static uint32_t board_hart;

uint32_t machine_hart(void)
{
    return board_hart;
}

void machine_start(unsigned long hart, const void *tree)
{
    static struct board_description d;

    board_hart = (uint32_t)hart;
    d.tree = tree;
    boards_main(&d);
    board_off(1); /* not reached */
}

/* Exceptions in the cause CSR that an error in this image can raise. */
static const char *exception_words(unsigned long cause)
{
    switch (cause) {
    case 1:
        return "instruction access fault";
    case 2:
        return "illegal instruction";
    case 4:
        return "unaligned load";
    case 5:
        return "load access fault";
    case 6:
        return "unaligned store";
    case 7:
        return "store access fault";
    default:
        return "see the RISC-V manual, " CSR_TEXT(cause);
    }
}

void on_exception(unsigned long cause, unsigned long pc, unsigned long value)
{
    static bool first = true; /* nonzero, to be in .data: .bss may be beyond the end of RAM */

    if (!first) /* an exception in this report */
        board_off(1);
    first = false;
    machine_put("\nexception: ");
    machine_put(exception_words(cause));
    machine_put("\n  " CSR_TEXT(cause) " ");
    machine_put_hex(cause);
    machine_put("\n  " CSR_TEXT(epc) "   ");
    machine_put_hex(pc);
    machine_put("\n  " CSR_TEXT(tval) "  ");
    machine_put_hex(value);
    machine_put("\n");
    machine_fail("an exception");
}
