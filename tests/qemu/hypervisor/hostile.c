/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "hostile.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/*
 * A guest that tries to occupy the hypervisor. It drives its devices through /dev/mem, without the kernel,
 * and each notification asks a device for as much work as possible. Rings and buffers lie in memory that the
 * kernel does not use (mem=). hostile VM PACKED PASSES; it ends after PASSES, 0: never. After each pass, all
 * devices must work. Its output goes to the early console's UART.
 */

#define UART 0x09000000ul
#define UART_FLAGS 0x18u
#define UART_FULL 0x20u
#define PAGE 4096ul

#define PATIENCE_MS 2000u
#define VM_DEVICES (vm == 0 ? (unsigned)DEVICES : (unsigned)GPU)
enum { IN_ORDER = 35 };

#define LARGEST 8u
#define LARGEST_BYTES (8u << 20)

enum { T_IN = 0, T_OUT = 1, T_FLUSH = 4, T_GET_ID = 8, T_DISCARD = 11, T_WRITE_ZEROES = 13, T_NONE = 99 };

volatile uint8_t *memory;
unsigned vm;
struct queue queue;
static volatile uint8_t *uart;
static volatile uint8_t *device[DEVICES];
static bool packed;

/* A load with an instruction whose trap has a valid syndrome. */
static uint32_t load(const volatile uint8_t *at)
{
    uint32_t value;

    __asm__ volatile("ldr %w0, [%1]" : "=r"(value) : "r"(at) : "memory");
    return value;
}

static void store(volatile uint8_t *at, uint32_t value)
{
    __asm__ volatile("str %w0, [%1]" ::"r"(value), "r"(at) : "memory");
}

static void say(const char *text)
{
    for (; *text != '\0'; text++) {
        while ((load(uart + UART_FLAGS) & UART_FULL) != 0)
            ;
        store(uart, (uint8_t)*text);
    }
}

static void *map(int fd, uint64_t at, size_t bytes)
{
    void *const p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, (off_t)at);

    if (p == MAP_FAILED) {
        perror("hostile: /dev/mem");
        exit(1);
    }
    return p;
}

uint32_t get(unsigned which, unsigned reg)
{
    return load(device[which] + reg);
}

void put(unsigned which, unsigned reg, uint32_t value)
{
    store(device[which] + reg, value);
}

void put16(uint64_t at, uint16_t value)
{
    *(volatile uint16_t *)(memory + at) = value;
}

void put64(uint64_t at, uint64_t value)
{
    for (unsigned i = 0; i < 8; i++) /* tables may be unaligned */
        memory[at + i] = (uint8_t)(value >> 8 * i);
}

void fill(uint64_t at, uint64_t bytes, uint64_t value)
{
    for (uint64_t i = 0; i < bytes; i += 8)
        *(volatile uint64_t *)(memory + at + i) = value;
}

void nap(unsigned us)
{
    const struct timespec t = {.tv_nsec = us * 1000l};

    (void)nanosleep(&t, NULL);
}

void negotiate(unsigned which)
{
    uint64_t offered = 0;

    put(which, STATUS, 0);
    put(which, STATUS, 1);
    put(which, STATUS, 3);
    for (unsigned i = 0; i < 2; i++) {
        put(which, DEVICE_FEATURES_SEL, i);
        offered |= (uint64_t)get(which, DEVICE_FEATURES) << 32 * i;
    }
    offered &= ~(1ull << 29 | 1ull << IN_ORDER | 1ull << 38); /* EVENT_IDX, NOTIFICATION_DATA: not needed */
    if (!packed)
        offered &= ~(1ull << PACKED);
    for (unsigned i = 0; i < 2; i++) {
        put(which, DRIVER_FEATURES_SEL, i);
        put(which, DRIVER_FEATURES, (uint32_t)(offered >> 32 * i));
    }
    put(which, STATUS, 0xb);
    queue.which = which;
    queue.is_packed = (offered >> PACKED & 1) != 0;
}

