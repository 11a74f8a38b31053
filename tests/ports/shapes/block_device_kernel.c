/* SPDX-License-Identifier: MIT */
#include "gic.h"
#include "slots.h"
#include "tasks.h"
#include "uart.h"
#include "vectors.h"
#include "virtio_block.h"

/*
 * A kernel like that of docs/block-device.md: tasks that copy blocks, and a disk whose interrupt wakes the
 * right task.
 */
#define TASKS 8u
#define BLOCKS 24u     /* for each task */
#define DISTANCE 1024u /* offset from the block that is read to the block that is written */

void demo_main(unsigned exception_level);
void system_off(void);

static struct virtio_block disk;
static uint32_t disk_line;
static unsigned interrupts;
static unsigned serviced; /* requests completed in an interrupt */

void panic(const char *words)
{
    put("shape: FAILED: ");
    put(words);
    put_char('\n');
    system_off();
    for (;;)
        ;
}

void on_interrupt(void)
{
    const uint32_t interrupt = gic_acknowledge();

    if (interrupt >= GIC_NONE)
        return;
    if (interrupt == GIC_TIMER)
        tasks_timer();
    if (interrupt == disk_line) {
        interrupts++;
        disk.device.handle_irq(&disk.device);
        if (disk.serviced < 0)
            panic(vwr_strerror(disk.serviced));
        serviced += (unsigned)disk.serviced;
    }
    gic_end(interrupt);
}

/* Knows nothing of virtio. */
static void copy_blocks(struct block_device *d, size_t from, size_t to)
{
    uint8_t block[BLOCK_BYTES];

    for (size_t i = 0; i < BLOCKS; i++) {
        d->read_block(d, from + i, block);
        for (unsigned at = 0; at < BLOCK_BYTES; at++)
            block[at] = (uint8_t)~block[at];
        d->write_block(d, to + i, block);
    }
}

static void task(unsigned number)
{
    copy_blocks(&disk.device, number * BLOCKS, DISTANCE + number * BLOCKS);
}

static void say(const char *what, unsigned n)
{
    put(what);
    put_char(' ');
    put_dec(n);
    put_char('\n');
}

void demo_main(unsigned exception_level)
{
    struct vwr_mmio found;
    int r;

    (void)exception_level;
    uart_start();
    if (!slots_find_disk(&found))
        panic("no disk found");
    r = virtio_block_open(&disk, found.base);
    if (r != VWR_OK)
        panic(vwr_strerror(r));
    disk_line = GIC_SHARED + slots_line(&found);
    vectors_start();
    gic_start();
    gic_enable(disk_line, GIC_LEVEL);
    gic_enable(GIC_TIMER, GIC_LEVEL);
    (void)interrupts_save();
    for (unsigned i = 0; i < TASKS; i++)
        tasks_add(task);
    tasks_run();
    say("slept", tasks_counts.slept);
    say("woken", tasks_counts.woken);
    say("overslept", tasks_counts.overslept);
    say("asleep at once", tasks_counts.asleep_most);
    say("processor idle", tasks_counts.idle);
    say("interrupts", interrupts);
    say("serviced", serviced);
    put("shape: OK\n");
}
