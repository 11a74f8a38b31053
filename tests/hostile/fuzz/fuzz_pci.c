/* SPDX-License-Identifier: MIT */
#include "input.h"
#include "vwr/gen/features.h"
#include "vwr/pci.h"

#include <stdlib.h>
#include <string.h>

/*
 * PCI buses whose functions contain arbitrary values. Configuration space starts as that of bridges and
 * devices;
 * the input changes it, before and while it is read. No register outside of the windows may be accessed, each
 * call must stay within the number of accesses that its header promises, and each explanation must be a
 * sentence.
 */

#define BUSES 4u
#define FUNCTIONS 12u
#define WINDOW_BYTES 0x400000u
#define SIZE 8u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

struct function {
    uint32_t where;
    uint32_t word[64];
    uint32_t mask[6]; /* writable bits of a BAR */
};

static struct {
    struct input in;
    struct function function[FUNCTIONS];
    unsigned functions;
    unsigned accesses; /* accesses to configuration space */
    unsigned change;   /* accesses until one reads another value */
    uint64_t now;
} fuzz;

static uint8_t window[2][WINDOW_BYTES]; /* provides addresses only */

static void expect(bool holds)
{
    if (!holds)
        abort();
}

/* Buses 0 and 2 are root buses, as with an expander; a bridge leads to the others, if it has their numbers.
 */
static bool bus_answers(uint32_t bus)
{
    bool answers = bus % 2 == 0;

    for (unsigned i = 0; i < fuzz.functions && !answers; i++) {
        const struct function *const f = &fuzz.function[i];
        const uint32_t first = f->word[6] >> 8 & 0xffu;

        answers = (f->word[3] >> 16 & 0x7fu) == 1 && first > f->where >> 8 && first <= bus &&
                  bus <= (f->word[6] >> 16 & 0xffu) && bus_answers(f->where >> 8);
    }
    return answers;
}

static struct function *function_of(uint32_t where)
{
    for (unsigned i = 0; i < fuzz.functions; i++)
        if (fuzz.function[i].where == where)
            return bus_answers(where >> 8) ? &fuzz.function[i] : NULL;
    return NULL;
}

static uint32_t changed(uint32_t v)
{
    if (fuzz.change == 0 || --fuzz.change != 0)
        return v;
    fuzz.change = input_u8(&fuzz.in);
    return fuzz.change % 4 == 0 ? 0xffffffffu : input_u32(&fuzz.in);
}

static uint32_t space_read(const struct vwr_pci_host *h, uint32_t function, unsigned offset)
{
    const struct function *const f = function_of(function);

    (void)h;
    expect(offset % 4 == 0 && offset < 256 && function < VWR_PCI_FUNCTION(BUSES, 0, 0));
    fuzz.accesses++;
    return f != NULL ? changed(f->word[offset / 4]) : 0xffffffffu;
}

static void space_write(const struct vwr_pci_host *h, uint32_t function, unsigned offset, uint32_t value)
{
    struct function *const f = function_of(function);
    const unsigned bar = offset / 4 - 4;

    (void)h;
    expect(offset % 4 == 0 && offset < 256 && function < VWR_PCI_FUNCTION(BUSES, 0, 0));
    fuzz.accesses++;
    if (f == NULL)
        return;
    if (bar < ((f->word[3] >> 16 & 0x7f) == 1 ? 2u : 6u))
        f->word[offset / 4] = (value & f->mask[bar]) | (f->word[offset / 4] & ~f->mask[bar]);
    else
        f->word[offset / 4] = offset == 4 ? (f->word[1] & 0xffff0000u) | (value & 0xffffu) : value;
}

static const struct vwr_pci_access space = {.read = space_read, .write = space_write};

/* ---- registers: any value, at valid addresses only ---- */

