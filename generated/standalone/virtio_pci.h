/* SPDX-License-Identifier: MIT */
/* Generated from spec/transport/pci.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Virtio Over PCI Bus */

/*
 * Quirk pci.no-firmware (QEMU 7.2): Without firmware, all BARs and the command register read as 0.
 * A driver sizes and places BARs, then sets memory and bus master: without that no buffer is read
 * or written.
 */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
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
#define VIRTIO_PCI_DEVICE_ID_MODERN_BASE 0x1040u        /* PCI device id of a non-transitional device: this value
                                                           plus the device type. */
#define VIRTIO_PCI_DEVICE_ID_MAX 0x107fu                /* Last PCI device id. */
#define VIRTIO_PCI_REVISION_MODERN_MIN 1u               /* Minimum PCI revision id that a non-transitional device
                                                           should have. */
#define VIRTIO_PCI_SUBSYSTEM_DEVICE_ID_MODERN_MIN 0x40u /* Minimum PCI subsystem device id that a non-transitional
                                                           device should have. */
#define VIRTIO_PCI_REVISION_TRANSITIONAL 0u             /* PCI revision id of transitional devices. */
#define VIRTIO_PCI_CAP_ID_VNDR 0x9u                     /* PCI capability id of all virtio capabilities. */
#define VIRTIO_PCI_BAR_MAX 5u                           /* Last BAR; drivers ignore a capability with a larger
                                                           number. */
#define VIRTIO_PCI_LEGACY_BAR 0u                        /* I/O BAR with the legacy header, followed by the device
                                                           configuration; legacy only. */
#define VIRTIO_PCI_LEGACY_CONFIG 20u                    /* Offset of the device configuration while MSI-X is
                                                           disabled; in bytes; legacy only. */
#define VIRTIO_PCI_LEGACY_CONFIG_MSIX 24u               /* Offset of the device configuration while MSI-X is enabled;
                                                           in bytes; legacy only. */
#define VIRTIO_PCI_MSIX_VECTOR_MAX 0x7ffu               /* Maximum MSI-X vector. */
#define VIRTIO_PCI_MSIX_VECTORS_MIN 2u                  /* Minimum number of MSI-X vectors that a device with MSI-X
                                                           should have. */
#define VIRTIO_MSI_NO_VECTOR 0xffffu                    /* No MSI-X vector: disables interrupts, or reports that no
                                                           vector was available. Quirk pci.vectors-without-controller
                                                           (QEMU 7.2): On riscv64 with a plain PLIC, devices have
                                                           MSI-X but no interrupt controller receives the messages. A
                                                           driver uses INTx where the platform has no controller for
                                                           MSI. */
#define VIRTIO_PCI_LEGACY_QUEUE_ALIGN 4096u             /* Alignment of a queue and its used ring; the unit of
                                                           queue_address; in bytes; legacy only. */

/* enums.cap-type; "Virtio Structure PCI Capabilities" */
#define VIRTIO_PCI_CAP_COMMON_CFG 1                     /* Common configuration (common_cfg). */
#define VIRTIO_PCI_CAP_NOTIFY_CFG 2                     /* Notification addresses (notify_cap). */
#define VIRTIO_PCI_CAP_ISR_CFG 3                        /* ISR status (isr_cfg). */
#define VIRTIO_PCI_CAP_DEVICE_CFG 4                     /* Device-specific configuration. Quirk pci.device-cfg-always
                                                           (QEMU 7.2): The capability exists even for devices without
                                                           a configuration, with a length of 4096 bytes. A driver
                                                           goes by the device type, not by the length. */
#define VIRTIO_PCI_CAP_PCI_CFG 5                        /* Access to BARs through the configuration space (cfg_cap).
                                                           Quirk pci.empty-pci-cfg (QEMU 7.2): BAR and length are 0
                                                           until the driver writes them. A driver does not look for a
                                                           structure there. Quirk pci.cfg-of-mapped-bar (QEMU
                                                           10.0.13): On boards other than x86, an access through the
                                                           capability to a BAR that is mapped ends QEMU with an
                                                           assertion. A driver leaves memory decoding off and uses
                                                           INTx; or the BAR has an address that the bus lacks. */
#define VIRTIO_PCI_CAP_SHARED_MEMORY_CFG 8              /* Shared memory region (cap64). */
#define VIRTIO_PCI_CAP_VENDOR_CFG 9                     /* Vendor data (vndr_data). */