void set_up(unsigned index)
{
    put(queue.which, QUEUE_SEL, index);
    queue.index = index;
    queue.ring = RING + RING_BYTES * index;
    queue.size = get(queue.which, QUEUE_SIZE_MAX);
    queue.at = 0;
    queue.avail = 0;
    queue.wrap = AVAIL;
    fill(queue.ring, 0x8000, 0);
    put(queue.which, QUEUE_SIZE, queue.size);
    put(queue.which, DESC, (uint32_t)(MEMORY + queue.ring));
    put(queue.which, DESC + 4, 0);
    put(queue.which, DRIVER, (uint32_t)(MEMORY + queue.ring + RING_DRIVER));
    put(queue.which, DRIVER + 4, 0);
    put(queue.which, DEVICE, (uint32_t)(MEMORY + queue.ring + RING_DEVICE));
    put(queue.which, DEVICE + 4, 0);
    put(queue.which, QUEUE_READY, 1);
}

void begin(unsigned which, unsigned index)
{
    negotiate(which);
    set_up(index);
    put(which, STATUS, 0xf);
}

void describe(uint64_t at, uint64_t addr, uint32_t bytes, unsigned flags, unsigned next)
{
    put64(at, addr);
    put64(at + 8, bytes | (uint64_t)(queue.is_packed ? next : flags) << 32 |
                      (uint64_t)(queue.is_packed ? flags : next) << 48);
}

void post(uint64_t addr, uint32_t bytes, unsigned flags)
{
    const uint64_t at = queue.ring + 16ul * queue.at;

    if (queue.is_packed) {
        describe(at, addr, bytes, flags | queue.wrap, queue.at);
    } else {
        describe(at, addr, bytes, flags, 0);
        post_head(queue.at);
    }
    if (++queue.at == queue.size) {
        queue.at = 0;
        queue.wrap ^= AVAIL | USED;
    }
}

void post_head(unsigned head)
{
    put16(queue.ring + RING_DRIVER + 4 + 2ul * (queue.avail % queue.size), (uint16_t)head);
    __asm__ volatile("dsb sy" ::: "memory");
    put16(queue.ring + RING_DRIVER + 2, ++queue.avail);
}

struct table table(unsigned number, bool aligned)
{
    return (struct table){TABLES + number * TABLE_BYTES + (aligned ? 0 : 4), 0};
}

void row(struct table *t, uint64_t addr, uint32_t bytes, bool write)
{
    if (t->n != 0 && !queue.is_packed) { /* chain it to the one before */
        const uint64_t flags = t->at + 16ul * (t->n - 1u) + 12;

        memory[flags] |= NEXT;
        memory[flags + 2] = (uint8_t)t->n;
        memory[flags + 3] = (uint8_t)(t->n >> 8);
    }
    describe(t->at + 16ul * t->n, addr, bytes, write ? WRITE : 0, 0);
    t->n++;
}

void post_table(const struct table *t)
{
    post(MEMORY + t->at, 16u * t->n, INDIRECT);
}

void notify(void)
{
    __asm__ volatile("dsb sy" ::: "memory");
    put(queue.which, NOTIFY, queue.index);
}

bool is_used(void)
{
    const unsigned last = (queue.at + queue.size - 1) % queue.size;
    volatile uint16_t *const at =
        (volatile uint16_t *)(memory + queue.ring + (queue.is_packed ? 16ul * last + 14 : RING_DEVICE + 2));

    for (unsigned i = 0; i < PATIENCE_MS; i++) {
        if (queue.is_packed ? (*at & (AVAIL | USED)) == (AVAIL | USED) : *at == queue.avail)
            return true;
        nap(1000);
    }
    return false;
}

void many(unsigned buffers, unsigned segments, uint32_t bytes, bool write, bool aligned)
{
    for (unsigned i = 0; i < buffers; i++) {
        struct table t = table(i, aligned);

        for (unsigned k = 0; k < segments; k++)
            row(&t, MEMORY + DATA, bytes, write);
        post_table(&t);
    }
    notify();
}

/* ---- console ---- */

static void console_one_buffer(void)
{
    begin(CONSOLE, 1);
    post(MEMORY + DATA, 16u << 20, 0);
    notify();
}

