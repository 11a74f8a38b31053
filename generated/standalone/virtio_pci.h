/* SPDX-License-Identifier: MIT */
/* Generated from spec/transport/pci.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Virtio Over PCI Bus */

/*
 * Quirk pci.no-firmware (QEMU 7.2): Without firmware all BARs and the command register read 0. A
 * driver sizes and places BARs, then sets memory and bus master: without that no buffer is read or
 * written.
 */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
 */
#ifndef VWR_STANDALONE_PCI_H
#define VWR_STANDALONE_PCI_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_PCI_VENDOR_ID 0x1af4u                    /* PCI vendor id of all virtio devices. */
#define VIRTIO_PCI_DEVICE_ID_MIN 0x1000u                /* First PCI device id; the transitional ones begin here. */
#define VIRTIO_PCI_DEVICE_ID_TRANSITIONAL_MAX 0x103fu   /* Last PCI device id of transitional devices. */
#define VIRTIO_PCI_DEVICE_ID_MODERN_BASE 0x1040u        /* PCI device id of a device that is not transitional: this
                                                           plus its virtio id. */
#define VIRTIO_PCI_DEVICE_ID_MAX 0x107fu                /* Last PCI device id. */
#define VIRTIO_PCI_REVISION_MODERN_MIN 1u               /* Devices that are not transitional have this PCI revision
                                                           id or more. */
#define VIRTIO_PCI_SUBSYSTEM_DEVICE_ID_MODERN_MIN 0x40u /* Devices that are not transitional have this PCI subsystem
                                                           device id or more. */
#define VIRTIO_PCI_REVISION_TRANSITIONAL 0u             /* PCI revision id of transitional devices. */
#define VIRTIO_PCI_CAP_ID_VNDR 0x9u                     /* PCI capability id of all virtio capabilities. */
#define VIRTIO_PCI_BAR_MAX 5u                           /* Last BAR; drivers pass over a capability with a larger
                                                           number. */
#define VIRTIO_PCI_LEGACY_BAR 0u                        /* I/O BAR with the legacy header and the device
                                                           configuration behind it; legacy only. */
#define VIRTIO_PCI_LEGACY_CONFIG 20u                    /* Where the device configuration begins while MSI-X is off;
                                                           in bytes; legacy only. */
#define VIRTIO_PCI_LEGACY_CONFIG_MSIX 24u               /* Where the device configuration begins while MSI-X is on;
                                                           in bytes; legacy only. */
#define VIRTIO_PCI_MSIX_VECTOR_MAX 0x7ffu               /* Largest MSI-X vector. */
#define VIRTIO_MSI_NO_VECTOR 0xffffu                    /* No MSI-X vector: switches interrupts off, or says that a
                                                           vector could not be had. Quirk
                                                           pci.vectors-without-controller (QEMU 7.2): On riscv64 with
                                                           a plain PLIC devices have MSI-X, but nothing takes its
                                                           messages. A driver uses INTx where the platform has no
                                                           controller for MSI. */
#define VIRTIO_PCI_LEGACY_QUEUE_ALIGN 4096u             /* Alignment of a queue and its used ring; queue_address
                                                           counts in it; in bytes; legacy only. */

/* enums.cap-type; "Virtio Structure PCI Capabilities" */
#define VIRTIO_PCI_CAP_COMMON_CFG 1                     /* Common configuration (common_cfg). */
#define VIRTIO_PCI_CAP_NOTIFY_CFG 2                     /* Where queues are notified (notify_cap). */
#define VIRTIO_PCI_CAP_ISR_CFG 3                        /* ISR status (isr_cfg). */
#define VIRTIO_PCI_CAP_DEVICE_CFG 4                     /* Configuration of the device type. Quirk
                                                           pci.device-cfg-always (QEMU 7.2): It is there for devices
                                                           without a configuration too, 4096 bytes long. A driver
                                                           goes by the device type, not by the length. */
#define VIRTIO_PCI_CAP_PCI_CFG 5                        /* Access to BARs through the configuration space (cfg_cap).
                                                           Quirk pci.empty-pci-cfg (QEMU 7.2): It has BAR 0 and
                                                           length 0 until the driver writes them. A driver does not
                                                           look for a structure there. */
#define VIRTIO_PCI_CAP_SHARED_MEMORY_CFG 8              /* Shared memory region (cap64). */
#define VIRTIO_PCI_CAP_VENDOR_CFG 9                     /* Data of the vendor (vndr_data). */

