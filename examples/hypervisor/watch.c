/* SPDX-License-Identifier: MIT */
#include "vwr/gen/pci.h"
#include "vplan_pci.h"

#include "watch.h"

#ifdef VWR_PLAN_HYPERVISOR_MONITORS

/*
 * A monitor inspects the rings before and after each access that its device handles, and after the device was
 * served at other times. In the latter case the guest may be running on its own CPU, so either side may
 * have changed the rings. The first findings for each device are printed; all are counted.
 */
#define SLOTS 32u
#define SAID_MAX 8u
#define WORDS_BYTES 300u
#define IDLE_WAITS 8u

struct watch {
    struct vwr_monitor *m;
    struct vwr_vdev *v;
    uint8_t seen; /* interrupt reasons that the monitor knows */
    uint8_t said; /* findings printed */
};

static struct watch watches[WATCHED];
static struct watch *of[GUESTS_MAX][SLOTS];
static struct watch *disk[GUESTS_MAX];
static const struct watch *trapped; /* its device handles an access */
static void *room;
static bool paused;
static char words[WORDS_BYTES];

static void report(void *context, const struct vwr_monitor *m, const struct vwr_monitor_finding *f)
{
    const struct vwr_vdev *const v = context;

    for (unsigned i = 0; i < WATCHED; i++) {
        if (watches[i].v != v || watches[i].said == SAID_MAX)
            continue;
        (void)vwr_monitor_explain(m, f, words, sizeof(words));
        console_line();
        print("hypervisor: guest %u: monitor of %s: %s [%s]%s\n", devices_guest(v)->number, v->kind->name,
              words, vwr_rules[f->rule].section,
              ++watches[i].said == SAID_MAX ? "; it counts further ones only" : "");
    }
}

static void start(unsigned i)
{
    vwr_vplan_monitor_init(&vwr_plan_hypervisor, &vwr_plan_hypervisor_monitors[i], room, report);
    watches[i].seen = 0;
}

bool watch_start(void *memory)
{
    room = memory;
    for (unsigned i = 0; i < WATCHED; i++) {
        const struct vwr_vplan_monitor *const row = &vwr_plan_hypervisor_monitors[i];
        const struct vwr_vplan_device *const device = &vwr_plan_hypervisor.device[row->device];

        watches[i].m = vwr_vplan_monitor(row, memory);
        watches[i].v = vwr_vplan_device(device, memory);
        start(i);
        if (device->slot >= SLOTS) {
            print("hypervisor: guest %u: a monitor needs a slot below %u\n", device->vm, SLOTS);
            return false;
        }
        of[device->vm][device->slot] = &watches[i];
        if (device->vm < guest_count && watches[i].v == guests[device->vm].disk)
            disk[device->vm] = &watches[i];
    }
    return true;
}

/* What was counted remains. */
void watch_reset(const struct guest *g)
{
    for (unsigned i = 0; i < WATCHED; i++) {
        struct vwr_monitor *const m = watches[i].m;
        const struct vwr_monitor_finding first = m->first;
        const uint32_t found = m->found, buffers = m->buffers, lost = m->lost;

        if (watches[i].v->vm != g->vm)
            continue;
        start(i);
        m->first = first;
        m->found = found;
        m->buffers = buffers;
        m->lost = lost;
    }
}

/* ---- accesses ---- */

/* The target of an access: a virtio-mmio register, a register in a PCI structure, or configuration space. */
#define SPACE (~0u)
struct place {
    struct watch *w;    /* NULL: no monitor sees it */
    unsigned structure; /* 0: on MMIO; SPACE */
    uint64_t offset;
};

static struct place find_in_space(const struct guest *g, struct vwr_vpci_host *host, uint64_t addr)
{
    unsigned offset;
    const struct vwr_vpci *const f = vwr_vpci_space(host, addr, &offset);

    return (struct place){f != NULL ? of[g->number][f->head.device] : NULL, SPACE, offset};
}

/* The guest places the windows. */
static struct place find_on_pci(const struct guest *g, uint64_t addr)
{
    struct vwr_vpci_host *const host = vwr_vplan_member(room, g->pci->host);
    const uint64_t at = addr - g->pci->window;
    const struct vwr_vpci *f;
    struct place p = {NULL, 0, 0};
    unsigned offset;

