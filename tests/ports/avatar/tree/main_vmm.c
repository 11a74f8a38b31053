/* SPDX-License-Identifier: MIT */
#include "io.h"
#include "gic.h"
#include "os_cfg.h"
#include "mem/mem.h"
#include "timer.h"
#include "lib/avatar_string.h"
#include "task/task.h"
#include "virtio_block_frontend.h"
#include "fs/fat32.h"
#include "vmm/virtio.h"

/*
 * QEMU's loader device writes the number of the test case to this word of memory; 0: no test case. The tests
 * in tests/ports/avatar/test_avatar.py have the same names.
 */
#define CASE_ADDRESS 0x47000000

enum {
    CASE_PAGE,
    CASE_ALL,
    CASE_LATE,
    CASE_SLOW,
    CASE_RESET,
    CASE_BLOCKS,
    CASE_ERRORS,
    CASE_ASYNC,
    CASE_CANCEL,
    CASE_DOZE,
    CASE_SLEEP
};

#define SECTOR 512
#define PATTERN_SECTORS 10000
#define CHUNK_SECTORS 333 /* larger than a single request, and not a multiple of any other size */

void power_off(void);
void exception_report(uint64_t esr, uint64_t elr, uint64_t far);
void vmm_main(void);

static uint8_t chunk[CHUNK_SECTORS * SECTOR];

void exception_report(uint64_t esr, uint64_t elr, uint64_t far)
{
    logger_error("EXCEPTION esr 0x%llx elr 0x%llx far 0x%llx\n", esr, elr, far);
}

/* Byte `i` of sector `s` on a disk that is filled with its pattern. The host has the same function. */
static uint8_t pattern(uint64_t s, uint32_t i, uint32_t seed)
{
    return (uint8_t)(s * 7 + (s >> 8) * 13 + i * 3 + (i >> 8) + seed);
}

static int has_pattern(const uint8_t *p, uint64_t first, uint32_t sectors, uint32_t seed)
{
    for (uint32_t s = 0; s < sectors; s++)
        for (uint32_t i = 0; i < SECTOR; i++)
            if (p[s * SECTOR + i] != pattern(first + s, i, seed)) {
                logger_error("sector %llu byte %u is 0x%02x\n", first + s, i, (uint32_t)p[s * SECTOR + i]);
                return 0;
            }
    return 1;
}

static void put_pattern(uint8_t *p, uint64_t first, uint32_t sectors, uint32_t seed)
{
    for (uint32_t s = 0; s < sectors; s++)
        for (uint32_t i = 0; i < SECTOR; i++)
            p[s * SECTOR + i] = pattern(first + s, i, seed);
}

static int all_are(const uint8_t *p, size_t bytes, uint8_t value)
{
    while (bytes-- > 0)
        if (*p++ != value)
            return 0;
    return 1;
}

static int check(int good, const char *what)
{
    logger(good ? "ok   %s\n" : "WRONG %s\n", what);
    return good ? 0 : -1;
}

static void show(const char *name, uint32_t bytes)
{
    logger("file %s %u\n", name, bytes);
}

static int file_system(void)
{
    put_pattern(chunk, 0, 5, 77);
    if (check(fat32_disk_init() == 0 && fat32_mount() == 0, "FAT32 is mounted") < 0)
        return -1;
    if (check(fat32_create("WRITTEN BIN", chunk, 5 * SECTOR - 100) == 0, "a file is written") < 0)
        return -1;
    return check(fat32_list(show) == 0, "the root directory is listed");
}

/* In steps of 1, 4, 7 and so on up to CHUNK_SECTORS sectors. */
static int read_pattern(virtio_blk_device_t *disk, uint32_t seed)
{
    uint64_t sector = 0;
    uint32_t count = 1;

    while (sector < PATTERN_SECTORS) {
        const uint32_t n = MIN(count, (uint32_t)(PATTERN_SECTORS - sector));

        memset(chunk, 0, (size_t)n * SECTOR);
        if (virtio_blk_read_sectors(disk, sector, chunk, n) < 0 || !has_pattern(chunk, sector, n, seed))
            return -1;
        sector += n;
        count = count + 3 > CHUNK_SECTORS ? 1 : count + 3;
    }
    return 0;
}

