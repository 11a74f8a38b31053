/* SPDX-License-Identifier: MIT */
#include "hyp.h"

void console_output(struct guest *g, char c)
{
    if (c == '\r')
        return;
    if (c != '\n')
        g->line[g->line_bytes++] = c;
    if (c == '\n' || g->line_bytes == GUEST_LINE_BYTES - 1u) {
        g->line[g->line_bytes] = '\0';
        print("%u| %s\n", g->number, g->line);
        g->line_bytes = 0;
    }
}

void console_interrupt(void)
{
    while (uart_get() >= 0)
        ;
}
