/* SPDX-License-Identifier: MIT */
#include "vwr_plan_hypervisor.h"

#include "hyp.h"

/*
 * Creates the guests of the plan; checks that this machine meets the requirements of the plan. ./vwr plan has
 * checked the
 * plan itself (overlapping guests, devices inside of memory) before the image was built.
 */
#define RAM_FIRST (1ul << 30) /* addresses below belong to devices */

extern uint8_t image_begin[], image_end[]; /* link.ld */

static bool overlap(uint64_t a, uint64_t a_bytes, uint64_t b, uint64_t b_bytes)
{
    return a < b + b_bytes && b < a + a_bytes;
}

const char *plan_wrong(uint64_t addr, uint64_t host, uint64_t bytes)
{
    const uint64_t ram_bytes = files_ram_bytes();

    if ((addr | host | bytes) % STAGE2_BLOCK != 0 || addr < RAM_FIRST || addr >= STAGE2_BYTES ||
        bytes > STAGE2_BYTES - addr)
        return "does not consist of whole 2 MiB blocks between 0x40000000 and 0xffffffff";
    if (host < BOARD_RAM || host - BOARD_RAM > ram_bytes || bytes > ram_bytes - (host - BOARD_RAM))
        return "is outside this machine's RAM: start QEMU with more memory, -m";
    if (overlap(host, bytes, (uintptr_t)image_begin, (uintptr_t)(image_end - image_begin)))
        return "overlaps the hypervisor";
    return NULL;
}

/* The rows after the first are what a memory device plugs. */
static bool check_memory(const struct guest *g, const struct vwr_vplan_vm *vm)
{
    for (uint32_t i = 0; i < vm->memories; i++) {
        const struct vwr_vplan_memory *const m = &vm->memory[i];
        const char *const wrong = plan_wrong(m->addr, m->host, m->bytes);

        if (wrong == NULL)
            continue;
        print("hypervisor: guest %u: its memory, %llu bytes at 0x%llx, host address 0x%llx, %s\n", g->number,
              (unsigned long long)m->bytes, (unsigned long long)m->addr, (unsigned long long)m->host, wrong);
        return false;
    }
    return true;
}

bool plan_guests(void)
{
    const unsigned cpus = files_cpus();

    for (guest_count = 0; guest_count < vwr_plan_hypervisor.vms && images_has(guest_count); guest_count++) {
        const struct vwr_vplan_vm *const vm = &vwr_plan_hypervisor.vm[guest_count];
        struct guest *const g = &guests[guest_count];

        g->number = guest_count;
        g->ram_addr = vm->memory[0].addr;
        g->ram_bytes = vm->memory[0].bytes;
        g->ram = (uint8_t *)(uintptr_t)vm->memory[0].host;
        g->state = GUEST_STARTING;
        if (!check_memory(g, vm))
            return false;
        stage2_build(g);
        if (!pmem_map(g))
            return false;
    }
    if (guest_count == 0)
        print("hypervisor: there is no device tree for a guest: start QEMU with -fw_cfg "
              "name=opt/vwr/dtb0,file=…\n");
    else if (guest_count > cpus)
        print("hypervisor: %u guests on %u CPUs: start QEMU with -smp %u\n", guest_count, cpus, guest_count);
    return guest_count != 0 && guest_count <= cpus;
}
