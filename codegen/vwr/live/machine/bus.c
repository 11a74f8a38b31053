/* SPDX-License-Identifier: MIT */
#include "live.h"
#include "page.h"

#include "vwr/text.h"
#include "vwr/vm.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/pci.h"

/* What is between the ends: registers, interrupts, the clock. The page sees each, and may change some. */

/* Registers of guest n, as the driver addresses them: no memory is there. */
#define REGISTERS 0xc0000000u
#define REGISTERS_BYTES 0x08000000u /* of a guest */
#define SLEEP_US 2000000u           /* a sleep */
#define TICK_US 50u                 /* each reading of the clock takes this long */

enum live_end live_running;
static uint64_t now;
static bool in_interrupt;

void live_bus_begin(void)
{
    live_running = LIVE_PAGE;
    now = 0;
    in_interrupt = false;
}

enum live_end live_enter(enum live_end end)
{
    const enum live_end before = live_running;

    live_running = end;
    if (before != end && before != LIVE_MONITOR && end != LIVE_MONITOR)
        page_entered(end);
    return before;
}

void live_look(struct live_guest *g, enum vwr_side by)
{
    const enum live_end before = live_enter(LIVE_MONITOR);

    vwr_monitor_look(&g->monitor, by);
    (void)live_enter(before);
}

void *live_registers(struct live_guest *g)
{
    return (void *)(uintptr_t)(REGISTERS + g->number * REGISTERS_BYTES);
}

/* ---- what the device does ---- */

/* It serves the queues that were notified. The monitor looks before and afterwards. */
static void serve(struct live_guest *g)
{
    const uint32_t kicked = g->kicked;
    const enum live_end before = live_enter(LIVE_DEVICE);

    g->kicked = 0;
    for (uint16_t q = 0; q < LIVE_QUEUES; q++)
        if ((kicked >> q & 1u) != 0)
            vwr_vdev_serve(g->v, q);
    (void)live_enter(before);
}

void live_take_interrupt(struct live_guest *g)
{
    const enum live_end before = live_enter(LIVE_DRIVER);

    if (!in_interrupt && g->interrupted && g->is_found) {
        in_interrupt = true;
        g->interrupted = false;
        (void)vwr_dev_irq(&g->found.dev);
        in_interrupt = false;
    }
    (void)live_enter(before);
}

/* Of all guests: on the network between them, the device of one writes to the rings of another. */
static void look_at_all(enum vwr_side by)
{
    for (uint32_t i = 0; i < live_scene->guests; i++)
        live_look(&live_guests[i], by);
}

/* After each access and each reading of the clock. */
static void run_device(struct live_guest *g)
{
    if (g->kicked != 0 && now >= g->due) {
        look_at_all(VWR_BY_DRIVER);
        serve(g);
        look_at_all(VWR_BY_DEVICE);
    }
    live_take_interrupt(g);
}

/* ---- registers ---- */

struct place {
    uint32_t kind, structure, at;
    bool is_there;
};

static struct place place_of(struct live_guest *g, uint64_t address)
{
    struct place p = {PAGE_MMIO, 0, 0, true};
    unsigned at = 0;

    if (live_settings.bus == LIVE_MMIO) {
        p.at = (uint32_t)(address - LIVE_MMIO_AT);
    } else if (address < LIVE_ECAM_AT) {
        p.kind = PAGE_STRUCTURE;
        p.structure = vwr_vpci_structure((unsigned)(address - LIVE_WINDOW_AT) % VWR_VPCI_BAR_BYTES, &at);
        p.at = at;
    } else {
        p.kind = PAGE_SPACE;
        p.is_there = vwr_vpci_space(&g->host, address, &at) == &g->function;
        p.at = at;
    }
    return p;
}

static uint64_t address_of(uint32_t offset)
{
    if (live_settings.bus == LIVE_MMIO)
        return LIVE_MMIO_AT + offset;
    return offset < LIVE_WINDOW_OFFSET ? LIVE_ECAM_AT + offset
                                       : LIVE_WINDOW_AT + (offset - LIVE_WINDOW_OFFSET);
}

