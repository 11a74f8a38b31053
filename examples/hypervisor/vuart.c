/* SPDX-License-Identifier: MIT */
#include "hyp.h"

#define DATA 0x00u
#define FLAGS 0x18u
#define FLAGS_EMPTY 0x90u /* nothing received, all sent */
#define FLAGS_FULL 0x30u  /* receive FIFO empty, transmit FIFO full */
#define IDS 0xfe0u        /* eight bytes that identify the UART to a driver, a word each */

bool vuart_access(struct guest *g, uint64_t addr, bool is_write, uint64_t *value)
{
    static const uint8_t ids[] = {0x11, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1};
    const uint64_t offset = addr - BOARD_UART;

    if (offset >= BOARD_UART_BYTES)
        return false;
    if (is_write) {
        if (offset == DATA && console_has_room())
            console_output(g, (char)*value);
        return true;
    }
    *value = offset == FLAGS ? (console_has_room() ? FLAGS_EMPTY : FLAGS_FULL)
             : offset >= IDS ? ids[(offset - IDS) / 4u]
                             : 0;
    return true;
}
