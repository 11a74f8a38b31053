/* SPDX-License-Identifier: MIT */
#include "counts.h"
#include "monitors.h"
#include "transfer.h"
#include "uart.h"

#define NAME_WIDTH 10u
#define NUMBER_WIDTH 13u

enum { REQUESTS, KICKS, ELIDED, INTERRUPTS, SPURIOUS, SLEEPS, EMPTY, INSTRUCTIONS, COLUMNS };
static const char *const names[COLUMNS] = {"requests", "kicks",  "elided", "interrupts",
                                           "spurious", "sleeps", "empty",  "instructions"};

static uint32_t before[COLUMNS];
static bool counts_instructions;

static uint32_t instructions(void)
{
    uint64_t n;

    if (!counts_instructions)
        return 0;
    __asm__ volatile("isb\n\tmrs %0, pmevcntr0_el0" : "=r"(n));
    return (uint32_t)n;
}

static void take(const struct vwr_blk *b, uint32_t now[COLUMNS])
{
    const struct vwr_queue *const q = &b->first.requests.queue;

    now[REQUESTS] = vwr_queue_buffers(q);
    now[KICKS] = (uint32_t)q->stats.kicks;
    now[ELIDED] = (uint32_t)q->stats.elided;
    now[INTERRUPTS] = (uint32_t)b->bringup.dev->stats.interrupts;
    now[SPURIOUS] = (uint32_t)b->bringup.dev->stats.spurious;
    now[SLEEPS] = sleeps;
    now[EMPTY] = transfer_empty_polls();
    now[INSTRUCTIONS] = instructions();
}

static void put_left(const char *text, unsigned width)
{
    for (; *text != '\0'; width--)
        put_char(*text++);
    for (; width > 0; width--)
        put_char(' ');
}

static void put_right(const char *text, unsigned width)
{
    for (const char *p = text; *p != '\0'; p++)
        width--;
    for (; width > 0; width--)
        put_char(' ');
    put(text);
}

static void put_row(const char *part, const uint32_t now[COLUMNS], const uint32_t since[COLUMNS])
{
    put_left(part, NAME_WIDTH);
    for (unsigned i = 0; i < COLUMNS; i++) {
        if (i == INSTRUCTIONS && !counts_instructions)
            put_right("-", NUMBER_WIDTH);
        else
            put_dec_width(now[i] - since[i], NUMBER_WIDTH);
    }
    put_char('\n');
}

void counts_start(void)
{
    counts_instructions = monitors_start();
    put_left("", NAME_WIDTH);
    for (unsigned i = 0; i < COLUMNS; i++)
        put_right(names[i], NUMBER_WIDTH);
    put_char('\n');
    before[INSTRUCTIONS] = instructions();
}

void counts_say(const char *part, const struct vwr_blk *b)
{
    uint32_t now[COLUMNS];

    take(b, now);
    put_row(part, now, before);
    take(b, before); /* excludes the printing */
}

void counts_say_all(const struct vwr_blk *b)
{
    static const uint32_t nothing[COLUMNS];
    uint32_t now[COLUMNS];

    take(b, now);
    put_row("all", now, nothing);
}
