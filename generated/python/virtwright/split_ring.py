# SPDX-License-Identifier: MIT
# Generated from spec/core/split-ring.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; Basic Facilities of a Virtio Device / Split Virtqueues. A descriptor table and one ring for each direction."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group(
        "desc-flags",
        "flags",
        "The Virtqueue Descriptor Table",
        (
            Value(
                "NEXT",
                0x1,
                "VWR_VIRTQ_DESC_F_NEXT",
                "VIRTQ_DESC_F_NEXT",
                brief="The buffer goes on in the descriptor named by next.",
            ),
            Value(
                "WRITE",
                0x2,
                "VWR_VIRTQ_DESC_F_WRITE",
                "VIRTQ_DESC_F_WRITE",
                brief="Device writes the buffer; otherwise it reads it.",
            ),
            Value(
                "INDIRECT",
                0x4,
                "VWR_VIRTQ_DESC_F_INDIRECT",
                "VIRTQ_DESC_F_INDIRECT",
                gate=("INDIRECT_DESC",),
                brief="The buffer is a table of descriptors.",
            ),
        ),
    ),
    Group(
        "avail-flags",
        "flags",
        "The Virtqueue Available Ring",
        (
            Value(
                "NO_INTERRUPT",
                0x1,
                "VWR_VIRTQ_AVAIL_F_NO_INTERRUPT",
                "VIRTQ_AVAIL_F_NO_INTERRUPT",
                brief="Driver does not want used buffer notifications.",
            ),
        ),
    ),
    Group(
        "used-flags",
        "flags",
        "The Virtqueue Used Ring",
        (
            Value(
                "NO_NOTIFY",
                0x1,
                "VWR_VIRTQ_USED_F_NO_NOTIFY",
                "VIRTQ_USED_F_NO_NOTIFY",
                brief="Device does not want available buffer notifications.",
            ),
        ),
    ),
)

_STRUCTS = (
    Struct(
        "virtq_desc",
        "virtq_desc",
        "vwr_virtq_desc",
        16,
        True,
        False,
        "1.0",
        "",
        "The Virtqueue Descriptor Table",
        (
            Field("addr", 0, "le64", size=8, brief="Address as the device sees it."),
            Field("len", 8, "le32", size=4, unit="bytes", brief="Length."),
            Field("flags", 12, "le16", size=2, values="desc-flags", brief="What kind of segment this is."),
            Field("next", 14, "le16", size=2, brief="Index of the next segment if flags has NEXT."),
        ),
        brief="One segment of a buffer.",
    ),
    Struct(
        "virtq_avail",
        "virtq_avail",
        "vwr_virtq_avail",
        4,
        False,
        False,
        "1.0",
        "",
        "The Virtqueue Available Ring",
        (
            Field(
                "flags", 0, "le16", size=2, values="avail-flags", brief="The driver's interrupt suppression."
            ),
            Field(
                "idx",
                2,
                "le16",
                size=2,
                brief="Where the next entry goes, modulo the queue size; it wraps at 2^16.",
            ),
            Field("ring", 4, "le16", count="queue-size", array=True, brief="Heads of descriptor chains."),
            Field(
                "used_event",
                None,
                "le16",
                size=2,
                gate=("EVENT_IDX",),
                brief="Used index at which the driver wants an interrupt.",
            ),
        ),
        brief="What the driver has made available; the driver alone writes it.",
    ),
    Struct(
        "virtq_used_elem",
        "virtq_used_elem",
        "vwr_virtq_used_elem",
        8,
        True,
        False,
        "1.0",
        "",
        "The Virtqueue Used Ring",
        (
            Field("id", 0, "le32", size=4, brief="Head of the descriptor chain."),
            Field("len", 4, "le32", size=4, unit="bytes", brief="Bytes written into the buffer."),
        ),
        brief="One buffer that the device has used.",
    ),
    Struct(
        "virtq_used",
        "virtq_used",
        "vwr_virtq_used",
        4,
        False,
        False,
        "1.0",
        "",
        "The Virtqueue Used Ring",
        (
            Field(
                "flags",
                0,
                "le16",
                size=2,
                values="used-flags",
                brief="The device's notification suppression.",
            ),
            Field(
                "idx",
                2,
                "le16",
                size=2,
                brief="Where the next entry goes, modulo the queue size; it wraps at 2^16.",
            ),
            Field("ring", 4, "virtq_used_elem", count="queue-size", array=True, brief="Used buffers."),
            Field(
                "avail_event",
                None,
                "le16",
                size=2,
                gate=("EVENT_IDX",),
                brief="Available index at which the device wants a notification.",
            ),
        ),
        brief="What the device has used; the device alone writes it.",
    ),
)

_QUEUES = ()

_RULES = ()

_OFFERS = ()

_MORE = {
    "parts": [
        {
            "name": "desc",
            "struct": "vwr_virtq_desc",
            "align": 16,
            "head": 0,
            "per_entry": 16,
            "writer": "driver",
        },
        {
            "name": "avail",
            "struct": "vwr_virtq_avail",
            "align": 2,
            "head": 6,
            "per_entry": 2,
            "writer": "driver",
        },
        {
            "name": "used",
            "struct": "vwr_virtq_used",
            "align": 4,
            "head": 6,
            "per_entry": 8,
            "writer": "device",
        },
    ],
    "legacy": {
        "align": 4096,
        "before": {"head": 6, "per_entry": 18},
        "after": {"head": 6, "per_entry": 8},
        "part": "used",
        "offset_c": "VWR_SPLIT_RING_USED_OFFSET",
        "bytes_c": "VWR_SPLIT_RING_BYTES",
        "align_c": "VWR_SPLIT_RING_LEGACY_ALIGN",
    },
    "size_max": 32768,
    "power_of_two": True,
}

SPEC = Spec(
    "split-ring",
    "ring",
    "spec/core/split-ring.yaml",
    "Basic Facilities of a Virtio Device / Split Virtqueues",
    "A descriptor table and one ring for each direction.",
    "1.0",
    None,
    _GROUPS,
    _STRUCTS,
    _QUEUES,
    _RULES,
    _OFFERS,
    _MORE,
)
