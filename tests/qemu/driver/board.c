/* SPDX-License-Identifier: MIT */
#include "board.h"
#include "check.h"
#include "machine.h"

#include <stdio.h>
#include <string.h>

#define ECAM_BYTES UINT64_C(0x10000000)
#define LAST_BUS 255u
#define Q35_ECAM_REGISTER 0x60u /* the host bridge's ECAM address and enable bit */

static const struct board boards[] = {
    {.name = "",
     .program = "qemu-system-aarch64",
     .machine = "virt,memory-backend=ram",
     .idle = {"-cpu", "cortex-a15,start-powered-off=on"},
     .ram = UINT64_C(0x40000000),
     .controller = "arm_gic",
     .line = 16},
    {.name = "virt_", /* transitional; modern with vectors that the driver does not use */
     .program = "qemu-system-aarch64",
     .machine = "virt,memory-backend=ram",
     .idle = {"-cpu", "cortex-a15,start-powered-off=on"},
     .ram = UINT64_C(0x40000000),
     .device = {"", ""},
     .controller = "arm_gic",
     .line = 3,
     .pci = true,
     .ecam = UINT64_C(0x4010000000),
     .memory = UINT64_C(0x10000000),
     .memory_bytes = UINT64_C(0x2eff0000),
     .io = UINT64_C(0x3eff0000),
     .io_bytes = UINT64_C(0x10000)},
    {.name = "q35_", /* one interface only; without MSI-X unless messages are used */
     .program = "qemu-system-x86_64",
     .machine = "q35,memory-backend=ram",
     .idle = {"-bios", "idle.rom"},
     .ram = 0,
     .device = {",disable-legacy=on", ",disable-modern=on"},
     .controller = "/machine/q35/ioapic",
     .line = 20,
     .pci = true,
     .config = {0, BOARD_PORTS + 0xcf8},
     .ecam = UINT64_C(0xb0000000),
     .memory = UINT64_C(0xc0000000),
     .memory_bytes = UINT64_C(0x3e000000),
     .io = BOARD_PORTS + 0xc000,
     .io_first = 0xc000,
     .io_bytes = 0x4000},
    {.name = "bamboo_", /* only devices 1 to 4 on its bus have an interrupt */
     .program = "qemu-system-ppc",
     .machine = "bamboo,memory-backend=ram",
     .idle = {"-cpu", "440epb"},
     .ram = 0,
     .device = {",disable-legacy=on", ",disable-modern=on"},
     .controller = "ppc-uic",
     .line = 27, /* 28 is the line of device 1; later devices have lower lines */
     .pci = true,
     .big = true,
     .config = {UINT64_C(0xeec00000), UINT64_C(0xeec00000)},
     .memory = UINT64_C(0xa0000000),
     .memory_bytes = UINT64_C(0x20000000),
     .io = UINT64_C(0xe8001000),
     .io_first = 0x1000,
     .io_bytes = 0xf000},
};

static const struct choice {
    const char *words;
    const struct board *board;
    bool legacy;
    bool messages;
} choices[] = {
    {"modern", &boards[0], false, false},          {"legacy", &boards[0], true, false},
    {"virt_modern", &boards[1], false, false},     {"virt_legacy", &boards[1], true, false},
    {"virt_modern_msix", &boards[1], false, true}, {"virt_legacy_msix", &boards[1], true, true},
    {"q35_modern", &boards[2], false, false},      {"q35_legacy", &boards[2], true, false},
    {"q35_modern_msix", &boards[2], false, true},  {"q35_legacy_msix", &boards[2], true, true},
#if VWR_BIG_ENDIAN /* the byte order of a legacy device */
    {"bamboo_modern", &boards[3], false, false},   {"bamboo_legacy", &boards[3], true, false},
#endif
};
#define CHOICES (sizeof(choices) / sizeof(choices[0]))

static const struct choice *chosen = &choices[0];
static struct vwr_pci_window windows[2];
const struct board *board = &boards[0];

bool board_choose(const char *words)
{
    for (size_t i = 0; i < CHOICES; i++)
        if (strcmp(choices[i].words, words) == 0) {
            chosen = &choices[i];
            board = chosen->board;
            return true;
        }
    return false;
}

const char *board_words(unsigned number)
{
    return number < CHOICES ? choices[number].words : NULL;
}

bool board_is_legacy(void)
{
    return chosen->legacy;
}

bool board_has_messages(void)
{
    return chosen->messages;
}

/* The address and data registers of configuration space; on x86 they are two ports. */
static volatile void *config_pair(void)
{
    return (volatile void *)(uintptr_t)board->config[1];
}

void board_start(void)
{
    const struct vwr_pci_host host = {.access = &vwr_pci_ports, .space = config_pair()};

    if (board->ecam != 0 && board->config[1] != 0 && !chosen->legacy)
        vwr_pci_ports.write(&host, 0, Q35_ECAM_REGISTER, (uint32_t)board->ecam | 1u);
}

unsigned board_device(unsigned slot)
{
    CHECK(slot >= 2 && slot < MACHINE_SLOTS); /* device 0 is the host bridge, and q35 has functions at 31 */
    return MACHINE_SLOTS - slot;
}

unsigned board_line(unsigned slot)
{
    return board->line + (board->pci ? board_device(slot) % 4 : slot);
}

static bool is_in(uint64_t addr, uint64_t from, uint64_t bytes)
{
    return addr >= from && addr - from < bytes;
}

bool board_has(uint64_t addr)
{
    return board->pci &&
           (is_in(addr, board->ecam, ECAM_BYTES) || is_in(addr, board->memory, board->memory_bytes) ||
            is_in(addr, board->io, board->io_bytes) ||
            (board->config[1] != 0 && is_in(addr, board->config[1], 8)));
}

void board_host(struct vwr_pci_host *host)
{
    CHECK(board->pci);
    windows[0] = (struct vwr_pci_window){.bus = board->memory,
                                         .bytes = board->memory_bytes,
                                         .cpu = (volatile void *)(uintptr_t)board->memory,
                                         .kind = VWR_PCI_MEMORY};
    windows[1] = (struct vwr_pci_window){.bus = board->io_first,
                                         .bytes = board->io_bytes,
                                         .cpu = (volatile void *)(uintptr_t)board->io,
                                         .kind = VWR_PCI_IO};
    *host = (struct vwr_pci_host){.access = &vwr_pci_ecam,
                                  .space = (volatile void *)(uintptr_t)board->ecam,
                                  .windows = windows,
                                  .window_count = 2,
                                  .last_bus = LAST_BUS};
    if (board->config[chosen->legacy] != 0) {
        host->access = &vwr_pci_ports;
        host->space = config_pair();
    }
}
