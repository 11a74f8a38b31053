/* SPDX-License-Identifier: MIT */
#include "vmm.h"
#include "check.h"
#include "monitored.h"
#include "ram.h"
#include "vmm_pci.h"
#include "vmm_calls.h"

#include "vwr/gen/features.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#define QUEUES 64u

struct vwr_vm vmm;
bool (*vmm_work)(void);
void (*vmm_accessed)(void);
void (*vmm_added)(unsigned slot, struct vwr_vdev *v);
bool vmm_may_break;
bool vmm_may_nest;
bool vmm_is_watched;
unsigned vmm_watched, vmm_unknown, vmm_messages;
enum vmm_bus vmm_bus;

static struct vwr_vdev *slots[VMM_SLOTS];
static struct vwr_vm_ops ops;
static struct monitored monitored[VMM_SLOTS];

static struct {
    uint8_t *registers; /* inaccessible: an access that bypasses the port crashes; then the windows of PCI */
    bool level[VMM_SLOTS];
    uint64_t kicked[VMM_SLOTS]; /* indexed by queue */
    uint64_t now;
    bool inside; /* within a step, a device must not read the clock */
} state;

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    CHECK(vm == &vmm && line < VMM_SLOTS);
    state.level[line] = level;
    if (level)
        monitored_interrupt(&monitored[line]);
}

/* A message is an edge: it is remembered until the driver checks. */
static void msi(struct vwr_vm *vm, uint64_t addr, uint32_t data)
{
    const unsigned slot = vmm_pci_slot(addr, data);

    CHECK(vm == &vmm);
    vmm_messages++;
    state.level[slot] = true;
    monitored_message(&monitored[slot], vmm_pci_reasons(slots[slot], data));
}

static void later(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    CHECK(vm == &vmm && queue < QUEUES && v->line < VMM_SLOTS && slots[v->line] == v);
    state.kicked[v->line] |= UINT64_C(1) << queue;
}

static void broken(struct vwr_vm *vm, struct vwr_vdev *v)
{
    char text[300];

    (void)vwr_vdev_explain(v, text, sizeof(text));
    if (vm != &vmm || !vmm_may_break)
        check_failed(__FILE__, __LINE__, "the device broke: %s", text);
}

void vmm_watch_none(void)
{
    for (unsigned slot = 0; slot < VMM_SLOTS; slot++)
        monitored_end(&monitored[slot]);
}

