/* SPDX-License-Identifier: MIT */
#ifndef XV6_MEMLAYOUT_H
#define XV6_MEMLAYOUT_H

/* QEMU's virt. */
#define POWER 0x100000L
#define PLIC 0x0c000000L
#define UART0 0x10000000L
#define VIRTIO0 0x10001000L
#define VIRTIO0_IRQ 1
#define KERNBASE 0x80000000L

/* Kernel stacks, each with a page before it where nothing is mapped. */
#define PGSIZE 4096L
#define STACKS 0xc0000000L
#define STACK_PAGES 4L
#define KSTACK(i) (STACKS + (i) * (STACK_PAGES + 1) * PGSIZE + PGSIZE)

#endif
