/* SPDX-License-Identifier: MIT */
#include "uart.h"
#include "vwr/selftest.h"

/* The bare-metal aarch64 port on its own machine. start.S and the console are taken from the demo. */

static _Alignas(64) uint8_t memory[2 * 4096];
static char text[160];

void demo_main(unsigned level);

void demo_main(unsigned level)
{
    uint8_t on_stack[4096] __attribute__((aligned(64)));
    int r;

    uart_start();
    put("level ");
    put_dec(level);
    put("\n");
    r = vwr_port_selftest(memory, sizeof(memory), text, sizeof(text));
    if (r == VWR_OK)
        r = vwr_port_selftest(on_stack, sizeof(on_stack), text, sizeof(text));
    put(text);
    put("\n");
}
