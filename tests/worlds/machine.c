/* SPDX-License-Identifier: MIT */
#include "vwr/find.h"
#include "vwr/open.h"
#include "vwr/memory.h"
#include "vwr/text.h"
#include "vwr/gen/features.h"

#include "watch.h"
#include "wire.h"
#include "works.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The program: worlds_machine SOCKET MEMORY, two descriptors. It ends when wire.py closes the socket. */

#define TICK_US 500u /* each reading of the clock takes this long */

static uint8_t *memory;
static struct order order;
static uint64_t now;

static _Alignas(64) uint8_t own[0x200000];
static struct watch watch;

/* ---- the wire ---- */

static struct answer ask(uint32_t what, uint32_t bytes, uint64_t at, uint64_t value)
{
    struct question q = {what, bytes, at, value};
    struct answer a;

    wire_send(&q, sizeof(q));
    wire_receive(&a, sizeof(a));
    return a;
}

/*
 * The device acts between question and answer. The monitor sees a write before it, and a read after it;
 * wire.py says what an address means only in its answer, so a write whose meaning is needed asks for it
 * first.
 */
static uint64_t reach(uint32_t what, uint32_t bytes, uint64_t at, uint64_t value)
{
    struct question q = {what, bytes, at, value};
    struct answer a;

    if (watch.runs)
        vwr_monitor_look(&watch.m, VWR_BY_DRIVER);
    wire_send(&q, sizeof(q));
    wire_receive(&a, sizeof(a));
    if (watch.runs && what == QUESTION_WRITE) {
        watch_access(&watch, a.place, a.structure, a.offset, bytes, true, value);
        wire_send(&q, sizeof(q)); /* now the device acts */
        wire_receive(&a, sizeof(a));
    }
    if (!watch.runs)
        return a.value;
    vwr_monitor_look(&watch.m, VWR_BY_DEVICE);
    if (a.reasons != 0)
        vwr_monitor_interrupt(&watch.m, a.reasons);
    if (what == QUESTION_READ)
        watch_access(&watch, a.place, a.structure, a.offset, bytes, false, a.value);
    return a.value;
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    return (uint32_t)reach(QUESTION_READ, bytes, (uintptr_t)reg, 0);
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    (void)reach(QUESTION_WRITE, bytes, (uintptr_t)reg, value);
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    const uint64_t at = (uintptr_t)p - (uintptr_t)memory;

    *run = at < MEMORY_BYTES && n <= MEMORY_BYTES - at ? n : 0;
    return order.dma + at;
}

uint64_t vwr_host_time_us(void)
{
    return now += TICK_US;
}

/* ---- a world ---- */

static void say(uint32_t what, uint64_t at, int64_t value, const char *text)
{
    (void)snprintf((char *)memory + TEXT_AT, TEXT_BYTES, "%s", text);
    (void)ask(what, 0, at, (uint64_t)value);
}

static const void *tables(void *context, uint64_t at, size_t bytes)
{
    (void)context;
    return at < MEMORY_BYTES && bytes <= MEMORY_BYTES - at ? memory + at : NULL;
}

static struct {
    struct vwr_find find;
    struct vwr_find_host hosts[4];
    struct vwr_found found;
    struct vwr_mmio_window window;
    struct vwr_pci_host host;
    const struct vwr_pci_host *host_list[1];
    struct vwr_pci_window windows[4];
    struct vwr_tree tree;
    struct vwr_acpi acpi;
    struct vwr_find_tables tables;
    struct vwr_find_source source;
    struct vwr_opened opened;
} run;

static void *address(uint64_t at)
{
    return (void *)(uintptr_t)at; /* never dereferenced: an access is a question */
}

static void set_windows(void)
{
    for (uint32_t i = 0; i < order.windows; i++)
        run.windows[i] = (struct vwr_pci_window){.bus = order.window[i].bus,
                                                 .bytes = order.window[i].bytes,
                                                 .cpu = address(order.window[i].cpu),
                                                 .kind = (uint8_t)order.window[i].kind};
}

static int set_source(void)
{
    static const struct vwr_find_kind *const kinds[] = {&vwr_find_windows,      &vwr_find_tree,
                                                        &vwr_find_command_line, &vwr_find_pci,
                                                        &vwr_find_tree_pci,     &vwr_find_acpi};

    run.source = (struct vwr_find_source){
        .kind = kinds[order.source], .from = memory + order.from, .count = 1, .place = order.place != 0};
    set_windows();
    if (order.source == SOURCE_WINDOWS) {
        run.window = (struct vwr_mmio_window){address(order.from), order.bytes, 1};
        run.source.from = &run.window;
    } else if (order.source == SOURCE_TREE || order.source == SOURCE_TREE_PCI) {
        run.source.from = &run.tree;
        return vwr_tree_open(&run.tree, memory + order.from, order.bytes);
    } else if (order.source == SOURCE_PCI) {
        run.host = (struct vwr_pci_host){.access = order.ports != 0 ? &vwr_pci_ports : &vwr_pci_ecam,
                                         .space = address(order.from),
                                         .windows = run.windows,
                                         .window_count = order.windows,
                                         .first_bus = (uint8_t)order.first_bus,
                                         .last_bus = (uint8_t)order.last_bus};
        run.host_list[0] = &run.host;
        run.source.from = run.host_list;
    } else if (order.source == SOURCE_ACPI) {
        run.tables = (struct vwr_find_tables){&run.acpi, run.windows, order.windows};
        run.source.from = &run.tables;
        return vwr_acpi_open(&run.acpi, memory + order.from, tables, NULL);
    }
    return VWR_OK;
}

