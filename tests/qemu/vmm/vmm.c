/* SPDX-License-Identifier: MIT */
#include "vmm.h"
#include "bus.h"
#include "check.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "vwr/vm.h"

#define SLOT 31u /* slot of QEMU's disk */
#define SIZE 128u
#define REQUESTS 32u
#define SEGMENTS VWR_REQUEST_SEGMENTS
#define STEPS 1000000u
#define HOST VMS

struct vmm vmm;

static unsigned current = HOST; /* the running side */
static struct vwr_vblk_disk_slot slots[REQUESTS];
static _Alignas(8) uint8_t own[VWR_BLK_OWN_BYTES(SIZE, REQUESTS)];

static const char *const names[VMS] = {"alpha", "beta"};
static const char tags[VMS] = {'A', 'B'};

/* ---- hooks for the VMs' devices ---- */

static unsigned row_of(const struct vwr_vm *vm)
{
    return vwr_vplan_row(&vwr_plan_vmm, &vmm.plan, vm);
}

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    const unsigned row = row_of(vm);
    const struct vwr_vplan_device *const device = vwr_vplan_of_line(&vwr_plan_vmm, row, line);

    CHECK(device != NULL && device->vm == row && device->slot < DEVICES);
    vmm.vm[row].line[device->slot] = level;
}

static void broken(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)v;
    vmm.broken[row_of(vm)]++;
}

static const struct vwr_vm_ops vm_ops = {.irq = irq, .broken = broken};

/* Writes to the screen, with the VM's name before each line. */
static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    const char *const name = names[row_of(c->dev.vm)];

    CHECK_NUMBER(port, 0);
    for (uint32_t i = 0; i < n; i++) {
        if (vmm.screen_bytes == 0 || vmm.screen[vmm.screen_bytes - 1] == '\n')
            vmm.screen_bytes += (unsigned)snprintf(vmm.screen + vmm.screen_bytes, 16, "%s: ", name);
        CHECK(vmm.screen_bytes < SCREEN - 16);
        vmm.screen[vmm.screen_bytes++] = (char)bytes[i];
    }
    return n;
}

static const struct vwr_vconsole_ops console_ops = {.output = output};

static uint8_t random_byte(unsigned vm, unsigned n)
{
    return (uint8_t)(n * 7u + (vm + 1u) * 0x40u);
}

static uint32_t entropy(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    const unsigned vm = row_of(e->dev.vm);

    for (uint32_t i = 0; i < n; i++)
        bytes[i] = random_byte(vm, vmm.randoms[vm]++);
    return n;
}

static uint8_t *space(size_t bytes)
{
    CHECK(vmm.spaces < sizeof(vmm.space) / sizeof(vmm.space[0]));
    return vmm.space[vmm.spaces++] = guest_alloc(bytes);
}

/* Allocates memory in QEMU's RAM, which QEMU's disk can access. No two segments are adjacent. */
static void *memory(void *context, const struct vwr_vplan_vm *row, uint32_t index)
{
    struct inside *const in = &vmm.vm[row - vwr_plan_vmm.vm];
    const struct vwr_vplan_memory *const m = &row->memory[index];

    CHECK(context == &vmm && index < 2);
    (void)space(SPACE_BYTES);
    in->ram[index] = (struct inside_ram){guest_alloc((size_t)m->bytes), m->addr, (size_t)m->bytes, 0};
    in->rams = index + 1;
    return in->ram[index].at;
}

/* ---- the port ---- */

static uint32_t turned(uint32_t value, unsigned bytes)
{
    return bytes == 4 ? vwr_cpu_to_le32(value) : bytes == 2 ? vwr_cpu_to_le16((uint16_t)value) : value;
}

/*
 * A VM's access to a register window is a trap. The address may equal that of a QEMU register, but means
 * another one.
 */
static void trap(const volatile void *reg, unsigned bytes, bool is_write, uint64_t *value)
{
    const unsigned vm = current;

    current = HOST;
    if (!vwr_vm_access(&vmm.plan.vm[vm], (uintptr_t)reg, bytes, is_write, value))
        check_failed(__FILE__, __LINE__, "%s: nothing is at 0x%zx", names[vm], (size_t)(uintptr_t)reg);
    current = vm;
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    uint64_t value = 0;

    if (current == HOST)
        return bus_read(reg, bytes);
    trap(reg, bytes, false, &value);
    return turned((uint32_t)value, bytes);
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    uint64_t v = turned(value, bytes);

    if (current == HOST)
        bus_write(reg, bytes, value);
    else
        trap(reg, bytes, true, &v);
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    return current == HOST ? guest_dma(p, n, run) : inside_dma(&vmm.vm[current], p, n, run);
}

