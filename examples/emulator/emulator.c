/* SPDX-License-Identifier: MIT */
/*
 * The machine of docs/emulator.md: a hart, RAM, a control register, and VirtIO devices. The devices are in
 * the copy that ./vwr embed writes: vwr.c, vwr.h, vwr_example.c and vwr_example.h.
 */
#include "cpu.h"
#include "devices.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define RAM 0x80000000u
#define RAM_BYTES 0x400000u
#define CONTROL 0x00100000u /* a word: POWER_OFF, FAILED or RESTART */
#define POWER_OFF 0x5555u
#define FAILED 0x3333u
#define RESTART 0x7777u

static _Alignas(4096) uint8_t ram[RAM_BYTES];
static struct cpu cpu;
static uint32_t control; /* the last request of the guest */
static uint32_t lines;   /* interrupt lines that are high */

/* ---- interrupts: the level of each device's line ---- */

void vwr_example_irq(uint32_t line, bool level)
{
    lines = level ? lines | 1u << line : lines & ~(1u << line);
}

/* ---- memory: RAM, the control register, devices ---- */

static void copy(uint8_t *at, unsigned bytes, bool is_write, uint32_t *value)
{
    if (is_write)
        memcpy(at, value, bytes);
    else
        memcpy(value, at, bytes);
}

bool bus_access(uint32_t addr, unsigned bytes, bool is_write, uint32_t *value)
{
    uint64_t wide = *value;

    if (addr >= RAM && addr - RAM <= RAM_BYTES - bytes) {
        copy(ram + (addr - RAM), bytes, is_write, value);
        return true;
    }
    if (addr == CONTROL && is_write) {
        control = *value == POWER_OFF || *value == RESTART ? *value : FAILED;
        return true;
    }
    if (!vwr_example_trap(addr, bytes, is_write, &wide))
        return false;
    *value = (uint32_t)wide;
    return true;
}

/* ---- the disk: a file ---- */

static bool open_disk(const char *path)
{
    const int file = open(path, O_RDWR);
    struct stat s;
    void *image;

    if (file < 0 || fstat(file, &s) != 0)
        return false;
    image = mmap(NULL, (size_t)s.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    (void)close(file);
    if (image == MAP_FAILED)
        return false;
    vwr_example_disk(image, (uint64_t)s.st_size);
    return true;
}

/* ---- the console: standard input and output ---- */

void vwr_example_put(uint8_t byte)
{
    (void)putchar(byte);
}

static void poll_keys(void)
{
    static struct pollfd keys = {.fd = STDIN_FILENO, .events = POLLIN};
    static uint8_t key;
    static bool is_waiting; /* the guest had no buffer for the key */

    if (!is_waiting && poll(&keys, 1, cpu.waits ? 10 : 0) > 0) {
        is_waiting = read(keys.fd, &key, 1) == 1;
        keys.fd = is_waiting ? keys.fd : -1; /* the end of the input: none is polled */
    }
    if (is_waiting && vwr_example_type(&key, 1) == 1)
        is_waiting = false;
}

/* ---- the network: a wire whose other end returns each frame to its sender ---- */

static uint8_t frame[2048];
static uint32_t frame_bytes;

void vwr_example_frame(const uint8_t *bytes, uint32_t n)
{
    if (n < 12 || n > sizeof(frame))
        return;
    memcpy(frame, bytes + 6, 6);
    memcpy(frame + 6, bytes, 6);
    memcpy(frame + 12, bytes + 12, n - 12);
    frame_bytes = n;
}

static void poll_network(void)
{
    if (frame_bytes != 0 && vwr_example_deliver(frame, frame_bytes) != VWR_EFULL)
        frame_bytes = 0;
}

/* ---- random numbers ---- */

uint32_t vwr_example_random(uint8_t *bytes, uint32_t n)
{
    return getentropy(bytes, n < 256 ? n : 256) == 0 ? (n < 256 ? n : 256) : 0;
}

/* ---- what a guest has done wrong ---- */

void vwr_example_broken(const struct vwr_vdev *v)
{
    const struct vwr_vdev_fault *const f = &v->fault;

    printf("device %u: fault %u,%u,0x%llx,0x%llx\n", (unsigned)v->line, f->kind, f->queue,
           (unsigned long long)f->a, (unsigned long long)f->b);
}

/* ---- the machine ---- */

/* At the start, and each time the guest restarts the machine. */
static bool load(const char *path)
{
    FILE *const file = fopen(path, "rb");
    bool is_loaded;

    vwr_example_reset();
    memset(ram, 0, sizeof(ram));
    is_loaded = file != NULL && fread(ram, 1, sizeof(ram), file) != 0;
    if (file != NULL)
        (void)fclose(file);
    cpu_reset(&cpu, RAM);
    control = 0;
    return is_loaded;
}

/* Runs the guest until it ends, or for so many turns. */
static void run(const char *image, unsigned long turns)
{
    bool is_loaded = true;

    while (turns-- > 0 && is_loaded && !cpu.dead && control != POWER_OFF && control != FAILED) {
        for (unsigned i = 0; i < 1000 && control == 0 && !cpu.dead; i++)
            cpu_step(&cpu, lines != 0);
        poll_keys();
        poll_network();
        poll_sound();
        if (control == RESTART)
            is_loaded = load(image);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        printf("usage: emulator IMAGE DISK [TURNS]\n");
        return 2;
    }
    (void)setvbuf(stdout, NULL, _IONBF, 0);
    if (!open_disk(argv[2]) || vwr_example_start(ram, RAM, sizeof(ram)) != VWR_OK || !load(argv[1])) {
        printf("cannot start the machine\n");
        return 1;
    }
    run(argv[1], argc > 3 ? strtoul(argv[3], NULL, 10) : ULONG_MAX);
    if (control != POWER_OFF)
        printf("the guest failed: trap %u, mepc 0x%08x\n", (unsigned)cpu.csr[6], (unsigned)cpu.csr[5]);
    return control == POWER_OFF ? 0 : 1;
}
