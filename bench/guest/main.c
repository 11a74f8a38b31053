/* SPDX-License-Identifier: MIT */
#include "gic.h"
#include "guest.h"
#include "monitors.h"
#include "slots.h"
#include "uart.h"
#include "vectors.h"

/*
 * The image: reads the parameters, finds the disk, runs one level, prints the results, and powers off. The
 * lines that machine.py reads begin with "guest: ".
 */

#define ARENA_BYTES 1048576u
#define PAGE 4096u
#define QUEUE_SIZE 256u

void demo_main(unsigned exception_level); /* called by start.S */
_Noreturn void system_off(void);

static struct vwr_mmio disk;
static uint32_t disk_interrupt;
static uint64_t interrupts; /* of the disk */
static size_t arena_used;
static _Alignas(PAGE) uint8_t arena[ARENA_BYTES];
static _Alignas(PAGE) uint8_t buffers[GUEST_DEPTH_MAX * GUEST_BYTES_MAX];

struct vwr_mmio *guest_disk(void)
{
    return &disk;
}

uint8_t *guest_buffers(void)
{
    return buffers;
}

static _Noreturn void finish(const char *how, const char *what, const char *why)
{
    put("\nguest: ");
    put(how);
    put(what);
    put(why != NULL ? ": " : "");
    put(why != NULL ? why : "");
    put("\n");
    system_off();
}

_Noreturn void guest_fail(const char *what, const char *why)
{
    finish("FAILED: ", what, why);
}

_Noreturn void guest_leave_out(const char *what, const char *why)
{
    finish("LEFT OUT: ", what, why);
}

void *guest_memory(size_t bytes)
{
    uint8_t *p = &arena[arena_used];

    if (bytes > ARENA_BYTES - arena_used)
        guest_fail("no memory", NULL);
    arena_used += (bytes + PAGE - 1u) / PAGE * PAGE;
    return p;
}

void guest_sleep(void)
{
    __asm__ volatile("dsb sy\n\twfi" ::: "memory");
}

void guest_let_in(void)
{
    __asm__ volatile("msr daifclr, #2\n\tisb\n\tmsr daifset, #2" ::: "memory");
}

void on_interrupt(void)
{
    const uint32_t interrupt = gic_acknowledge();

    if (interrupt >= GIC_NONE)
        return;
    if (interrupt == disk_interrupt) {
        interrupts++;
        (void)vwr_dev_irq(&disk.dev);
    }
    gic_end(interrupt);
}

static void start_interrupts(void)
{
    vectors_start();
    gic_start();
    gic_enable(disk_interrupt, GIC_EDGE); /* as in QEMU's device tree */
}

static void check_run(const struct guest_run *r)
{
    if (r->magic != GUEST_RUN_MAGIC)
        guest_fail("nobody said what to measure: guest.py does", NULL);
    if (r->level > GUEST_RING || r->measure > GUEST_COUNT || r->depth == 0 || r->depth > GUEST_DEPTH_MAX ||
        r->bytes == 0 || r->bytes > GUEST_BYTES_MAX || r->bytes % GUEST_SECTOR_BYTES != 0 ||
        (r->sectors & (r->sectors - 1u)) != 0 || r->batches == 0)
        guest_fail("what is to be measured makes no sense", NULL);
}

static uint64_t start_counters(const struct guest_run *r)
{
    uint64_t hertz;

    if (!monitors_start() && r->measure == GUEST_COUNT)
        guest_fail("this CPU does not count instructions: QEMU's does under -icount", NULL);
    __asm__ volatile("mrs %0, cntfrq_el0" : "=r"(hertz));
    return hertz;
}

/* Checks the stamps of the last batch, which is still in the buffers. Earlier batches ran the same code. */
static void check_buffers(const struct guest_run *r)
{
    const uint32_t blocks = r->bytes / GUEST_STAMP_BYTES;
    const uint64_t mask = r->sectors / (GUEST_STAMP_BYTES / GUEST_SECTOR_BYTES) - 1u;

    for (uint32_t i = 0; i < r->depth; i++) {
        const uint64_t n = (uint64_t)(r->batches - 1u) * r->depth + i;

        for (uint32_t k = 0; k < blocks; k++) {
            const uint8_t *at = &buffers[(size_t)i * r->bytes + (size_t)k * GUEST_STAMP_BYTES];

            if (*(const uint64_t *)(const void *)at != (n * GUEST_STRIDE * blocks & mask) + k)
                guest_fail("data read is not what the disk has", NULL);
        }
    }
}

static void say(const char *name, uint64_t value)
{
    put(" ");
    put(name);
    put("=");
    put_dec(value);
}

static void say_result(const char *name, const struct guest_result *result, uint64_t hertz)
{
    put("guest: ");
    put(name);
    say("requests", result->done);
    say("ticks", result->ticks);
    say("hertz", hertz);
    if (result->counted != 0) {
        say("counted", result->counted);
        say("submit", result->submit.instructions);
        say("reap", result->reap.instructions);
        say("empty", result->empty.instructions);
        say("submit_ticks", result->submit.ticks);
        say("reap_ticks", result->reap.ticks);
        say("empty_ticks", result->empty.ticks);
    }
    say("notifications", result->notifications);
    say("interrupts", interrupts);
    put("\nguest: OK\n");
}

void demo_main(unsigned exception_level)
{
    const struct guest_run *r = (const struct guest_run *)GUEST_RUN_ADDRESS;
    const struct guest_level *level = r->level == GUEST_HAND ? &guest_hand : &guest_ring;
    struct guest_result result = {0};
    uint64_t hertz;
    void *driver;

    (void)exception_level;
    uart_start();
    check_run(r);
    if (!slots_find_disk(&disk))
        guest_fail("there is no disk", NULL);
    disk_interrupt = GIC_SHARED + slots_line(&disk);
    hertz = start_counters(r);
    driver = level->prepare(r, QUEUE_SIZE);
    if (r->sleep)
        start_interrupts();
    put("guest: begin\n");
    level->run(r, driver, &result);
    put("guest: end\n");
    if (result.done != (uint64_t)r->batches * r->depth)
        guest_fail("requests asked for and taken back are not equally many", NULL);
    if (r->check)
        check_buffers(r);
    say_result(level->name, &result, hertz);
    system_off();
}
