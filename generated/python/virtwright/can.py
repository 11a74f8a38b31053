# SPDX-License-Identifier: MIT
# Generated from spec/device/can.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; CAN Device. A controller on a CAN bus."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group(
        "features",
        "features",
        "CAN Device / Feature bits",
        (
            Value(
                "CAN_CLASSIC",
                0,
                "VWR_CAN_F_CAN_CLASSIC",
                "VIRTIO_CAN_F_CAN_CLASSIC",
                since="1.4",
                brief="Device has classic frames of up to 8 bytes.",
            ),
            Value(
                "CAN_FD",
                1,
                "VWR_CAN_F_CAN_FD",
                "VIRTIO_CAN_F_CAN_FD",
                since="1.4",
                brief="Device has FD frames of up to 64 bytes.",
            ),
            Value(
                "RTR_FRAMES",
                2,
                "VWR_CAN_F_RTR_FRAMES",
                "VIRTIO_CAN_F_RTR_FRAMES",
                since="1.4",
                brief="Device has remote transmission requests.",
            ),
            Value(
                "LATE_TX_ACK",
                3,
                "VWR_CAN_F_LATE_TX_ACK",
                "VIRTIO_CAN_F_LATE_TX_ACK",
                since="1.4",
                brief="Frames are used only when they were on the bus.",
            ),
        ),
    ),
    Group(
        "queues",
        "queues",
        "CAN Device",
        (
            Value("txq", 0, "VWR_CAN_QUEUE_TXQ", "", since="1.4", brief="Frames to send."),
            Value("rxq", 1, "VWR_CAN_QUEUE_RXQ", "", since="1.4", brief="Frames that came."),
            Value("controlq", 2, "VWR_CAN_QUEUE_CONTROLQ", "", since="1.4", brief="Start and stop."),
        ),
    ),
    Group(
        "result",
        "enums",
        "CAN Device / Device Operation",
        (
            Value("OK", 0, "VWR_CAN_RESULT_OK", "VIRTIO_CAN_RESULT_OK", since="1.4", brief="It went well."),
            Value(
                "NOT_OK",
                1,
                "VWR_CAN_RESULT_NOT_OK",
                "VIRTIO_CAN_RESULT_NOT_OK",
                since="1.4",
                brief="It failed; so do all other values.",
            ),
        ),
    ),
    Group(
        "status",
        "flags",
        "CAN Device / Device configuration layout",
        (
            Value(
                "CTRL_BUSOFF",
                0x1,
                "VWR_CAN_S_CTRL_BUSOFF",
                "VIRTIO_CAN_S_CTRL_BUSOFF",
                since="1.4",
                brief="The controller stopped because of too many errors on the bus.",
            ),
        ),
    ),
    Group(
        "frame-flags",
        "flags",
        "CAN Device / Device Operation / CAN Message Transmission",
        (
            Value(
                "FD",
                0x4000,
                "VWR_CAN_FLAGS_FD",
                "VIRTIO_CAN_FLAGS_FD",
                since="1.4",
                gate=("CAN_FD",),
                brief="An FD frame.",
            ),
            Value(
                "EXTENDED",
                0x8000,
                "VWR_CAN_FLAGS_EXTENDED",
                "VIRTIO_CAN_FLAGS_EXTENDED",
                since="1.4",
                brief="An identifier of 29 bits; else of 11.",
            ),
            Value(
                "RTR",
                0x2000,
                "VWR_CAN_FLAGS_RTR",
                "VIRTIO_CAN_FLAGS_RTR",
                since="1.4",
                gate=("RTR_FRAMES",),
                brief="A remote transmission request.",
            ),
        ),
    ),
    Group(
        "transmit",
        "messages",
        "CAN Device / Device Operation / CAN Message Transmission",
        (
            Value(
                "TX",
                0x1,
                "VWR_CAN_TX",
                "VIRTIO_CAN_TX",
                since="1.4",
                brief="Send a frame.",
                out=("tx_out",),
                back=("tx_in",),
                sender="driver",
            ),
        ),
        queue="txq",
    ),
    Group(
        "receive",
        "messages",
        "CAN Device / Device Operation / CAN Message Reception",
        (
            Value(
                "RX",
                0x101,
                "VWR_CAN_RX",
                "VIRTIO_CAN_RX",
                since="1.4",
                brief="A frame came.",
                out=("rx",),
                sender="device",
            ),
        ),
        queue="rxq",
    ),
    Group(
        "control",
        "messages",
        "CAN Device / Device Operation / Controller Mode",
        (
            Value(
                "START",
                0x201,
                "VWR_CAN_SET_CTRL_MODE_START",
                "VIRTIO_CAN_SET_CTRL_MODE_START",
                since="1.4",
                brief="Take part in the bus.",
                out=("control_out",),
                back=("control_in",),
                sender="driver",
            ),
            Value(
                "STOP",
                0x202,
                "VWR_CAN_SET_CTRL_MODE_STOP",
                "VIRTIO_CAN_SET_CTRL_MODE_STOP",
                since="1.4",
                brief="Leave the bus; frames that wait fail.",
                out=("control_out",),
                back=("control_in",),
                sender="driver",
            ),
        ),
        queue="controlq",
    ),
)