/* Tells everything that was found and skipped before the first device of the class. */
static int find_device(void)
{
    static char text[TEXT_BYTES];
    int r;

    vwr_find_begin(&run.find, &run.source, 1, run.hosts, VWR_COUNT(run.hosts));
    while ((r = vwr_find_next(&run.find, &run.found)) != 0) {
        if (r > 0 && run.found.dev.type == order.type)
            break;
        text[0] = 0;
        if (r < 0)
            (void)vwr_find_explain(&run.find, text, sizeof(text));
        say(QUESTION_DONE, STAGE_SKIP, r, text);
    }
    if (r == 0)
        return VWR_ENODEV;
    (void)snprintf(text, sizeof(text), "%u %u %u %u %u %u %u %u", run.found.is_pci, run.found.coherent,
                   run.found.interrupt.controller, run.found.interrupt.count, run.found.interrupt.cell[0],
                   run.found.interrupt.cell[1], run.found.interrupt.cell[2],
                   run.found.is_pci ? run.found.pci.vectors : 0u);
    say(QUESTION_FOUND, run.found.is_pci ? run.found.pci.function : (uintptr_t)run.found.mmio.base, 0, text);
    return VWR_OK;
}

static int use_messages(void)
{
    static struct vwr_pci_message message[8];
    const unsigned n = order.messages < VWR_COUNT(message) ? order.messages : VWR_COUNT(message);

    for (unsigned i = 0; i < n; i++)
        message[i] = (struct vwr_pci_message){0xfee00000u, 0x40u + i};
    return n != 0 ? vwr_pci_use_msix(&run.found.pci, message, n) : VWR_OK;
}

static bool failed(enum stage stage, int r)
{
    static char text[TEXT_BYTES];

    if (r == VWR_OK)
        return false;
    text[0] = 0;
    if (vwr_opened_explain(&run.opened, text, sizeof(text)) == 0 && stage != STAGE_FIND) {
        if (run.found.is_pci)
            (void)vwr_pci_explain(&run.found.pci, text, sizeof(text));
        else
            (void)vwr_dev_explain(&run.found.dev, text, sizeof(text));
    }
    say(QUESTION_DONE, stage, r, text);
    return true;
}

/* Tells the regions of shared memory that the device has, of some IDs. */
static void find_regions(void)
{
    static const uint8_t ids[] = {0, 1, 3, 5, 255};
    static char text[TEXT_BYTES];

    for (unsigned i = 0; i < VWR_COUNT(ids); i++) {
        struct vwr_region region = {0};
        const int r = run.found.is_pci ? vwr_pci_get_region(&run.found.pci, ids[i], &region)
                                       : vwr_mmio_get_region(&run.found.mmio, ids[i], &region);

        if (r == VWR_ENODEV)
            continue;
        (void)snprintf(text, sizeof(text), "region %u %llu %llu", ids[i], (unsigned long long)region.addr,
                       (unsigned long long)region.bytes);
        say(QUESTION_DONE, STAGE_REGION, r, text);
    }
}

static int work(void)
{
    const char *wrong = NULL;
    int r = VWR_OK;

    for (const struct class_work *c = class_works; c->work != NULL; c++)
        if (c->type == order.type)
            r = c->work(run.opened.bringup, memory + DATA_AT, &wrong);
    if (wrong != NULL)
        say(QUESTION_DONE, STAGE_DATA, 1, wrong);
    return r;
}

static void drive(void)
{
    const struct vwr_open_options options = {.classes = class_rows,
                                             .class_count = class_row_count,
                                             .own = own,
                                             .own_bytes = sizeof(own),
                                             .shared = memory + SHARED_AT,
                                             .shared_bytes = SHARED_BYTES};

    if (failed(STAGE_FIND, set_source()) || failed(STAGE_FIND, find_device()))
        return;
    find_regions();
    if (failed(STAGE_OPEN, use_messages()) ||
        failed(STAGE_OPEN, vwr_open(&run.opened, &run.found.dev, &options)))
        return;
    if (!failed(STAGE_DATA, work()))
        say(QUESTION_DONE, STAGE_INTERRUPT, vwr_dev_irq(&run.found.dev), "");
    (void)failed(STAGE_CLOSE, vwr_close(run.opened.bringup));
}

int main(int argc, char **argv)
{
    memory = wire_open(argc, argv);
    if (memory == NULL)
        return 2;
    for (;;) {
        (void)ask(QUESTION_NEXT, 0, 0, 0);
        memcpy(&order, memory + ORDER_AT, sizeof(order));
        memset(&run, 0, sizeof(run));
        now = 0;
        watch.runs = false;
        if (order.monitor != 0)
            watch_begin(&watch, &(struct vwr_monitor_setup){.legacy = order.monitor == 2}, memory, order.dma);
        drive();
        say(QUESTION_DONE, STAGE_MONITOR, 0, watch.runs ? watch.text : "");
        say(QUESTION_DONE, STAGE_END, watch.runs ? watch.m.buffers : 0, "");
    }
}
