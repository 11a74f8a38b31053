# SPDX-License-Identifier: MIT
# Generated from spec/device/i2c.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; I2C Adapter Device. An adapter to an I2C bus."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group(
        "features",
        "features",
        "I2C Adapter Device / Feature bits",
        (
            Value(
                "ZERO_LENGTH_REQUEST",
                0,
                "VWR_I2C_F_ZERO_LENGTH_REQUEST",
                "VIRTIO_I2C_F_ZERO_LENGTH_REQUEST",
                since="1.2",
                brief="Device knows requests without data and FLAGS_M_RD; always needed.",
            ),
        ),
    ),
    Group(
        "queues",
        "queues",
        "I2C Adapter Device",
        (
            Value(
                "requestq",
                0,
                "VWR_I2C_QUEUE_REQUESTQ",
                "",
                since="1.2",
                brief="Requests, each a segment of a transaction.",
            ),
        ),
    ),
    Group(
        "status",
        "enums",
        "I2C Adapter Device / Device Operation / Device Operation: Request Queue",
        (
            Value("OK", 0, "VWR_I2C_MSG_OK", "VIRTIO_I2C_MSG_OK", since="1.2", brief="It went well."),
            Value("ERR", 1, "VWR_I2C_MSG_ERR", "VIRTIO_I2C_MSG_ERR", since="1.2", brief="It failed."),
        ),
    ),
    Group(
        "request-flags",
        "flags",
        "I2C Adapter Device / Device Operation / Device Operation: Request Queue",
        (
            Value(
                "FAIL_NEXT",
                0x1,
                "VWR_I2C_FLAGS_FAIL_NEXT",
                "VIRTIO_I2C_FLAGS_FAIL_NEXT",
                since="1.2",
                brief="The next request is of the same group and fails with this one.",
            ),
            Value(
                "M_RD",
                0x2,
                "VWR_I2C_FLAGS_M_RD",
                "VIRTIO_I2C_FLAGS_M_RD",
                since="1.2",
                brief="A read; else a write.",
            ),
        ),
    ),
)

_STRUCTS = (
    Struct(
        "out_hdr",
        "virtio_i2c_out_hdr",
        "vwr_i2c_out_hdr",
        8,
        True,
        False,
        "1.2",
        "",
        "I2C Adapter Device / Device Operation / Device Operation: Request Queue",
        (
            Field(
                "addr",
                0,
                "le16",
                size=2,
                since="1.2",
                brief="Address: 7 bits from bit 1 on; of 10 bits the high two in 2..1, 11110 in 7..3, the rest in 15..8.",
            ),
            Field("padding", 2, "le16", size=2, reserved=True, since="1.2"),
            Field("flags", 4, "le32", size=4, values="request-flags", since="1.2", brief="How to do it."),
        ),
        brief="How a request begins.",
    ),
    Struct(
        "in_hdr",
        "virtio_i2c_in_hdr",
        "vwr_i2c_in_hdr",
        1,
        True,
        False,
        "1.2",
        "",
        "I2C Adapter Device / Device Operation / Device Operation: Request Queue",
        (Field("status", 0, "u8", size=1, values="status", since="1.2", brief="How it went."),),
        brief="How a request ends.",
    ),
    Struct(
        "req",
        "virtio_i2c_req",
        "vwr_i2c_req",
        8,
        False,
        False,
        "1.2",
        "",
        "I2C Adapter Device / Device Operation / Device Operation: Request Queue",
        (
            Field("out_hdr", 0, "out_hdr", size=8, since="1.2", brief="What to do."),
            Field(
                "buf",
                8,
                "u8",
                count="open",
                array=True,
                since="1.2",
                brief="Data: the driver's for a write, and with M_RD the device's to write; may be absent.",
            ),
            Field("in_hdr", None, "in_hdr", size=1, dir="in", since="1.2", brief="How it went."),
        ),
        brief="A request; the device writes buf if it is a read.",
    ),
)

_QUEUES = (Queue("requestq", 0, dir="both", since="1.2", brief="Requests, each a segment of a transaction."),)

_RULES = ()

_OFFERS = ()

_MORE = {
    "needs": [["ZERO_LENGTH_REQUEST"]],
    "request_queues": ["requestq"],
    "statuses": {"requestq": "status"},
}

SPEC = Spec(
    "i2c",
    "device",
    "spec/device/i2c.yaml",
    "I2C Adapter Device",
    "An adapter to an I2C bus.",
    "1.2",
    34,
    _GROUPS,
    _STRUCTS,
    _QUEUES,
    _RULES,
    _OFFERS,
    _MORE,
)
