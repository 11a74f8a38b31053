# SPDX-License-Identifier: MIT
# Generated from spec/transport/pci.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; Virtio Over PCI Bus. How a virtio device shows itself on a PCI bus."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group("constants", "constants", "Virtio Over PCI Bus", (
        Value("VENDOR_ID", 0x1af4, "VWR_PCI_VENDOR_ID", "", brief="PCI vendor id of all virtio devices."),
        Value("DEVICE_ID_MIN", 0x1000, "VWR_PCI_DEVICE_ID_MIN", "",
              brief="First PCI device id; the transitional ones begin here."),
        Value("DEVICE_ID_TRANSITIONAL_MAX", 0x103f, "VWR_PCI_DEVICE_ID_TRANSITIONAL_MAX", "",
              brief="Last PCI device id of transitional devices."),
        Value("DEVICE_ID_MODERN_BASE", 0x1040, "VWR_PCI_DEVICE_ID_MODERN_BASE", "",
              brief="PCI device id of a device that is not transitional: this plus its virtio id."),
        Value("DEVICE_ID_MAX", 0x107f, "VWR_PCI_DEVICE_ID_MAX", "", brief="Last PCI device id."),
        Value("REVISION_MODERN_MIN", 1, "VWR_PCI_REVISION_MODERN_MIN", "",
              brief="Devices that are not transitional have this PCI revision id or more."),
        Value("SUBSYSTEM_DEVICE_ID_MODERN_MIN", 0x40, "VWR_PCI_SUBSYSTEM_DEVICE_ID_MODERN_MIN", "",
              brief="Devices that are not transitional have this PCI subsystem device id or more."),
        Value("REVISION_TRANSITIONAL", 0, "VWR_PCI_REVISION_TRANSITIONAL", "",
              brief="PCI revision id of transitional devices."),
        Value("CAP_ID_VNDR", 0x9, "VWR_PCI_CAP_ID_VNDR", "", brief="PCI capability id of all virtio capabilities."),
        Value("BAR_MAX", 5, "VWR_PCI_BAR_MAX", "",
              brief="Last BAR; drivers pass over a capability with a larger number."),
        Value("LEGACY_BAR", 0, "VWR_PCI_LEGACY_BAR", "", since="legacy", only="legacy",
              brief="I/O BAR with the legacy header and the device configuration behind it."),
        Value("LEGACY_CONFIG", 20, "VWR_PCI_LEGACY_CONFIG", "", since="legacy", only="legacy",
              brief="Where the device configuration begins while MSI-X is off."),
        Value("LEGACY_CONFIG_MSIX", 24, "VWR_PCI_LEGACY_CONFIG_MSIX", "", since="legacy", only="legacy",
              brief="Where the device configuration begins while MSI-X is on."),
        Value("MSIX_VECTOR_MAX", 0x7ff, "VWR_PCI_MSIX_VECTOR_MAX", "", brief="Largest MSI-X vector."),
        Value("MSI_NO_VECTOR", 0xffff, "VWR_PCI_MSI_NO_VECTOR", "VIRTIO_MSI_NO_VECTOR",
              brief="No MSI-X vector: switches interrupts off, or says that a vector could not be had."),
        Value("LEGACY_QUEUE_ALIGN", 4096, "VWR_PCI_LEGACY_QUEUE_ALIGN", "", since="legacy", only="legacy",
              brief="Alignment of a queue and its used ring; queue_address counts in it."),
    )),
    Group("cap-type", "enums", "Virtio Over PCI Bus / Virtio Structure PCI Capabilities", (
        Value("COMMON_CFG", 1, "VWR_PCI_CAP_COMMON_CFG", "VIRTIO_PCI_CAP_COMMON_CFG",
              brief="Common configuration (common_cfg)."),
        Value("NOTIFY_CFG", 2, "VWR_PCI_CAP_NOTIFY_CFG", "VIRTIO_PCI_CAP_NOTIFY_CFG",
              brief="Where queues are notified (notify_cap)."),
        Value("ISR_CFG", 3, "VWR_PCI_CAP_ISR_CFG", "VIRTIO_PCI_CAP_ISR_CFG", brief="ISR status (isr_cfg)."),
        Value("DEVICE_CFG", 4, "VWR_PCI_CAP_DEVICE_CFG", "VIRTIO_PCI_CAP_DEVICE_CFG",
              brief="Configuration of the device type."),
        Value("PCI_CFG", 5, "VWR_PCI_CAP_PCI_CFG", "VIRTIO_PCI_CAP_PCI_CFG",
              brief="Access to BARs through the configuration space (cfg_cap)."),
        Value("SHARED_MEMORY_CFG", 8, "VWR_PCI_CAP_SHARED_MEMORY_CFG", "VIRTIO_PCI_CAP_SHARED_MEMORY_CFG", since="1.2",
              brief="Shared memory region (cap64)."),
        Value("VENDOR_CFG", 9, "VWR_PCI_CAP_VENDOR_CFG", "VIRTIO_PCI_CAP_VENDOR_CFG", since="1.2",
              brief="Data of the vendor (vndr_data)."),
    )),
    Group("isr", "flags", "Virtio Over PCI Bus / Virtio Structure PCI Capabilities / ISR status capability", (
        Value("QUEUE", 0x1, "VWR_PCI_ISR_QUEUE", "", brief="A queue has used buffers."),
        Value("CONFIG", 0x2, "VWR_PCI_ISR_CONFIG", "", brief="Device configuration has changed."),
    )),
)