static void tell_monitor(struct live_guest *g, const struct place *p, unsigned bytes, bool is_write,
                         uint32_t value)
{
    const enum live_end before = live_enter(LIVE_MONITOR);

    if (p->kind == PAGE_MMIO)
        vwr_monitor_access(&g->monitor, p->at, bytes, is_write, value);
    else if (p->kind == PAGE_SPACE && p->is_there)
        vwr_monitor_pci_space(&g->monitor, p->at, bytes, is_write, value);
    else if (p->kind == PAGE_STRUCTURE && p->structure != 0)
        vwr_monitor_pci_access(&g->monitor, p->structure, p->at, bytes, is_write, value);
    (void)live_enter(before);
}

static void reach_device(struct live_guest *g, uint64_t address, unsigned bytes, bool is_write,
                         uint64_t *value)
{
    const enum live_end before = live_enter(LIVE_DEVICE);
    const bool is_there = live_settings.bus == LIVE_MMIO
                              ? vwr_vm_access(&g->vm, address, bytes, is_write, value)
                              : vwr_vpci_access(&g->host, address, bytes, is_write, value);

    if (!is_there)
        *value = ~UINT64_C(0);
    (void)live_enter(before);
}

static uint32_t reach(const volatile void *reg, unsigned bytes, bool is_write, uint32_t value)
{
    const uint32_t offset = (uint32_t)(uintptr_t)reg - REGISTERS;
    struct live_guest *const g = &live_guests[offset / REGISTERS_BYTES % LIVE_GUESTS];
    const uint64_t address = address_of(offset % REGISTERS_BYTES);
    const struct place p = place_of(g, address);
    uint64_t on_bus = value;

    live_look(g, VWR_BY_DRIVER);
    if (is_write) {
        on_bus = page_access(1, g->number, p.kind, p.structure, p.at, bytes, value);
        if (page_dropped() != 0)
            return 0;
        tell_monitor(g, &p, bytes, true, (uint32_t)on_bus);
    }
    reach_device(g, address, bytes, is_write, &on_bus);
    if (!is_write) {
        on_bus = page_access(0, g->number, p.kind, p.structure, p.at, bytes, (uint32_t)on_bus);
        if (page_dropped() == 0)
            tell_monitor(g, &p, bytes, false, (uint32_t)on_bus);
    }
    live_look(g, VWR_BY_DEVICE);
    run_device(g);
    return (uint32_t)on_bus;
}

uint32_t live_read(const volatile void *reg, unsigned bytes)
{
    return reach(reg, bytes, false, 0);
}

void live_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    (void)reach(reg, bytes, true, value);
}

/* An access of a trace: only the monitor gets it. */
LIVE_EXPORT(live_observe)
void live_observe(uint32_t is_write, uint32_t kind, uint32_t structure, uint32_t at, uint32_t bytes,
                  uint32_t value)
{
    const struct place p = {kind, structure, at, true};

    tell_monitor(&live_guests[0], &p, bytes, is_write != 0, value);
}

/* A write that the driver did not make. */
LIVE_EXPORT(live_inject) void live_inject(uint32_t guest, uint32_t offset, uint32_t bytes, uint32_t value)
{
    const enum live_end before = live_enter(LIVE_DRIVER);
    volatile uint8_t *const registers = live_registers(&live_guests[guest]);

    live_write(registers + offset, bytes, value);
    (void)live_enter(before);
}

/* ---- barriers ---- */

static void order(enum page_order what)
{
    if (live_running == LIVE_DRIVER || live_running == LIVE_DEVICE)
        page_barrier(what, live_running);
}

void live_mb(void)
{
    order(PAGE_MB);
}

void live_rmb(void)
{
    order(PAGE_RMB);
}

void live_wmb(void)
{
    order(PAGE_WMB);
}

void live_release(void)
{
    order(PAGE_RELEASE);
}

/* ---- memory and time ---- */

uint64_t live_dma(const void *p, size_t n, size_t *run)
{
    const uintptr_t at = (uintptr_t)p - (uintptr_t)live_ram;
    const uintptr_t offset = at % LIVE_RAM_BYTES;

    *run = at < sizeof(live_ram) && n <= LIVE_RAM_BYTES - offset ? n : 0;
    return LIVE_RAM_AT + offset;
}

