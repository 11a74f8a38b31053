/* SPDX-License-Identifier: MIT */
#include "x86.h"

#include "layout.h"

/* Start, by what the boot loader tells, the console, and PCI. */

/* A 16550 */
#define UART 0x3f8u
#define UART_DATA (UART + 0)
#define UART_INTERRUPTS (UART + 1)
#define UART_FIFO (UART + 2)
#define UART_FIFO_ON_AND_CLEAR 0x07u
#define UART_LINE_CONTROL (UART + 3)
#define UART_LINE_8_BITS 0x03u
#define UART_LINE_STATUS (UART + 5)
#define UART_STATUS_EMPTY 0x20u
#define POLLS_MAX 1000000u /* a console that does not drain must not stop the run */

/* PVH start information, from Xen's documentation */
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

/* struct boot_params of Linux's boot protocol */
#define PARAMS_RSDP 0x070u
#define PARAMS_COMMAND_LINE 0x228u

/* Where firmware has ACPI's root pointer. */
#define FIRMWARE 0xe0000u
#define FIRMWARE_BYTES 0x20000u
#define EXTENDED_AREA 0x40eu /* its segment */
#define EXTENDED_BYTES 0x400u

#define PCI_ADDRESS 0xcf8u
#define PCI_DATA 0xcfcu
#define PCI_ENABLE 0x80000000u
#define PCI_NOTHING 0xffffffffu
#define PAGE_FAULT 14u

void machine_start(unsigned from, uintptr_t info);
bool machine_exception(uint64_t vector, uint64_t error, uint64_t at, uint64_t address);

/* All addresses: firmware has assigned the BARs. The last window has I/O ports, from port 0. */
static struct vwr_pci_window windows[] = {
    {.bus = 0x10000u, .bytes = 0xffff0000u, .cpu = (volatile void *)0x10000u, .kind = VWR_PCI_MEMORY},
    {.bus = 0x100000000u,
     .bytes = 0x7fff00000000u,
     .cpu = (volatile void *)0x100000000u,
     .kind = VWR_PCI_MEMORY_64},
    {.bus = 0, .bytes = 0x10000u, .cpu = NULL, .kind = VWR_PCI_IO},
};
#define WINDOWS (sizeof(windows) / sizeof(windows[0]))

static struct vwr_pci_host host = {
    .access = &vwr_pci_ports, .windows = windows, .window_count = WINDOWS, .last_bus = UINT8_MAX};

static void console_start(void)
{
    x86_out(UART_INTERRUPTS, 0);
    x86_out(UART_LINE_CONTROL, UART_LINE_8_BITS);
    x86_out(UART_FIFO, UART_FIFO_ON_AND_CLEAR);
}

void machine_put(char c)
{
    for (unsigned i = 0; i < POLLS_MAX && (x86_in(UART_LINE_STATUS) & UART_STATUS_EMPTY) == 0; i++)
        ;
    x86_out(UART_DATA, (uint8_t)c);
}

static const void *search_rsdp(void)
{
    uint16_t segment; /* in memory at an address that the library's port would take for a port */
    const void *const found = vwr_acpi_search((const void *)FIRMWARE, FIRMWARE_BYTES);

    __asm__ volatile("movw (%1), %0" : "=r"(segment) : "r"((uintptr_t)EXTENDED_AREA) : "memory");
    return found != NULL ? found : vwr_acpi_search((const void *)((uintptr_t)segment << 4), EXTENDED_BYTES);
}

static void read_info(struct machine *m, unsigned from, uintptr_t at)
{
    const struct start_info *const s = (const void *)at;

    if (from == FROM_PVH && s->magic == START_MAGIC) {
        m->rsdp = (const void *)(uintptr_t)s->rsdp;
        m->command_line = (const char *)(uintptr_t)s->command_line;
    } else if (from != FROM_PVH) {
        m->command_line = (const char *)(uintptr_t) * (const uint32_t *)(at + PARAMS_COMMAND_LINE);
    }
    if (from == FROM_LOADER)
        m->rsdp = (const void *)(uintptr_t) * (const uint64_t *)(at + PARAMS_RSDP);
    if (m->rsdp == NULL)
        m->rsdp = search_rsdp();
}

/* Without the table of ACPI that describes it, the configuration space may be at I/O ports. */
static void find_pci(struct machine *m)
{
    struct vwr_acpi acpi;
    uint32_t bytes;

    m->windows = windows;
    m->window_count = WINDOWS;
    m->is_placed = true;
    if (m->rsdp != NULL && vwr_acpi_open(&acpi, m->rsdp, NULL, NULL) == VWR_OK &&
        vwr_acpi_table(&acpi, "MCFG", &bytes) != NULL)
        return;
    vwr_port_write32(x86_port(PCI_ADDRESS), PCI_ENABLE);
    if (vwr_port_read32(x86_port(PCI_DATA)) == PCI_NOTHING)
        return;
    host.space = x86_port(PCI_ADDRESS);
    m->pci = &host;
}

bool machine_exception(uint64_t vector, uint64_t error, uint64_t at, uint64_t address)
{
    if (vector == PAGE_FAULT && pages_map(address))
        return true;
    guest_fail("error and vector", error << 8 | vector, at, address);
    return false;
}

void machine_start(unsigned from, uintptr_t info)
{
    struct machine m = {.tree = NULL};

    console_start();
    clock_start();
    read_info(&m, from, info);
    off_find(m.rsdp);
    find_pci(&m);
    guest_main(&m);
}
