/* SPDX-License-Identifier: MIT */
#include "on_qemu.h"

#include "check.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/*
 * dead_qemu ROW FOLDER PATTERN: reproduces the symptom of one row with QEMU's devices, and prints the output
 * of
 * the row's call.
 */

#define FAR (UINT64_C(1) << 44)

static struct {
    uint32_t written[VWR_MMIO_CONFIG / 4]; /* values written to the disk's registers */
    enum port_quirk quirk;
    void (*before_notify)(void);
} port;

void port_set_quirk(enum port_quirk quirk)
{
    port.quirk = quirk;
}

void port_before_notify(void (*hook)(void))
{
    port.before_notify = hook;
}

void *port_ring(unsigned low)
{
    void *p = guest_at(port.written[low / 4] | (uint64_t)port.written[low / 4 + 1] << 32, 4096);

    CHECK(p != NULL);
    return p;
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    return machine_read((uintptr_t)reg, bytes);
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    const uint64_t offset = (uintptr_t)reg - (uintptr_t)SLOT(DISK);

    if (offset < VWR_MMIO_CONFIG)
        port.written[offset / 4] = value;
    if (offset == VWR_MMIO_QUEUE_NOTIFY && port.before_notify != NULL)
        port.before_notify();
    machine_write((uintptr_t)reg, bytes, value);
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    const uint64_t addr = guest_dma(p, n, run);

    if (port.quirk == PORT_CACHED)
        return addr + GUEST_BYTES / 2;
    if (port.quirk == PORT_FAR)
        return addr + FAR;
    return port.quirk == PORT_VIRTUAL ? (uintptr_t)p : addr;
}

uint64_t vwr_host_time_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

void say_device(const struct vwr_dev *d)
{
    char text[400];

    CHECK(vwr_dev_explain(d, text, sizeof(text)) < sizeof(text));
    printf("vwr_dev_explain: %s\n", text);
}

void say_disk(const struct vwr_blk *b)
{
    char text[400];

    CHECK(vwr_blk_explain(b, text, sizeof(text)) < sizeof(text));
    printf("vwr_blk_explain: %s\n", text);
}

void say_window(uint64_t base, uint32_t slots)
{
    const struct vwr_mmio_window window = {(volatile void *)(uintptr_t)base, MACHINE_SLOT_BYTES, slots};
    struct vwr_mmio_scan s = {.windows = &window, .count = 1};
    char line[VWR_MMIO_LINE_BYTES];

    while (vwr_mmio_scan_line(&s, line, sizeof(line)) > 0)
        printf("vwr_mmio_scan_line: %s\n", line);
}

void say_result(int result)
{
    printf("vwr_strerror: %s\n", vwr_strerror(result));
}

static bool make(const struct symptom *s, const char *row)
{
    while (s->row != NULL && strcmp(s->row, row) != 0)
        s++;
    if (s->row != NULL)
        s->make();
    return s->row != NULL;
}

int main(int argc, char *argv[])
{
    if (argc != 4 || (mkdir(argv[2], 0700) != 0 && errno != EEXIST))
        return 2;
    image_script(argv[3]);
    check_clean_up = machine_abandon;
    if (chdir(argv[2]) != 0)
        return 2;
    return make(symptoms, argv[1]) || make(symptoms_pci, argv[1]) ? 0 : 2;
}