static void in_a_window(const volatile void *reg, unsigned bytes)
{
    bool inside = false;

    for (unsigned i = 0; i < 2; i++) {
        const uintptr_t at = (uintptr_t)reg - (uintptr_t)window[i];

        inside |= at < WINDOW_BYTES && at + bytes <= WINDOW_BYTES && at % bytes == 0;
    }
    expect(inside);
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    in_a_window(reg, bytes);
    return input_u32(&fuzz.in) >> (32 - 8 * bytes);
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    in_a_window(reg, bytes);
    (void)value;
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

uint64_t vwr_host_time_us(void)
{
    return fuzz.now += 50000;
}

/* ---- functions on the buses ---- */

static void add_capability(struct function *f, unsigned at, unsigned type, unsigned next, uint32_t offset)
{
    f->word[at / 4] = 9u | next << 8 | (type == 2 ? 20u : 16u) << 16 | type << 24;
    f->word[at / 4 + 1] = 4;
    f->word[at / 4 + 2] = offset;
    f->word[at / 4 + 3] = 0x1000;
}

/* 0: a modern device like QEMU's, with MSI-X; 1: a transitional one; 2: a bridge; 3: any values. */
static void add_function(uint32_t where, unsigned kind)
{
    struct function *const f = &fuzz.function[fuzz.functions++];

    f->where = where;
    if (kind == 3) {
        for (unsigned i = 0; i < 64; i++)
            f->word[i] = input_u32(&fuzz.in);
        f->word[0] = 0x10421af4;
        return;
    }
    f->word[0] = kind == 0 ? 0x10421af4 : kind == 1 ? 0x10011af4 : 0x00011b36;
    f->word[3] = kind == 2 ? 0x00010000 : 0;
    if (kind == 2)
        return;
    f->word[1] = 0x00100000;
    f->word[11] = 0x00021af4;
    f->word[13] = 0x84;
    f->word[4] = kind;
    f->mask[0] = kind == 0 ? 0 : 0xffffff80u;
    f->mask[1] = 0xfffff000u;
    f->word[8] = 0xc;
    f->mask[4] = 0xffffc000u;
    f->mask[5] = 0xffffffffu;
    f->word[0x84 / 4] = 0x80010011u | 0x40u << 8;
    f->word[0x88 / 4] = 1;
    add_capability(f, 0x40, VWR_PCI_CAP_COMMON_CFG, 0x50, 0);
    add_capability(f, 0x50, VWR_PCI_CAP_ISR_CFG, 0x60, 0x1000);
    add_capability(f, 0x60, VWR_PCI_CAP_DEVICE_CFG, 0x70, 0x2000);
    add_capability(f, 0x70, VWR_PCI_CAP_NOTIFY_CFG, 0, 0x3000);
    f->word[0x80 / 4] = 4;
}

static void make_buses(void)
{
    unsigned count = 1 + input_u8(&fuzz.in) % FUNCTIONS;

    while (fuzz.functions < count) {
        const uint8_t what = input_u8(&fuzz.in);

        add_function(VWR_PCI_FUNCTION(what >> 2 & 3u, input_u8(&fuzz.in) & 31u, what >> 4 & 1u), what & 3u);
    }
    for (unsigned i = input_u8(&fuzz.in) % 32; i > 0; i--) {
        struct function *const f = &fuzz.function[input_u8(&fuzz.in) % fuzz.functions];
        const uint8_t offset = input_u8(&fuzz.in);
        const unsigned shift = offset % 4 * 8;

        f->word[offset / 4] = (f->word[offset / 4] & ~(0xffu << shift)) | (uint32_t)input_u8(&fuzz.in)
                                                                              << shift;
        if (offset >= 0xe0)
            f->mask[offset % 6] = 0u - (1u << input_u8(&fuzz.in) % 32);
    }
}

/* ---- the calls ---- */

static void is_a_sentence(size_t length)
{
    expect(length > 5 && length < 400);
}

/* Structures lie within BARs, whatever the functions contain. */
static void in_a_bar(const struct vwr_pci *p, const struct vwr_pci_structure *s)
{
    bool inside = s->at == NULL;

    for (unsigned i = 0; i <= VWR_PCI_BAR_MAX; i++) {
        const uint64_t at = (uintptr_t)s->at - (uintptr_t)p->bar[i].at;

        inside |= p->bar[i].at != NULL && at <= p->bar[i].bytes && s->bytes <= p->bar[i].bytes - at;
    }
    expect(inside);
}

static void use(struct vwr_pci *p)
{
    static const struct vwr_pci_message message[3] = {{0x1000, 1}, {0x1000, 2}, {0x1000, 3}};
    static _Alignas(4096) uint8_t shared[VWR_QUEUE_SHARED_BYTES(256)];
    static _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(256)];
    const struct vwr_queue_memory m = {shared, sizeof(shared), own, sizeof(own), 256};
    static const struct vwr_features none;
    const struct vwr_feature_policy asked = {&none, &none, &none, NULL, 0, NULL};
    const struct vwr_seg seg = {0x1000, 16};
    struct vwr_chain chain;
    struct vwr_queue queue;
    const uint8_t how = input_u8(&fuzz.in);

    for (unsigned i = 0; i < VWR_PCI_STRUCTURES; i++)
        in_a_bar(p, &p->structure[i]);
    memset(&chain, 0, sizeof(chain));
    if ((how & 3u) != 0)
        (void)!vwr_pci_use_msix(p, message, how & 3u);
    if (vwr_dev_negotiate(&p->dev, &asked) != VWR_OK)
        return;
    for (unsigned i = 0; i < 16 && i + 4 <= p->dev.config.bytes; i += 4)
        (void)vwr_config_read32(&p->dev.config, i);
    if (vwr_dev_add_queue(&p->dev, how >> 4, &queue, &m, 0) == VWR_OK && vwr_dev_start(&p->dev) == VWR_OK) {
        expect(vwr_queue_add(&queue, &seg, 1, 0, &chain) == VWR_OK);
        (void)vwr_queue_kick(&queue);
        (void)vwr_dev_irq(&p->dev);
    }
    (void)!vwr_dev_reset(&p->dev);
}

