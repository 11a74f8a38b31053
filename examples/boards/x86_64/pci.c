/* SPDX-License-Identifier: MIT */
#include "machine.h"

/*
 * Of PCI what ACPI says in AML alone, which nobody reads here: the addresses that the host bridge passes on.
 * The device tree of microvm has them. q35, known by what the bridge answers at the ports of configuration
 * space, has none, and a firmware that has placed all BARs.
 */

#define PORT_ADDRESS 0xcf8u
#define PORT_DATA 0xcfcu
#define PORT_ENABLE 0x80000000u
#define BRIDGE_Q35 0x29c08086u

#define MEMORY 0xc0000000u
#define MEMORY_BYTES 0x3ec00000u /* up to the I/O APIC */
#define IO_BYTES 0x10000u

static struct vwr_pci_window windows[] = {
    {.bus = MEMORY, .bytes = MEMORY_BYTES, .cpu = (volatile void *)(uintptr_t)MEMORY, .kind = VWR_PCI_MEMORY},
    {.bus = 0, .bytes = IO_BYTES, .cpu = NULL, .kind = VWR_PCI_IO}, /* the number of its first port */
};

static bool pci_is_q35(void)
{
    vwr_port_write32(machine_port(PORT_ADDRESS), PORT_ENABLE);
    return vwr_port_read32(machine_port(PORT_DATA)) == BRIDGE_Q35;
}

/* Without ACPI microvm has no PCI, and its command line names what the tree names too. */
void pci_describe(struct board_description *d)
{
    d->messages = true;
    if (d->rsdp == NULL)
        return;
    if (!pci_is_q35()) {
        d->tree = fw_cfg_file("etc/fdt");
        return;
    }
    d->windows = windows;
    d->window_count = sizeof(windows) / sizeof(windows[0]);
    d->placed = true;
}