/* flags.isr; "Virtio Structure PCI Capabilities / ISR status capability" */
#define VIRTIO_PCI_ISR_QUEUE 0x1                        /* The device has used a buffer. */
#define VIRTIO_PCI_ISR_CONFIG 0x2                       /* The device configuration has changed. */

/*
 * Vendor-specific PCI capability that locates a structure.
 * structs.cap; "Virtio Structure PCI Capabilities"
 */
struct virtio_pci_cap {
    uint8_t cap_vndr;                       /* PCI capability id; R. */
    uint8_t cap_next;                       /* Offset of the next PCI capability; R. */
    uint8_t cap_len;                        /* Length of the capability, including the data that follows; in bytes;
                                               R. */
    uint8_t cfg_type;                       /* Structure type; VIRTIO_PCI_CAP_*; R. */
    uint8_t bar;                            /* BAR of the structure, 0 to 5; R. */
    uint8_t id;                             /* Distinguishes structures of the same type; R. */
    uint8_t padding[2];                     /* Reserved; R. */
    uint32_t offset;                        /* Offset in the BAR; in bytes; R. */
    uint32_t length;                        /* Length of the structure; in bytes; R. */
};
VIRTIO_SIZE(virtio_pci_cap, 16);

/* Capability with 64-bit offset and length. structs.cap64; "Virtio Structure PCI Capabilities" */
struct virtio_pci_cap64 {
    struct virtio_pci_cap cap;              /* The capability, with the lower words of offset and length; R. */
    uint32_t offset_hi;                     /* Upper word of offset; R. */
    uint32_t length_hi;                     /* Upper word of length; R. */
};
VIRTIO_SIZE(virtio_pci_cap64, 24);

/*
 * Common configuration: status, features and queues.
 * structs.common_cfg; "Virtio Structure PCI Capabilities / Common configuration structure layout"
 */
struct virtio_pci_common_cfg {
    uint32_t device_feature_select;         /* Selects the 32 bits in device_feature; RW. */
    uint32_t device_feature;                /* 32 bits of the offered features; R. */
    uint32_t driver_feature_select;         /* Selects the 32 bits in driver_feature; RW. */
    uint32_t driver_feature;                /* 32 bits of the accepted features; RW. */
    uint16_t config_msix_vector;            /* MSI-X vector for configuration changes; RW. */
    uint16_t num_queues;                    /* Maximum number of queues, without administration queues; R. */
    uint8_t device_status;                  /* Device status; writing 0 resets the device; RW. */
    uint8_t config_generation;              /* Changes whenever the configuration has changed; R. */
    uint16_t queue_select;                  /* Selects the queue for the queue fields; RW. */
    uint16_t queue_size;                    /* Queue size: the maximum after a reset, 0 if the queue does not exist;
                                               the driver may reduce it. Quirk pci.size-unchecked (QEMU 7.2): The
                                               device stores a size that is not a power of 2 as written. A driver
                                               checks the size before it writes it; RW. */
    uint16_t queue_msix_vector;             /* MSI-X vector of the queue; RW. */
    uint16_t queue_enable;                  /* 1 if the queue is enabled; RW. */
    uint16_t queue_notify_off;              /* Notification offset of the queue; in notify_off_multiplier bytes; R. */
    uint64_t queue_desc;                    /* Address of the descriptor area; RW. */
    uint64_t queue_driver;                  /* Address of the driver area; RW. */
    uint64_t queue_device;                  /* Address of the device area; RW. */
    uint16_t queue_notif_config_data;       /* Value that a notification carries in place of the queue index; with
                                               NOTIF_CONFIG_DATA; R. */
    uint16_t queue_reset;                   /* Writing 1 resets the queue; reads as 1 until the reset is complete;
                                               with RING_RESET; RW. */
    uint16_t admin_queue_index;             /* Index of the first administration queue; with ADMIN_VQ; R. */
    uint16_t admin_queue_num;               /* Number of administration queues; their indices fit 16 bits; with
                                               ADMIN_VQ; R. */
};
VIRTIO_SIZE(virtio_pci_common_cfg, 64);

/*
 * Capability that locates the notification addresses.
 * structs.notify_cap; "Virtio Structure PCI Capabilities / Notification structure layout"
 */
struct virtio_pci_notify_cap {
    struct virtio_pci_cap cap;              /* The capability, with the type NOTIFY_CFG; R. */
    uint32_t notify_off_multiplier;         /* Multiplier of queue_notify_off; 0 if all queues share one address; in
                                               bytes; R. */
};
VIRTIO_SIZE(virtio_pci_notify_cap, 20);