/* Results on which callers rely, for any disk. */
static int refusals(void)
{
    virtio_blk_device_t *const disk = avatar_get_virtio_block_device();
    virtio_blk_device_t stranger;
    uint64_t sectors;
    uint32_t bytes;
    int bad = 0;

    memset(&stranger, 0, sizeof(stranger));
    bad |= check(vmm_backend_get_storage_info(&sectors, &bytes) == 0 && bytes == SECTOR,
                 "sectors have 512 bytes");
    bad |= check(avatar_virtio_block_read(sectors, chunk, 1) == -1, "no read behind the end");
    bad |= check(avatar_virtio_block_read(sectors - 1, chunk, 2) == -1, "no read over the end");
    bad |= check(avatar_virtio_block_write(~0ull, chunk, 2) == -1, "no write where numbers wrap");
    bad |= check(avatar_virtio_block_read(0, NULL, 1) == -1, "no read into nothing");
    bad |= check(avatar_virtio_block_read(0, chunk, 0) == -1, "no read of nothing");
    bad |= check(virtio_blk_read_sector(&stranger, 0, chunk, 1) == -1, "no read from a stranger");
    bad |= check(virtio_blk_init(&stranger, disk->base_addr + 0x1000000, 3) == -1, "no disk where none is");
    bad |= check(virtio_blk_init(&stranger, disk->base_addr, 0) == 0 && stranger.capacity == sectors,
                 "a disk that is open may be opened again");
    bad |= check(scan_for_virtio_block_device(VIRTIO_ID_BLOCK) == disk->base_addr, "it is the first one");
    bad |= check(scan_for_virtio_block_device(VIRTIO_ID_NET) == 0, "there is no network");
    return bad;
}

static int case_all(void)
{
    int bad = 0;

    virtio_detect_devices();
    bad |= check(avatar_get_virtio_block_device() == NULL && avatar_virtio_block_read(0, chunk, 1) == -1,
                 "nothing before init");
    bad |= check(avatar_virtio_block_init() == 0, "init");
    bad |= check(avatar_virtio_block_init() == 0, "init again");
    bad |= check(avatar_virtio_block_count() == 4, "four disks");
    bad |= refusals();
    bad |=
        check(avatar_virtio_block_test() == 0 && virtio_block_test() == 0, "the test, by both of its names");
    bad |= file_system();
    for (uint32_t i = 1; i < avatar_virtio_block_count(); i++)
        bad |= check(read_pattern(avatar_get_virtio_block_device_at(i), i) == 0, "10000 sectors");
    bad |= check(vmm_backend_read_from_host_storage(0, chunk, 8) == 0 && chunk[510] == 0x55 &&
                     vmm_backend_write_to_host_storage(0, chunk, 8) == 0 && avatar_virtio_block_flush() == 0,
                 "the back end's calls");
    return bad;
}

/*
 * The device holds a read of disk 0, then a write of disk 1; the host releases them after a line of output. A
 * request whose call returned -1 keeps its buffers, so the late read reaches neither the caller's stack nor
 * the write's data.
 */
