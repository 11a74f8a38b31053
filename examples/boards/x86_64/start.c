/* SPDX-License-Identifier: MIT */
#include "machine.h"

/* PVH start information, from Xen's start ABI documentation. */
struct start_info {
    uint32_t magic;
    uint32_t version;
    uint32_t flags;
    uint32_t modules;
    uint64_t module_list;
    uint64_t command_line;
    uint64_t rsdp;
};

#define START_MAGIC 0x336ec578u

static const void *start_at(uint64_t addr)
{
    return (const void *)(uintptr_t)addr; /* 0: none */
}

void start_long_mode(const void *info)
{
    const struct start_info *const s = info;
    static struct board_description d;

    if (s->magic == START_MAGIC) {
        d.rsdp = start_at(s->rsdp);
        d.command_line = start_at(s->command_line);
    }
    console_start(d.rsdp);
    apic_start();
    clock_start();
    pci_describe(&d);
    boards_main(&d);
    board_off(1);
}
