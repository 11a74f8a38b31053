/* SPDX-License-Identifier: MIT */
#ifndef VWR_SHARED_PCI_SPACE_COMMON_H
#define VWR_SHARED_PCI_SPACE_COMMON_H

/*
 * Registers of configuration space, as the PCI Local Bus Specification defines them; the VirtIO specification
 * presupposes them. Each constant is the offset of the 32 bits that contain the register. Not for embedders.
 */
#define PCI_ID 0x00u            /* vendor, device << 16 */
#define PCI_VENDOR_NONE 0xffffu /* no function responds */
#define PCI_VENDOR_LATER 1u     /* the function is not ready */
#define PCI_COMMAND 0x04u       /* command, status << 16 (write 1 to clear) */
#define PCI_CLASS 0x08u         /* revision, class << 8 */
#define PCI_HEADER 0x0cu        /* header type in bits 16 to 23 */
#define PCI_BAR_0 0x10u
#define PCI_BUS_NUMBERS 0x18u  /* bridge: primary, secondary, subordinate */
#define PCI_SUBSYSTEM 0x2cu    /* vendor, id << 16 */
#define PCI_CAPABILITIES 0x34u /* offset of the first capability */
#define PCI_INTERRUPT 0x3cu    /* line, pin << 8; bridge: control << 16 */
#define PCI_PIN_A 0x100u       /* in PCI_INTERRUPT */
#define PCI_COMMAND_IO 0x1u
#define PCI_COMMAND_MEMORY 0x2u
#define PCI_COMMAND_MASTER 0x4u
#define PCI_COMMAND_INTX_OFF 0x400u
#define PCI_STATUS_INTERRUPT 0x80000u     /* in PCI_COMMAND */
#define PCI_STATUS_CAPABILITIES 0x100000u /* in PCI_COMMAND */
#define PCI_HEADER_BRIDGE 0x10000u        /* PCI-to-PCI bridge */
#define PCI_HEADER_SEVERAL 0x800000u      /* multi-function device */
#define PCI_CAPABILITY_POWER 0x01u
#define PCI_CAPABILITY_MSI 0x05u
#define PCI_CAPABILITY_MSIX 0x11u
#define PCI_CAPABILITY_AF 0x13u    /* Advanced Features: function reset */
#define PCI_CAPABILITY_FIRST 0x40u /* end of the header */
#define PCI_CAPABILITY_MASK 0xfcu  /* capabilities are aligned to 4 bytes */
#define PCI_CAPABILITIES_END 0x100u

/* Class codes, which the PCI SIG assigns: base class << 8, subclass. */
#define PCI_CODE_SCSI 0x0100u
#define PCI_CODE_STORAGE 0x0180u /* another mass storage controller */
#define PCI_CODE_ETHERNET 0x0200u
#define PCI_CODE_DISPLAY 0x0380u       /* another display controller */
#define PCI_CODE_MULTIMEDIA 0x0480u    /* another multimedia device */
#define PCI_CODE_COMMUNICATION 0x0780u /* another communication controller */
#define PCI_CODE_INPUT 0x0980u         /* another input device controller */
#define PCI_CODE_ENCRYPTION 0x1080u    /* another encryption controller */
#define PCI_CODE_NONE 0xff00u          /* fits no class */

#define PCI_BAR_IO 0x1u /* I/O BAR */
#define PCI_BAR_IO_FLAGS 0x3u
#define PCI_BAR_FLAGS 0xfu /* low bits of a memory BAR */
#define PCI_BARS 6u
#define PCI_BAR_64 0x4u /* 64-bit BAR: the next register is its upper word */
#define PCI_BAR_PREFETCHABLE 0x8u

#define PCI_POWER_CONTROL 4u     /* in the capability */
#define PCI_POWER_STATE 0x3u     /* in PCI_POWER_CONTROL: D0 to D3hot */
#define PCI_POWER_EVENTS 0x8100u /* in PCI_POWER_CONTROL: PME enable, PME status (write 1 to clear) */
#define PCI_POWER_US 10000u      /* from D3hot to D0 in microseconds */

#define PCI_MSI_ENABLE 0x10000u     /* in the capability's first 32 bits */
#define PCI_MSIX_ENABLE 0x80000000u /* in the capability's first 32 bits */
#define PCI_MSIX_MASK 0x40000000u   /* in the capability's first 32 bits: masks all vectors */
#define PCI_MSIX_LAST 0x7ffu        /* in the upper 16 of these bits: the last vector */
#define PCI_MSIX_TABLE 4u           /* BAR and offset of the table */
#define PCI_MSIX_ENTRY 16u          /* size of an entry: address, upper address, data, control */

#define PCI_AF_CAPS                                                                                  \
    0x03060000u           /* in the first 32 bits: 6 bytes long, reports pending accesses, can reset \
                           */
#define PCI_AF_CONTROL 4u /* bit 0: resets the function */
#define PCI_AF_RESET 0x1u
#define PCI_AF_PENDING 0x100u /* in PCI_AF_CONTROL: accesses to memory have not completed */

#define PCI_CAPABILITY_EXPRESS 0x10u /* PCI Express */
#define PCI_EXPRESS_CONTROL 8u       /* in the capability */
#define PCI_EXPRESS_RESET 0x8000u    /* there: resets the function */

#define PCI_EXTENDED_FIRST 0x100u /* the first extended capability */
#define PCI_EXTENDED_ID 0xffffu   /* in the capability's first 32 bits: the ID */
#define PCI_EXTENDED_SHIFT 20u    /* in the same 32 bits: offset of the next capability */
#define PCI_EXTENDED_MASK 0xffcu  /* mask of that offset */
#define PCI_EXTENDED_SR_IOV 0x10u
#define PCI_SR_IOV_CONTROL 8u  /* in the capability */
#define PCI_SR_IOV_ENABLE 0x1u /* in PCI_SR_IOV_CONTROL: enables the virtual functions */

#define PCI_BRIDGE_IO 0x1cu           /* I/O base and limit */
#define PCI_BRIDGE_MEMORY 0x20u       /* memory base and limit, in MiB */
#define PCI_BRIDGE_PREFETCHABLE 0x24u /* prefetchable memory base and limit */
#define PCI_BRIDGE_CLOSED 0x0000fff0u /* base above limit */
#define PCI_BRIDGE_CLOSED_IO 0x00f0u  /* the same for I/O */
#define PCI_BRIDGE_RESET 0x40u        /* in the bridge control: resets the secondary bus */

#endif