static int case_late(void)
{
    uint8_t on_stack[16 * SECTOR];
    virtio_blk_device_t *disk[3];
    virtio_blk_stats_t stats;
    int bad = check(avatar_virtio_block_init() == 0 && avatar_virtio_block_count() == 3, "three disks");

    for (uint32_t i = 0; i < 3; i++)
        disk[i] = avatar_get_virtio_block_device_at(i);
    avatar_virtio_block_set_timeouts(100000, ~0u);
    memset(on_stack, 0x5a, sizeof(on_stack));
    bad |= check(virtio_blk_read_sectors(disk[0], 8, on_stack, 16) == -1, "a read without an answer");
    put_pattern(chunk, 40, 16, 99);
    bad |= check(virtio_blk_write_sectors(disk[1], 40, chunk, 16) == -1, "a write without an answer");
    bad |= check(virtio_blk_read_sectors(disk[0], 0, chunk, 1) == -1, "the disk is still busy with it");
    bad |= check(virtio_blk_read_sectors(disk[2], 0, chunk, 100) == 0 && has_pattern(chunk, 0, 100, 2),
                 "another disk goes on");
    avatar_virtio_block_print_status();
    logger("HOST: let the read go\n");
    while (virtio_blk_read_sectors(disk[0], 64, chunk, 3) < 0)
        ;
    bad |= check(has_pattern(chunk, 64, 3, 0), "after the late answer the disk reads what it is asked for");
    bad |= check(all_are(on_stack, sizeof(on_stack), 0x5a), "the late data have gone nowhere");
    logger("HOST: let the write go\n");
    while (virtio_blk_read_sectors(disk[1], 40, chunk, 16) < 0)
        ;
    bad |= check(has_pattern(chunk, 40, 16, 99), "the late write has written its own data");
    bad |= check(virtio_blk_get_stats(disk[0], &stats) == 0 && stats.late == 1 && stats.late_answers == 1,
                 "one late, one late answer");
    avatar_virtio_block_print_status();
    return bad;
}

/* A disk that takes longer than any timeout, but answers. Every read is correct in the end. */
static int case_slow(void)
{
    virtio_blk_stats_t stats;
    int bad = check(avatar_virtio_block_init() == 0 && avatar_virtio_block_init() == 0, "init twice");

    avatar_virtio_block_set_timeouts(10000, ~0u);
    for (uint32_t i = 0; i < 6; i++) {
        while (avatar_virtio_block_read(i * 100, chunk, 50) < 0)
            ;
        bad |= check(has_pattern(chunk, i * 100, 50, 0), "a slow read");
    }
    bad |= check(virtio_blk_get_stats(avatar_get_virtio_block_device(), &stats) == 0 && stats.late > 0 &&
                     stats.late_answers == stats.late && stats.resets == 0,
                 "late, and all answered");
    return bad;
}

/* The same with a device that is reset while a request is late. The request is sent again. */
static int case_reset(void)
{
    virtio_blk_stats_t stats;
    int bad = check(avatar_virtio_block_init() == 0, "init");

    for (uint32_t i = 0; i < 2; i++)
        bad |= check(avatar_virtio_block_read(0, chunk, 1) == 0, "a read");
    avatar_virtio_block_set_timeouts(300000, 50000);
    while (virtio_blk_get_stats(avatar_get_virtio_block_device(), &stats) == 0 && stats.resets == 0)
        (void)avatar_virtio_block_read(500, chunk, 20);
    avatar_virtio_block_set_timeouts(20000000, ~0u);
    while (avatar_virtio_block_read(700, chunk, 30) < 0)
        ;
    bad |= check(has_pattern(chunk, 700, 30, 0), "right after a reset");
    avatar_virtio_block_print_status();
    return bad;
}

/* A disk with blocks of 4096 bytes: the driver extracts sectors from them. */
static int case_blocks(void)
{
    virtio_blk_device_t *disk;
    int bad = check(avatar_virtio_block_init() == 0 && avatar_virtio_block_test() == 0, "init and test");

    disk = avatar_get_virtio_block_device();
    if (disk == NULL)
        return -1;
    bad |= check(disk->disk_block == 4096 && disk->block_size == SECTOR, "blocks of 4096, sectors of 512");
    bad |= check(avatar_virtio_block_read(13, chunk, 7) == 0 && has_pattern(chunk, 13, 7, 0),
                 "inside of blocks");
    put_pattern(chunk, 13, 200, 55);
    bad |= check(avatar_virtio_block_write(13, chunk, 200) == 0 && avatar_virtio_block_flush() == 0,
                 "written from the middle of a block to the middle of another");
    return bad;
}