/* flags.isr; "Virtio Structure PCI Capabilities / ISR status capability" */
#define VIRTIO_PCI_ISR_QUEUE 0x1                        /* A queue has used buffers. */
#define VIRTIO_PCI_ISR_CONFIG 0x2                       /* Device configuration has changed. */

/*
 * A vendor-specific PCI capability that says where a structure is.
 * structs.cap; "Virtio Structure PCI Capabilities"
 */
struct virtio_pci_cap {
    uint8_t cap_vndr;                       /* PCI's capability id; R. */
    uint8_t cap_next;                       /* Next capability, as PCI has it; R. */
    uint8_t cap_len;                        /* Length of the capability with all that follows; in bytes; R. */
    uint8_t cfg_type;                       /* Which structure; VIRTIO_PCI_CAP_*; R. */
    uint8_t bar;                            /* BAR that has the structure; 0 to 5; R. */
    uint8_t id;                             /* Which of several structures of the type; R. */
    uint8_t padding[2];                     /* Reserved; R. */
    uint32_t offset;                        /* Where in the BAR; in bytes; R. */
    uint32_t length;                        /* Length of the structure; in bytes; R. */
};
VIRTIO_SIZE(virtio_pci_cap, 16);

/*
 * A capability with 64 bits of offset and length.
 * structs.cap64; "Virtio Structure PCI Capabilities"
 */
struct virtio_pci_cap64 {
    struct virtio_pci_cap cap;              /* The capability; low halves of offset and length; R. */
    uint32_t offset_hi;                     /* High half of offset; R. */
    uint32_t length_hi;                     /* High half of length; R. */
};
VIRTIO_SIZE(virtio_pci_cap64, 24);

/*
 * Status, features and queues of any device.
 * structs.common_cfg; "Virtio Structure PCI Capabilities / Common configuration structure layout"
 */
struct virtio_pci_common_cfg {
    uint32_t device_feature_select;         /* Which 32 bits device_feature shows; RW. */
    uint32_t device_feature;                /* 32 bits of the features that the device offers; R. */
    uint32_t driver_feature_select;         /* Which 32 bits driver_feature shows; RW. */
    uint32_t driver_feature;                /* 32 bits of the features that the driver takes; RW. */
    uint16_t config_msix_vector;            /* MSI-X vector for changes of the configuration; RW. */
    uint16_t num_queues;                    /* Most queues; without those for administration; R. */
    uint8_t device_status;                  /* Device status; writing 0 resets the device; RW. */
    uint8_t config_generation;              /* Changes whenever the configuration has; R. */
    uint16_t queue_select;                  /* The queue that the fields below speak of; RW. */
    uint16_t queue_size;                    /* Number of descriptors; the driver never writes 0. Quirk
                                               pci.size-unchecked (QEMU 7.2): A size that is no power of 2 reads back
                                               as written. A driver checks the size before it writes it; RW. */
    uint16_t queue_msix_vector;             /* MSI-X vector of the queue; RW. */
    uint16_t queue_enable;                  /* 1 once the device may use the queue; RW. */
    uint16_t queue_notify_off;              /* Where the queue is notified; in notify_off_multiplier bytes; R. */
    uint64_t queue_desc;                    /* Address of the descriptor area; RW. */
    uint64_t queue_driver;                  /* Address of the driver area; RW. */
    uint64_t queue_device;                  /* Address of the device area; RW. */
    uint16_t queue_notif_config_data;       /* What a notification carries in place of the queue index; with
                                               NOTIF_CONFIG_DATA; R. */
    uint16_t queue_reset;                   /* Writing 1 resets the queue; 1 until that is done; with RING_RESET; RW. */
    uint16_t admin_queue_index;             /* First administration queue; with ADMIN_VQ; R. */
    uint16_t admin_queue_num;               /* Number of administration queues; index and number end within 16 bits;
                                               with ADMIN_VQ; R. */
};
VIRTIO_SIZE(virtio_pci_common_cfg, 64);

/*
 * The capability of where queues are notified.
 * structs.notify_cap; "Virtio Structure PCI Capabilities / Notification structure layout"
 */
