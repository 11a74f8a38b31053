/* SPDX-License-Identifier: MIT */
#define VWR_BLK_QUEUE 128u /* without indirect descriptors a request takes three */
#define VWR_BLK_REQUESTS 32u
#include "counts.h"
#include "crc32.h"
#include "describe.h"
#include "gic.h"
#include "scratch.h"
#include "slots.h"
#include "transfer.h"
#include "uart.h"
#include "vectors.h"

#define SPIN 1u            /* polls before a blocking call sleeps: minimal, to make it sleep */
#define PART_SECTORS 2048u /* written, at the end of a scratch disk */
#define WAITS 32u          /* blocking calls */
#define SPURIOUS 2u        /* interrupts made pending by the program */
#define PATIENCE 100000u   /* number of polls until such an interrupt has arrived */
#define EMPTY_MAX 4u       /* allowed empty polls, in addition to one per sleep */

VWR_STATIC_ASSERT(VWR_BLK_REQUESTS >= TRANSFER_DEPTH, "requests of a transfer");

void demo_main(unsigned exception_level); /* called by start.S */

uint32_t sleeps; /* port.h */

static struct vwr_blk_shared shared;
static struct vwr_blk_own own;
static uint8_t sectors[TRANSFER_SECTORS * VWR_BLK_SECTOR_BYTES];
static struct vwr_mmio disk;
static struct vwr_blk blk;
static uint32_t disk_line;
static uint32_t sum;
static uint64_t part_first;
static bool differs;

/* Acknowledges, calls the device's handler, ends. */
void on_interrupt(void)
{
    const uint32_t interrupt = gic_acknowledge();

    if (interrupt >= GIC_NONE) /* spurious */
        return;
    if (interrupt == disk_line)
        (void)vwr_dev_irq(&disk.dev);
    gic_end(interrupt);
}

static bool find_disk(void)
{
    if (!slots_find_disk(&disk))
        return false;
    describe_slot(&disk);
    disk_line = GIC_SHARED + slots_line(&disk);
    put("interrupt ");
    put_dec(disk_line);
    put_char('\n');
    return true;
}

static void start_interrupts(void)
{
    vectors_start();
    gic_start();
    gic_enable(disk_line, GIC_LEVEL);
    gic_enable(GIC_TIMER, GIC_LEVEL); /* bounds the sleep, see the port */
    __asm__ volatile("msr daifclr, #2" ::: "memory");
}

/* Causes an interrupt without a reason; the handler has run on return. */
static void make_spurious(void)
{
    const uint32_t seen = disk.dev.irqs;

    gic_pend(disk_line);
    for (unsigned i = 0; i < PATIENCE && disk.dev.irqs == seen; i++)
        ;
}

static const char *failed(const char *doing, int result)
{
    describe_disk_error(&blk, doing, result);
    return doing;
}

static void add_to_sum(uint64_t sector, uint8_t *p, uint32_t bytes)
{
    (void)sector;
    sum = crc32(sum, p, bytes);
}

/* The pattern is that of the demo's scratch disk, see its scratch.h; the written part starts with word 0. */
static uint64_t pattern_word(uint64_t sector, uint32_t i)
{
    return ((sector - part_first) * (VWR_BLK_SECTOR_BYTES / 8u) + i + 1u) * 0x9e3779b97f4a7c15u;
}

static void make_pattern(uint64_t sector, uint8_t *p, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++)
        p[i] = (uint8_t)(pattern_word(sector, i / 8u) >> 8u * (i % 8u));
}

static void compare_pattern(uint64_t sector, uint8_t *p, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++)
        differs |= p[i] != (uint8_t)(pattern_word(sector, i / 8u) >> 8u * (i % 8u));
}

static const char *write_part(void)
{
    const uint64_t end = blk.info.sectors;
    int r;

    part_first = end - PART_SECTORS;
    r = transfer(&blk, VWR_BLK_T_OUT, part_first, end, make_pattern);
    if (r == VWR_OK)
        r = vwr_blk_flush(&blk);
    if (r != VWR_OK)
        return failed("writing the pattern", r);
    counts_say("write", &blk);
    r = transfer(&blk, VWR_BLK_T_IN, part_first, end, compare_pattern);
    if (r != VWR_OK)
        return failed("reading the pattern back", r);
    counts_say("read back", &blk);
    return differs ? "the disk does not return the data written" : NULL;
}

/* Blocking calls sleep as well. */
static const char *read_waiting(void)
{
    for (unsigned i = 0; i < WAITS; i++) {
        const int r = vwr_blk_read(&blk, (uint64_t)i * TRANSFER_SECTORS, sectors, TRANSFER_SECTORS);

        if (r != VWR_OK)
            return failed("reading with a blocking call", r);
    }
    counts_say("waiting", &blk);
    return NULL;
}

static const char *use_disk(void)
{
    char id[VWR_BLK_GET_ID_BYTES + 1u];
    const char *failure = NULL;
    int r = vwr_blk_get_id(&blk, id);

    if (r != VWR_OK && r != VWR_EUNSUPP)
        return failed("reading the id", r);
    counts_say("open, id", &blk);
    r = transfer(&blk, VWR_BLK_T_IN, 0, blk.info.sectors, add_to_sum);
    if (r != VWR_OK)
        return failed("reading the whole disk", r);
    counts_say("read", &blk);
    if (scratch_is(id))
        failure = write_part();
    if (failure == NULL)
        failure = read_waiting();
    make_spurious();
    counts_say("spurious", &blk);
    return failure;
}

/* Conditions that hold for all devices and features. */
static const char *check_counts(void)
{
    if (blk.first.requests.queue.stats.flight_most != TRANSFER_DEPTH)
        return "fewer requests in flight than configured";
    if (transfer_empty_polls() > sleeps + EMPTY_MAX)
        return "too many polls found no completion";
    if (disk.dev.stats.spurious != SPURIOUS)
        return "wrong number of spurious interrupts counted";
    return NULL;
}

static void say_sum(void)
{
    put("maximum in flight ");
    put_dec(blk.first.requests.queue.stats.flight_most);
    put("\ncrc32 ");
    put_hex(sum, 8);
    put(" of ");
    put_dec(blk.info.sectors);
    put(" sectors\n");
}

static const char *run(void)
{
    static const struct vwr_blk_options options = {.own = &own, .shared = &shared, .request.spin = SPIN};
    const char *failure;
    int r;

    if (!find_disk())
        return "no disk found";
    blk.bringup.dev = &disk.dev;
    start_interrupts();
    make_spurious(); /* before the device is live: its registers are not accessed */
    counts_start();
    r = vwr_blk_open(&blk, &disk.dev, &options);
    if (r != VWR_OK)
        return failed("opening", r);
    if (blk.info.sectors < PART_SECTORS)
        failure = "the disk is smaller than 1 MiB";
    else
        failure = use_disk();
    if (failure == NULL) {
        counts_say_all(&blk);
        say_sum();
        failure = check_counts();
    }
    r = vwr_close(&blk.bringup);
    return failure == NULL && r != VWR_OK ? failed("closing", r) : failure;
}

void demo_main(unsigned exception_level)
{
    const char *failure;

    uart_start();
    put("Virtwright, interrupts on bare metal, exception level ");
    put_dec(exception_level);
    put_char('\n');
    failure = run();
    put(failure == NULL ? "interrupts: OK" : "interrupts: FAILED: ");
    put(failure == NULL ? "" : failure);
    put_char('\n');
}