    if (at / VWR_VPCI_BAR_BYTES >= g->pci->pages)
        return find_in_space(g, host, addr);
    f = host->page[at / VWR_VPCI_BAR_BYTES];
    if (f == NULL)
        return p;
    p.structure = vwr_vpci_structure((unsigned)(at % VWR_VPCI_BAR_BYTES), &offset);
    p.offset = offset;
    p.w = p.structure != 0 ? of[g->number][f->head.device] : NULL;
    return p;
}

static struct place find(const struct guest *g, uint64_t addr)
{
    uint64_t slot;

    if (g->pci != NULL)
        return find_on_pci(g, addr);
    slot = (addr - g->vm->base) / g->vm->stride;
    return (struct place){slot < SLOTS ? of[g->number][slot] : NULL, 0, (addr - g->vm->base) % g->vm->stride};
}

static void tell(const struct place *p, unsigned bytes, bool is_write, uint64_t value)
{
    if (p->structure == 0)
        vwr_monitor_access(p->w->m, p->offset, bytes, is_write, value);
    else if (p->structure == SPACE)
        vwr_monitor_pci_space(p->w->m, (unsigned)p->offset, bytes, is_write, (uint32_t)value);
    else
        vwr_monitor_pci_access(p->w->m, p->structure, p->offset, bytes, is_write, value);
}

/* An acknowledgement makes neither side change a ring. */
static bool is_acknowledgement(const struct place *p)
{
    return p->structure == 0 && p->offset == VWR_MMIO_INTERRUPT_ACK;
}

static void before(const struct place *p, unsigned bytes, bool is_write, uint64_t value)
{
    trapped = p->w;
    if (!is_write || p->w == NULL)
        return;
    if (!is_acknowledgement(p))
        vwr_monitor_look(p->w->m, VWR_BY_DRIVER);
    tell(p, bytes, true, value);
}

static void after(const struct place *p, unsigned bytes, bool is_write, uint64_t value)
{
    trapped = NULL;
    if (p->w == NULL)
        return;
    if (!is_write)
        tell(p, bytes, false, value);
    else if (!is_acknowledgement(p))
        vwr_monitor_look(p->w->m, VWR_BY_DEVICE);
    p->w->seen = p->w->v->interrupt;
}

void watch_before(const struct guest *g, uint64_t addr, unsigned bytes, bool is_write, uint64_t value)
{
    const struct place p = find(g, addr);

    before(&p, bytes, is_write, value);
}

/* A write to a bridge may have reset the function behind it. */
static void tell_of_bridges(const struct guest *g)
{
    for (unsigned i = 0; i < WATCHED; i++) {
        const struct vwr_vplan_device *const row =
            &vwr_plan_hypervisor.device[vwr_plan_hypervisor_monitors[i].device];

        if (watches[i].v->vm == g->vm && vwr_vpci_is_in_reset(vwr_vplan_function(row, room)))
            vwr_monitor_pci_reset(watches[i].m);
    }
}

void watch_after(const struct guest *g, uint64_t addr, unsigned bytes, bool is_write, uint64_t value)
{
    const struct place p = find(g, addr);

    after(&p, bytes, is_write, value);
    if (is_write && p.structure == SPACE && p.w == NULL)
        tell_of_bridges(g);
}

static bool is_busy(const struct vwr_vdev *v, uint64_t offset, bool is_write)
{
    const uint8_t *const allowed = v->allowed[is_write];
    const uint64_t word = offset / sizeof(uint32_t);

    if (!vwr_vmmio_is_register(offset))
        return false;
    return is_write
               ? allowed[word] == VWR_MMIO_REG_QUEUE_NOTIFY || allowed[word] == VWR_MMIO_REG_INTERRUPT_ACK
               : allowed[word] == VWR_MMIO_REG_INTERRUPT_STATUS;
}

/* Needs no lock: only the guest's own notifications, which trap on this CPU, end a pause of the monitor. */
bool watch_skips_reads(const struct guest *g)
{
    const struct watch *const w = disk[g->number];

    return w == NULL || vwr_monitor_skips(w->m, VWR_MMIO_INTERRUPT_STATUS, false);
}