static void run(void)
{
    struct vwr_pci_window windows[3] = {
        {.bus = 0x10000000, .bytes = WINDOW_BYTES, .cpu = window[0], .kind = VWR_PCI_MEMORY},
        {.bus = 0x1000, .bytes = WINDOW_BYTES, .cpu = window[1], .kind = VWR_PCI_IO},
        {.bus = 0x800000000u, .bytes = 0x800000000u, .kind = VWR_PCI_MEMORY_64}}; /* not addressable */
    struct vwr_pci_host host = {
        .access = &space, .windows = windows, .window_count = 3, .last_bus = BUSES - 1};
    struct vwr_pci_scan scan = {.host = &host};
    struct vwr_pci pci;
    char text[400];
    int r;

    make_buses();
    fuzz.change = input_u8(&fuzz.in);
    if ((input_u8(&fuzz.in) & 1u) == 0) {
        r = vwr_pci_place(&host);
        expect(r == VWR_OK || r == VWR_ERANGE);
        is_a_sentence(vwr_pci_host_explain(&host, text, sizeof(text)));
        expect(fuzz.accesses <= BUSES * VWR_PCI_PLACE_ACCESSES);
        for (unsigned i = 0; i < 3; i++)
            expect(windows[i].used <= windows[i].bytes);
    }
    for (unsigned i = 0;; i++) {
        const unsigned before = fuzz.accesses;

        r = vwr_pci_scan_next(&scan, &pci);
        expect(fuzz.accesses - before <= BUSES * 768u + VWR_PCI_PROBE_ACCESSES); /* ids, headers, buses */
        if (r == 0)
            break;
        expect(i < FUNCTIONS && (r == 1 || r == VWR_EVERSION));
        is_a_sentence(vwr_pci_explain(&pci, text, sizeof(text)));
        if (r == 1)
            use(&pci);
        is_a_sentence(vwr_pci_explain(&pci, text, sizeof(text)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    memset(&fuzz, 0, sizeof(fuzz));
    fuzz.in.at = data;
    fuzz.in.left = bytes;
    run();
    return 0;
}