static void console_tiny(void)
{
    begin(CONSOLE, 1);
    many(queue.size, queue.size, 1, false, false);
}

static void console_input(void)
{
    begin(CONSOLE, 0);
    many(queue.size, queue.size, 1, true, false);
}

/* ---- entropy ---- */

static void entropy_one_chain(void)
{
    begin(ENTROPY, 0);
    many(1, 16, 4u << 20, true, true);
}

static void entropy_at_once(void)
{
    begin(ENTROPY, 0);
    many(queue.size, 16, 4u << 20, true, true);
}

static void entropy_tiny(void)
{
    begin(ENTROPY, 0);
    many(queue.size, 16, 1, true, false);
}

/* ---- disk ---- */

/* One request as a table: header, `segments` of `bytes`, status. */
static void request(unsigned number, unsigned type, uint64_t sector, unsigned segments, uint32_t bytes,
                    bool aligned)
{
    const uint64_t head = HEADS + 32ul * number;
    struct table t = table(number, aligned);

    put64(head, type);
    put64(head + 8, sector);
    row(&t, MEMORY + head, 16, false);
    for (unsigned i = 0; i < segments; i++)
        row(&t, MEMORY + DATA + 512ul * (i % 64), bytes, type == T_IN || type == T_GET_ID);
    row(&t, MEMORY + head + 16, 1, true);
    post_table(&t);
}

static void requests(unsigned type, unsigned segments, uint32_t bytes, bool aligned)
{
    begin(BLK, 0);
    for (unsigned i = 0; i < queue.size; i++)
        request(i, type, 0, segments, bytes, aligned);
    notify();
}

/* Only a few requests, so that all complete before the next reset. */
static void disk_largest(void)
{
    begin(BLK, 0);
    for (unsigned i = 0; i < LARGEST; i++)
        request(i, T_IN, 0, 64, LARGEST_BYTES / 64, true);
    notify();
}

static void disk_tiny(void)
{
    requests(T_IN, 64, 8, false);
}

static void disk_writes(void)
{
    requests(T_OUT, 64, 8, false);
}

static void disk_flushes(void)
{
    requests(T_FLUSH, 0, 0, false);
}

static void disk_names(void)
{
    requests(T_GET_ID, 20, 1, false);
}

static void disk_nonsense(void)
{
    requests(T_NONE, 64, 8, false);
}

static void disk_beyond(void)
{
    begin(BLK, 0);
    for (unsigned i = 0; i < queue.size; i++)
        request(i, T_IN, ~0ull >> 9, 64, 8, false);
    notify();
}

/* The ranges are in the data: each request covers the whole disk eight times. */
static void disk_ranges(unsigned type)
{
    fill(DATA, 32ul * 512, 0);
    for (unsigned i = 0; i < 8; i++) {
        put64(DATA + 512ul * i, 0);
        put64(DATA + 512ul * i + 8, 65536);
    }
    requests(type, 8, 16, true);
}

static void disk_zeroes(void)
{
    disk_ranges(T_WRITE_ZEROES);
}

static void disk_discards(void)
{
    disk_ranges(T_DISCARD);
}

/* ---- all devices ---- */

static const struct attack attacks[] = {
    {"console: 16 MiB in one buffer", console_one_buffer},
    {"console: tiny segments", console_tiny},
    {"console: room for input", console_input},
    {"entropy: 64 MiB in one chain", entropy_one_chain},
    {"entropy: 64 MiB, a queue of them", entropy_at_once},
    {"entropy: tiny segments", entropy_tiny},
    {"disk: the largest reads", disk_largest},
    {"disk: tiny segments to read", disk_tiny},
    {"disk: tiny segments to write", disk_writes},
    {"disk: flushes", disk_flushes},
    {"disk: its name", disk_names},
    {"disk: no such request", disk_nonsense},
    {"disk: beyond its end", disk_beyond},
    {"disk: zeroes everywhere", disk_zeroes},
    {"disk: discards everything", disk_discards},
};
#define ATTACKS (sizeof(attacks) / sizeof(attacks[0]))