/* Sector 300 of the first disk is bad, the second disk is read-only: the test expects a line for each. */
static int case_errors(void)
{
    int bad = check(avatar_virtio_block_init() == 0 && avatar_virtio_block_count() == 2, "two disks");
    virtio_blk_device_t *const second = avatar_get_virtio_block_device_at(1);

    logger("LINES\n");
    bad |= avatar_virtio_block_read(296, chunk, 8) == -1 ? 0 : -1;
    bad |= avatar_virtio_block_read(2047, chunk, 2) == -1 ? 0 : -1;
    bad |= avatar_virtio_block_read(0, NULL, 1) == -1 ? 0 : -1;
    bad |= virtio_blk_write_sectors(second, 7, chunk, 3) == -1 ? 0 : -1;
    bad |= avatar_virtio_block_read(0, chunk, CHUNK_SECTORS) == -1 ? 0 : -1;
    logger("END\n");
    return bad |
           check(bad == 0 && avatar_virtio_block_read(292, chunk, 8) == 0 && has_pattern(chunk, 292, 8, 0),
                 "each is refused, and the disk goes on");
}

/*
 * Transfers that proceed while their caller continues: their memory is in three segments, none of whole
 * sectors.
 */
#define IOS 6
#define IO_SECTORS 64

struct io {
    virtio_blk_io_t io;
    virtio_blk_segment_t segment[3];
    uint8_t memory[IO_SECTORS * SECTOR];
    int result; /* 1: in progress */
};

static struct io ios[IOS];
static uint32_t ios_done;

static void io_is_done(virtio_blk_io_t *io, int result)
{
    *(int *)io->context = result;
    ios_done++;
}

static int submit(struct io *i, uint32_t what, uint64_t sector, uint32_t count)
{
    const uint32_t bytes[3] = {1000, 7, count * SECTOR - 1007};
    uint32_t at = 0;

    for (uint32_t n = 0; n < 3; at += bytes[n++]) {
        i->segment[n].at = i->memory + at;
        i->segment[n].bytes = bytes[n];
    }
    i->result = 1;
    i->io.what = what;
    i->io.sector = sector;
    i->io.segment = i->segment;
    i->io.segments = 3;
    i->io.done = io_is_done;
    i->io.context = &i->result;
    return virtio_blk_submit(avatar_get_virtio_block_device(), &i->io);
}

/* From here on, this code is Avatar's idle task, and interrupts are enabled. */
static void become_idle(void)
{
    el2_idle_init();
    write_tpidr_el2((uint64_t)get_idle());
}

/* Like Avatar's idle task, sleeps until an interrupt arrives and handles it, without polling. */
static void sleep_once(void)
{
    wfi();
    enable_interrupts();
    __asm__ volatile("isb" ::: "memory");
    disable_interrupts();
}

static void sleep_for(uint32_t done)
{
    while (ios_done < done)
        sleep_once();
}

/* Interrupt-driven, on a slow disk. Sector 300 is bad. */
static int case_async(void)
{
    int bad = check(avatar_virtio_block_init() == 0, "init");

    become_idle();
    (avatar_virtio_block_enable_irq)();
    for (uint32_t i = 0; i < 4; i++)
        bad |= submit(&ios[i], VIRTIO_BLK_READ, 1000 * (i + 1), IO_SECTORS);
    put_pattern(ios[4].memory, 9000, IO_SECTORS, 5);
    bad |= submit(&ios[4], VIRTIO_BLK_WRITE, 9000, IO_SECTORS);
    bad |= submit(&ios[5], VIRTIO_BLK_READ, 290, 20);
    bad |= check(bad == 0 && ios_done == 0, "six are begun, none has waited");
    bad |= check(virtio_blk_submit(avatar_get_virtio_block_device(), &ios[0].io) == -1,
                 "one that is in flight is refused");
    sleep_for(6);
    for (uint32_t i = 0; i < 4; i++)
        bad |= check(ios[i].result == 0 && has_pattern(ios[i].memory, 1000 * (i + 1), IO_SECTORS, 0),
                     "a read by interrupt");
    bad |= check(ios[4].result == 0 && ios[5].result == -1, "a write, and an error");
    bad |= submit(&ios[0], VIRTIO_BLK_READ, 100, IO_SECTORS);
    bad |= submit(&ios[1], VIRTIO_BLK_FLUSH, 0, IO_SECTORS);
    bad |= check(avatar_virtio_block_read(9000, chunk, IO_SECTORS) == 0 &&
                     has_pattern(chunk, 9000, IO_SECTORS, 5),
                 "a call that waits, beside them");
    sleep_for(8);
    return bad |
           check(ios[0].result == 0 && ios[1].result == 0 && has_pattern(ios[0].memory, 100, IO_SECTORS, 0),
                 "and they are done");
}

