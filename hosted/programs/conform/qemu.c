/* SPDX-License-Identifier: MIT */
#include "hosted.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A device of QEMU on virtio-mmio. A register access is a line of the qtest protocol. */

#define SLOTS_BASE 0x0a000000u /* QEMU's board virt, as are the next two */
#define SLOT_BYTES 0x200u
#define SLOTS 32u
#define RAM_OPTION "16M" /* PROCESS_RAM_BYTES */
#define RAM_OBJECT "memory-backend-file,id=ram,mem-path=/proc/self/fd/3,share=on,size=" RAM_OPTION
#define STEP_MS 10
#define ALL_ONES 0xffffffffu

void qemu_command(char **words, int count)
{
    static char *board[] = {"-machine",    "virt,memory-backend=ram",
                            "-cpu",        "cortex-a15,start-powered-off=on",
                            "-m",          RAM_OPTION,
                            "-object",     RAM_OBJECT,
                            "-display",    "none",
                            "-nodefaults", "-no-user-config",
                            "-global",     "virtio-mmio.force-legacy=false",
                            "-global",     "virtio-mmio.ioeventfd=off",
                            "-qtest",      "stdio",
                            "-qtest-log",  "/dev/null"};

    process_command("QEMU", words, 1);
    process_command("QEMU", board, (int)(sizeof(board) / sizeof(board[0])));
    process_command("QEMU", words + 1, count - 1);
}

/* Sends a command and returns the value of its answer "OK 0x...". Without QEMU, all bits are ones. */
static uint32_t ask(const char *command)
{
    char line[PROCESS_LINE];

    if (!process_send(command) || !process_receive(line))
        return ALL_ONES;
    return strncmp(line, "OK ", 3) == 0 ? (uint32_t)strtoull(line + 3, NULL, 16) : 0;
}

static char width(unsigned bytes)
{
    return bytes == 1 ? 'b' : bytes == 2 ? 'w' : 'l';
}

static uint32_t qemu_read(uint64_t addr, unsigned bytes)
{
    char command[PROCESS_LINE];

    (void)snprintf(command, sizeof(command), "read%c 0x%" PRIx64 "\n", width(bytes), addr);
    return ask(command);
}

static void qemu_write(uint64_t addr, unsigned bytes, uint32_t value)
{
    char command[PROCESS_LINE];

    (void)snprintf(command, sizeof(command), "write%c 0x%" PRIx64 " 0x%" PRIx32 "\n", width(bytes), addr,
                   value);
    (void)ask(command);
}

/* The device is in the same slot each time QEMU starts. */
static bool find(struct session *s, bool is_new)
{
    static volatile void *slot;
    const struct vwr_mmio_window window = {(volatile void *)(uintptr_t)SLOTS_BASE, SLOT_BYTES, SLOTS};
    struct vwr_mmio_scan scan = {.windows = &window, .count = 1};
    int r;

    (void)is_new;
    (void)snprintf(s->seen, sizeof(s->seen), "QEMU has no modern virtio-mmio device of this class");
    if (slot != NULL)
        return vwr_mmio_probe(&s->mmio, slot, SLOT_BYTES) == VWR_OK;
    do
        r = vwr_mmio_scan_next(&scan, &s->mmio);
    while (r != 0 && (r != 1 || s->mmio.dev.type != s->class->type));
    if (r == 1)
        slot = s->mmio.base;
    return r == 1;
}

static bool qemu_connect(struct session *s)
{
    static const struct bus bus = {qemu_read, qemu_write};

    return process_connect(s, &bus, find);
}

/* qtest does not forward interrupts, so the register is read. */
static void qemu_step(struct session *s)
{
    (void)poll(NULL, 0, STEP_MS);
    mmio_events(s);
}

const struct way qemu_way = {.connect = qemu_connect,
                             .end = process_end,
                             .memory = process_memory,
                             .kick = mmio_kick,
                             .step = qemu_step,
                             .is_there = process_is_there,
                             .has_died = process_has_died,
                             .is_mmio = true};
