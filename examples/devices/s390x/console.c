/* SPDX-License-Identifier: MIT */
#include "machine.h"
#include "uart.h"

/* What start.S calls, and the console, for the files of examples/demo. */

void board_main(void);
void demo_main(unsigned exception_level);

void uart_start(void)
{
}

void put_char(char c)
{
    machine_put(c);
}

static bool has_adapter(void)
{
    const char *at = command_line;

    while (*at != '\0' && *at != 'a')
        at++;
    return *at == 'a';
}

/* -append adapter: used buffers are reported by adapter interrupts. */
void board_main(void)
{
    channel_host.adapter = has_adapter();
    demo_main(0);
}
