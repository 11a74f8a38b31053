/* SPDX-License-Identifier: MIT */
/* What a trap and the start come to. */
#include "machine.h"

void machine_start(const void *tree)
{
    static struct board_description d;

    d.tree = tree;
    boards_main(&d);
    board_off(1); /* it does not come back */
}

/* Exceptions of mcause, for those that a mistake in this image can meet. */
static const char *exception_words(uint64_t cause)
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
        return "see the RISC-V manual, mcause";
    }
}

void on_exception(uint64_t cause, uint64_t pc, uint64_t value)
{
    static bool first = true; /* not 0: it has to lie in .data, before what may be beyond the end of RAM */

    if (!first) /* the report itself went wrong */
        board_off(1);
    first = false;
    machine_put("\nexception: ");
    machine_put(exception_words(cause));
    machine_put("\n  mcause ");
    machine_put_hex(cause);
    machine_put("\n  mepc   ");
    machine_put_hex(pc);
    machine_put("\n  mtval  ");
    machine_put_hex(value);
    machine_put("\n");
    machine_fail("an exception");
}
