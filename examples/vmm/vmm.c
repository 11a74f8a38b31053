/* SPDX-License-Identifier: MIT */
/* A VM with a console: what a hypervisor adds to its trap handler and its UART's handler. */
#include "vmm.h"
#include "vwr/vconsole.h"
#include "vwr/vm.h"

static struct vwr_vconsole console;
static struct vwr_vconsole_port port = {.console = true};
static struct vwr_vconsole_own own;
static uint8_t typed[64]; /* input that the guest has no buffers for yet */
static uint32_t typed_bytes;

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    hv_interrupt(line, level);
}

static struct vwr_vdev *slot[1];
static struct vwr_memory_region ram;
static const struct vwr_vm_ops vm_ops = {.irq = irq};
static const struct vwr_vm_setup vm_setup = {.ops = &vm_ops,
                                             .region = &ram,
                                             .region_count = 1,
                                             .slot = slot,
                                             .slot_count = VWR_COUNT(slot),
                                             .base = VMM_DEVICES,
                                             .stride = VMM_STRIDE};
static struct vwr_vm vm;

/* Output that does not fit the UART stays in the guest's memory. */
static uint32_t output(struct vwr_vconsole *c, unsigned n_port, const uint8_t *bytes, uint32_t n)
{
    return c == &console && n_port == 0 ? hv_uart_put(bytes, n) : n;
}

static void input_wanted(struct vwr_vconsole *c, unsigned n_port)
{
    const uint32_t given = vwr_vconsole_input_locked(c, n_port, typed, typed_bytes);

    for (uint32_t i = given; i < typed_bytes; i++)
        typed[i - given] = typed[i];
    typed_bytes -= given;
}

bool vmm_start(void *memory, uint64_t bytes)
{
    static const struct vwr_vconsole_ops ops = {.output = output, .input_wanted = input_wanted};
    const struct vwr_vconsole_options options = {
        .ops = &ops, .port = &port, .port_count = 1, .cols = 80, .rows = 25, .emergency = true};
    const struct vwr_vdev_setup setup = {.vm = &vm, .line = VMM_LINE};

    ram = (struct vwr_memory_region){.addr = VMM_RAM, .bytes = bytes, .host = memory};
    return vwr_vm_init(&vm, &vm_setup) == VWR_OK &&
           vwr_vconsole_init(&console, &setup, &own, &options) == VWR_OK &&
           vwr_vm_add(&vm, 0, &console.dev) == VWR_OK;
}

bool vmm_abort(uint64_t addr, unsigned bytes, bool is_write, uint64_t *value)
{
    return vwr_vm_access(&vm, addr, bytes, is_write, value);
}

void vmm_uart_interrupt(void)
{
    typed_bytes += hv_uart_get(typed + typed_bytes, sizeof(typed) - typed_bytes);
    input_wanted(&console, 0); /* one CPU, no locks */
    vwr_vconsole_resume(&console, 0);
}

void vmm_guest_reset(void)
{
    vwr_vm_reset(&vm);
}