/*
 * Pending interrupt causes.
 * structs.isr_cfg; "Virtio Structure PCI Capabilities / ISR status capability"
 */
struct virtio_pci_isr_cfg {
    uint8_t isr_status;                     /* Interrupt causes; VIRTIO_PCI_ISR_*; R. */
};
VIRTIO_SIZE(virtio_pci_isr_cfg, 1);

/*
 * Capability with vendor data.
 * structs.vndr_data; "Virtio Structure PCI Capabilities / Vendor data capability"
 */
struct virtio_pci_vndr_data {
    uint8_t cap_vndr;                       /* PCI capability id; R. */
    uint8_t cap_next;                       /* Offset of the next PCI capability; R. */
    uint8_t cap_len;                        /* Length of the capability, including the data that follows; in bytes;
                                               R. */
    uint8_t cfg_type;                       /* Structure type; VIRTIO_PCI_CAP_*; R. */
    uint16_t vendor_id;                     /* PCI vendor id of the owner of the data; R. */
};
VIRTIO_SIZE(virtio_pci_vndr_data, 6);

/*
 * Capability with a window into a BAR.
 * structs.cfg_cap; "Virtio Structure PCI Capabilities / PCI configuration access capability"
 */
struct virtio_pci_cfg_cap {
    struct virtio_pci_cap cap;              /* BAR, offset and length (1, 2 or 4) of the window; R; RW bar, offset,
                                               length. */
    uint8_t pci_cfg_data[4];                /* Window data: cap.length bytes of the BAR; cap.offset is a multiple of
                                               the length; RW. */
};
VIRTIO_SIZE(virtio_pci_cfg_cap, 20);

/*
 * Legacy header in the I/O BAR.
 * structs.legacy_header; "Virtio Structure PCI Capabilities / Legacy Interfaces: A Note on PCI
 * Device Layout"
 */
struct virtio_pci_legacy_header {
    uint32_t device_features;               /* Offered features, bits 0 to 31; R. */
    uint32_t driver_features;               /* Accepted features, bits 0 to 31; RW. */
    uint32_t queue_address;                 /* Page number of the queue; 0 if the queue is not in use; in 4096-byte
                                               pages; RW. */
    uint16_t queue_size;                    /* Number of descriptors, set by the device. Quirk pci.legacy-size-1024
                                               (QEMU 10.0.13): Each queue of each device has 1024 descriptors,
                                               regardless of `queue-size` and similar properties. A driver reads the
                                               size before it allocates memory; R. */
    uint16_t queue_select;                  /* Selects the queue for the queue fields; RW. */
    uint16_t queue_notify;                  /* Notifies a queue by its index; RW. */
    uint8_t device_status;                  /* Device status; writing 0 resets the device; RW. */
    uint8_t isr_status;                     /* Interrupt causes; VIRTIO_PCI_ISR_*; R. */
};
VIRTIO_SIZE(virtio_pci_legacy_header, 20);

/*
 * Legacy header in the I/O BAR while MSI-X is enabled.
 * structs.legacy_header_msix; "Virtio Structure PCI Capabilities / Legacy Interfaces: A Note on
 * PCI Device Layout"
 */
struct virtio_pci_legacy_header_msix {
    struct virtio_pci_legacy_header header; /* The header without MSI-X; RW. */
    uint16_t config_msix_vector;            /* MSI-X vector for configuration changes; RW. */
    uint16_t queue_msix_vector;             /* MSI-X vector of the queue; RW. */
};
VIRTIO_SIZE(virtio_pci_legacy_header_msix, 24);

/*
 * Notification value.
 * structs.notification_data; "PCI-specific Initialization And Device Operation / Available Buffer
 * Notifications"
 */
struct virtio_pci_notification_data {
    uint32_t value;                         /* Queue index and position of the next entry; W. */
                                            /* bits 0 to 15: vq_index. Queue index; with NOTIF_CONFIG_DATA,
                                               queue_notif_config_data. */
                                            /* bits 16 to 30: next_off. Position of the next entry; for a split ring,
                                               bits 0 to 14 of the available index. */
                                            /* bit 31: next_wrap. Wrap counter; for a split ring, bit 15 of the
                                               available index. */
};
/* 4 bytes with NOTIFICATION_DATA. */
/* 2 bytes. */
VIRTIO_SIZE(virtio_pci_notification_data, 4);

#undef VIRTIO_SIZE
#endif