void vmm_begin(bool deferred)
{
    struct vwr_vm_setup s = {.ops = &ops,
                             .name = "pair",
                             .slot = slots,
                             .slot_count = VMM_SLOTS,
                             .base = VMM_BASE,
                             .stride = VMM_STRIDE};

    if (state.registers == NULL) {
        state.registers = mmap(NULL, VMM_PCI + VMM_PCI_BYTES, PROT_NONE,
                               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        CHECK_SYS(state.registers != MAP_FAILED);
    }
    vmm_watch_none();
    memset(&state.level, 0, sizeof(state.level));
    memset(&state.kicked, 0, sizeof(state.kicked));
    ops.irq = irq;
    ops.msi = msi;
    ops.kicked = deferred ? later : NULL;
    ops.again = later;
    ops.broken = broken;
    s.region = ram_regions(&s.region_count);
    CHECK_NUMBER(vwr_vm_init(&vmm, &s), VWR_OK);
    vmm_pci_begin();
    vmm_work = NULL;
    vmm_may_break = false;
    vmm_may_nest = false;
}

void vmm_add(unsigned slot, struct vwr_vdev *v)
{
    const bool has_calls = vmm_calls_takes(v);
    const bool in_slot = !has_calls && !vmm_pci_takes(v);

    CHECK_NUMBER(v->line, slot);
    if (has_calls)
        vmm_calls_add(slot, v);
    else if (in_slot)
        CHECK_NUMBER(vwr_vm_add(&vmm, slot, v), VWR_OK);
    else
        vmm_pci_add(slot, v);
    slots[slot] = v;
    if (vmm_is_watched && !has_calls && (in_slot || !v->legacy)) {
        monitored_begin(&monitored[slot], v);
        vmm_watched++;
    } else if (vmm_is_watched) {
        vmm_unknown++;
    }
    if (vmm_added != NULL)
        vmm_added(slot, v);
}

void vmm_forget(void)
{
    memset(&state.level, 0, sizeof(state.level));
    memset(&state.kicked, 0, sizeof(state.kicked));
}

static void accessed(void)
{
    if (vmm_accessed != NULL && !state.inside)
        vmm_accessed();
}

void vmm_look_away(unsigned slot)
{
    monitored_end(&monitored[slot]);
}

int vmm_find(union vmm_end *end, unsigned slot)
{
    int r;

    if (slots[slot]->bus != NULL && vmm_bus >= VMM_RPROC)
        return vmm_calls_find(end, slot);
    if (slots[slot]->bus != NULL)
        return vmm_pci_find(&end->pci, slot, state.registers + VMM_PCI);
    r = vwr_mmio_probe(&end->mmio, vmm_registers(slot), VWR_MMIO_SIZE);
    vwr_dev_want(&end->dev, VWR_F_IN_ORDER); /* the device offers it only in kinds in order */
    return r;
}

volatile void *vmm_registers(unsigned slot)
{
    return state.registers + slot * VMM_STRIDE;
}

static void look(void (*at)(struct monitored *))
{
    for (unsigned slot = 0; slot < VMM_SLOTS; slot++)
        at(&monitored[slot]);
}

static bool serve_kicked(unsigned slot)
{
    const uint64_t kicked = state.kicked[slot];

    state.kicked[slot] = 0;
    for (unsigned q = 0; q < QUEUES; q++)
        if ((kicked >> q & 1) != 0)
            vwr_vdev_serve(slots[slot], (uint16_t)q);
    return kicked != 0;
}

bool vmm_step(void)
{
    bool done = false;

    CHECK(!state.inside);
    state.inside = true;
    look(monitored_driver);
    for (unsigned slot = 0; slot < VMM_SLOTS; slot++)
        done = (slots[slot] != NULL && serve_kicked(slot)) || done;
    done = (vmm_work != NULL && vmm_work()) || done;
    look(monitored_device);
    state.inside = false;
    return done;
}

void vmm_run_until_idle(void)
{
    while (vmm_step())
        continue;
}

bool vmm_interrupted(unsigned slot)
{
    const bool level = state.level[slot];

    if (slots[slot]->bus != NULL && vmm_bus != VMM_INTX)
        state.level[slot] = false;
    return level;
}

bool vmm_has_bell(const struct vwr_vdev *v)
{
    return v->bus != NULL && vmm_bus == VMM_BELL;
}

void vmm_interrupt(unsigned slot)
{
    state.level[slot] = true;
}

/* What its monitor sees of an access to the configuration space, or to the BAR, of a function. */
static void tell(const struct vwr_vpci *f, bool is_space, unsigned offset, unsigned bytes, bool is_write,
                 uint64_t value)
{
    struct monitored *const o = f != NULL && slots[f->v->line] == f->v ? &monitored[f->v->line] : NULL;
    unsigned structure;

    if (o == NULL)
        return;
    if (is_space) {
        monitored_space(o, offset, bytes, is_write, value);
        return;
    }
    structure = vwr_vpci_structure(offset, &offset);
    monitored_pci_access(o, structure, offset, bytes, is_write, value);
}

static void access_pci(size_t at, unsigned bytes, bool is_write, uint64_t *value)
{
    unsigned offset;
    bool is_space;
    const struct vwr_vpci *const f = vmm_pci_at(at, &offset, &is_space);

    look(monitored_driver);
    if (is_write)
        tell(f, is_space, offset, bytes, true, *value);
    vmm_pci_access(at, bytes, is_write, value);
    look(monitored_device);
    if (!is_write)
        tell(f, is_space, offset, bytes, false, *value);
}

/* An access to a register at the address that the port asks for. */
static void access(const volatile void *reg, unsigned bytes, bool is_write, uint64_t *value)
{
    const uintptr_t at = (uintptr_t)reg - (uintptr_t)state.registers;

    CHECK(!state.inside || vmm_may_nest);
    if (at >= VMM_PCI) {
        CHECK_AT_MOST(at - VMM_PCI, VMM_PCI_BYTES - bytes);
        access_pci(at - VMM_PCI, bytes, is_write, value);
        return;
    }
    CHECK_AT_MOST(at, VMM_SLOTS * VMM_STRIDE - bytes);
    look(monitored_driver);
    if (is_write)
        monitored_access(&monitored[at / VMM_STRIDE], at % VMM_STRIDE, bytes, true, *value);
    CHECK(vwr_vm_access(&vmm, VMM_BASE + at, bytes, is_write, value));
    look(monitored_device);
    if (!is_write)
        monitored_access(&monitored[at / VMM_STRIDE], at % VMM_STRIDE, bytes, false, *value);
}

/*
 * The register window is little-endian on any processor: swaps between bytes in memory order and the
 * processor's number, as a trap handler for a big-endian guest must.
 */
static uint32_t turned(unsigned bytes, uint32_t v)
{
    return bytes == 4 ? vwr_le32_to_cpu(v) : bytes == 2 ? vwr_le16_to_cpu((uint16_t)v) : v;
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    uint64_t value = UINT64_MAX;

    access(reg, bytes, false, &value);
    CHECK_AT_MOST(value, bytes == 4 ? UINT32_MAX : (UINT64_C(1) << bytes * 8) - 1);
    accessed();
    return turned(bytes, (uint32_t)value);
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    uint64_t v = turned(bytes, value);

    access(reg, bytes, true, &v);
    accessed();
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    return ram_dma(p, n, run);
}

uint64_t vwr_host_time_us(void)
{
    (void)vmm_step();
    return ++state.now;
}
