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

static bool check_memory(const struct guest *g)
{
    const uint64_t at = (uintptr_t)g->ram;
    const uint64_t ram_bytes = files_ram_bytes();
    const char *wrong = NULL;

    if ((at | g->ram_addr | g->ram_bytes) % STAGE2_BLOCK != 0 || g->ram_addr < RAM_FIRST ||
        g->ram_addr >= STAGE2_BYTES || g->ram_bytes > STAGE2_BYTES - g->ram_addr)
        wrong = "does not consist of whole 2 MiB blocks between 0x40000000 and 0xffffffff";
    else if (at < BOARD_RAM || at - BOARD_RAM > ram_bytes || g->ram_bytes > ram_bytes - (at - BOARD_RAM))
        wrong = "is outside this machine's RAM: start QEMU with more memory, -m";
    else if (overlap(at, g->ram_bytes, (uintptr_t)image_begin, (uintptr_t)(image_end - image_begin)))
        wrong = "overlaps the hypervisor";
    if (wrong == NULL)
        return true;
    print("hypervisor: guest %u: its memory, %llu bytes at 0x%llx, host address 0x%llx, %s\n", g->number,
          (unsigned long long)g->ram_bytes, (unsigned long long)g->ram_addr, (unsigned long long)at, wrong);
    return false;
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
        if (!check_memory(g))
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
