/* SPDX-License-Identifier: MIT */
#include "machine.h"

static void start_board(struct board_description *d)
{
    console_start(d->rsdp);
    apic_start();
    clock_start();
    pci_describe(d);
    boards_main(d);
    board_off(1);
}

#ifdef __x86_64__
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
    start_board(&d);
}

#else
#include "vwr/acpi.h"

/* Multiboot information, from the Multiboot Specification 0.6.96. */
struct start_info {
    uint32_t flags;
    uint32_t memory[2];
    uint32_t boot_device;
    uint32_t command_line;
};

#define START_MAGIC 0x2badb002u
#define START_HAS_COMMAND_LINE 0x4u

/* Where firmware has ACPI's root pointer. */
#define FIRMWARE 0xe0000u
#define FIRMWARE_BYTES 0x20000u

void start_multiboot(uint32_t magic, const struct start_info *s)
{
    static struct board_description d;

    d.rsdp = vwr_acpi_search((const void *)FIRMWARE, FIRMWARE_BYTES);
    if (magic == START_MAGIC && (s->flags & START_HAS_COMMAND_LINE) != 0)
        d.command_line = (const char *)s->command_line;
    start_board(&d);
}
#endif
