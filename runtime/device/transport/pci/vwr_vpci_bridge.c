/* SPDX-License-Identifier: MIT */
#include "vpci_common.h"
#include "vwr/bytes.h"

/*
 * PCI-to-PCI bridges. They forward memory accesses below 4 GiB, in whole MiB. They have no BAR and no window
 * for I/O or prefetchable memory; a guest detects this because the registers cannot be changed.
 *
 * The bit that resets the secondary bus acts when the guest sets it. Until the guest clears it, nothing
 * behind the bridge responds, so a guest that forgets this finds no device, as on hardware.
 */

/*
 * No registered ID: under this vendor, QEMU's list of IDs leaves 0x10f0 to 0x10ff to experiments. Guests find
 * a bridge by its class.
 */
#define VPCI_BRIDGE_DEVICE_ID 0x10ffu
#define VPCI_BRIDGE_CLASS 0x06040000u       /* PCI-to-PCI bridge */
#define VPCI_BRIDGE_MEMORY_BITS 0xfff0fff0u /* address bits of base and limit */

uint32_t vwr_vpci_bridge_read_(const struct vwr_vpci_bridge *b, unsigned offset)
{
    switch (offset) {
    case PCI_ID:
        return VWR_PCI_VENDOR_ID | VPCI_BRIDGE_DEVICE_ID << 16;
    case PCI_COMMAND:
        return b->head.command;
    case PCI_CLASS:
        return VPCI_BRIDGE_CLASS;
    case PCI_HEADER:
        return PCI_HEADER_BRIDGE;
    case PCI_BUS_NUMBERS:
        return b->buses;
    case PCI_BRIDGE_MEMORY:
        return b->memory;
    case PCI_INTERRUPT:
        return b->head.line | (uint32_t)b->control << 16;
    default:
        return 0;
    }
}

static void vpci_write_control(struct vwr_vpci_bridge *b, uint16_t control)
{
    const uint16_t set = (uint16_t)(control & ~b->control);

    b->control = control;
    if ((set & PCI_BRIDGE_RESET) != 0)
        vwr_vpci_reset_behind_(b);
}

void vwr_vpci_bridge_write_(struct vwr_vpci_bridge *b, unsigned offset, uint32_t word)
{
    switch (offset) {
    case PCI_COMMAND:
        b->head.command = (uint16_t)(word & (PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER));
        break;
    case PCI_BUS_NUMBERS:
        b->buses = word & 0xffffffu; /* there is no latency timer */
        break;
    case PCI_BRIDGE_MEMORY:
        b->memory = word & VPCI_BRIDGE_MEMORY_BITS;
        break;
    case PCI_INTERRUPT:
        b->head.line = (uint8_t)word;
        vpci_write_control(b, (uint16_t)(word >> 16));
        break;
    default:
        break;
    }
}

void vwr_vpci_bridge_forget_(struct vwr_vpci_bridge *b)
{
    b->head.command = 0;
    b->head.line = 0;
    b->buses = 0;
    b->memory = 0;
    b->control = 0;
}

bool vwr_vpci_bridge_forwards_(const struct vwr_vpci_bridge *b, uint64_t addr)
{
    const uint64_t mib = addr >> 20;

    return (b->head.command & PCI_COMMAND_MEMORY) != 0 && mib >= (b->memory >> 4 & 0xfffu) &&
           mib <= b->memory >> 20;
}
