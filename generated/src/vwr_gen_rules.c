/* SPDX-License-Identifier: MIT */
/* Generated from spec/rules.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; rules of an observer */

#include "vwr/gen/rules.h"

const struct vwr_rule vwr_rules[VWR_RULE_COUNT] = {
    {
        .name = "STATUS_CLEARED", .clause = "status.drv.2",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Device Status Field",
        .text = "the driver wrote {a:status} to a status of {b:status}: it cleared bits without a reset",
    },
    {
        .name = "STATUS_AFTER_FAILED", .clause = "status.drv.3",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Device Status Field",
        .text = "the driver wrote {a:status} after FAILED, without a reset",
    },
    {
        .name = "FAILED_USED", .clause = "init.drv.14",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Initialization",
        .text = "the driver wrote {a:hex} to {place:register} after FAILED, without a reset",
    },
    {
        .name = "NOTIFY_FAILED", .clause = "init.drv.14",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Initialization",
        .text = "the driver notified queue {b} after FAILED, without a reset",
    },
    {
        .name = "STATUS_ORDER", .clause = "init.drv.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Initialization",
        .text = "the driver set {a:status} while the status was {b:status}: a step is missing or late",
    },
    {
        .name = "STATUS_NO_RESET", .clause = "init.drv.2",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Initialization",
        .text = "the driver set {a:status} without a reset of the device before",
    },
    {
        .name = "RESET_UNREAD", .clause = "reset.drv.1",
        .level = "SHOULD", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Device Reset",
        .text = "the driver reset the device, and set {a:status} before it read a status of 0",
    },
    {
        .name = "STATUS_NO_FEATURES_OK", .clause = "init.drv.8",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Initialization",
        .text = "the driver set DRIVER_OK without FEATURES_OK",
    },
    {
        .name = "FEATURES_OK_UNREAD", .clause = "init.drv.10",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Initialization",
        .text = "the driver set FEATURES_OK and did not read the status back",
    },
    {
        .name = "FEATURES_LATE", .clause = "init.drv.9",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Initialization",
        .text = "the driver wrote features while the status was {a:status}",
    },
    {
        .name = "FEATURES_UNREAD", .clause = "init.drv.5",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Initialization",
        .text = "the driver completed feature negotiation without reading the features of the device",
    },
    {
        .name = "FEATURE_NOT_OFFERED", .clause = "feat.drv.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Feature Bits",
        .text = "the driver accepted {a:feature}, which the device does not offer",
    },
    {
        .name = "FEATURE_NEEDS", .clause = "feat.drv.2",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Feature Bits",
        .text = "the driver accepted {a:feature} without a feature that it requires",
    },
    {
        .name = "FEATURE_VERSION_1", .clause = "rfeat.drv.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Reserved Feature Bits",
        .text = "the driver did not accept VERSION_1, which the device offers",
    },
    {
        .name = "DEVICE_FEATURE_NEEDS", .clause = "feat.dev.1",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Basic Facilities of a Virtio Device / Feature Bits",
        .text = "the device offers {a:feature} without a feature that it requires",
    },
    {
        .name = "DEVICE_VERSION_1", .clause = "rfeat.dev.1",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Reserved Feature Bits",
        .text = "the device is modern and does not offer VERSION_1",
    },
    {
        .name = "DEVICE_FEATURES_CHANGED", .clause = NULL,
        .level = NULL, .by = VWR_BY_DEVICE,
        .section = "Feature Bits",
        .text = "word {place} of the device's features reads {a:hex} after {b:hex}",
    },
    {
        .name = "DEVICE_TAKES_FEATURES", .clause = "feat.dev.3",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Basic Facilities of a Virtio Device / Feature Bits",
        .text = "the device keeps FEATURES_OK, although the driver accepted {a:feature} wrongly",
    },
    {
        .name = "FEATURES_REFUSED", .clause = "feat.dev.5",
        .level = "SHOULD NOT", .by = VWR_BY_DEVICE,
        .section = "Basic Facilities of a Virtio Device / Feature Bits",
        .text = "the device refuses features that it has taken before",
    },
    {
        .name = "SR_IOV", .clause = "rfeat.drv.10",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Reserved Feature Bits",
        .text = "the driver accepted SR_IOV of a device that is not on PCI",
    },
    {
        .name = "DEVICE_SR_IOV", .clause = "rfeat.dev.10",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Reserved Feature Bits",
        .text = "the device offers SR_IOV and is not on PCI",
    },
    {
        .name = "NEEDS_RESET_SILENT", .clause = "status.dev.3",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Basic Facilities of a Virtio Device / Device Status Field",
        .text = "the device set DEVICE_NEEDS_RESET and did not interrupt for a change of the configuration",
    },
    {
        .name = "STATUS_READS", .clause = NULL,
        .level = NULL, .by = VWR_BY_DEVICE,
        .section = "Device Status Field",
        .text = "the status reads {a:status}, and the driver set {b:status}",
    },
    {
        .name = "SUSPEND_EARLY", .clause = "suspend.drv.1",
        .level = "SHOULD NOT", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Suspend",
        .text = "the driver set SUSPEND while the status was {b:status}, or without the feature",
    },
    {
        .name = "SUSPEND_UNREAD", .clause = "suspend.drv.2",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Suspend",
        .text = "the driver set DRIVER_OK while the status was {b:status}, and had not read that the device was "
                "suspended",
    },
    {
        .name = "SUSPEND_BUFFER", .clause = "suspend.drv.3",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Suspend",
        .text = "the driver made a buffer available in queue {queue} after it had set SUSPEND",
    },
    {
        .name = "SUSPEND_KICK", .clause = "suspend.drv.4",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Suspend",
        .text = "the driver notified queue {b} after it had set SUSPEND",
    },
    {
        .name = "SUSPEND_CONFIG", .clause = "suspend.drv.5",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Suspend",
        .text = "the driver wrote to byte {place} of the configuration after it had set SUSPEND",
    },
    {
        .name = "RESUME_UNREAD", .clause = "suspend.drv.6",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Suspend",
        .text = "the driver notified queue {b}, and had not read that the device was resumed",
    },
    {
        .name = "REGISTER_NONE", .clause = "mmio.drv.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "the driver accessed {place:hex}, where no register is",
    },
    {
        .name = "REGISTER_READ_ONLY", .clause = "mmio.drv.2",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "the driver wrote {a:hex} to {place:register}, which is read-only",
    },
    {
        .name = "REGISTER_WRITE_ONLY", .clause = "mmio.drv.3",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "the driver read {place:register}, which is write-only",
    },
    {
        .name = "REGISTER_WIDTH", .clause = "mmio.drv.4",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "the driver accessed {place:register} by {a} bytes",
    },
    {
        .name = "REGISTER_FEATURE", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Virtio Over MMIO / MMIO Device Register Layout",
        .text = "the driver wrote {a:hex} to {place:register}, and had not accepted the feature of this register",
    },
    {
        .name = "PROBE", .clause = "mmio.drv.init.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO-specific Initialization And Device "
                   "Operation / Device Initialization",
        .text = "the driver wrote to {place:register}, and had not read MagicValue and Version",
    },
    {
        .name = "PROBE_ID", .clause = "mmio.drv.init.2",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO-specific Initialization And Device "
                   "Operation / Device Initialization",
        .text = "the driver wrote to {place:register}, and had not read DeviceID",
    },
    {
        .name = "ACK_UNDEFINED", .clause = "mmio.drv.20",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "the driver acknowledged {a:hex}, which has undefined bits",
    },
    {
        .name = "INTERRUPT_UNREAD", .clause = "mmio.drv.irq.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO-specific Initialization And Device "
                   "Operation / Notifications From The Device",
        .text = "the driver did not read InterruptStatus after an interrupt of {a:hex}",
    },
    {
        .name = "ACK_MISSING", .clause = "mmio.drv.irq.3",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO-specific Initialization And Device "
                   "Operation / Notifications From The Device",
        .text = "the driver did not acknowledge {a:hex}, which it read in InterruptStatus",
    },
    {
        .name = "FEATURES_UNSELECTED", .clause = "mmio.drv.12",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "the driver read DeviceFeatures and had not written DeviceFeaturesSel",
    },
    {
        .name = "DRIVER_FEATURES_UNSELECTED", .clause = "mmio.drv.13",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "the driver wrote DriverFeatures and had not written DriverFeaturesSel",
    },
    {
        .name = "CONFIG_EARLY", .clause = "init.drv.7",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Initialization",
        .text = "the driver wrote to byte {place} of the configuration while the status was {a:status}",
    },
    {
        .name = "CONFIG_ABSENT", .clause = "config.drv.3",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Device Configuration Space",
        .text = "the driver accessed byte {place} of the configuration, of a field whose feature the device "
                "does not offer",
    },
    {
        .name = "CONFIG_WIDTH", .clause = "mmio.drv.5",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "the driver accessed byte {place} of the configuration by {a} bytes, of a field of {b}",
    },
    {
        .name = "NOTIFY_EARLY", .clause = "init.drv.15",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Initialization",
        .text = "the driver notified queue {b} while the status was {a:status}",
    },
    {
        .name = "NOTIFY_QUEUE", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Virtio Over MMIO / MMIO Device Register Layout",
        .text = "the driver notified queue {a}, which is not set up",
    },
    {
        .name = "MAGIC", .clause = "mmio.dev.1",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "MagicValue reads {a:hex}",
    },
    {
        .name = "VERSION", .clause = "mmio.dev.2",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "Version reads {a}",
    },
    {
        .name = "REGISTER_CHANGED", .clause = NULL,
        .level = NULL, .by = VWR_BY_DEVICE,
        .section = "Virtio Over MMIO / MMIO Device Register Layout",
        .text = "{place:register} reads {a:hex} after {b:hex}",
    },
    {
        .name = "RESET_KEEPS", .clause = "mmio.dev.5",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "{place:register} reads {a:hex} after a reset",
    },
    {
        .name = "INTERRUPT_VANISHED", .clause = "mmio.dev.3",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "InterruptStatus reads {a:hex} after {b:hex}: the driver did not acknowledge what is missing",
    },
    {
        .name = "INTERRUPT_ABSENT", .clause = "mmio.dev.3",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "InterruptStatus reads {a:hex}, and the device interrupted for {b:hex}",
    },
    {
        .name = "INTERRUPT_WITHOUT_EVENT", .clause = "mmio.dev.4",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "the device reports a used buffer, and no queue has a new one",
    },
    {
        .name = "GENERATION", .clause = "mmio.dev.6",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "byte {place} of the configuration changed, and ConfigGeneration is {a} still",
    },
    {
        .name = "QUEUE_SIZE", .clause = "mmio.drv.14",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "queue {queue} has {a} descriptors; its maximum is {b}",
    },
    {
        .name = "QUEUE_FROZEN", .clause = "mmio.drv.15",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "the driver wrote {a:hex} to {place:register} of queue {queue}, which is ready",
    },
    {
        .name = "QUEUE_VALUE", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Virtio Over MMIO / MMIO Device Register Layout",
        .text = "the driver wrote {a:hex} to {place:register} of queue {queue}, which does not take this value",
    },
    {
        .name = "QUEUE_OVERLAP", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Virtqueues",
        .text = "the areas of queue {queue} at {a:hex} and {b:hex} overlap",
    },
    {
        .name = "QUEUE_START", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Split Virtqueues / The Virtqueue Available Ring",
        .text = "queue {queue} began with an available index of {a} and a used index of {b}: its memory was not "
                "zeroed",
    },
    {
        .name = "QUEUE_NONE", .clause = NULL,
        .level = NULL, .by = VWR_BY_DEVICE,
        .section = "Device Types",
        .text = "the size of queue 0 reads {a}, and each device of this type has this queue",
    },
    {
        .name = "QUEUE_READY_LOST", .clause = NULL,
        .level = NULL, .by = VWR_BY_DEVICE,
        .section = "Virtio Over MMIO / MMIO Device Register Layout",
        .text = "QueueReady of queue {queue} reads {a}, and the driver wrote 1",
    },
    {
        .name = "QUEUE_SHAPE", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Split Virtqueues",
        .text = "queue {queue} has {a} descriptors, which is not a power of 2",
    },
    {
        .name = "QUEUE_LATE", .clause = "init.drv.11",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Initialization",
        .text = "queue {queue} was set up after DRIVER_OK",
    },
    {
        .name = "QUEUE_UNSET", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Virtio Over MMIO / MMIO-specific Initialization And Device Operation / Virtqueue Configuration",
        .text = "queue {queue} was enabled, and its size or one of its addresses was not written",
    },
    {
        .name = "QUEUE_REENABLED", .clause = "vq.drv.reenable.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / Virtqueue Reset / Virtqueue Re-enable",
        .text = "queue {queue} was enabled after its reset, and its size or one of its addresses was not written",
    },
    {
        .name = "QUEUE_STOP_UNREAD", .clause = "mmio.drv.17",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "the driver stopped queue {queue} and did not read QueueReady",
    },
    {
        .name = "QUEUE_RESET_UNREAD", .clause = "mmio.drv.21",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "the driver set queue {queue} up again before it read a QueueReset of 0",
    },
    {
        .name = "QUEUE_RESET_KEEPS", .clause = "mmio.dev.12",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "QueueReady of queue {queue} reads {a:hex} after the reset of the queue",
    },
    {
        .name = "QUEUE_RESET_READS", .clause = "mmio.dev.8",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout",
        .text = "QueueReset of queue {queue} reads {a:hex}, and the queue was not reset",
    },
    {
        .name = "QUEUE_MEMORY", .clause = "rfeat.drv.5",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Reserved Feature Bits",
        .text = "an area of {b} bytes of queue {queue} is at {a:hex}, which is not memory",
    },
    {
        .name = "SPLIT_ALIGN", .clause = "split.drv.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues",
        .text = "an area of queue {queue} is at {a:hex}, which is not a multiple of {b}",
    },
    {
        .name = "PACKED_ALIGN", .clause = "packed.drv.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Packed Virtqueues",
        .text = "an area of queue {queue} is at {a:hex}, which is not a multiple of {b}",
    },
    {
        .name = "USED_FLAGS_START", .clause = "split.drv.availnotif.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / Available Buffer Notification Suppression",
        .text = "the used ring of queue {queue} began with flags {a:hex}",
    },
    {
        .name = "PCI_READ_ONLY", .clause = "pci.drv.common.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "the driver wrote {a:hex} to byte {place} of the common configuration, which is read-only",
    },
    {
        .name = "PCI_FAILED_USED", .clause = "init.drv.14",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Initialization",
        .text = "the driver wrote {a:hex} to byte {place} of the common configuration after FAILED, without a "
                "reset",
    },
    {
        .name = "PCI_FEATURE", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Virtio Over PCI Bus / Virtio Structure PCI Capabilities / Common configuration structure layout",
        .text = "the driver wrote {a:hex} to byte {place} of the common configuration, and had not accepted the "
                "feature of this field",
    },
    {
        .name = "PCI_WIDTH", .clause = "pci.drv.layout.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout",
        .text = "the driver accessed byte {place} of the common configuration by {a} bytes, of a field of {b}",
    },
    {
        .name = "PCI_CONFIG_WIDTH", .clause = "pci.drv.layout.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout",
        .text = "the driver accessed byte {place} of the configuration by {a} bytes, of a field of {b}",
    },
    {
        .name = "PCI_GENERATION", .clause = "pci.dev.common.6",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "byte {place} of the configuration changed, and config_generation is {a} still",
    },
    {
        .name = "PCI_FEATURES_LOST", .clause = "pci.dev.common.4",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "driver_feature reads {a:hex}, without {b:hex}, which the device offers and the driver accepted",
    },
    {
        .name = "PCI_RESET_UNREAD", .clause = "pci.drv.common.5",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "the driver reset the device, and set {a:status} before it read a device_status of 0",
    },
    {
        .name = "PCI_RESET_KEEPS", .clause = "pci.dev.common.8",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "queue_enable of queue {queue} reads {a:hex} after a reset",
    },
    {
        .name = "PCI_QUEUE_ABSENT", .clause = "pci.dev.common.14",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "queue_size of queue {b} reads {a}, and the device has no such queue",
    },
    {
        .name = "PCI_DEVICE_QUEUE_SIZE", .clause = "pci.dev.common.15",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "queue_size of queue {queue} reads {a}, which is not a power of 2",
    },
    {
        .name = "PCI_QUEUE_MAX", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Virtio Over PCI Bus / Virtio Structure PCI Capabilities / Common configuration structure layout",
        .text = "queue {queue} has {a} descriptors; its maximum is {b}",
    },
    {
        .name = "PCI_QUEUE_EMPTY", .clause = "pci.drv.common.2",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "the driver wrote 0 to queue_size of queue {queue}",
    },
    {
        .name = "PCI_QUEUE_SHAPE", .clause = "pci.drv.common.3",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "queue {queue} has {a} descriptors, which is not a power of 2",
    },
    {
        .name = "PCI_QUEUE_UNSET", .clause = "pci.drv.common.4",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "queue {queue} was enabled, and one of its addresses was not written",
    },
    {
        .name = "PCI_QUEUE_FROZEN", .clause = "pci.drv.common.4",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "the driver wrote {a:hex} to byte {place} of the common configuration, of queue {queue}, which "
                "is enabled",
    },
    {
        .name = "PCI_QUEUE_VALUE", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Virtio Over PCI Bus / Virtio Structure PCI Capabilities / Common configuration structure layout",
        .text = "the driver wrote {a:hex} to byte {place} of the common configuration, of queue {queue}, which "
                "does not take this value",
    },
    {
        .name = "PCI_QUEUE_ENABLE_LOST", .clause = NULL,
        .level = NULL, .by = VWR_BY_DEVICE,
        .section = "Virtio Over PCI Bus / Virtio Structure PCI Capabilities / Common configuration structure layout",
        .text = "queue_enable of queue {queue} reads {a}, and the driver wrote 1",
    },
    {
        .name = "PCI_QUEUE_SIZE_CHANGED", .clause = NULL,
        .level = NULL, .by = VWR_BY_DEVICE,
        .section = "Virtio Over PCI Bus / Virtio Structure PCI Capabilities / Common configuration structure layout",
        .text = "queue_size of queue {queue} reads {a} after {b}",
    },
    {
        .name = "PCI_DISABLED", .clause = "pci.drv.common.6",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "the driver wrote 0 to queue_enable of queue {queue}",
    },
    {
        .name = "PCI_QUEUE_RESET_UNREAD", .clause = "pci.drv.common.7",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "the driver set queue {queue} up again before it read a queue_reset of 0",
    },
    {
        .name = "PCI_QUEUE_RESET_READS", .clause = "pci.dev.common.9",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "queue_reset of queue {queue} reads {a:hex}, and the queue was not reset",
    },
    {
        .name = "PCI_QUEUE_RESET_KEEPS", .clause = "pci.dev.common.13",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "queue_enable of queue {queue} reads {a:hex} after the reset of the queue",
    },
    {
        .name = "PCI_ADMIN_INDEX", .clause = "pci.dev.common.16",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "admin_queue_index reads {a}, and the device has {b} other queues",
    },
    {
        .name = "PCI_ADMIN_NUMBER", .clause = "pci.dev.common.17",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "admin_queue_num reads {a}, and the first administration queue is {b}",
    },
    {
        .name = "PCI_ADMIN_QUEUE", .clause = "pci.drv.common.10",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "the driver set up queue {queue}; the device has {b} administration queues, the first of which "
                "is {a}",
    },
    {
        .name = "PCI_VECTOR_UNREAD", .clause = "pci.drv.msix.5",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI-specific Initialization And Device "
                   "Operation / Device Initialization / MSI-X Vector Configuration",
        .text = "the driver mapped an event to vector {a} and did not read the vector back",
    },
    {
        .name = "PCI_VECTOR", .clause = "pci.dev.msix.6",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI-specific Initialization And Device "
                   "Operation / Device Initialization / MSI-X Vector Configuration",
        .text = "an event is mapped to vector {a}; the driver wrote {b}",
    },
    {
        .name = "PCI_VECTOR_KEPT", .clause = "pci.dev.msix.7",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI-specific Initialization And Device "
                   "Operation / Device Initialization / MSI-X Vector Configuration",
        .text = "an event is mapped to vector {a} after a reset",
    },
    {
        .name = "PCI_NOTIFY_WIDTH", .clause = "pci.drv.kick.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI-specific Initialization And Device "
                   "Operation / Available Buffer Notifications",
        .text = "the driver notified the device by {a} bytes; a notification has {b}",
    },
    {
        .name = "PCI_NOTIFY_QUEUE", .clause = "pci.drv.kick.3",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI-specific Initialization And Device "
                   "Operation / Available Buffer Notifications",
        .text = "the driver notified queue {a}, which is not set up",
    },
    {
        .name = "PCI_NOTIFY_DATA", .clause = "pci.drv.kick.5",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI-specific Initialization And Device "
                   "Operation / Available Buffer Notifications",
        .text = "the driver notified the device of {a:hex}, which is queue_notif_config_data of no queue",
    },
    {
        .name = "PCI_ISR_CONFIG", .clause = "pci.dev.isr.2",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / ISR status capability",
        .text = "the ISR status reads {a:hex} after a notification of a change of the configuration",
    },
    {
        .name = "PCI_ISR_QUEUE", .clause = "pci.dev.isr.3",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / ISR status capability",
        .text = "the ISR status reads {a:hex} after a notification of a used buffer",
    },
    {
        .name = "PCI_CONFIG_INTERRUPT", .clause = "pci.dev.cfgnotif.1",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI-specific Initialization And Device "
                   "Operation / Notification of Device Configuration Changes",
        .text = "the device interrupted for a change of the configuration, which has no vector",
    },
    {
        .name = "PCI_QUEUE_INTERRUPT", .clause = "pci.dev.usednotif.1",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI-specific Initialization And Device "
                   "Operation / Used Buffer Notifications",
        .text = "the device interrupted for a used buffer, whose queue has no vector",
    },
    {
        .name = "PCI_LIST", .clause = "pci.dev.1",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus",
        .text = "the pointer at {place:hex} of the configuration space is {a:hex}, where no further capability "
                "can be",
    },
    {
        .name = "PCI_VENDOR", .clause = "pci.dev.disc.1",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Discovery",
        .text = "the device has the vendor ID {a:hex}",
    },
    {
        .name = "PCI_DEVICE_ID", .clause = "pci.dev.disc.2",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Discovery",
        .text = "the device has the device ID {a:hex}, which no device type has",
    },
    {
        .name = "PCI_MODERN_ID", .clause = "pci.dev.disc.4",
        .level = "SHOULD", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Discovery",
        .text = "the device has the device ID {a:hex} of a transitional device, and no I/O BAR of the legacy "
                "interface",
    },
    {
        .name = "PCI_REVISION", .clause = "pci.dev.disc.5",
        .level = "SHOULD", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Discovery",
        .text = "the device has the device ID {b:hex} and the revision ID {a}",
    },
    {
        .name = "PCI_SUBSYSTEM", .clause = "pci.dev.disc.6",
        .level = "SHOULD", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Discovery",
        .text = "the device has the device ID {b:hex} and the subsystem device ID {a:hex}",
    },
    {
        .name = "PCI_CAPABILITY_WRITTEN", .clause = "pci.drv.cap.8",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / Virtio Structure PCI Capabilities",
        .text = "the driver wrote {a:hex} to byte {b} of the capability at {place:hex}",
    },
    {
        .name = "PCI_CAPABILITY_SHORT", .clause = "pci.dev.cap.1",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / Virtio Structure PCI Capabilities",
        .text = "the capability at {place:hex} has a cap_len of {a}; one of its type has at least {b} bytes",
    },
    {
        .name = "PCI_COMMON_PLACE", .clause = "pci.dev.common.1",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "the capability at {place:hex} has the common configuration at {a:hex}, which is not a multiple "
                "of {b}",
    },
    {
        .name = "PCI_COMMON_MISSING", .clause = "pci.dev.common.2",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration "
                   "structure layout",
        .text = "no capability has the common configuration",
    },
    {
        .name = "PCI_NOTIFY_MISSING", .clause = "pci.dev.notify.1",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Notification capability",
        .text = "no capability has the notifications",
    },
    {
        .name = "PCI_NOTIFY_PLACE", .clause = "pci.dev.notify.2",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Notification capability",
        .text = "the capability at {place:hex} has the notifications at {a:hex}, which is not a multiple of {b}",
    },
    {
        .name = "PCI_NOTIFY_MULTIPLIER", .clause = "pci.dev.notify.3",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Notification capability",
        .text = "the capability at {place:hex} has a notify_off_multiplier of {a}, which is not 0 or a power of "
                "2 of at least {b}",
    },
    {
        .name = "PCI_NOTIFY_SHORT", .clause = "pci.dev.notify.4",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Notification capability",
        .text = "the capability at {place:hex} has {a} bytes for notifications of {b}",
    },
    {
        .name = "PCI_NOTIFY_LENGTH", .clause = "pci.dev.notify.6",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Notification capability",
        .text = "the notification address of queue {queue} ends at {a:hex}, and the structure has {b:hex} bytes",
    },
    {
        .name = "PCI_DATA_MULTIPLIER", .clause = "pci.dev.notify.7",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Notification capability",
        .text = "the capability at {place:hex} has a notify_off_multiplier of {a}, which is not 0 or a power of "
                "2 of at least {b}",
    },
    {
        .name = "PCI_DATA_PLACE", .clause = "pci.dev.notify.8",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Notification capability",
        .text = "the capability at {place:hex} has the notifications at {a:hex}, which is not a multiple of {b}",
    },
    {
        .name = "PCI_DATA_SHORT", .clause = "pci.dev.notify.9",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Notification capability",
        .text = "the capability at {place:hex} has {a} bytes for notifications of {b}",
    },
    {
        .name = "PCI_DATA_LENGTH", .clause = "pci.dev.notify.11",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Notification capability",
        .text = "the notification address of queue {queue} ends at {a:hex}, and the structure has {b:hex} bytes",
    },
    {
        .name = "PCI_ISR_MISSING", .clause = "pci.dev.isr.1",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / ISR status capability",
        .text = "no capability has the ISR status",
    },
    {
        .name = "PCI_INTERRUPT_STATUS", .clause = "pci.dev.isr.4",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / ISR status capability",
        .text = "Interrupt Status of PCI is 0, and the ISR status has {a:hex}, for which the device interrupted",
    },
    {
        .name = "PCI_DEVICE_PLACE", .clause = "pci.dev.devcfg.1",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Device-specific "
                   "configuration",
        .text = "the capability at {place:hex} has the device configuration at {a:hex}, which is not a multiple "
                "of {b}",
    },
    {
        .name = "PCI_REGION_BAR", .clause = "pci.dev.shm.1",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Shared memory capability",
        .text = "the region of the capability at {place:hex} ends at {a:hex} of a BAR of {b:hex} bytes",
    },
    {
        .name = "PCI_REGION_ID", .clause = "pci.dev.shm.2",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Shared memory capability",
        .text = "the capabilities at {place:hex} and {b:hex} both have the region with the ID {a}",
    },
    {
        .name = "PCI_VENDOR_DATA_ID", .clause = "pci.dev.vendor.1",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Vendor data capability",
        .text = "the vendor data at {place:hex} have the vendor ID {a:hex}",
    },
    {
        .name = "PCI_VENDOR_DATA_LENGTH", .clause = "pci.dev.vendor.2",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Vendor data capability",
        .text = "the vendor data at {place:hex} have a cap_len of {a}, which is not a multiple of {b}",
    },
    {
        .name = "PCI_VENDOR_DATA_UNREAD", .clause = "pci.drv.vendor.2",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Vendor data capability",
        .text = "the driver wrote to the vendor data at {place:hex}, and had not read their vendor ID",
    },
    {
        .name = "PCI_WINDOW_MISSING", .clause = "pci.dev.pcicfg.1",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / PCI configuration access "
                   "capability",
        .text = "no capability has the window PCI_CFG",
    },
    {
        .name = "PCI_WINDOW_ALIGN", .clause = "pci.drv.pcicfg.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / PCI configuration access "
                   "capability",
        .text = "the driver accessed {b} bytes at {a:hex} by the window at {place:hex}",
    },
    {
        .name = "PCI_WINDOW_PLACE", .clause = "pci.drv.pcicfg.3",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / PCI configuration access "
                   "capability",
        .text = "the driver accessed {b} bytes at {a:hex} by the window at {place:hex}, where no structure is",
    },
    {
        .name = "PCI_VECTORS", .clause = "pci.dev.msix.1",
        .level = "SHOULD", .by = VWR_BY_DEVICE,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI-specific Initialization And Device "
                   "Operation / Device Initialization / MSI-X Vector Configuration",
        .text = "MSI-X has {a} vectors; it should have at least {b}",
    },
    {
        .name = "PCI_VECTOR_BEYOND", .clause = "pci.drv.msix.4",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Virtio Transport Options / Virtio Over PCI Bus / PCI-specific Initialization And Device "
                   "Operation / Device Initialization / MSI-X Vector Configuration",
        .text = "the driver mapped an event to vector {a}, and MSI-X has {b}",
    },
    {
        .name = "PCI_SR_IOV", .clause = "rfeat.drv.10",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Reserved Feature Bits",
        .text = "the driver accepted SR_IOV of a device without the capability SR-IOV",
    },
    {
        .name = "PCI_SR_IOV_EARLY", .clause = "rfeat.drv.11",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Reserved Feature Bits",
        .text = "the driver enabled virtual functions while the status was {a:status}, or without SR_IOV",
    },
    {
        .name = "PCI_DEVICE_SR_IOV", .clause = "rfeat.dev.10",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Reserved Feature Bits",
        .text = "the device offers SR_IOV and has no capability SR-IOV",
    },
    {
        .name = "PCI_DEVICE_NO_SR_IOV", .clause = "rfeat.dev.9",
        .level = "SHOULD", .by = VWR_BY_DEVICE,
        .section = "Reserved Feature Bits",
        .text = "the device has the capability SR-IOV at {place:hex}, and does not offer SR_IOV",
    },
    {
        .name = "AVAIL_BACK", .clause = "split.drv.avail.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Available Ring",
        .text = "the available index of queue {queue} went back from {b} to {a}",
    },
    {
        .name = "AVAIL_AHEAD", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Split Virtqueues / The Virtqueue Available Ring",
        .text = "the available index of queue {queue} is {a}, the used index {b}: more than the queue has",
    },
    {
        .name = "AVAIL_HEAD", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Split Virtqueues / The Virtqueue Available Ring",
        .text = "descriptor {a} of queue {queue} was made available, which is outside of it",
    },
    {
        .name = "AVAIL_BEFORE_ENTRY", .clause = "split.drv.idx.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / Supplying Buffers to The Device / Updating "
                   "idx",
        .text = "the available index of queue {queue} was advanced to {a} before entry {place} was written",
    },
    {
        .name = "ENTRY_UNPUBLISHED", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Split Virtqueues / Supplying Buffers to The Device / Updating idx",
        .text = "the driver wrote {a} to entry {place} of queue {queue} and notified it, and did not advance "
                "the index",
    },
    {
        .name = "USED_WRITTEN", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Split Virtqueues / The Virtqueue Used Ring",
        .text = "the driver changed the used index of queue {queue} from {b} to {a}",
    },
    {
        .name = "IN_FLIGHT", .clause = "cleanup.drv.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Cleanup",
        .text = "descriptor {place} of queue {queue} was made available, and is in flight already",
    },
    {
        .name = "ALTERED", .clause = "cleanup.drv.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "General Initialization And Device Operation / Device Cleanup",
        .text = "chain {place} of queue {queue} was changed while it was in flight",
    },
    {
        .name = "NEXT", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Split Virtqueues / The Virtqueue Descriptor Table",
        .text = "next of descriptor {place} of queue {queue} is {a}, outside of the table",
    },
    {
        .name = "CHAIN_LOOP", .clause = "split.drv.desc.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table",
        .text = "chain {place} of queue {queue} is a loop, or has more descriptors than the queue",
    },
    {
        .name = "CHAIN_BYTES", .clause = "split.drv.desc.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table",
        .text = "chain {place} of queue {queue} has {a} bytes",
    },
    {
        .name = "CHAIN_ORDER", .clause = "split.drv.framing.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Message Framing",
        .text = "chain {place} of queue {queue} has a readable descriptor behind a writable one",
    },
    {
        .name = "CHAIN_PLACE", .clause = "split.drv.desc.2",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table",
        .text = "descriptor {a} follows {place} in queue {queue}, which is in order",
    },
    {
        .name = "BUFFER_MEMORY", .clause = "rfeat.drv.5",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Reserved Feature Bits",
        .text = "descriptor {place} of queue {queue} has {b} bytes at {a:hex}, which are not memory",
    },
    {
        .name = "BUFFER_RING", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Virtqueues",
        .text = "descriptor {place} of queue {queue} lets the device write {b} bytes at {a:hex}, where the "
                "queue itself is",
    },
    {
        .name = "INDIRECT_REFUSED", .clause = "split.drv.indirect.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table / Indirect "
                   "Descriptors",
        .text = "descriptor {place} of queue {queue} is indirect, which was not negotiated",
    },
    {
        .name = "INDIRECT_NESTED", .clause = "split.drv.indirect.2",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table / Indirect "
                   "Descriptors",
        .text = "the table of descriptor {place} of queue {queue} has an indirect descriptor",
    },
    {
        .name = "INDIRECT_LONG", .clause = "split.drv.indirect.3",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table / Indirect "
                   "Descriptors",
        .text = "the table of descriptor {place} of queue {queue} has {a} descriptors, more than the queue",
    },
    {
        .name = "INDIRECT_NEXT", .clause = "split.drv.indirect.4",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table / Indirect "
                   "Descriptors",
        .text = "descriptor {place} of queue {queue} is indirect and has NEXT",
    },
    {
        .name = "INDIRECT_ORDER", .clause = "split.drv.indirect.5",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table / Indirect "
                   "Descriptors",
        .text = "the table of descriptor {place} of queue {queue} is not in order: next is {a}",
    },
    {
        .name = "INDIRECT_SIZE", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Split Virtqueues / The Virtqueue Descriptor Table / Indirect Descriptors",
        .text = "the table of descriptor {place} of queue {queue} has {a} bytes",
    },
    {
        .name = "AVAIL_FLAGS", .clause = "split.drv.usednotif.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / Used Buffer Notification Suppression",
        .text = "queue {queue} has available ring flags of {a:hex}",
    },
    {
        .name = "AVAIL_FLAGS_EVENT", .clause = "split.drv.usednotif.3",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / Used Buffer Notification Suppression",
        .text = "queue {queue} has available ring flags of {a:hex}, with EVENT_IDX",
    },
    {
        .name = "KICK_MISSING", .clause = "split.drv.availnotif.4",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / Available Buffer Notification Suppression",
        .text = "the driver did not notify queue {queue}, whose device wants it",
    },
    {
        .name = "KICK_MISSING_EVENT", .clause = "split.drv.availnotif.6",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / Available Buffer Notification Suppression",
        .text = "the driver did not notify queue {queue}, whose available index passed avail_event {a}",
    },
    {
        .name = "KICK_UNWANTED", .clause = "split.drv.availnotif.3",
        .level = "SHOULD NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / Available Buffer Notification Suppression",
        .text = "the driver notified queue {queue}, whose device does not want it",
    },
    {
        .name = "USED_EARLY", .clause = "status.dev.1",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Basic Facilities of a Virtio Device / Device Status Field",
        .text = "the device used a buffer of queue {queue} while the status was {a:status}",
    },
    {
        .name = "USED_AHEAD", .clause = NULL,
        .level = NULL, .by = VWR_BY_DEVICE,
        .section = "Split Virtqueues / The Virtqueue Used Ring",
        .text = "the used index of queue {queue} is {a}, the available index {b}",
    },
    {
        .name = "USED_FIRST", .clause = NULL,
        .level = NULL, .by = VWR_BY_DEVICE,
        .section = "Split Virtqueues / The Virtqueue Used Ring",
        .text = "the used index of queue {queue} is {a}, and the available index is {b}: the addresses of the "
                "two rings may be exchanged",
    },
    {
        .name = "AVAIL_WRITTEN", .clause = NULL,
        .level = NULL, .by = VWR_BY_DEVICE,
        .section = "Split Virtqueues / The Virtqueue Available Ring",
        .text = "the device changed the available index of queue {queue} from {b} to {a}",
    },
    {
        .name = "USED_ID", .clause = NULL,
        .level = NULL, .by = VWR_BY_DEVICE,
        .section = "Split Virtqueues / The Virtqueue Used Ring",
        .text = "the device used chain {a} of queue {queue}, which is not in flight",
    },
    {
        .name = "USED_LENGTH", .clause = "split.dev.used.2",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Used Ring",
        .text = "the device reported a length of {a} for chain {place} of queue {queue}, which has room for {b}",
    },
    {
        .name = "USED_ORDER", .clause = "rfeat.dev.5",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Reserved Feature Bits",
        .text = "the device used chain {a} of queue {queue} out of order",
    },
    {
        .name = "TABLE_WRITTEN", .clause = "split.dev.desc.4",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table",
        .text = "the device changed chain {place} of queue {queue} in the descriptor table",
    },
    {
        .name = "USED_FLAGS", .clause = "split.dev.availnotif.1",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / Available Buffer Notification Suppression",
        .text = "queue {queue} has used ring flags of {a:hex}",
    },
    {
        .name = "USED_FLAGS_EVENT", .clause = "split.dev.availnotif.3",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / Available Buffer Notification Suppression",
        .text = "queue {queue} has used ring flags of {a:hex}, with EVENT_IDX",
    },
    {
        .name = "INTERRUPT_MISSING", .clause = "split.dev.usednotif.3",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / Used Buffer Notification Suppression",
        .text = "the device used a buffer of queue {queue} without an interrupt, which the driver wants",
    },
    {
        .name = "INTERRUPT_MISSING_EVENT", .clause = "split.dev.usednotif.5",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / Used Buffer Notification Suppression",
        .text = "the device did not interrupt for queue {queue}, whose used index passed used_event {a}",
    },
    {
        .name = "INTERRUPT_UNWANTED", .clause = "split.dev.usednotif.2",
        .level = "SHOULD NOT", .by = VWR_BY_DEVICE,
        .section = "Basic Facilities of a Virtio Device / Virtqueues / Used Buffer Notification Suppression",
        .text = "the device interrupted for queue {queue}, whose driver set NO_INTERRUPT",
    },
    {
        .name = "PACKED_WRAP", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Packed Virtqueues / Driver and Device Ring Wrap Counters",
        .text = "the flags of descriptor {place} of queue {queue} are {a:hex}, which is the other wrap counter",
    },
    {
        .name = "PACKED_LONG", .clause = "packed.drv.sg.2",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Packed Virtqueues / Scatter-Gather Support",
        .text = "the list at descriptor {place} of queue {queue} is longer than the queue",
    },
    {
        .name = "PACKED_FULL", .clause = "packed.drv.desc.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / PAcked Virtqueues / The Virtqueue Descriptor Table",
        .text = "the list at descriptor {place} of queue {queue} covers descriptors in flight",
    },
    {
        .name = "PACKED_ALTERED", .clause = "packed.drv.desc.2",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / PAcked Virtqueues / The Virtqueue Descriptor Table",
        .text = "descriptor {place} of queue {queue} was changed while it was in flight",
    },
    {
        .name = "PACKED_ORDER", .clause = "packed.drv.sg.3",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Packed Virtqueues / Scatter-Gather Support",
        .text = "the list at descriptor {place} of queue {queue} has a readable descriptor behind a writable one",
    },
    {
        .name = "PACKED_INDIRECT_REFUSED", .clause = "packed.drv.indirect.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Packed Virtqueues / The Virtqueue Descriptor Table / "
                   "Indirect Descriptors",
        .text = "descriptor {place} of queue {queue} is indirect, which was not negotiated",
    },
    {
        .name = "PACKED_INDIRECT_FLAGS", .clause = "packed.drv.indirect.2",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Packed Virtqueues / The Virtqueue Descriptor Table / "
                   "Indirect Descriptors",
        .text = "the table of descriptor {place} of queue {queue} has a descriptor with flags {a:hex}",
    },
    {
        .name = "PACKED_INDIRECT_LISTED", .clause = "packed.drv.indirect.4",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / Packed Virtqueues / The Virtqueue Descriptor Table / "
                   "Indirect Descriptors",
        .text = "descriptor {place} of queue {queue} is indirect in a list",
    },
    {
        .name = "PACKED_ID", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Packed Virtqueues",
        .text = "buffer id {a} of queue {queue} was made available, and is in flight already",
    },
    {
        .name = "PACKED_NEXT_OFFSET", .clause = "packed.drv.desc.3",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Basic Facilities of a Virtio Device / PAcked Virtqueues / The Virtqueue Descriptor Table",
        .text = "the notification of queue {queue} has position {a:hex}; the next descriptor is {b:hex}",
    },
    {
        .name = "PACKED_USED_ID", .clause = NULL,
        .level = NULL, .by = VWR_BY_DEVICE,
        .section = "Packed Virtqueues",
        .text = "the device used buffer id {a} of queue {queue}, which is not in flight",
    },
    {
        .name = "PACKED_USED_PLACE", .clause = NULL,
        .level = NULL, .by = VWR_BY_DEVICE,
        .section = "Packed Virtqueues",
        .text = "the device wrote to descriptor {place} of queue {queue}, which is not the next used one",
    },
    {
        .name = "PACKED_USED_LENGTH", .clause = NULL,
        .level = NULL, .by = VWR_BY_DEVICE,
        .section = "Packed Virtqueues / Element Address and Length",
        .text = "the device reported a length of {a} for buffer id {place} of queue {queue}, which has room for "
                "{b}",
    },
    {
        .name = "PACKED_USED_WRAP", .clause = NULL,
        .level = NULL, .by = VWR_BY_DEVICE,
        .section = "Packed Virtqueues / Driver and Device Ring Wrap Counters",
        .text = "the device used descriptor {place} of queue {queue} with flags {a:hex}, the other wrap counter",
    },
    {
        .name = "PACKED_EVENT_FLAGS", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Packed Virtqueues / Driver and Device Event Suppression",
        .text = "the event suppression of queue {queue} is {a:hex}",
    },
    {
        .name = "PACKED_KICK_MISSING", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Packed Virtqueues / Driver and Device Event Suppression",
        .text = "the driver did not notify queue {queue}, whose device wants it",
    },
    {
        .name = "PACKED_INTERRUPT_MISSING", .clause = NULL,
        .level = NULL, .by = VWR_BY_DEVICE,
        .section = "Packed Virtqueues / Driver and Device Event Suppression",
        .text = "the device used a buffer of queue {queue} without an interrupt, which the driver wants",
    },
    {
        .name = "BLK_HEADER", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Block Device / Device Operation",
        .text = "the request at descriptor {place} of queue {queue} has {a} bytes to read, and its header has "
                "{b}",
    },
    {
        .name = "BLK_HEADER_WRITABLE", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Block Device / Device Operation",
        .text = "the request at descriptor {place} of queue {queue} begins with a device-writable descriptor: "
                "the device cannot read its header",
    },
    {
        .name = "BLK_STATUS", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Block Device / Device Operation",
        .text = "the request at descriptor {place} of queue {queue} has no byte for the status",
    },
    {
        .name = "BLK_DIRECTION", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Block Device / Device Operation",
        .text = "the request at descriptor {place} of queue {queue} reads, and has {a} bytes that are not "
                "writable",
    },
    {
        .name = "BLK_DIRECTION_OUT", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Block Device / Device Operation",
        .text = "the request at descriptor {place} of queue {queue} writes, and the device can read none of its "
                "{a} bytes",
    },
    {
        .name = "BLK_UNIT", .clause = "blk.drv.6",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Block Device / Device Operation",
        .text = "the request at descriptor {place} of queue {queue} has {a} bytes of data, which is not a "
                "multiple of {b}",
    },
    {
        .name = "BLK_UNIT_HEADER", .clause = "blk.drv.6",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Block Device / Device Operation",
        .text = "the request at descriptor {place} of queue {queue} begins with a descriptor of {a} bytes, its "
                "header has {b}, and its data are no whole sectors then",
    },
    {
        .name = "BLK_RANGES", .clause = "blk.drv.7",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Block Device / Device Operation",
        .text = "the request at descriptor {place} of queue {queue} has {a} bytes of data, which are no whole "
                "ranges",
    },
    {
        .name = "BLK_ID", .clause = "blk.drv.8",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Block Device / Device Operation",
        .text = "the request at descriptor {place} of queue {queue} has {a} bytes for the id, which has {b}",
    },
    {
        .name = "BLK_FLUSH_SECTOR", .clause = "blk.drv.4",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Block Device / Device Operation",
        .text = "the flush at descriptor {place} of queue {queue} has sector {a}",
    },
    {
        .name = "BLK_CAPACITY", .clause = "blk.drv.2",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Block Device / Device Operation",
        .text = "the request at descriptor {place} of queue {queue} goes to sector {a}, of {b}",
    },
    {
        .name = "BLK_SEGMENTS", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Block Device / Feature bits",
        .text = "the request at descriptor {place} of queue {queue} has {a} segments of data, and seg_max is {b}",
    },
    {
        .name = "BLK_SEGMENT_LONG", .clause = NULL,
        .level = NULL, .by = VWR_BY_DRIVER,
        .section = "Block Device / Feature bits",
        .text = "the request at descriptor {place} of queue {queue} has a segment of {a} bytes, and size_max is "
                "{b}",
    },
    {
        .name = "BLK_WRITEBACK_EARLY", .clause = "blk.drv.init.4",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Block Device / Device Initialization",
        .text = "the driver read writeback while the status was {a:status}",
    },
    {
        .name = "BLK_ZONED_DISCARD", .clause = "blk.drv.init.6",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Block Device / Device Initialization",
        .text = "the driver accepted DISCARD of a host-managed disk",
    },
    {
        .name = "BLK_LEGACY_ZONED", .clause = "blk.dev.init.6",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Device Types / Block Device / Device Initialization",
        .text = "the device is legacy and offers ZONED",
    },
    {
        .name = "BLK_WRITEBACK", .clause = "blk.dev.init.3",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Block Device / Device Initialization",
        .text = "writeback reads {a}, without FLUSH, before the driver has written it",
    },
    {
        .name = "BLK_PADDING", .clause = "blk.dev.init.4",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Block Device / Device Initialization",
        .text = "byte {place} of the configuration reads {a:hex}, which is padding",
    },
    {
        .name = "BLK_DISCARD_SEGMENTS", .clause = "blk.drv.9",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Block Device / Device Operation",
        .text = "the discard at descriptor {place} of queue {queue} has {a} segments, of {b}",
    },
    {
        .name = "BLK_ERASE_SEGMENTS", .clause = "blk.drv.10",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Block Device / Device Operation",
        .text = "the secure erase at descriptor {place} of queue {queue} has {a} segments, of {b}",
    },
    {
        .name = "BLK_ZEROES_SEGMENTS", .clause = "blk.drv.11",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Block Device / Device Operation",
        .text = "the write zeroes at descriptor {place} of queue {queue} has {a} segments, of {b}",
    },
    {
        .name = "BLK_RESET_ALL_SECTOR", .clause = "blk.drv.21",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Block Device / Device Operation",
        .text = "the reset of all zones at descriptor {place} of queue {queue} has sector {a}",
    },
    {
        .name = "BLK_ZONE_SECTOR", .clause = "blk.drv.20",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Block Device / Device Operation",
        .text = "the request at descriptor {place} of queue {queue} has sector {a}; a zone has {b}",
    },
    {
        .name = "BLK_APPEND_SECTOR", .clause = "blk.drv.22",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Block Device / Device Operation",
        .text = "the append at descriptor {place} of queue {queue} has sector {a}; a zone has {b}",
    },
    {
        .name = "BLK_APPEND_UNIT", .clause = "blk.drv.23",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Block Device / Device Operation",
        .text = "the append at descriptor {place} of queue {queue} has {a} bytes of data, which is not a "
                "multiple of {b}",
    },
    {
        .name = "BLK_APPEND_LONG", .clause = "blk.drv.24",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Block Device / Device Operation",
        .text = "the append at descriptor {place} of queue {queue} has {a} sectors of data, of {b}",
    },
    {
        .name = "NET_HASH_REPORT", .clause = "net.drv.cfg.13",
        .level = "SHOULD NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device configuration layout",
        .text = "the driver accepted HASH_REPORT without CTRL_VQ",
    },
    {
        .name = "NET_RX_EXTRA", .clause = "net.drv.cfg.14",
        .level = "SHOULD NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device configuration layout",
        .text = "the driver accepted CTRL_RX_EXTRA without CTRL_VQ",
    },
    {
        .name = "NET_DEVICE_HASH_REPORT", .clause = "net.dev.cfg.13",
        .level = "SHOULD NOT", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device configuration layout",
        .text = "the device offers HASH_REPORT without CTRL_VQ",
    },
    {
        .name = "NET_DEVICE_RX_EXTRA", .clause = "net.dev.cfg.14",
        .level = "SHOULD NOT", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device configuration layout",
        .text = "the device offers CTRL_RX_EXTRA without CTRL_VQ",
    },
    {
        .name = "NET_CONFIG_WRITTEN", .clause = "net.drv.cfg.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device configuration layout",
        .text = "the driver wrote to byte {place} of the configuration, which is read-only",
    },
    {
        .name = "NET_CONFIG_PAIRS", .clause = "net.dev.cfg.1",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device configuration layout",
        .text = "max_virtqueue_pairs reads {a}",
    },
    {
        .name = "NET_CONFIG_MTU", .clause = "net.dev.cfg.2",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device configuration layout",
        .text = "mtu reads {a}",
    },
    {
        .name = "NET_CONFIG_MTU_LOW", .clause = "net.dev.cfg.3",
        .level = "SHOULD", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device configuration layout",
        .text = "mtu reads {a}, less than {b}",
    },
    {
        .name = "NET_CONFIG_MTU_CHANGED", .clause = "net.dev.cfg.4",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device configuration layout",
        .text = "mtu reads {a}, and was {b}",
    },
    {
        .name = "NET_CONFIG_KEY", .clause = "net.dev.cfg.7",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device configuration layout",
        .text = "rss_max_key_size reads {a}",
    },
    {
        .name = "NET_CONFIG_TABLE", .clause = "net.dev.cfg.8",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device configuration layout",
        .text = "rss_max_indirection_table_length reads {a}",
    },
    {
        .name = "NET_CONFIG_SPEED", .clause = "net.dev.cfg.10",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device configuration layout",
        .text = "speed reads {a:hex}",
    },
    {
        .name = "NET_CONFIG_DUPLEX", .clause = "net.dev.cfg.11",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device configuration layout",
        .text = "duplex reads {a:hex}",
    },
    {
        .name = "NET_HEADER", .clause = "net.drv.tx.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has {a} bytes, and its header has {b}",
    },
    {
        .name = "NET_NUM_BUFFERS", .clause = "net.drv.tx.2",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has a num_buffers of {a}",
    },
    {
        .name = "NET_CHECKSUM", .clause = "net.drv.tx.3",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has flags {a:hex} without CSUM",
    },
    {
        .name = "NET_GSO", .clause = "net.drv.tx.31",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has a gso_type of {a:hex}, and no "
                "segmentation was negotiated",
    },
    {
        .name = "NET_TSO4", .clause = "net.drv.tx.7",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has a gso_type of {a:hex} without HOST_TSO4",
    },
    {
        .name = "NET_TSO6", .clause = "net.drv.tx.9",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has a gso_type of {a:hex} without HOST_TSO6",
    },
    {
        .name = "NET_UFO", .clause = "net.drv.tx.11",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has a gso_type of {a:hex} without HOST_UFO",
    },
    {
        .name = "NET_USO", .clause = "net.drv.tx.13",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has a gso_type of {a:hex} without HOST_USO",
    },
    {
        .name = "NET_ECN", .clause = "net.drv.tx.14",
        .level = "SHOULD NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has a gso_type of {a:hex} without HOST_ECN",
    },
    {
        .name = "NET_TUNNEL", .clause = "net.drv.tx.17",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has a gso_type of {a:hex} without "
                "HOST_UDP_TUNNEL_GSO",
    },
    {
        .name = "NET_TUNNEL_CSUM", .clause = "net.drv.tx.22",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has flags {a:hex} without "
                "HOST_UDP_TUNNEL_GSO_CSUM",
    },
    {
        .name = "NET_TUNNEL_UFO", .clause = "net.drv.tx.24",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has a gso_type of {a:hex}: UDP in a tunnel",
    },
    {
        .name = "NET_TUNNEL_BOTH", .clause = "net.drv.tx.25",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has a gso_type of {a:hex}: two tunnels",
    },
    {
        .name = "NET_TUNNEL_CSUM_ALONE", .clause = "net.drv.tx.26",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has flags {a:hex}, and its gso_type has no "
                "tunnel",
    },
    {
        .name = "NET_GSO_CHECKSUM", .clause = "net.drv.tx.32",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has a gso_type of {a:hex} without NEEDS_CSUM",
    },
    {
        .name = "NET_GSO_SIZE", .clause = "net.drv.tx.33",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has a gso_type of {a:hex} and a gso_size of 0",
    },
    {
        .name = "NET_CSUM_PLACE", .clause = "net.drv.tx.30",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the checksum of the packet at descriptor {place} of queue {queue} is at byte {a} of {b}",
    },
    {
        .name = "NET_DEVICE_FLAGS", .clause = "net.drv.tx.45",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Packet Transmission",
        .text = "the packet at descriptor {place} of queue {queue} has flags {a:hex}, which are the device's",
    },
    {
        .name = "NET_MTU", .clause = "net.drv.cfg.9",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device configuration layout",
        .text = "the packet at descriptor {place} of queue {queue} has {a} bytes, and the MTU is {b}",
    },
    {
        .name = "NET_PAIRS", .clause = "net.drv.mq.4",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Automatic receive "
                   "steering in multiqueue mode",
        .text = "the driver made the packet at descriptor {place} of queue {queue} available, and has enabled "
                "{a} pairs",
    },
    {
        .name = "NET_RX_ROOM", .clause = "net.drv.rxsetup.3",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Setting Up Receive Buffers",
        .text = "the buffer at descriptor {place} of queue {queue} has {a} bytes, and a header has {b}",
    },
    {
        .name = "NET_RX_LARGE", .clause = "net.drv.rxsetup.1",
        .level = "SHOULD", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Setting Up Receive Buffers",
        .text = "the buffer at descriptor {place} of queue {queue} has {a} bytes, and a large packet {b}",
    },
    {
        .name = "NET_RX_SMALL", .clause = "net.drv.rxsetup.2",
        .level = "SHOULD", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Setting Up Receive Buffers",
        .text = "the buffer at descriptor {place} of queue {queue} has {a} bytes, and a packet {b}",
    },
    {
        .name = "NET_RX_NUM_BUFFERS", .clause = "net.dev.rx.1",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet in buffer {place} of queue {queue} has a num_buffers of {a}",
    },
    {
        .name = "NET_RX_BUFFERS", .clause = "net.dev.rx.2",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet in buffer {place} of queue {queue} has a num_buffers of 0",
    },
    {
        .name = "NET_RX_PARTIAL", .clause = "net.dev.rx.3",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet goes on behind buffer {place} of queue {queue}, which has {a} bytes of {b}",
    },
    {
        .name = "NET_RX_CHECKSUM", .clause = "net.dev.rx.5",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet in buffer {place} of queue {queue} has flags {a:hex} without GUEST_CSUM",
    },
    {
        .name = "NET_RX_GSO", .clause = "net.dev.rx.26",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet in buffer {place} of queue {queue} has a gso_type of {a:hex}, and no large packets "
                "were negotiated",
    },
    {
        .name = "NET_RX_TSO4", .clause = "net.dev.rx.7",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet in buffer {place} of queue {queue} has a gso_type of {a:hex} without GUEST_TSO4",
    },
    {
        .name = "NET_RX_UFO", .clause = "net.dev.rx.8",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet in buffer {place} of queue {queue} has a gso_type of {a:hex} without GUEST_UFO",
    },
    {
        .name = "NET_RX_TSO6", .clause = "net.dev.rx.9",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet in buffer {place} of queue {queue} has a gso_type of {a:hex} without GUEST_TSO6",
    },
    {
        .name = "NET_RX_USO", .clause = "net.dev.rx.10",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet in buffer {place} of queue {queue} has a gso_type of {a:hex} without GUEST_USO4 and "
                "GUEST_USO6",
    },
    {
        .name = "NET_RX_TUNNEL", .clause = "net.dev.rx.11",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet in buffer {place} of queue {queue} has a gso_type of {a:hex} without "
                "GUEST_UDP_TUNNEL_GSO",
    },
    {
        .name = "NET_RX_TUNNEL_CSUM", .clause = "net.dev.rx.12",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet in buffer {place} of queue {queue} has flags {a:hex} without "
                "GUEST_UDP_TUNNEL_GSO_CSUM",
    },
    {
        .name = "NET_RX_ECN", .clause = "net.dev.rx.13",
        .level = "SHOULD NOT", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet in buffer {place} of queue {queue} has a gso_type of {a:hex} without GUEST_ECN",
    },
    {
        .name = "NET_RX_GSO_CHECKSUM", .clause = "net.dev.rx.27",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet in buffer {place} of queue {queue} has a gso_type of {a:hex} without NEEDS_CSUM",
    },
    {
        .name = "NET_RX_GSO_SIZE", .clause = "net.dev.rx.28",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet in buffer {place} of queue {queue} has a gso_type of {a:hex} and a gso_size of 0",
    },
    {
        .name = "NET_RX_RSC", .clause = "net.dev.rx.30",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet in buffer {place} of queue {queue} has flags {a:hex} without RSC_EXT",
    },
    {
        .name = "NET_RX_RSC_MISSING", .clause = "net.dev.rx.29",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet in buffer {place} of queue {queue} has flags {a:hex}, without RSC_INFO",
    },
    {
        .name = "NET_RX_CSUM_PLACE", .clause = "net.dev.rx.20",
        .level = "MUST", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the checksum of the packet in buffer {place} of queue {queue} is at byte {a} of {b}",
    },
    {
        .name = "NET_RX_DATA_VALID", .clause = "net.dev.rx.34",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Processing of Incoming Packets",
        .text = "the packet in buffer {place} of queue {queue} has flags {a:hex} in a tunnel",
    },
    {
        .name = "NET_RX_MTU", .clause = "net.dev.cfg.5",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device configuration layout",
        .text = "the packet in buffer {place} of queue {queue} has {a} bytes, and the MTU is {b}",
    },
    {
        .name = "NET_RX_PAIRS", .clause = "net.dev.mq.2",
        .level = "MUST NOT", .by = VWR_BY_DEVICE,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Automatic receive "
                   "steering in multiqueue mode",
        .text = "the device used buffer {place} of queue {queue}, and the driver has enabled {a} pairs",
    },
    {
        .name = "NET_MODES", .clause = "net.drv.rxfilter.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Packet Receive Filtering",
        .text = "command {b} of class {a} at descriptor {place} of queue {queue} needs CTRL_RX",
    },
    {
        .name = "NET_MODES_EXTRA", .clause = "net.drv.rxfilter.2",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Packet Receive Filtering",
        .text = "command {b} of class {a} at descriptor {place} of queue {queue} needs CTRL_RX_EXTRA",
    },
    {
        .name = "NET_MAC", .clause = "net.drv.mac.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Setting MAC Address "
                   "Filtering",
        .text = "command {b} of class {a} at descriptor {place} of queue {queue} needs CTRL_RX",
    },
    {
        .name = "NET_MAC_TABLE", .clause = "net.drv.mac.3",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Setting MAC Address "
                   "Filtering",
        .text = "the command at descriptor {place} of queue {queue} has {a} bytes, and lists {b} addresses",
    },
    {
        .name = "NET_PAIRS_VALUE", .clause = "net.drv.mq.2",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Automatic receive "
                   "steering in multiqueue mode",
        .text = "the command at descriptor {place} of queue {queue} enables {a} pairs, of {b}",
    },
    {
        .name = "NET_PAIRS_QUEUE", .clause = "net.drv.mq.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Automatic receive "
                   "steering in multiqueue mode",
        .text = "the command at descriptor {place} of queue {queue} enables {a} pairs, and queue {b} is not set "
                "up",
    },
    {
        .name = "NET_RSS", .clause = "net.drv.rss.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Receive-side scaling "
                   "(RSS)",
        .text = "command {b} of class {a} at descriptor {place} of queue {queue} needs RSS",
    },
    {
        .name = "NET_RSS_MASK", .clause = "net.drv.rss.3",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Receive-side scaling "
                   "(RSS)",
        .text = "the command at descriptor {place} of queue {queue} has an indirection_table_mask of {a:hex}",
    },
    {
        .name = "NET_RSS_LENGTH", .clause = "net.drv.rss.4",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Receive-side scaling "
                   "(RSS)",
        .text = "the command at descriptor {place} of queue {queue} has an indirection_table_mask of {a}, of at "
                "most {b} entries",
    },
    {
        .name = "NET_RSS_TYPES", .clause = "net.drv.rss.5",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Receive-side scaling "
                   "(RSS)",
        .text = "the command at descriptor {place} of queue {queue} has hash types {a:hex}, of {b:hex}",
    },
    {
        .name = "NET_HASH_TUNNEL", .clause = "net.drv.innerhash.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Inner Header Hash",
        .text = "command {b} of class {a} at descriptor {place} of queue {queue} needs HASH_TUNNEL",
    },
    {
        .name = "NET_HASH_TUNNEL_TYPES", .clause = "net.drv.innerhash.2",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Inner Header Hash",
        .text = "the command at descriptor {place} of queue {queue} has tunnel types {a:hex}, of {b:hex}",
    },
    {
        .name = "NET_OFFLOADS", .clause = "net.drv.offload.1",
        .level = "MUST NOT", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Offloads State "
                   "Configuration / Setting Offloads State",
        .text = "the command at descriptor {place} of queue {queue} has offloads {a:hex}; bit {b} was not "
                "negotiated",
    },
    {
        .name = "NET_COAL", .clause = "net.drv.coal.2",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Notifications Coalescing",
        .text = "command {b} of class {a} at descriptor {place} of queue {queue} needs NOTF_COAL",
    },
    {
        .name = "NET_QUEUE_COAL", .clause = "net.drv.coal.3",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Notifications Coalescing",
        .text = "command {b} of class {a} at descriptor {place} of queue {queue} needs VQ_NOTF_COAL",
    },
    {
        .name = "NET_COAL_QUEUE", .clause = "net.drv.coal.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / Notifications Coalescing",
        .text = "the command at descriptor {place} of queue {queue} has a vq_index of {a}, which is no enabled "
                "transmit or receive queue",
    },
    {
        .name = "NET_CONTEXT", .clause = "net.drv.rssctx.1",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / RSS Context",
        .text = "command {b} of class {a} at descriptor {place} of queue {queue} needs RSS_CONTEXT",
    },
    {
        .name = "NET_CONTEXT_ID", .clause = "net.drv.rssctx.2",
        .level = "MUST", .by = VWR_BY_DRIVER,
        .section = "Device Types / Network Device / Device Operation / Control Virtqueue / RSS Context",
        .text = "the command at descriptor {place} of queue {queue} has an rss_ctx_id of {a}",
    },
};
