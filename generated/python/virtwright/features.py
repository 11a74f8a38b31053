# SPDX-License-Identifier: MIT
# Generated from spec/core/features.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; Reserved Feature Bits. Feature bits that mean the same for every device."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group(
        "features",
        "features",
        "Reserved Feature Bits",
        (
            Value(
                "NOTIFY_ON_EMPTY",
                24,
                "VWR_F_NOTIFY_ON_EMPTY",
                "VIRTIO_F_NOTIFY_ON_EMPTY",
                since="legacy",
                only="legacy",
                brief="Device notifies when it has run out of available buffers even if interrupts are suppressed.",
            ),
            Value(
                "ANY_LAYOUT",
                27,
                "VWR_F_ANY_LAYOUT",
                "VIRTIO_F_ANY_LAYOUT",
                since="legacy",
                only="legacy",
                brief="Device takes any arrangement of descriptors; without it each part of a request has its own.",
            ),
            Value(
                "INDIRECT_DESC",
                28,
                "VWR_F_INDIRECT_DESC",
                "VIRTIO_F_INDIRECT_DESC",
                aka=("VIRTIO_RING_F_INDIRECT_DESC",),
                brief="A descriptor may point at a table of descriptors.",
            ),
            Value(
                "EVENT_IDX",
                29,
                "VWR_F_EVENT_IDX",
                "VIRTIO_F_EVENT_IDX",
                aka=("VIRTIO_RING_F_EVENT_IDX",),
                brief="Each side names the index at which it wants to be notified.",
            ),
            Value(
                "VERSION_1",
                32,
                "VWR_F_VERSION_1",
                "VIRTIO_F_VERSION_1",
                brief="Device complies with this document and not with the legacy interface alone.",
                accept="must",
                offer="must",
                insist=("driver", "device"),
            ),
            Value(
                "ACCESS_PLATFORM",
                33,
                "VWR_F_ACCESS_PLATFORM",
                "VIRTIO_F_ACCESS_PLATFORM",
                since="1.1",
                aka=("VIRTIO_F_IOMMU_PLATFORM",),
                brief="Addresses are the platform's for this device: an IOMMU or access limits may stand between.",
                accept="should",
                insist=("device",),
            ),
            Value(
                "RING_PACKED",
                34,
                "VWR_F_RING_PACKED",
                "VIRTIO_F_RING_PACKED",
                since="1.1",
                brief="Virtqueues have the packed layout.",
                accept="should",
            ),
            Value(
                "IN_ORDER",
                35,
                "VWR_F_IN_ORDER",
                "VIRTIO_F_IN_ORDER",
                since="1.1",
                brief="Device uses buffers in the order in which they were made available.",
            ),
            Value(
                "ORDER_PLATFORM",
                36,
                "VWR_F_ORDER_PLATFORM",
                "VIRTIO_F_ORDER_PLATFORM",
                since="1.1",
                brief="Memory accesses need the platform's barriers for devices and not only those between CPUs.",
                accept="should",
                insist=("device",),
            ),
            Value(
                "SR_IOV",
                37,
                "VWR_F_SR_IOV",
                "VIRTIO_F_SR_IOV",
                since="1.1",
                brief="Device has single root I/O virtualization.",
            ),
            Value(
                "NOTIFICATION_DATA",
                38,
                "VWR_F_NOTIFICATION_DATA",
                "VIRTIO_F_NOTIFICATION_DATA",
                since="1.1",
                brief="A notification carries the position in the ring besides the queue index.",
            ),
            Value(
                "NOTIF_CONFIG_DATA",
                39,
                "VWR_F_NOTIF_CONFIG_DATA",
                "VIRTIO_F_NOTIF_CONFIG_DATA",
                since="1.2",
                brief="Notifications use a value that the device gives for each queue.",
                accept="should",
            ),
            Value(
                "RING_RESET",
                40,
                "VWR_F_RING_RESET",
                "VIRTIO_F_RING_RESET",
                since="1.2",
                brief="One queue can be reset on its own.",
            ),
            Value(
                "ADMIN_VQ",
                41,
                "VWR_F_ADMIN_VQ",
                "VIRTIO_F_ADMIN_VQ",
                since="1.3",
                brief="Device has an administration virtqueue.",
            ),
            Value(
                "SUSPEND",
                43,
                "VWR_F_SUSPEND",
                "VIRTIO_F_SUSPEND",
                since="1.4",
                brief="Device can be suspended and resumed through the SUSPEND status bit.",
            ),
        ),
    ),
)

_STRUCTS = ()

_QUEUES = ()

_RULES = (
    Rule("ACCESS_PLATFORM", ("VERSION_1",)),
    Rule("RING_PACKED", ("VERSION_1",)),
    Rule("IN_ORDER", ("VERSION_1",)),
    Rule("ORDER_PLATFORM", ("VERSION_1",)),
    Rule("SR_IOV", ("VERSION_1",)),
    Rule("NOTIFICATION_DATA", ("VERSION_1",)),
    Rule("NOTIF_CONFIG_DATA", ("VERSION_1",)),
    Rule("RING_RESET", ("VERSION_1",)),
    Rule("ADMIN_VQ", ("VERSION_1",)),
    Rule("SUSPEND", ("VERSION_1",)),
)

_OFFERS = ()

_MORE = {
    "ranges": {
        "device": [[0, 23], [41, 42], [50, 127]],
        "reserved": [[24, 40], [43, 43]],
        "future": [[44, 49]],
    },
}

SPEC = Spec(
    "features",
    "features",
    "spec/core/features.yaml",
    "Reserved Feature Bits",
    "Feature bits that mean the same for every device.",
    "1.0",
    None,
    _GROUPS,
    _STRUCTS,
    _QUEUES,
    _RULES,
    _OFFERS,
    _MORE,
)
