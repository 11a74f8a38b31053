/* SPDX-License-Identifier: MIT */
#include "hyp.h"

/*
 * Keys go to the focus, which is a guest or the hypervisor's prompt. Output from the guest with the focus
 * appears
 * immediately; output from other guests appears as whole lines, prefixed with the guest's number.
 */
#define KEY_ESCAPE 0x1d /* Ctrl-] */
#define KEY_DELETE 0x7f
#define KEY_BACKSPACE '\b'
#define PROMPT "hypervisor> "
#define COMMAND_BYTES 160u

static struct guest *focus; /* NULL: the prompt */
static char command[COMMAND_BYTES];
static unsigned command_bytes;
static bool middle;   /* the cursor is inside a line of the guest with the focus */
static bool prompted; /* or after the prompt */

void console_focus(struct guest *g)
{
    focus = g;
}

void console_line(void)
{
    if (middle || prompted)
        print("\n");
    middle = false;
    prompted = false;
}

static void prompt(void)
{
    print(PROMPT);
    prompted = true;
}

static void raw(char c)
{
    uart_put(c);
    middle = c != '\n' && c != '\r';
}

void console_output(struct guest *g, char c)
{
    if (g == focus) {
        raw(c);
        return;
    }
    if (c == '\r')
        return;
    if (c != '\n')
        g->line[g->line_bytes++] = c;
    if (c == '\n' || g->line_bytes == GUEST_LINE_BYTES - 1u) {
        console_line();
        uart_put((char)('0' + g->number));
        uart_put('|');
        uart_put(' ');
        for (unsigned i = 0; i < g->line_bytes; i++)
            uart_put(g->line[i]);
        uart_put('\r');
        uart_put('\n');
        g->line_bytes = 0;
    }
}

bool console_has_room(void)
{
    return uart_room() >= 2u * GUEST_LINE_BYTES;
}

static void key_of_command(int key)
{
    if (key == KEY_BACKSPACE || key == KEY_DELETE) {
        if (command_bytes > 0) {
            command_bytes--;
            print("\b \b");
        }
    } else if (key == '\r' || key == '\n') {
        print("\n");
        prompted = false;
        command[command_bytes] = '\0';
        command_bytes = 0;
        monitor_command(command);
        if (focus == NULL)
            prompt();
    } else if (key >= ' ' && command_bytes < COMMAND_BYTES - 1u) {
        command[command_bytes++] = (char)key;
        uart_put((char)key);
        prompted = true; /* even if a line of a guest was printed in between */
    }
}

/* Handles one key: the UART interrupts for the next one. */
void console_interrupt(void)
{
    const int key = uart_get();

    if (key < 0)
        return;
    if (key == KEY_ESCAPE) {
        console_line();
        console_focus(NULL);
        prompt();
    } else if (focus != NULL) {
        hvc_key(focus, (uint8_t)key);
    } else {
        key_of_command(key);
    }
}
