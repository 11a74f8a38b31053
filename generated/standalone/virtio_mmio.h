/* SPDX-License-Identifier: MIT */
/* Generated from spec/transport/mmio.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Virtio Over MMIO / MMIO Device Register Layout */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_MMIO_H
#define VWR_STANDALONE_MMIO_H

#include <stdint.h>

/* registers; "MMIO Device Register Layout" */
#define VIRTIO_MMIO_MAGIC_VALUE 0x000                   /* The magic value "virt"; R. */
#define VIRTIO_MMIO_VERSION 0x004                       /* Version of the register layout; R. Quirk
                                                           mmio.legacy-by-default (QEMU 7.2): The transport is legacy
                                                           unless started with -global
                                                           virtio-mmio.force-legacy=false. A driver speaks both, or
                                                           says which option is missing. */
#define VIRTIO_MMIO_DEVICE_ID 0x008                     /* Device type; 0 if the slot is empty; R. */
#define VIRTIO_MMIO_VENDOR_ID 0x00c                     /* Vendor id; R. Quirk mmio.qemu-vendor-only (xv6-riscv
                                                           2022-08-25, f5b93ef): The driver refuses a device whose
                                                           VendorID is not 0x554d4551, which is QEMU's. A VMM sets
                                                           setup.vendor to this number. */
#define VIRTIO_MMIO_DEVICE_FEATURES 0x010               /* 32 bits of the offered features; R. Quirk
                                                           mmio.second-word-again (QEMU 7.2): Feature words from 2 on
                                                           read as word 1. A driver reads no word of which it wants
                                                           no bit, and trusts no bit above 63. Quirk
                                                           mmio.features-unselected (NuttX 2026-08, 4ebc8a7291d): The
                                                           driver reads DeviceFeatures without writing
                                                           DeviceFeaturesSel first. A device returns word 0 until
                                                           DeviceFeaturesSel is written. */
#define VIRTIO_MMIO_HOST_FEATURES VIRTIO_MMIO_DEVICE_FEATURES
#define VIRTIO_MMIO_DEVICE_FEATURES_SEL 0x014           /* Selects the 32 bits in DeviceFeatures; W. */
#define VIRTIO_MMIO_HOST_FEATURES_SEL VIRTIO_MMIO_DEVICE_FEATURES_SEL
#define VIRTIO_MMIO_DRIVER_FEATURES 0x020               /* 32 bits of the accepted features; W. */
#define VIRTIO_MMIO_GUEST_FEATURES VIRTIO_MMIO_DRIVER_FEATURES
#define VIRTIO_MMIO_DRIVER_FEATURES_SEL 0x024           /* Selects the 32 bits in DriverFeatures; W. */
#define VIRTIO_MMIO_GUEST_FEATURES_SEL VIRTIO_MMIO_DRIVER_FEATURES_SEL
#define VIRTIO_MMIO_GUEST_PAGE_SIZE 0x028               /* Page size, the unit of QueuePFN; a power of 2; in bytes;
                                                           legacy only; W. */
#define VIRTIO_MMIO_QUEUE_SEL 0x030                     /* Selects the queue for the queue registers; W. */
#define VIRTIO_MMIO_QUEUE_SIZE_MAX 0x034                /* Maximum queue size; 0 if the queue does not exist; R.
                                                           Quirk mmio.one-size-for-all (QEMU 7.2): QueueSizeMax reads
                                                           as 1024 for each queue of each device. A driver chooses
                                                           the size itself. */
#define VIRTIO_MMIO_QUEUE_NUM_MAX VIRTIO_MMIO_QUEUE_SIZE_MAX
#define VIRTIO_MMIO_QUEUE_SIZE 0x038                    /* Number of descriptors in the queue; W. Quirk
                                                           mmio.size-unchecked (QEMU 7.2): The device silently
                                                           accepts a size above QueueSizeMax or one that is not a
                                                           power of 2. A driver checks the size before it writes it.
                                                           Quirk mmio.size-checked (QEMU 11.1.3): A size above
                                                           QueueSizeMax sets DEVICE_NEEDS_RESET. The next write to
                                                           Status clears this bit, QueueReady reads as 1, and no
                                                           buffer is used. A driver checks the size before it writes
                                                           it. */
#define VIRTIO_MMIO_QUEUE_NUM VIRTIO_MMIO_QUEUE_SIZE
#define VIRTIO_MMIO_QUEUE_ALIGN 0x03c                   /* Alignment of the used ring; a power of 2; in bytes; legacy
                                                           only; W. Quirk mmio.no-queue-align
                                                           (operating-system-in-1000-lines abf945a): The driver never
                                                           writes QueueAlign. A device assumes 4096 bytes after a
                                                           reset. QEMU does so too. Quirk mmio.queue-align-0 (HinaOS
                                                           c5ef8ff): The driver writes 0 to QueueAlign. A device
                                                           assumes 4096 bytes, as QEMU does. */
#define VIRTIO_MMIO_QUEUE_PFN 0x040                     /* Page number of the queue; 0 if the queue is not in use; in
                                                           guest pages; legacy only; RW. Quirk
                                                           mmio.pfn-survives-reset (riscv-rust and rvemu 2021-08-22
                                                           and 2023-10-01): A reset does not clear QueuePFN. A driver
                                                           writes 0 before it sets up the queue. Quirk
                                                           mmio.address-in-pfn (HinaOS c5ef8ff): The driver writes an
                                                           address to QueuePFN and does not write GuestPageSize. A
                                                           device takes QueuePFN as an address if GuestPageSize was
                                                           not written, as QEMU does. */