/* Other ends run while the driver waits. */
static void pass(uint64_t us)
{
    now += us;
    for (unsigned i = 0; i < live_scene->guests && live_running == LIVE_DRIVER; i++)
        run_device(&live_guests[i]);
}

uint64_t live_time_us(void)
{
    pass(TICK_US);
    return now;
}

/*
 * The driver sleeps until a device works; otherwise for longer than it asked, as with a coarse timer, because
 * nobody wants to step through a hundred sleeps.
 */
void live_sleep(const volatile uint32_t *word, uint32_t seen, uint32_t us)
{
    uint64_t next = now + (us > SLEEP_US ? us : SLEEP_US);

    if (*word != seen)
        return;
    for (unsigned i = 0; i < live_scene->guests; i++)
        if (live_guests[i].kicked != 0 && live_guests[i].due < next)
            next = live_guests[i].due;
    pass(next > now ? next - now : 0);
}

/* ---- hooks of the VM ---- */

static struct live_guest *guest_of(const struct vwr_vm *vm)
{
    return vm->context;
}

static void interrupt(struct live_guest *g, uint32_t reasons, bool is_message)
{
    enum live_end before;

    if (page_interrupt(g->number, reasons, is_message) == 0)
        return;
    g->interrupted = true;
    before = live_enter(LIVE_MONITOR);
    vwr_monitor_interrupt(&g->monitor, reasons);
    (void)live_enter(before);
}

/* The driver is interrupted again while it has not acknowledged an earlier reason: the line stays asserted.
 */
static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)line;
    if (level)
        interrupt(guest_of(vm), guest_of(vm)->v->interrupt, false);
}

static void msi(struct vwr_vm *vm, uint64_t addr, uint32_t data)
{
    struct live_guest *const g = guest_of(vm);

    (void)addr;
    interrupt(g, data == g->v->config_vector ? VWR_PCI_ISR_CONFIG : VWR_PCI_ISR_QUEUE, true);
}

static void kicked(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    struct live_guest *const g = guest_of(vm);

    (void)v;
    if (g->kicked == 0)
        g->due = now + live_settings.slow;
    g->kicked |= 1u << queue;
}

static void broken(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)v;
    page_broken(guest_of(vm)->number);
}

const struct vwr_vm_ops live_vm_ops = {
    .irq = irq, .msi = msi, .kicked = kicked, .again = kicked, .broken = broken};

/* ---- what the monitor sees and reports ---- */

static uint64_t view(void *context, uint64_t addr, const void **host)
{
    struct live_guest *const g = context;
    void *at;
    const uint64_t bytes = vwr_memory_run(&g->vm.memory, addr, &at);

    if (bytes != 0)
        *host = at;
    return bytes;
}

static void report(void *context, const struct vwr_monitor *m, const struct vwr_monitor_finding *f)
{
    const struct live_guest *const g = context;
    char text[600];
    const size_t bytes = vwr_monitor_explain(m, f, text, sizeof(text));

    page_finding(g->number, f->rule, f->queue, f->doubt, text,
                 (uint32_t)(bytes < sizeof(text) ? bytes : sizeof(text) - 1u));
}

int live_watch(struct live_guest *g, bool sees_memory)
{
    const struct vwr_vdev_class *const kind = g->v->kind;
    const struct vwr_monitor_setup s = {
        .thorough = true,
        .rules = kind->rules,
        .rule_count = kind->rule_count,
        .fields = kind->fields,
        .field_count = kind->field_count,
        .requests = kind->id == VWR_ID_BLOCK ? vwr_blk_requests : NULL,
        .request_count = kind->id == VWR_ID_BLOCK ? VWR_BLK_REQUEST_COUNT : 0,
        .net = kind->id == VWR_ID_NET,
        .feature_names = kind->feature_names,
        .run = sees_memory ? view : NULL,
        .report = report,
        .context = g,
        .queue = g->monitor_queue,
        .queue_count = LIVE_QUEUES,
        .entry = g->monitor_entry,
        .entry_count = VWR_COUNT(g->monitor_entry),
    };

    return vwr_monitor_init(&g->monitor, &s);
}
