# SPDX-License-Identifier: MIT
# Generated from spec/device/9p.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; Device Types. A transport for the 9P protocol."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group(
        "features",
        "features",
        "Device Types",
        (
            Value(
                "MOUNT_TAG",
                0,
                "VWR_9P_F_MOUNT_TAG",
                "VIRTIO_9P_F_MOUNT_TAG",
                aka=("VIRTIO_9P_MOUNT_TAG",),
                brief="Configuration has a name to mount by.",
            ),
        ),
    ),
    Group(
        "queues",
        "queues",
        "Device Types",
        (Value("requestq", 0, "VWR_9P_QUEUE_REQUESTQ", "", brief="Messages of 9P and their answers."),),
    ),
)

_STRUCTS = (
    Struct(
        "config",
        "virtio_9p_config",
        "vwr_9p_config",
        2,
        False,
        False,
        "1.0",
        "",
        "Device Types",
        (
            Field(
                "tag_len", 0, "le16", size=2, gate=("MOUNT_TAG",), unit="bytes", brief="Length of the name."
            ),
            Field(
                "tag",
                2,
                "u8",
                count="tag_len",
                array=True,
                gate=("MOUNT_TAG",),
                brief="Name to mount by; no NUL behind.",
            ),
        ),
        brief="Configuration space of the device.",
    ),
)

_QUEUES = (Queue("requestq", 0, dir="both", brief="Messages of 9P and their answers."),)

_RULES = ()

_OFFERS = ()

_MORE = {
    "request_queues": ["requestq"],
    "statuses": {},
}

SPEC = Spec(
    "9p",
    "device",
    "spec/device/9p.yaml",
    "Device Types",
    "A transport for the 9P protocol.",
    "1.0",
    9,
    _GROUPS,
    _STRUCTS,
    _QUEUES,
    _RULES,
    _OFFERS,
    _MORE,
)