uint64_t vwr_host_time_us(void)
{
    return bus_time_us();
}

void vmm_within(unsigned vm, void (*what)(struct inside *in))
{
    CHECK_NUMBER(current, HOST);
    current = vm;
    what(&vmm.vm[vm]);
    current = HOST;
}

/* ---- start ---- */

static void open_real(void)
{
    const size_t bytes = VWR_BLK_SHARED_BYTES(SIZE, REQUESTS, SEGMENTS);
    const struct vwr_queue_memory m = {guest_alloc(bytes), bytes, own, sizeof(own), SIZE};
    const struct vwr_blk_options o = {
        .request = {.requests = REQUESTS, .segments = SEGMENTS, .replay = true}};

    CHECK_NUMBER(vwr_mmio_probe(&vmm.mmio, bus_slot(SLOT), MACHINE_SLOT_BYTES), VWR_OK);
    CHECK_NUMBER(vwr_blk_open_with(&vmm.real, &vmm.mmio.dev, &m, &o), VWR_OK);
}

static void again(void *context)
{
    CHECK(context == &vmm);
    vmm.soon = true;
}

static void make_vms(void)
{
    struct vwr_vblk_backend *const disks[VWR_PLAN_VMM_DISKS] = {&vmm.bridge.backend};
    const struct vwr_vplan_host host = {.ops = &vm_ops,
                                        .context = &vmm,
                                        .memory = memory,
                                        .disk = disks,
                                        .console = &console_ops,
                                        .entropy = entropy};
    const struct vwr_vplan_device *failed = NULL;
    const int r = vwr_plan_vmm_init(&vmm.plan, &host, &failed);

    if (r != VWR_OK)
        check_failed(__FILE__, __LINE__, "the plan: %s: %s", failed != NULL ? failed->name : "all",
                     vwr_strerror(r));
    (void)space(SPACE_BYTES);
    for (unsigned i = 0; i < VMS; i++) {
        vmm.vm[i].base = vwr_plan_vmm.vm[i].base;
        vmm.vm[i].tag = tags[i];
    }
    vmm.vm[ALPHA].first = vmm.plan.alpha.block0.device.first;
    vmm.vm[BETA].first = vmm.plan.beta.block0.device.first;
}

void vmm_begin(bool legacy, const char *drive, const char *device)
{
    const struct vwr_vblk_disk_options o = {
        .slot = slots, .slot_count = REQUESTS, .context = &vmm, .again = again};

    image_make("disk.img", START);
    machine_begin(legacy);
    machine_add_disk(SLOT, drive, device);
    machine_start();
    CHECK_SYS(pipe(vmm.typed) == 0);
    CHECK_SYS(fcntl(vmm.typed[0], F_SETFL, O_NONBLOCK) == 0);
    open_real();
    CHECK_NUMBER(vwr_vblk_disk_init(&vmm.bridge, &vmm.real, &o), VWR_OK);
    make_vms();
    machine_watch_lines();
    for (unsigned i = 0; i < VMS; i++)
        vmm_within(i, inside_boot);
}

void vmm_restart(unsigned vm)
{
    vwr_vm_reset(&vmm.plan.vm[vm]);
    vmm.randoms[vm] = 0;
    memset(vmm.vm[vm].line, 0, sizeof(vmm.vm[vm].line));
    vmm_within(vm, inside_boot);
}

/* ---- a step ---- */

/* Number of requests that the VMs' disks have answered. */
static uintptr_t answers(void)
{
    const struct vwr_vblk *const disk[] = {&vmm.plan.alpha.block0.device, &vmm.plan.alpha.block1.device,
                                           &vmm.plan.beta.block0.device, &vmm.plan.beta.block1.device};
    uintptr_t n = 0;

    for (unsigned i = 0; i < sizeof(disk) / sizeof(disk[0]); i++)
        n += disk[i]->stats.reads + disk[i]->stats.writes + disk[i]->stats.flushes + disk[i]->stats.errors;
    return n;
}

/*
 * Calls the bridge when QEMU's disk interrupts, when the bridge has requested it, and periodically for
 * timeouts.
 */