/* Cancels a write that the device holds. A later write reaches the disk after it. */
static int case_cancel(void)
{
    int bad = check(avatar_virtio_block_init() == 0, "init");

    put_pattern(ios[0].memory, 40, 16, 99);
    bad |= submit(&ios[0], VIRTIO_BLK_WRITE, 40, 16);
    virtio_blk_cancel(avatar_get_virtio_block_device(), &ios[0].io);
    put_pattern(ios[1].memory, 40, 16, 55);
    bad |= submit(&ios[1], VIRTIO_BLK_WRITE, 40, 16);
    memset(ios[2].memory, 0x5a, sizeof(ios[2].memory));
    bad |= submit(&ios[2], VIRTIO_BLK_READ, 8, 16);
    virtio_blk_cancel(avatar_get_virtio_block_device(), &ios[2].io);
    for (uint32_t i = 0; i < 100000; i++)
        avatar_virtio_block_poll();
    bad |= check(bad == 0 && ios_done == 0, "nothing overtakes the write that was forgotten");
    logger("HOST: let the write go\n");
    while (ios_done == 0)
        avatar_virtio_block_poll();
    bad |= check(ios_done == 1 && ios[1].result == 0 && ios[0].result == 1 && ios[2].result == 1 &&
                     all_are(ios[2].memory, sizeof(ios[2].memory), 0x5a),
                 "what was forgotten is not done");
    return bad | check(avatar_virtio_block_read(40, chunk, 16) == 0 && has_pattern(chunk, 40, 16, 55),
                       "the last write is what is on the disk");
}

/*
 * A call that waits while no task runs, as in Avatar's shell: the disk's interrupt or a timer tick ends each
 * sleep.
 */
static int case_doze(void)
{
    virtio_blk_stats_t stats;
    uint64_t from, ticks;
    int bad = check(avatar_virtio_block_init() == 0, "init");

    (avatar_virtio_block_enable_irq)();
    timer_init();
    from = read_cntpct_el0();
    for (uint32_t i = 0; i < 6; i++)
        bad |= check(avatar_virtio_block_read(i * 100, chunk, 50) == 0 && has_pattern(chunk, i * 100, 50, 0),
                     "a slow read");
    ticks = (read_cntpct_el0() - from) / TIMER_TVAL_VALUE;
    bad |= virtio_blk_get_stats(avatar_get_virtio_block_device(), &stats);
    logger("%llu sleeps in %llu ticks\n", stats.sleeps, ticks);
    return bad | check(stats.sleeps > 0 && stats.sleeps <= ticks + 6 * 2, "the CPU slept meanwhile");
}

/* Tasks that are like a guest's vCPU during a trap: at EL2, with interrupts masked. */
#define TASKS 2
#define TASK_STACK 0x8000

static tcb_t tasks[TASKS];
static _Alignas(16) uint8_t stacks[TASKS][TASK_STACK];
static uint8_t task_chunk[TASKS][50 * SECTOR];
static int task_result[TASKS];
static uint32_t task_disk; /* for the tasks that start next */
static uint32_t tasks_done;

/* A task has the same index as its stack. */
static void task_reads(void)
{
    const uint32_t i = (uint32_t)(curr_task_el2() - tasks);

    task_result[i] = virtio_blk_read_sectors(avatar_get_virtio_block_device_at(task_disk), 100 * (i + 1),
                                             task_chunk[i], 50);
    tasks_done++;
    for (;;)
        schedule(); /* the task is no longer in any list */
}

static void start_task(uint32_t i)
{
    memset(&tasks[i], 0, sizeof(tasks[i]));
    tasks[i].task_id = (int32_t)i + 1;
    tasks[i].remaining_ticks = SYS_TASK_TICK;
    tasks[i].ctx.x30 = (uint64_t)task_reads;
    tasks[i].ctx.sp_elx = (uint64_t)(stacks[i] + TASK_STACK);
    tasks[i].ctx.tpidr_elx = (uint64_t)&tasks[i];
    task_result[i] = 1;
    task_add_to_readylist_tail(&tasks[i]);
}