bool watch_at_work(struct guest *g, uint64_t offset, bool is_write, uint64_t *value)
{
    const struct place p = {disk[g->number], 0, offset};

    if (p.w == NULL || vwr_monitor_skips(p.w->m, offset, is_write))
        return vwr_vmmio_access_fast(g->disk, offset, is_write, value);
    if (!is_busy(g->disk, offset, is_write))
        return false;
    before(&p, sizeof(uint32_t), is_write, *value);
    (void)vwr_vmmio_access_fast(g->disk, offset, is_write, value);
    after(&p, sizeof(uint32_t), is_write, *value);
    return true;
}

/* ---- interrupts, and what runs outside of an access ---- */

static void look(struct watch *w)
{
    if (w != trapped && !vwr_monitor_is_paused(w->m))
        vwr_monitor_look(w->m, VWR_BY_DRIVER | VWR_BY_DEVICE);
}

/* If the guest has not acknowledged the last interrupt, the device may report the same reason again. */
static uint32_t reasons_to_interrupt(const struct watch *w)
{
    const uint32_t added = w->v->interrupt & ~(uint32_t)w->seen;

    return added != 0 ? added : w->v->interrupt;
}

void watch_interrupt(const struct guest *g, uint32_t line)
{
    const struct vwr_vplan_device *row;
    struct watch *w = disk[g->number];

    if (w == NULL || w->v->line != line) {
        row = vwr_vplan_of_line(&vwr_plan_hypervisor, g->number, line);
        w = row != NULL ? of[g->number][row->slot] : NULL;
    }
    if (w == NULL ||
        (vwr_monitor_is_paused(w->m) && w->v->interrupt == VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK))
        return;
    if (!paused && w->v->interrupt != 0) {
        look(w);
        vwr_monitor_interrupt(w->m, reasons_to_interrupt(w));
    }
    w->seen = w->v->interrupt;
}

/* The meaning of a message: none, if it does not belong to a vector of this function. */
static uint32_t reasons_of(const struct vwr_vpci *f, uint64_t addr, uint32_t data)
{
    uint32_t reasons = 0;

    for (unsigned i = 0; i < f->vectors; i++) {
        if (f->vector[i].addr != addr || f->vector[i].data != data)
            continue;
        if (f->v->config_vector == i)
            reasons |= VWR_PCI_ISR_CONFIG;
        for (unsigned q = 0; q < f->v->queues; q++)
            if (f->v->queue[q].vector == i)
                reasons |= VWR_PCI_ISR_QUEUE;
    }
    return reasons;
}

void watch_message(const struct guest *g, uint64_t addr, uint32_t data)
{
    for (unsigned i = 0; i < WATCHED && !paused; i++) {
        const struct vwr_vplan_device *const row =
            &vwr_plan_hypervisor.device[vwr_plan_hypervisor_monitors[i].device];
        const uint32_t reasons =
            row->vm == g->number ? reasons_of(vwr_vplan_function(row, room), addr, data) : 0;

        if (reasons == 0)
            continue;
        look(&watches[i]);
        vwr_monitor_interrupt(watches[i].m, reasons);
    }
}

void watch_look(const struct vwr_vdev *v)
{
    for (unsigned i = 0; i < WATCHED; i++)
        if (watches[i].v == v)
            look(&watches[i]);
}

void watch_disks(void)
{
    for (unsigned i = 0; i < GUESTS_MAX; i++)
        if (disk[i] != NULL)
            look(disk[i]);
}

/*
 * Checks one device in some of the waits: a guest waits often, and a missing notification or interrupt stays
 * missing.
 */
void watch_idle(const struct guest *g)
{
    static unsigned waits[GUESTS_MAX];
    const unsigned n = waits[g->number]++;
    const struct watch *w;

    if (n % IDLE_WAITS != 0)
        return;
    w = of[g->number][n / IDLE_WAITS % SLOTS];
    if (w != NULL && !paused && !(w->v == g->disk && window_busy(g)))
        vwr_monitor_idle(w->m);
}

void watch_pause(bool on)
{
    paused = on;
}

void watch_stats(const struct vwr_vdev *v)
{
    for (unsigned i = 0; i < WATCHED; i++)
        if (watches[i].v == v)
            print("    monitor: buffers %u, broken rules %u, queues not followed any more %u\n",
                  watches[i].m->buffers, watches[i].m->found, watches[i].m->lost);
}

#endif
