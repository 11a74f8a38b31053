/* SPDX-License-Identifier: MIT */
#include "machine.h"

/*
 * Of PCI what ACPI says in AML alone, which nobody reads here: the addresses that the host bridge passes on,
 * and where the lines of INTx end. microvm's device tree has the addresses. q35 and pc are known by what the
 * bridge answers at the ports of configuration space; pc has it there alone. Their firmware has placed all
 * BARs.
 */

#define PORT_ADDRESS 0xcf8u
#define PORT_DATA 0xcfcu
#define PORT_ENABLE 0x80000000u
#define BRIDGE_Q35 0x29c08086u
#define BRIDGE_PC 0x12378086u

/* INTx is four lines, and the pins of neighbours go to neighbouring ones. */
#define LINES 4u
#define LINE_Q35 20u     /* behind those of devices that are part of the chip set */
#define LINE_MICROVM 16u /* where it has a second I/O APIC for virtio-mmio */

#define MEMORY 0xc0000000u
#define MEMORY_BYTES 0x3ec00000u /* up to the I/O APIC */
#define IO_BYTES 0x10000u
#define IO_FREE 0xc000u /* below are ports of the board itself */

/* The second is reached by instructions of its own, and the number of its first port is 0. */
static struct vwr_pci_window windows[] = {
    {.bus = MEMORY, .bytes = MEMORY_BYTES, .cpu = (volatile void *)(uintptr_t)MEMORY, .kind = VWR_PCI_MEMORY},
    {.bus = 0, .bytes = IO_BYTES, .cpu = NULL, .kind = VWR_PCI_IO, .used = IO_FREE},
};
#define WINDOWS (sizeof(windows) / sizeof(windows[0]))

static struct vwr_pci_host host = {
    .access = &vwr_pci_ports, .windows = windows, .window_count = WINDOWS, .last_bus = UINT8_MAX};

static uint32_t pci_bridge(void)
{
    vwr_port_write32(machine_port(PORT_ADDRESS), PORT_ENABLE);
    return vwr_port_read32(machine_port(PORT_DATA));
}

static uint32_t pci_swizzle(const struct vwr_pci *p)
{
    return ((p->function >> 3 & 31u) + p->interrupt - 1u) % LINES;
}

static uint32_t pci_line_q35(const struct vwr_pci *p)
{
    return LINE_Q35 + pci_swizzle(p);
}

static uint32_t pci_line_microvm(const struct vwr_pci *p)
{
    return LINE_MICROVM + pci_swizzle(p);
}

/* There they are lines of ISA, and firmware writes which. */
static uint32_t pci_line_pc(const struct vwr_pci *p)
{
    return p->line;
}

static bool pci_says(const char *line, const char *words)
{
    for (; line != NULL && *line != '\0'; line++) {
        unsigned i = 0;

        while (words[i] != '\0' && line[i] == words[i])
            i++;
        if (words[i] == '\0')
            return true;
    }
    return false;
}

static void pci_describe_placed(struct board_description *d, bool is_pc)
{
    d->windows = windows;
    d->window_count = WINDOWS;
    d->placed = !pci_says(d->command_line, "place"); /* with this word we do it anew */
    d->line = is_pc ? pci_line_pc : pci_line_q35;
    if (is_pc) {
        host.space = machine_port(PORT_ADDRESS);
        d->pci = &host;
    }
}

void pci_describe(struct board_description *d)
{
    const uint32_t bridge = pci_bridge();

    d->messages = true;
    if (bridge == BRIDGE_Q35 || bridge == BRIDGE_PC) {
        pci_describe_placed(d, bridge == BRIDGE_PC);
    } else if (!pci_says(d->command_line, "virtio_mmio.device=")) { /* which the tree has again */
        d->tree = fw_cfg_file("etc/fdt");
        d->line = pci_line_microvm;
    }
}