#define VIRTIO_MMIO_QUEUE_READY 0x044                   /* 1 if the queue is ready; modern only; RW. Quirk
                                                           mmio.lk-early-queue (LK 2026-08, bd45103b): The driver
                                                           enables its queue before FEATURES_OK. A device stores the
                                                           registers and serves the queue after DRIVER_OK, as QEMU
                                                           does. Quirk mmio.hermit-early-queue (Hermit before
                                                           2025-05, not seen here): The driver sets up its queues
                                                           before FEATURES_OK. A device stores the registers and
                                                           serves the queues after DRIVER_OK. */
#define VIRTIO_MMIO_QUEUE_NOTIFY 0x050                  /* Notifies the device of a queue: its index; with
                                                           NOTIFICATION_DATA, also the ring position; W. Quirk
                                                           mmio.one-buffer-per-notification (riscv-rust and rvemu
                                                           2021-08-22 and 2023-10-01): The device uses one buffer for
                                                           each notification. A driver has one request in flight.
                                                           Quirk mmio.needs-interrupts (rvemu 2023-10-01): The device
                                                           uses buffers only while the interrupts of the hart are
                                                           enabled. The image enables them while it waits. */
#define VIRTIO_MMIO_INTERRUPT_STATUS 0x060              /* Pending interrupt causes; R. */
#define VIRTIO_MMIO_INTERRUPT_ACK 0x064                 /* Acknowledges interrupt causes; W. */
#define VIRTIO_MMIO_STATUS 0x070                        /* Device status; writing 0 resets the device; RW. Quirk
                                                           mmio.no-reset (Firecracker before 1.17, later versions
                                                           with a vhost-user disk, not seen here): A reset of a
                                                           device that has reached DRIVER_OK sets FAILED. A driver
                                                           opens a device once. Quirk mmio.used-index-survives-reset
                                                           (riscv-rust 2021-08-22): A reset does not clear the
                                                           device's used index. None: the driver refuses the ring of
                                                           a device that was reset. */
#define VIRTIO_MMIO_QUEUE_DESC_LOW 0x080                /* Address of the descriptor area; modern only; W. */
#define VIRTIO_MMIO_QUEUE_DESC_HIGH 0x084               /* Address of the descriptor area; modern only; W. */
#define VIRTIO_MMIO_QUEUE_DRIVER_LOW 0x090              /* Address of the driver area; modern only; W. */
#define VIRTIO_MMIO_QUEUE_AVAIL_LOW VIRTIO_MMIO_QUEUE_DRIVER_LOW
#define VIRTIO_MMIO_QUEUE_DRIVER_HIGH 0x094             /* Address of the driver area; modern only; W. */
#define VIRTIO_MMIO_QUEUE_AVAIL_HIGH VIRTIO_MMIO_QUEUE_DRIVER_HIGH
#define VIRTIO_MMIO_QUEUE_DEVICE_LOW 0x0a0              /* Address of the device area; modern only; W. */
#define VIRTIO_MMIO_QUEUE_USED_LOW VIRTIO_MMIO_QUEUE_DEVICE_LOW
#define VIRTIO_MMIO_QUEUE_DEVICE_HIGH 0x0a4             /* Address of the device area; modern only; W. */
#define VIRTIO_MMIO_QUEUE_USED_HIGH VIRTIO_MMIO_QUEUE_DEVICE_HIGH
#define VIRTIO_MMIO_SHM_SEL 0x0ac                       /* Selects the shared memory region; modern only; W. */
#define VIRTIO_MMIO_SHM_LEN_LOW 0x0b0                   /* Length of the region; all ones if it does not exist; in
                                                           bytes; modern only; R. */
#define VIRTIO_MMIO_SHM_LEN_HIGH 0x0b4                  /* Length of the region; all ones if it does not exist; in
                                                           bytes; modern only; R. */
#define VIRTIO_MMIO_SHM_BASE_LOW 0x0b8                  /* Address of the region; modern only; R. Quirk
                                                           mmio.no-region-at-0 (QEMU 7.2): Reads as 0 if the region
                                                           does not exist. A driver asks SHMLen whether there is one. */
#define VIRTIO_MMIO_SHM_BASE_HIGH 0x0bc                 /* Address of the region; modern only; R. */
#define VIRTIO_MMIO_QUEUE_RESET 0x0c0                   /* Writing 1 resets the queue; reads as 1 until the reset is
                                                           complete; with RING_RESET; modern only; RW. Quirk
                                                           mmio.queue-reset (QEMU 7.2): The device offers RING_RESET,
                                                           but ignores writes and reads as 0. A driver reads
                                                           QueueReady: while that is 1 only a reset of the device
                                                           takes the queue back. */
#define VIRTIO_MMIO_CONFIG_GENERATION 0x0fc             /* Changes whenever the configuration may have changed;
                                                           modern only; R. */
#define VIRTIO_MMIO_CONFIG 0x100                        /* Configuration space: little-endian; guest byte order in
                                                           the legacy interface; RW. Quirk mmio.config-in-bytes
                                                           (rvemu 2023-10-01): A read of the configuration with more
                                                           than 8 bits ends the emulator. The port's hook reads the
                                                           configuration in bytes. Quirk mmio.beyond-the-end (QEMU
                                                           7.2): An access beyond the last field reads as all ones. A
                                                           driver reads fields by their widths, arrays of bytes by
                                                           bytes. Quirk mmio.wide-config (NuttX before 2026-01, not
                                                           seen here): The driver reads several fields of the
                                                           configuration in one access. A device accepts any width
                                                           and alignment within the configuration. */

#endif
