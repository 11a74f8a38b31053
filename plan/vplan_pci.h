/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_PCI_H
#define VWR_VPLAN_PCI_H

#include "vwr/vpci.h"
#include "vplan.h"

VWR_BEGIN_C

/**
 * DOC: A PCI bus of a plan
 *
 * The rows that `./vwr plan` writes for a VM whose devices are on PCI (vwr/vpci.h), and the functions
 * that build its bus from them. The host needs ops->msi, and ops->again or ops->kicked. Messages
 * arrive at ops->msi with an address in the frame, and the interrupt as their data; the guest chooses
 * both, so the VMM checks them.
 */

/**
 * struct vwr_vplan_pci - A PCI bus of a plan
 * @bus: Functions; the first member.
 * @ecam: Guest-physical address of the ECAM window.
 * @window: Guest-physical address of the window for BARs.
 * @frame: Guest-physical address of the GICv2m frame that messages are written to.
 * @message: Interrupt of the first message.
 * @messages: Number of interrupts for messages.
 * @pages: Number of BARs that the window has space for.
 * @bridges: Number of bridges, each of which has a bus in the ECAM window.
 * @host: Offset of the host bridge in the structure.
 * @page: Offset of its pages.
 */
struct vwr_vplan_pci {
    struct vwr_vplan_bus bus;
    uint64_t ecam;
    uint64_t window;
    uint64_t frame;
    uint32_t message;
    uint32_t messages;
    uint32_t pages;
    uint32_t bridges;
    size_t host;
    size_t page;
};

vwr_vplan_bus_start vwr_vplan_pci_start;
vwr_vplan_bus_add vwr_vplan_pci_add;
vwr_vplan_bus_access vwr_vplan_pci_access;

/**
 * vwr_vplan_pci() - Get the PCI bus of a VM
 * @row: Row of the VM.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The bus; NULL: its devices are on MMIO.
 */
static inline const struct vwr_vplan_pci *vwr_vplan_pci(const struct vwr_vplan_vm *row)
{
    return (const struct vwr_vplan_pci *)(const void *)row->bus;
}

/**
 * vwr_vplan_function() - Get the PCI function of a device
 * @row: Row of a device on PCI.
 * @memory: Structure.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The function.
 */
static inline struct vwr_vpci *vwr_vplan_function(const struct vwr_vplan_device *row, void *memory)
{
    return (struct vwr_vpci *)vwr_vplan_member(memory, row->function);
}

/**
 * vwr_vplan_bridge() - Get the bridge that leads to the PCI function of a device
 * @row: Row of a device on PCI.
 * @memory: Structure.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The bridge; NULL: the function is on bus 0.
 */
static inline struct vwr_vpci_bridge *vwr_vplan_bridge(const struct vwr_vplan_device *row, void *memory)
{
    return row->bridge != 0 ? (struct vwr_vpci_bridge *)vwr_vplan_member(memory, row->bridge) : NULL;
}

VWR_END_C

#endif