struct virtio_pci_notify_cap {
    struct virtio_pci_cap cap;              /* The capability; R. */
    uint32_t notify_off_multiplier;         /* Distance between queues; 0 if all have one place; in bytes; R. */
};
VIRTIO_SIZE(virtio_pci_notify_cap, 20);

/*
 * Why the device has raised its interrupt.
 * structs.isr_cfg; "Virtio Structure PCI Capabilities / ISR status capability"
 */
struct virtio_pci_isr_cfg {
    uint8_t isr_status;                     /* Reasons; VIRTIO_PCI_ISR_*; R. */
};
VIRTIO_SIZE(virtio_pci_isr_cfg, 1);

/*
 * A capability with data of the vendor behind it.
 * structs.vndr_data; "Virtio Structure PCI Capabilities / Vendor data capability"
 */
struct virtio_pci_vndr_data {
    uint8_t cap_vndr;                       /* PCI's capability id; R. */
    uint8_t cap_next;                       /* Next capability, as PCI has it; R. */
    uint8_t cap_len;                        /* Length of the capability with all that follows; in bytes; R. */
    uint8_t cfg_type;                       /* Which structure; VIRTIO_PCI_CAP_*; R. */
    uint16_t vendor_id;                     /* PCI vendor id of whoever says what follows; R. */
};
VIRTIO_SIZE(virtio_pci_vndr_data, 6);

/*
 * A window into a BAR.
 * structs.cfg_cap; "Virtio Structure PCI Capabilities / PCI configuration access capability"
 */
struct virtio_pci_cfg_cap {
    struct virtio_pci_cap cap;              /* What the window shows: bar; offset; length of 1, 2 or 4; R; RW bar,
                                               offset, length. */
    uint8_t pci_cfg_data[4];                /* The window: cap.length bytes of the BAR; cap.offset is a multiple of
                                               it; RW. */
};
VIRTIO_SIZE(virtio_pci_cfg_cap, 20);

/*
 * What stands in the I/O BAR.
 * structs.legacy_header; "Virtio Structure PCI Capabilities / Legacy Interfaces: A Note on PCI
 * Device Layout"
 */
struct virtio_pci_legacy_header {
    uint32_t device_features;               /* Features that the device offers; bits 0 to 31; R. */
    uint32_t driver_features;               /* Features that the driver takes; bits 0 to 31; RW. */
    uint32_t queue_address;                 /* Where the queue begins; 0 while it is not in use; in 4096-byte pages;
                                               RW. */
    uint16_t queue_size;                    /* Number of descriptors; the device's choice; R. */
    uint16_t queue_select;                  /* The queue that queue fields speak of; RW. */
    uint16_t queue_notify;                  /* Index of a queue that has something new; RW. */
    uint8_t device_status;                  /* Device status; writing 0 resets the device; RW. */
    uint8_t isr_status;                     /* Why there was an interrupt; VIRTIO_PCI_ISR_*; R. */
};
VIRTIO_SIZE(virtio_pci_legacy_header, 20);

/*
 * What stands in the I/O BAR while MSI-X is on.
 * structs.legacy_header_msix; "Virtio Structure PCI Capabilities / Legacy Interfaces: A Note on
 * PCI Device Layout"
 */
struct virtio_pci_legacy_header_msix {
    struct virtio_pci_legacy_header header; /* The same as without MSI-X; RW. */
    uint16_t config_msix_vector;            /* MSI-X vector for changes of the configuration; RW. */
    uint16_t queue_msix_vector;             /* MSI-X vector of the queue; RW. */
};
VIRTIO_SIZE(virtio_pci_legacy_header_msix, 24);

/*
 * What notifies a queue.
 * structs.notification_data; "PCI-specific Initialization And Device Operation / Available Buffer
 * Notifications"
 */
struct virtio_pci_notification_data {
    uint32_t value;                         /* The queue and where its next entry goes; W. */
                                            /* bits 0 to 15: vq_index. Queue index, or queue_notif_config_data with
                                               NOTIF_CONFIG_DATA. */
                                            /* bits 16 to 30: next_off. Where the next entry goes; of a split ring
                                               bits 0 to 14 of the available index. */
                                            /* bit 31: next_wrap. Wrap counter there; of a split ring bit 15 of the
                                               available index. */
};
/* 4 bytes with NOTIFICATION_DATA. */
/* 2 bytes. */
VIRTIO_SIZE(virtio_pci_notification_data, 4);

#undef VIRTIO_SIZE
#endif
