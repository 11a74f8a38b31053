/* SPDX-License-Identifier: MIT */
#include "machine.h"

/* The console: an event of the service processor for each line. QEMU: hw/char/sclpconsole.c. */

#define SCLP_WRITE_EVENT 0x00760005u
#define SCLP_EVENT_TEXT 0x1au
#define SCLP_TEXT_MOST 200u
#define SCLP_POLLS 1000000u

/* At a multiple of 8 below 2 GiB, in one page. */
static struct sclp_block {
    uint16_t length;
    uint8_t function;
    uint8_t control[3];
    volatile uint16_t response;
    uint16_t event_length;
    uint8_t type;
    uint8_t flags;
    uint16_t reserved;
    char text[SCLP_TEXT_MOST];
} __attribute__((packed, aligned(4096))) block;

static unsigned filled;

static void sclp_send(void)
{
    const unsigned header = offsetof(struct sclp_block, text),
                   event = offsetof(struct sclp_block, event_length);
    int busy;

    block.length = (uint16_t)(header + filled);
    block.event_length = (uint16_t)(header - event + filled);
    block.type = SCLP_EVENT_TEXT;
    block.response = 0;
    for (unsigned polls = 0; polls < SCLP_POLLS; polls++) {
        __asm__ volatile(".insn rre,0xb2200000,%1,%2\n\tipm %0\n\tsrl %0,28"
                         : "=d"(busy)
                         : "d"((uint64_t)SCLP_WRITE_EVENT), "d"((uint64_t)(uintptr_t)&block)
                         : "cc", "memory");
        if (busy != 2)
            break;
    }
    for (unsigned polls = 0; polls < SCLP_POLLS && block.response == 0; polls++)
        __asm__ volatile("" ::: "memory");
    filled = 0;
}

void machine_put(char c)
{
    block.text[filled++] = c;
    if (c == '\n' || filled == SCLP_TEXT_MOST)
        sclp_send();
}