static void serve_disk(void)
{
    const bool line = machine_line(SLOT);
    const bool timer = !line && !vmm.soon;
    const uintptr_t before = answers();

    if (!line && !vmm.soon && vmm.steps % 256 != 0)
        return;
    vmm.soon = false;
    if (line && (vwr_dev_irq(&vmm.mmio.dev) & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK) != 0 &&
        vwr_vblk_disk_config_changed(&vmm.bridge) < 0)
        vmm.soon = true; /* the bridge has stopped */
    vmm.services++;
    switch (vwr_vblk_disk_service(&vmm.bridge)) {
    case VWR_OK:
        break;
    case VWR_EBUSY:
        vmm.soon = true;
        break;
    default:
        check_failed(__FILE__, __LINE__, "the real disk was given up");
    }
    if (timer && answers() != before) /* the interrupt must be raised, unless it is disabled */
        CHECK(machine_line(SLOT));
}

static struct vwr_vconsole *console_of(unsigned vm)
{
    return vm == ALPHA ? &vmm.plan.alpha.console0.device : &vmm.plan.beta.console0.device;
}

/* Passes a typed line to the VM whose name is before the colon. */
static void pass_line(void)
{
    for (unsigned i = 0; i < VMS; i++) {
        const unsigned n = (unsigned)strlen(names[i]);

        if (vmm.line_bytes < n + 2 || memcmp(vmm.line, names[i], n) != 0 || vmm.line[n] != ':')
            continue;
        CHECK_NUMBER(vwr_vconsole_input(console_of(i), 0, vmm.line + n + 2, vmm.line_bytes - n - 2),
                     vmm.line_bytes - n - 2);
        vmm.line_bytes = 0;
        return;
    }
    check_failed(__FILE__, __LINE__, "for nobody: %.*s", (int)vmm.line_bytes, vmm.line);
}

static void read_keyboard(void)
{
    char c;

    while (read(vmm.typed[0], &c, 1) == 1) {
        CHECK(vmm.line_bytes < sizeof(vmm.line));
        vmm.line[vmm.line_bytes++] = c;
        if (c == '\n')
            pass_line();
    }
}

void vmm_type(const char *line)
{
    CHECK_SYS(write(vmm.typed[1], line, strlen(line)) == (ssize_t)strlen(line));
}

void vmm_step(void)
{
    vmm.steps++;
    for (unsigned i = 0; i < VMS; i++)
        vmm_within(i, inside_step);
    serve_disk();
    read_keyboard();
}

static bool all_done(void)
{
    bool done = true;

    for (unsigned i = 0; i < VMS; i++)
        done = done && vmm.vm[i].phase == DONE && vmm.vm[i].randoms == INSIDE_RANDOM && vmm.vm[i].has_shared;
    return done;
}

void vmm_run(void)
{
    const unsigned last = vmm.steps + STEPS;

    while (!all_done()) {
        if (vmm.steps == last)
            check_failed(__FILE__, __LINE__, "no end: alpha is in phase %d, beta in %d", vmm.vm[ALPHA].phase,
                         vmm.vm[BETA].phase);
        vmm_step();
    }
    for (unsigned i = 0; i < VMS; i++)
        for (unsigned n = 0; n < INSIDE_RANDOM; n++)
            CHECK_NUMBER(vmm.vm[i].random[n], random_byte(i, n));
}

/* ---- the end ---- */

static void check_space(void)
{
    for (unsigned i = 0; i < vmm.spaces; i++)
        for (size_t k = 0; k < SPACE_BYTES; k++)
            CHECK_NUMBER(vmm.space[i][k], GUEST_POISON);
}

static void end(const char *runs, void (*stop)(void))
{
    CHECK_NUMBER(vwr_close(&vmm.real.bringup), VWR_OK);
    check_space();
    printf("%u steps, %u services, %u and %u interrupts of the VMs; QEMU's disk had %zu requests, %zu more "
           "than the VMs\n",
           vmm.steps, vmm.services, vmm.vm[ALPHA].interrupts, vmm.vm[BETA].interrupts,
           (size_t)(vmm.bridge.stats.requests + vmm.bridge.stats.parts), (size_t)vmm.bridge.stats.parts);
    stop();
    close(vmm.typed[0]);
    close(vmm.typed[1]);
    image_check("disk.img", runs);
}

void vmm_end(const char *runs)
{
    end(runs, machine_stop);
}

void vmm_end_complaining(const char *runs)
{
    end(runs, machine_stop_complaining);
}