/*
 * Disturbs an attack. One of: nothing, a queue reset, disabling the queue, repeated notifications, a write to
 * any register.
 */
static void disturb(unsigned how, unsigned random)
{
    switch (how % 5) {
    case 1:
        put(queue.which, QUEUE_RESET, 1);
        break;
    case 2:
        put(queue.which, QUEUE_READY, 0);
        break;
    case 3:
        for (unsigned i = 0; i < 200; i++)
            put(queue.which, NOTIFY, queue.index);
        break;
    case 4:
        for (unsigned reg = 0; reg < END; reg += 4)
            put(queue.which, reg, random >> reg % 29);
        break;
    default:
        break;
    }
}

static void attack(const struct attack *a, unsigned long pass, unsigned number)
{
    char line[160];

    snprintf(line, sizeof(line), "\nhostile: pass %lu: %s\n", pass, a->name);
    say(line);
    a->run();
    nap(2000);
    disturb((unsigned)(pass + number), (unsigned)pass * 2654435761u);
    nap(2000);
    if (queue.which == CONSOLE)
        put(CONSOLE, STATUS, 0); /* otherwise the console could use all space for this output */
}

/* Sends one request to each of the first three devices, which must work after a reset. */
static bool first_work(void)
{
    begin(BLK, 0);
    memory[HEADS + 16] = 0xff;
    request(0, T_IN, 0, 1, 512, true);
    notify();
    if (!is_used() || memory[HEADS + 16] != 0)
        return false;
    begin(ENTROPY, 0);
    post(MEMORY + DATA, 16, WRITE);
    notify();
    if (!is_used())
        return false;
    begin(CONSOLE, 1);
    memory[DATA] = '\n';
    post(MEMORY + DATA, 1, 0);
    notify();
    return is_used();
}

static void say_works(unsigned long pass)
{
    const char *const wrong = first_work() ? classes_wrong() : "disk, entropy or console";
    char line[160];

    snprintf(line, sizeof(line), "\nhostile: pass %lu: %s%s\n", pass,
             wrong == NULL ? "all devices work" : "FAILED: ", wrong == NULL ? "" : wrong);
    say(line);
    for (unsigned i = 0; i < VM_DEVICES; i++)
        put(i, STATUS, 0);
}

static void one_pass(unsigned long pass)
{
    unsigned number = 0;
    char line[160];

    fill(DATA, DATA_BYTES, pass % 2 ? 0x0a0a0a0a0a0a0a0a : 0x6161616161616161); /* lines, or letters */
    for (unsigned i = 0; i < ATTACKS; i++)
        attack(&attacks[i], pass, number++);
    for (unsigned i = 0; i < classes_attacks_count; i++)
        attack(&classes_attacks[i], pass, number++);
    for (unsigned i = 0; vm == 0 && i < classes_left_attacks_count; i++)
        attack(&classes_left_attacks[i], pass, number++);
    say_works(pass);
    snprintf(line, sizeof(line), "\nhostile: pass %lu is over\n", pass);
    say(line);
}

int main(int argc, char **argv)
{
    const int fd = open("/dev/mem", O_RDWR | O_SYNC);
    const unsigned long passes = argc == 4 ? strtoul(argv[3], NULL, 0) : 0;

    vm = argc == 4 ? (unsigned)strtoul(argv[1], NULL, 0) : 2;
    if (fd < 0 || vm > 1) {
        fprintf(stderr, "hostile VM PACKED PASSES\n");
        return 1;
    }
    packed = argv[2][0] == '1';
    memory = map(fd, MEMORY, MEMORY_BYTES);
    uart = map(fd, UART, PAGE);
    for (unsigned i = 0; i < VM_DEVICES; i++)
        device[i] = map(fd, VM_REGISTERS + DEVICE_BYTES * i, DEVICE_BYTES);
    say("hostile: begins\n");
    for (unsigned long pass = 0; passes == 0 || pass < passes; pass++)
        one_pass(pass);
    say("\nhostile: ends\n");
    return 0;
}
