# SPDX-License-Identifier: MIT
# Generated from spec/device/entropy.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; Entropy Device. A source of random bytes."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group(
        "queues",
        "queues",
        "Entropy Device",
        (
            Value(
                "requestq",
                0,
                "VWR_ENTROPY_QUEUE_REQUESTQ",
                "",
                brief="Buffers to fill with random bytes; used.len says how many came.",
            ),
        ),
    ),
)

_STRUCTS = ()

_QUEUES = (
    Queue("requestq", 0, dir="in", brief="Buffers to fill with random bytes; used.len says how many came."),
)

_RULES = ()

_OFFERS = ()

_MORE = {
    "request_queues": ["requestq"],
    "statuses": {},
}

SPEC = Spec(
    "entropy",
    "device",
    "spec/device/entropy.yaml",
    "Entropy Device",
    "A source of random bytes.",
    "1.0",
    4,
    _GROUPS,
    _STRUCTS,
    _QUEUES,
    _RULES,
    _OFFERS,
    _MORE,
)
