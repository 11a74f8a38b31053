# SPDX-License-Identifier: MIT
# Generated from spec/core/packed-ring.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; Basic Facilities of a Virtio Device / Packed Virtqueues. One ring of descriptors that both sides write."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group(
        "desc-flags",
        "flags",
        "Driver and Device Ring Wrap Counters",
        (
            Value(
                "AVAIL",
                0x80,
                "VWR_VIRTQ_DESC_F_AVAIL",
                "VIRTQ_DESC_F_AVAIL",
                since="1.1",
                brief="Equals the wrap counter of the side that made it available.",
            ),
            Value(
                "USED",
                0x8000,
                "VWR_VIRTQ_DESC_F_USED",
                "VIRTQ_DESC_F_USED",
                since="1.1",
                brief="Equals AVAIL once the descriptor is used.",
            ),
        ),
    ),
    Group(
        "event-flags",
        "enums",
        "Driver and Device Event Suppression",
        (
            Value(
                "ENABLE",
                0,
                "VWR_RING_EVENT_FLAGS_ENABLE",
                "RING_EVENT_FLAGS_ENABLE",
                since="1.1",
                brief="Notify for every descriptor.",
            ),
            Value(
                "DISABLE",
                1,
                "VWR_RING_EVENT_FLAGS_DISABLE",
                "RING_EVENT_FLAGS_DISABLE",
                since="1.1",
                brief="Do not notify.",
            ),
            Value(
                "DESC",
                2,
                "VWR_RING_EVENT_FLAGS_DESC",
                "RING_EVENT_FLAGS_DESC",
                since="1.1",
                gate=("EVENT_IDX",),
                brief="Notify when the named descriptor is reached.",
            ),
        ),
    ),
)

_STRUCTS = (
    Struct(
        "pvirtq_desc",
        "pvirtq_desc",
        "vwr_pvirtq_desc",
        16,
        True,
        False,
        "1.1",
        "",
        "The Virtqueue Descriptor Format",
        (
            Field("addr", 0, "le64", size=8, since="1.1", brief="Address as the device sees it."),
            Field(
                "len",
                8,
                "le32",
                size=4,
                since="1.1",
                unit="bytes",
                brief="Length; after use the bytes written.",
            ),
            Field(
                "id",
                12,
                "le16",
                size=2,
                since="1.1",
                brief="Buffer id; of a list the last descriptor has it.",
            ),
            Field(
                "flags",
                14,
                "le16",
                size=2,
                values="desc-flags",
                since="1.1",
                brief="What kind of segment this is and its wrap counters.",
            ),
        ),
        brief="One segment of a buffer, available or used.",
    ),
    Struct(
        "pvirtq_event_suppress",
        "pvirtq_event_suppress",
        "vwr_pvirtq_event_suppress",
        4,
        True,
        False,
        "1.1",
        "",
        "Event Suppression Structure Format",
        (
            Field(
                "desc",
                0,
                "le16",
                size=2,
                bits=(("event_off", 0, 15, False), ("event_wrap", 15, 1, False)),
                since="1.1",
                brief="The descriptor to wait for.",
            ),
            Field(
                "flags",
                2,
                "le16",
                size=2,
                bits=(("event_flags", 0, 2, False),),
                since="1.1",
                brief="Event suppression.",
            ),
        ),
        brief="When one side wants to hear from the other.",
    ),
)

_QUEUES = ()

_RULES = ()

_OFFERS = ()

_MORE = {
    "parts": [
        {
            "name": "desc",
            "struct": "vwr_pvirtq_desc",
            "align": 16,
            "head": 0,
            "per_entry": 16,
            "writer": "both",
        },
        {
            "name": "driver-event",
            "struct": "vwr_pvirtq_event_suppress",
            "align": 4,
            "head": 4,
            "per_entry": 0,
            "writer": "driver",
        },
        {
            "name": "device-event",
            "struct": "vwr_pvirtq_event_suppress",
            "align": 4,
            "head": 4,
            "per_entry": 0,
            "writer": "device",
        },
    ],
    "legacy": None,
    "size_max": 32768,
    "power_of_two": False,
}

SPEC = Spec(
    "packed-ring",
    "ring",
    "spec/core/packed-ring.yaml",
    "Basic Facilities of a Virtio Device / Packed Virtqueues",
    "One ring of descriptors that both sides write.",
    "1.1",
    None,
    _GROUPS,
    _STRUCTS,
    _QUEUES,
    _RULES,
    _OFFERS,
    _MORE,
)
