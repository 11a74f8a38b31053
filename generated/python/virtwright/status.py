# SPDX-License-Identifier: MIT
# Generated from spec/core/status.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; Basic Facilities of a Virtio Device / Device Status Field. How far driver and device have come with each other."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group(
        "bits",
        "bits",
        "Basic Facilities of a Virtio Device / Device Status Field",
        (
            Value(
                "ACKNOWLEDGE",
                1,
                "VWR_STATUS_ACKNOWLEDGE",
                "VIRTIO_CONFIG_S_ACKNOWLEDGE",
                brief="Driver has noticed the device.",
            ),
            Value(
                "DRIVER",
                2,
                "VWR_STATUS_DRIVER",
                "VIRTIO_CONFIG_S_DRIVER",
                brief="Driver knows how to drive the device.",
            ),
            Value(
                "DRIVER_OK",
                4,
                "VWR_STATUS_DRIVER_OK",
                "VIRTIO_CONFIG_S_DRIVER_OK",
                brief="Driver is ready; queues are alive.",
            ),
            Value(
                "FEATURES_OK",
                8,
                "VWR_STATUS_FEATURES_OK",
                "VIRTIO_CONFIG_S_FEATURES_OK",
                brief="Driver has written all the features it takes; a device may refuse the set.",
            ),
            Value(
                "SUSPEND",
                16,
                "VWR_STATUS_SUSPEND",
                "VIRTIO_CONFIG_S_SUSPEND",
                since="1.4",
                gate=("SUSPEND",),
                brief="Driver asks the device to suspend.",
            ),
            Value(
                "DEVICE_NEEDS_RESET",
                64,
                "VWR_STATUS_DEVICE_NEEDS_RESET",
                "VIRTIO_CONFIG_S_DEVICE_NEEDS_RESET",
                brief="Device has met an error that only a reset mends.",
            ),
            Value(
                "FAILED",
                128,
                "VWR_STATUS_FAILED",
                "VIRTIO_CONFIG_S_FAILED",
                brief="Driver has given up on the device.",
            ),
        ),
    ),
)

_STRUCTS = ()

_QUEUES = ()

_RULES = ()

_OFFERS = ()

_MORE = {
    "steps": [
        {
            "name": "ACKNOWLEDGE",
            "by": "driver",
            "clears": 0,
            "versions": ["legacy", "modern"],
            "after_names": [[], []],
            "before_names": [["DRIVER_OK", "FAILED"], ["FEATURES_OK", "DRIVER_OK", "FAILED"]],
            "effect": "",
        },
        {
            "name": "DRIVER",
            "by": "driver",
            "clears": 0,
            "versions": ["legacy", "modern"],
            "after_names": [["ACKNOWLEDGE"], ["ACKNOWLEDGE"]],
            "before_names": [["DRIVER_OK", "FAILED"], ["FEATURES_OK", "DRIVER_OK", "FAILED"]],
            "effect": "opens queues in legacy",
        },
        {
            "name": "FEATURES_OK",
            "by": "driver",
            "clears": 0,
            "versions": ["modern"],
            "after_names": [[], ["ACKNOWLEDGE", "DRIVER"]],
            "before_names": [[], ["DRIVER_OK", "FAILED"]],
            "effect": "device may refuse, closes features",
        },
        {
            "name": "DRIVER_OK",
            "by": "driver",
            "clears": 0,
            "versions": ["legacy", "modern"],
            "after_names": [["ACKNOWLEDGE", "DRIVER"], ["ACKNOWLEDGE", "DRIVER", "FEATURES_OK"]],
            "before_names": [["FAILED"], ["SUSPEND", "FAILED"]],
            "effect": "opens queues in modern",
        },
        {
            "name": "SUSPEND",
            "by": "driver",
            "clears": 0,
            "versions": ["modern"],
            "after_names": [[], ["FEATURES_OK", "DRIVER_OK"]],
            "before_names": [[], []],
            "effect": "stops available-buffers and notifications and config-writes",
        },
        {
            "name": "DRIVER_OK",
            "by": "device",
            "clears": 1,
            "versions": ["modern"],
            "after_names": [[], ["SUSPEND", "DRIVER_OK"]],
            "before_names": [[], []],
            "effect": "answers SUSPEND, drains queues, suspends queues and config-writes and config-changes, or sets DEVICE_NEEDS_RESET",
        },
        {
            "name": "DRIVER_OK",
            "by": "driver",
            "clears": 0,
            "versions": ["modern"],
            "after_names": [[], ["FEATURES_OK", "SUSPEND"]],
            "before_names": [[], ["FAILED"]],
            "effect": "",
        },
        {
            "name": "SUSPEND",
            "by": "device",
            "clears": 1,
            "versions": ["modern"],
            "after_names": [[], ["SUSPEND", "DRIVER_OK"]],
            "before_names": [[], []],
            "effect": "answers DRIVER_OK, resumes queues and config-writes and config-changes, or sets DEVICE_NEEDS_RESET",
        },
        {
            "name": "DEVICE_NEEDS_RESET",
            "by": "device",
            "clears": 0,
            "versions": ["legacy", "modern"],
            "after_names": [[], []],
            "before_names": [[], []],
            "effect": "config-change notification if DRIVER_OK is set",
        },
        {
            "name": "FAILED",
            "by": "driver",
            "clears": 0,
            "versions": ["legacy", "modern"],
            "after_names": [[], []],
            "before_names": [[], []],
            "effect": "closes queues",
        },
    ],
    "reset": 0,
    "owners": {
        "ACKNOWLEDGE": "driver",
        "DRIVER": "driver",
        "DRIVER_OK": "driver",
        "FEATURES_OK": "driver",
        "SUSPEND": "driver",
        "DEVICE_NEEDS_RESET": "device",
        "FAILED": "driver",
    },
}

SPEC = Spec(
    "status",
    "status",
    "spec/core/status.yaml",
    "Basic Facilities of a Virtio Device / Device Status Field",
    "How far driver and device have come with each other.",
    "1.0",
    None,
    _GROUPS,
    _STRUCTS,
    _QUEUES,
    _RULES,
    _OFFERS,
    _MORE,
)
