/* SPDX-License-Identifier: MIT */

/* QEMU's virt board. */
#define UART0 0x10000000L
#define UART0_IRQ 10
#define VIRTIO0 0x10001000
#define VIRTIO0_IRQ 1
#define CLINT 0x2000000L
#define CLINT_MTIMECMP(hart) (CLINT + 0x4000 + 8 * (hart))
#define CLINT_MTIME (CLINT + 0xbff8)
#define PLIC 0x0c000000L
#define PLIC_SENABLE(hart) (PLIC + 0x2080 + 0x100 * (hart))
#define PLIC_SPRIORITY(hart) (PLIC + 0x201000 + 0x2000 * (hart))
#define PLIC_SCLAIM(hart) (PLIC + 0x201004 + 0x2000 * (hart))

#define KERNBASE 0x80000000L
#define PHYSTOP (KERNBASE + 128 * 1024 * 1024)

/* From the top down: the trampoline page, then kernel stacks of one page, separated by unmapped pages. */
#define TRAMPOLINE (MAXVA - PGSIZE)
#define KSTACK(p) (TRAMPOLINE - 2 * PGSIZE * ((p) + 1))