_STRUCTS = (
    Struct(
        "control_out",
        "virtio_can_control_out",
        "vwr_can_control_out",
        2,
        True,
        False,
        "1.4",
        "",
        "CAN Device / Device Operation / Controller Mode",
        (Field("msg_type", 0, "le16", size=2, values="control", since="1.4", brief="Which of them."),),
        brief="Start or stop.",
    ),
    Struct(
        "control_in",
        "virtio_can_control_in",
        "vwr_can_control_in",
        1,
        True,
        False,
        "1.4",
        "",
        "CAN Device / Device Operation / Controller Mode",
        (Field("result", 0, "u8", size=1, values="result", since="1.4", brief="How it went."),),
        brief="Answer to start or stop.",
    ),
    Struct(
        "tx_out",
        "virtio_can_tx_out",
        "vwr_can_tx_out",
        16,
        False,
        False,
        "1.4",
        "",
        "CAN Device / Device Operation / CAN Message Transmission",
        (
            Field("msg_type", 0, "le16", size=2, values="transmit", since="1.4", brief="TX."),
            Field("length", 2, "le16", size=2, since="1.4", unit="bytes", brief="Length of sdu."),
            Field("reserved_classic_dlc", 4, "u8", size=1, reserved=True, since="1.4"),
            Field("padding", 5, "u8", size=1, reserved=True, since="1.4"),
            Field("reserved_xl_priority", 6, "le16", size=2, reserved=True, since="1.4"),
            Field(
                "flags", 8, "le32", size=4, values="frame-flags", since="1.4", brief="Which kind of frame."
            ),
            Field("can_id", 12, "le32", size=4, since="1.4", brief="Identifier; bits 29 to 31 are 0."),
            Field("sdu", 16, "u8", count="length", array=True, since="1.4", brief="The data."),
        ),
        brief="A frame to send.",
    ),
    Struct(
        "tx_in",
        "virtio_can_tx_in",
        "vwr_can_tx_in",
        1,
        True,
        False,
        "1.4",
        "",
        "CAN Device / Device Operation / CAN Message Transmission",
        (Field("result", 0, "u8", size=1, values="result", since="1.4", brief="How it went."),),
        brief="What became of a frame.",
    ),
    Struct(
        "rx",
        "virtio_can_rx",
        "vwr_can_rx",
        16,
        False,
        False,
        "1.4",
        "",
        "CAN Device / Device Operation / CAN Message Reception",
        (
            Field("msg_type", 0, "le16", size=2, values="receive", since="1.4", brief="RX."),
            Field("length", 2, "le16", size=2, since="1.4", unit="bytes", brief="Length of sdu."),
            Field("reserved_classic_dlc", 4, "u8", size=1, reserved=True, since="1.4"),
            Field("padding", 5, "u8", size=1, reserved=True, since="1.4"),
            Field("reserved_xl_priority", 6, "le16", size=2, reserved=True, since="1.4"),
            Field(
                "flags", 8, "le32", size=4, values="frame-flags", since="1.4", brief="Which kind of frame."
            ),
            Field("can_id", 12, "le32", size=4, since="1.4", brief="Identifier; bits 29 to 31 are 0."),
            Field("sdu", 16, "u8", count="length", array=True, since="1.4", brief="The data."),
        ),
        brief="A frame that came.",
    ),
    Struct(
        "config",
        "virtio_can_config",
        "vwr_can_config",
        2,
        True,
        False,
        "1.4",
        "",
        "CAN Device / Device configuration layout",
        (Field("status", 0, "le16", size=2, values="status", since="1.4", brief="State of the controller."),),
        brief="Configuration space of the device.",
    ),
)

_QUEUES = (
    Queue("txq", 0, dir="both", since="1.4", brief="Frames to send."),
    Queue("rxq", 1, dir="in", since="1.4", brief="Frames that came."),
    Queue("controlq", 2, dir="both", since="1.4", brief="Start and stop."),
)

_RULES = (Rule("RTR_FRAMES", ("CAN_CLASSIC",)),)

_OFFERS = ()

_MORE = {
    "needs": [["CAN_CLASSIC", "CAN_FD"]],
    "request_queues": ["txq", "controlq"],
    "statuses": {"txq": "result", "controlq": "result"},
}

SPEC = Spec(
    "can",
    "device",
    "spec/device/can.yaml",
    "CAN Device",
    "A controller on a CAN bus.",
    "1.4",
    36,
    _GROUPS,
    _STRUCTS,
    _QUEUES,
    _RULES,
    _OFFERS,
    _MORE,
)
