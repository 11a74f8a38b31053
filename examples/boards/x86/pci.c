/* SPDX-License-Identifier: MIT */
#include "machine.h"

/*
 * PCI properties that ACPI describes in AML only, which is not parsed here: the windows of the host bridge,
 * and the INTx lines. microvm's device tree has the windows. q35 and pc are identified by the bridge's ID in
 * configuration space at the I/O ports, the only access on pc. Their firmware has assigned all BARs.
 */

#define PORT_ADDRESS 0xcf8u
#define PORT_DATA 0xcfcu
#define PORT_ENABLE 0x80000000u
#define BRIDGE_Q35 0x29c08086u
#define BRIDGE_PC 0x12378086u

/* INTx is four lines; the pins of adjacent devices are rotated. */
#define LINES 4u
#define LINE_Q35 20u     /* after those of the chip set's devices */
#define LINE_MICROVM 16u /* if it has a second I/O APIC for virtio-mmio */

#define MEMORY 0xc0000000u
#define MEMORY_BYTES 0x3ec00000u /* up to the I/O APIC */
#define IO_BYTES 0x10000u
#define IO_FREE 0xc000u /* ports below belong to the board */

/* The second is in I/O port space, which starts at port 0. */
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

/* ISA lines, written by firmware. */
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
    d->placed = !pci_says(d->command_line, "place"); /* with this option, the BARs are assigned again */
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
    } else if (!pci_says(d->command_line, "virtio_mmio.device=")) { /* same devices as in the device tree */
        d->tree = fw_cfg_file("etc/fdt");
        d->line = pci_line_microvm;
    }
}
