/* SPDX-License-Identifier: MIT */
#ifndef HYP_BOARD_H
#define HYP_BOARD_H

/*
 * QEMU's virt board with a GICv3 (hw/arm/virt.c in QEMU). A guest has distributor, redistributor and UART at
 * the same addresses, all emulated; nothing is passed through.
 */
#define BOARD_GICD 0x08000000ul
#define BOARD_GICD_BYTES 0x10000ul
#define BOARD_GICR 0x080a0000ul
#define BOARD_GICR_BYTES 0x20000ul /* per CPU */
#define BOARD_UART 0x09000000ul
#define BOARD_UART_BYTES 0x1000ul
#define BOARD_FW_CFG 0x09020000ul
#define BOARD_SLOTS 0x0a000000ul /* 32 virtio-mmio slots; also the address of a guest's first device */
#define BOARD_RAM 0x40000000ul

/* Interrupt numbers at the controller. */
#define INTID_POKE 0u /* between CPUs: check the guest */
#define INTID_MAINTENANCE 25u
#define INTID_OWN_TIMER 26u
#define INTID_TIMER 27u
#define INTID_SHARED 32u
#define INTID_UART 33u
#define INTID_SLOTS 48u /* of the first virtio-mmio slot */
#define INTID_NONE 1020u

#endif