static void idle_until(uint32_t done)
{
    while (tasks_done < done)
        sleep_once();
}

/* Returns whether a task has read the expected data. The seed of a disk is its number. */
static bool has_read(uint32_t i)
{
    return task_result[i] == 0 && has_pattern(task_chunk[i], 100 * (i + 1), 50, task_disk);
}

static bool waits(uint32_t i)
{
    return tasks[i].state == TASK_STATE_WAIT_IRQ;
}

/* Three disks, each of which delays its first read. Only the last one needs the timer. */
static int case_sleep(void)
{
    virtio_blk_stats_t stats;
    int bad = check(avatar_virtio_block_init() == 0 && avatar_virtio_block_count() == 3, "three disks");

    become_idle();
    (avatar_virtio_block_enable_irq)();
    (avatar_virtio_block_poll)(); /* the tick, which checks timeouts */
    start_task(0);
    schedule();
    bad |= check(tasks_done == 0 && waits(0), "a task waits, and another runs");
    logger("HOST: let go 0\n");
    idle_until(1);
    bad |= check(has_read(0), "the disk's interrupt has completed its read, and no tick");
    task_disk = 1;
    start_task(0);
    start_task(1);
    schedule();
    bad |= check(tasks_done == 1 && waits(0) && waits(1), "two tasks wait");
    logger("HOST: let go 1\n");
    idle_until(3);
    bad |= check(has_read(0) && has_read(1), "one behind the other");
    task_disk = 2;
    avatar_virtio_block_set_timeouts(100000, ~0u);
    timer_init();
    start_task(0);
    schedule();
    idle_until(4);
    bad |= check(task_result[0] == -1, "a task whose read is held has its -1, by the tick");
    logger("HOST: let go 2\n");
    for (uint32_t done = 5; task_result[0] != 0; done++) {
        start_task(0);
        schedule();
        idle_until(done);
    }
    bad |= virtio_blk_get_stats(avatar_get_virtio_block_device_at(2), &stats);
    return bad |
           check(has_read(0) && stats.late == 1 && stats.late_answers == 1, "and goes on when the disk does");
}

/* Avatar's disk accesses at startup, and `ls`. */
static int case_page(void)
{
    if (check(avatar_virtio_block_init() == 0 && fat32_disk_init() == 0 && fat32_mount() == 0, "mounted") < 0)
        return -1;
    return check(fat32_list(show) == 0, "listed");
}

/*
 * No guest runs, but both sides are in one image: the test calls functions of the VMM and of the frontend.
 */
static int beside_the_vmm(void)
{
    virtio_device_t dev;
    virtqueue_t queue;
    uint32_t id = 0;

    memset(&dev, 0, sizeof(dev));
    dev.device_id = VIRTIO_ID_CONSOLE;
    return check(virtio_mmio_read(&dev, VIRTIO_MMIO_DEVICE_ID, &id, 4) && id == VIRTIO_ID_CONSOLE &&
                     virtio_mmio_write(&dev, VIRTIO_MMIO_STATUS, VIRTIO_STATUS_DRIVER, 4) &&
                     virtio_queue_init(&queue, 8) == 0 && !virtio_queue_available(&queue),
                 "the VMM's device side is in the image too");
}

void vmm_main(void)
{
    static int (*const cases[])(void) = {case_page,   case_all,    case_late,   case_slow,
                                         case_reset,  case_blocks, case_errors, case_async,
                                         case_cancel, case_doze,   case_sleep};
    const uint32_t wanted = *(volatile uint32_t *)CASE_ADDRESS;
    uint64_t level;
    int bad;

    io_early_init();
    gic_virtual_init();
    asm volatile("mrs %0, CurrentEL" : "=r"(level));
    logger_info("stand-in at exception level %llu, case %u\n", level >> 2, wanted);
    bad = beside_the_vmm() | cases[wanted]();
    avatar_virtio_block_print_status();
    logger_info(bad ? "RESULT: FAILED\n" : "RESULT: PASSED\n");
}