_STRUCTS = (
    Struct("cap", "virtio_pci_cap", "vwr_pci_cap", 16, True, False, "1.0", "",
           "Virtio Over PCI Bus / Virtio Structure PCI Capabilities", (
        Field("cap_vndr", 0, "u8", size=1, dir="R", brief="PCI's capability id; CAP_ID_VNDR."),
        Field("cap_next", 1, "u8", size=1, dir="R", brief="Next capability, as PCI has it."),
        Field("cap_len", 2, "u8", size=1, dir="R", unit="bytes",
              brief="Length of the capability with all that follows."),
        Field("cfg_type", 3, "u8", size=1, dir="R", values="cap-type", brief="Which structure."),
        Field("bar", 4, "u8", size=1, dir="R", brief="BAR that has the structure; 0 to 5."),
        Field("id", 5, "u8", size=1, dir="R", since="1.2", brief="Which of several structures of the type."),
        Field("padding", 6, "u8", count=2, array=True, size=2, dir="R", reserved=True),
        Field("offset", 8, "le32", size=4, dir="R", unit="bytes", brief="Where in the BAR."),
        Field("length", 12, "le32", size=4, dir="R", unit="bytes", brief="Length of the structure."),
    ), brief="A vendor-specific PCI capability that says where a structure is."),
    Struct("cap64", "virtio_pci_cap64", "vwr_pci_cap64", 24, True, False, "1.2", "",
           "Virtio Over PCI Bus / Virtio Structure PCI Capabilities", (
        Field("cap", 0, "cap", size=16, dir="R", since="1.2", brief="The capability; low halves of offset and length."),
        Field("offset_hi", 16, "le32", size=4, dir="R", since="1.2", brief="High half of offset."),
        Field("length_hi", 20, "le32", size=4, dir="R", since="1.2", brief="High half of length."),
    ), brief="A capability with 64 bits of offset and length."),
    Struct("common_cfg", "virtio_pci_common_cfg", "vwr_pci_common_cfg", 64, True, False, "1.0", "",
           "Virtio Over PCI Bus / Virtio Structure PCI Capabilities / Common configuration structure layout", (
        Field("device_feature_select", 0, "le32", size=4, dir="RW", brief="Which 32 bits device_feature shows."),
        Field("device_feature", 4, "le32", size=4, dir="R", brief="32 bits of the features that the device offers."),
        Field("driver_feature_select", 8, "le32", size=4, dir="RW", brief="Which 32 bits driver_feature shows."),
        Field("driver_feature", 12, "le32", size=4, dir="RW", brief="32 bits of the features that the driver takes."),
        Field("config_msix_vector", 16, "le16", size=2, dir="RW", aka=("msix_config",),
              brief="MSI-X vector for changes of the configuration."),
        Field("num_queues", 18, "le16", size=2, dir="R", brief="Most queues; without those for administration."),
        Field("device_status", 20, "u8", size=1, dir="RW", brief="Device status; writing 0 resets the device."),
        Field("config_generation", 21, "u8", size=1, dir="R", brief="Changes whenever the configuration has."),
        Field("queue_select", 22, "le16", size=2, dir="RW", brief="The queue that the fields below speak of."),
        Field("queue_size", 24, "le16", size=2, dir="RW",
              brief="Number of descriptors; 0 where there is no such queue."),
        Field("queue_msix_vector", 26, "le16", size=2, dir="RW", brief="MSI-X vector of the queue."),
        Field("queue_enable", 28, "le16", size=2, dir="RW",
              brief="1 once the device may use the queue; 0 is not written."),
        Field("queue_notify_off", 30, "le16", size=2, dir="R", unit="notify_off_multiplier bytes",
              brief="Where the queue is notified."),
        Field("queue_desc", 32, "le64", size=8, dir="RW", brief="Address of the descriptor area."),
        Field("queue_driver", 40, "le64", size=8, dir="RW", aka=("queue_avail",), brief="Address of the driver area."),
        Field("queue_device", 48, "le64", size=8, dir="RW", aka=("queue_used",), brief="Address of the device area."),
        Field("queue_notif_config_data", 56, "le16", size=2, gate=("NOTIF_CONFIG_DATA",), dir="R",
              aka=("queue_notify_data",), since="1.2", brief="What a notification carries in place of the queue index."),
        Field("queue_reset", 58, "le16", size=2, gate=("RING_RESET",), dir="RW", since="1.2",
              brief="Writing 1 resets the queue; 1 until that is done."),
        Field("admin_queue_index", 60, "le16", size=2, gate=("ADMIN_VQ",), dir="R", since="1.3",
              brief="First administration queue."),
        Field("admin_queue_num", 62, "le16", size=2, gate=("ADMIN_VQ",), dir="R", since="1.3",
              brief="Number of administration queues."),
    ), brief="Status, features and queues of any device."),
    Struct("notify_cap", "virtio_pci_notify_cap", "vwr_pci_notify_cap", 20, True, False, "1.0", "",
           "Virtio Over PCI Bus / Virtio Structure PCI Capabilities / Notification structure layout", (
        Field("cap", 0, "cap", size=16, dir="R", brief="The capability."),
        Field("notify_off_multiplier", 16, "le32", size=4, dir="R", unit="bytes",
              brief="Distance between queues; 0 if all have one place."),
    ), brief="Queues are notified at cap.offset + queue_notify_off * notify_off_multiplier."),
    Struct("isr_cfg", "ISR status", "vwr_pci_isr_cfg", 1, True, False, "1.0", "",
           "Virtio Over PCI Bus / Virtio Structure PCI Capabilities / ISR status capability", (
        Field("isr_status", 0, "u8", size=1, dir="R", values="isr", brief="Reasons; reading clears them."),
    ), brief="Why the device has raised its interrupt."),
    Struct("vndr_data", "virtio_pci_vndr_data", "vwr_pci_vndr_data", 6, True, False, "1.2", "",
           "Virtio Over PCI Bus / Virtio Structure PCI Capabilities / Vendor data capability", (
        Field("cap_vndr", 0, "u8", size=1, dir="R", since="1.2", brief="PCI's capability id; CAP_ID_VNDR."),
        Field("cap_next", 1, "u8", size=1, dir="R", since="1.2", brief="Next capability, as PCI has it."),
        Field("cap_len", 2, "u8", size=1, dir="R", since="1.2", unit="bytes",
              brief="Length of the capability with all that follows."),
        Field("cfg_type", 3, "u8", size=1, dir="R", values="cap-type", since="1.2", brief="VENDOR_CFG."),
        Field("vendor_id", 4, "le16", size=2, dir="R", since="1.2", brief="PCI vendor id of whoever says what follows."),
    ), brief="A capability with data of the vendor behind it."),
    Struct("cfg_cap", "virtio_pci_cfg_cap", "vwr_pci_cfg_cap", 20, True, False, "1.0", "",
           "Virtio Over PCI Bus / Virtio Structure PCI Capabilities / PCI configuration access capability", (
        Field("cap", 0, "cap", size=16, dir="R", brief="What the window shows: bar; offset; length of 1, 2 or 4."),
        Field("pci_cfg_data", 16, "u8", count=4, array=True, size=4, dir="RW", brief="The window."),
    ), brief="A window into a BAR."),
    Struct("legacy_header", "virtio common configuration structure of the legacy interface", "vwr_pci_legacy_header",
           20, True, False, "legacy", "legacy",
           "Virtio Over PCI Bus / Virtio Structure PCI Capabilities / Legacy Interfaces: A Note on PCI Device Layout", (
        Field("device_features", 0, "le32", size=4, dir="R", since="legacy",
              brief="Features that the device offers; bits 0 to 31."),
        Field("driver_features", 4, "le32", size=4, dir="RW", since="legacy",
              brief="Features that the driver takes; bits 0 to 31."),
        Field("queue_address", 8, "le32", size=4, dir="RW", since="legacy", unit="4096-byte pages",
              brief="Where the queue begins."),
        Field("queue_size", 12, "le16", size=2, dir="R", since="legacy",
              brief="Number of descriptors; 0 where there is no such queue."),
        Field("queue_select", 14, "le16", size=2, dir="RW", since="legacy",
              brief="The queue that queue fields speak of."),
        Field("queue_notify", 16, "le16", size=2, dir="RW", since="legacy",
              brief="Index of a queue that has something new."),
        Field("device_status", 18, "u8", size=1, dir="RW", since="legacy",
              brief="Device status; writing 0 resets the device."),
        Field("isr_status", 19, "u8", size=1, dir="R", values="isr", since="legacy",
              brief="Why there was an interrupt; reading clears it."),
    ), brief="What stands in the I/O BAR."),
    Struct("legacy_header_msix", "virtio common configuration structure of the legacy interface with MSI-X",
           "vwr_pci_legacy_header_msix", 24, True, False, "legacy", "legacy",
           "Virtio Over PCI Bus / Virtio Structure PCI Capabilities / Legacy Interfaces: A Note on PCI Device Layout", (
        Field("header", 0, "legacy_header", size=20, dir="RW", since="legacy", brief="The same as without MSI-X."),
        Field("config_msix_vector", 20, "le16", size=2, dir="RW", since="legacy",
              brief="MSI-X vector for changes of the configuration."),
        Field("queue_msix_vector", 22, "le16", size=2, dir="RW", since="legacy", brief="MSI-X vector of the queue."),
    ), brief="What stands in the I/O BAR while MSI-X is on."),
    Struct("notification_data", "32-bit notification value", "vwr_pci_notification_data", 4, True, False, "1.1", "",
           "Virtio Over PCI Bus / PCI-specific Initialization And Device Operation / Available Buffer Notifications", (
        Field("value", 0, "le32", size=4, gate=("NOTIFICATION_DATA",),
              bits=(("vq_index", 0, 16, False), ("next_off", 16, 15, False), ("next_wrap", 31, 1, False)), since="1.1",
              brief="The queue and where its next entry goes."),
    ), brief="What notifies a queue with NOTIFICATION_DATA."),
)

_QUEUES = (
)

_RULES = (
)

_OFFERS = (
)

_MORE = {}

SPEC = Spec("pci", "structs", "spec/transport/pci.yaml", "Virtio Over PCI Bus",
            "How a virtio device shows itself on a PCI bus.", "1.0", None,
            _GROUPS, _STRUCTS, _QUEUES, _RULES, _OFFERS, _MORE)
